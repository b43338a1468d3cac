package ledger

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// writerVariable makes this test's program a writer: "FOLDER|FIRST|HOW MANY".
const writerVariable = "TIERWISE_TEST_WRITER"

// TestAsAWriter is no test: it is what the processes of writeFromProcesses run.
func TestAsAWriter(t *testing.T) {
	folder, rest, _ := strings.Cut(os.Getenv(writerVariable), "|")
	if folder == "" {
		t.Skip("it is run by the tests of many processes")
	}
	first, many, _ := strings.Cut(rest, "|")
	from, errFrom := strconv.Atoi(first)
	n, errMany := strconv.Atoi(many)
	if err := errors.Join(errFrom, errMany); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() {
			rec := aRecord(strconv.Itoa(from+i), "2026-11-24")
			begun := begunOf(rec)
			for _, e := range []Entry{{Record: &begun}, {Record: &rec}, {Record: &rec}} {
				if err := (Dir{path: folder}).Append(t.Context(), []Entry{e}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

// writeFromProcesses writes from several processes, each with ten writers. The
// last record of each is also the first of the next, so that two processes
// send the same.
func writeFromProcesses(t *testing.T, processes int) {
	t.Helper()
	const each = 10
	d := aDir(t)
	done := make(chan error)
	for i := range processes {
		cmd := exec.Command(os.Args[0], "-test.run=^TestAsAWriter$") //nolint:gosec // it is this program
		cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s|%d|%d", writerVariable, d.Path(), i*each, each+1))
		go func() {
			out, err := cmd.CombinedOutput()
			if err != nil {
				err = fmt.Errorf("%w: %s", err, out)
			}
			done <- err
		}()
	}
	for range processes {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	got, problems := collected(t, d)
	ids := map[string]int{}
	for _, e := range got {
		if e.Record.Status != Begun {
			ids[e.ID()]++
		}
	}
	for i := range processes*each + 1 {
		if rec := aRecord(strconv.Itoa(i), "2026-11-24"); ids[rec.ID] != 1 {
			t.Errorf("record %d is there %d times", i, ids[rec.ID])
		}
	}
	if len(got) != processes*each+1 || len(problems) > 0 {
		t.Errorf("%d entries, %v", len(got), problems)
	}
}

func TestWritersOfTwoProcessesLoseNothing(t *testing.T) {
	t.Parallel()
	writeFromProcesses(t, 2)
}
