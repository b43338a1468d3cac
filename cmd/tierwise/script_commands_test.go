package main

import (
	"errors"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tierwise/tierwise/internal/testkit/runnerparse"
)

// commandCount holds the lines of a file that match a pattern to a number:
// count N PATTERN FILE, or count -most N PATTERN FILE.
func commandCount(ts *testscript.TestScript, neg bool, args []string) {
	most := len(args) > 0 && args[0] == "-most"
	if most {
		args = args[1:]
	}
	if neg || len(args) != 3 {
		ts.Fatalf("usage: count [-most] N PATTERN FILE")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	pattern, err := regexp.Compile(args[1])
	ts.Check(err)
	found := 0
	for line := range strings.Lines(ts.ReadFile(args[2])) {
		if pattern.MatchString(strings.TrimSuffix(line, "\n")) {
			found++
		}
	}
	if found > want || found < want && !most {
		ts.Fatalf("%d lines of %s match %q, expected %d", found, args[2], args[1], want)
	}
}

// commandExits runs a program and holds it to an exit code:
// exits N PROGRAM ARGUMENT…
func commandExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits N PROGRAM ARGUMENT…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if code != want {
		ts.Fatalf("exit %d, expected %d", code, want)
	}
}

// commandAwait waits until the model was asked so many times: await N.
func commandAwait(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: await N")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	for end := time.Now().Add(stepTimeout); len(worldOf(ts).model.Requests()) < want; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			ts.Fatalf("the model was asked %d times, expected %d", len(worldOf(ts).model.Requests()), want)
		}
	}
}

// commandInert holds a file of output to no workflow command at all: inert FILE.
func commandInert(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: inert FILE")
	}
	if found := runnerparse.Commands(ts.ReadFile(args[0])); len(found) > 0 {
		ts.Fatalf("%s holds the command %+v", args[0], found[0])
	}
}
