//go:build !image

package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
	"unicode"
)

// maxOutput bounds what one run of git may print.
const maxOutput = 256 << 20

// program is git with a folder to work in and an environment of its own.
type program struct {
	path string
	dir  string
	env  []string
}

// environment gives what every run of git sees: what the caller passes on,
// without git's own variables, and then ours. No configuration but the
// repository's is read, no lock is taken, nothing is fetched or asked, and
// objects are what their ids say. safe names the folder that git may trust
// though another user owns it, as in a container: none of what such a folder
// could configure to be run is run (see run).
func environment(pass []string, safe string) []string {
	var env []string
	for _, pair := range pass {
		if !strings.HasPrefix(strings.ToUpper(pair), "GIT_") {
			env = append(env, pair)
		}
	}
	return append(env,
		"LC_ALL=C",
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_ATTR_NOSYSTEM=1",
		"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0="+safe,
		"GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "GIT_NO_REPLACE_OBJECTS=1",
	)
}

// exitError is a git that ran and gave an exit code other than 0.
type exitError struct {
	verb string
	code int
	text string // the end of standard error, on one line
}

func (e *exitError) Error() string {
	return fmt.Sprintf("git %s: exit code %d: %s", e.verb, e.code, e.text)
}

// exited says whether err is git's exit with this code.
func exited(err error, code int) bool {
	var e *exitError
	return errors.As(err, &e) && e.code == code
}

// run runs git and gives its output, of at most limit bytes. Cancelling ctx
// kills git.
func (p program) run(ctx context.Context, limit int, verb string, args ...string) ([]byte, error) {
	return p.feed(ctx, limit, nil, verb, args...)
}

// feed is run with something for git to read.
func (p program) feed(ctx context.Context, limit int, input io.Reader, verb string, args ...string) ([]byte, error) {
	cmd, problems := p.command(ctx, verb, args...)
	out := &bounded{limit: limit}
	cmd.Stdin, cmd.Stdout = input, out
	err := cmd.Run()
	if out.full && ctx.Err() == nil {
		return nil, fmt.Errorf("git %s: more than %d bytes of output", verb, limit)
	}
	if err = failure(ctx, verb, err, problems); err != nil {
		return nil, err
	}
	return out.kept.Bytes(), nil
}

// command prepares a run of git, and what will hold its complaints. Hooks,
// file system monitors and transports are off; callers add --no-ext-diff and
// --no-textconv where a diff is made.
func (p program) command(ctx context.Context, verb string, args ...string) (*exec.Cmd, *bounded) {
	fixed := []string{
		"-C", p.dir, "--no-pager", "--literal-pathspecs",
		"-c", "core.quotepath=off", "-c", "core.fsmonitor=", "-c", "core.hooksPath=" + os.DevNull, "-c", "protocol.allow=never",
		verb,
	}
	cmd := exec.CommandContext(ctx, p.path, append(fixed, args...)...)
	cmd.Env = p.env
	cmd.WaitDelay = 2 * time.Second
	problems := &bounded{limit: 4096, cut: true}
	cmd.Stderr = problems
	return cmd, problems
}

// failure says why a run of git ended as it did, nil where it went well.
func failure(ctx context.Context, verb string, err error, problems *bounded) error {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("git %s: %w", verb, context.Cause(ctx))
	case errors.As(err, &exit):
		return &exitError{verb, exit.ExitCode(), oneLine(problems.kept.String())}
	}
	return fmt.Errorf("git %s: %w", verb, err)
}

// line runs git and gives its output without the last newline.
func (p program) line(ctx context.Context, verb string, args ...string) (string, error) {
	out, err := p.run(ctx, 1<<20, verb, args...)
	return strings.TrimSuffix(string(out), "\n"), err
}

// bounded is a buffer that refuses to grow over its limit, or with cut set
// drops what does not fit. The buffer is no embedded one: its ReadFrom would
// pass by Write.
type bounded struct {
	kept  bytes.Buffer
	limit int
	cut   bool
	full  bool
}

// Write keeps p, or what of it fits.
func (b *bounded) Write(p []byte) (int, error) {
	fits := min(len(p), b.limit-b.kept.Len())
	b.kept.Write(p[:fits])
	if fits == len(p) {
		return fits, nil
	}
	b.full = true
	if b.cut {
		return len(p), nil
	}
	return fits, errors.New("too much output")
}

// oneLine makes git's complaint safe to stand in an error: it may quote a
// path or a branch with control characters in it.
func oneLine(text string) string {
	clean := func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}
	words := strings.Fields(strings.Map(clean, strings.ToValidUTF8(text, " ")))
	return fmt.Sprintf("%.400s", strings.Join(words, " "))
}
