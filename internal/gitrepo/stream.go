//go:build !image

package gitrepo

import (
	"context"
	"fmt"
	"io"
	"os/exec"
)

// stream is a git that runs while its output is read.
type stream struct {
	out  io.Reader
	end  func() error
	said func() string // git's complaints, once it has ended
}

// start starts git. Cancelling ctx kills it and ends the output.
func (p program) start(ctx context.Context, input io.Reader, verb string, args ...string) (*stream, error) {
	cmd, problems := p.command(ctx, verb, args...)
	cmd.Stdin = input
	return begin(ctx, verb, cmd, problems)
}

// talk is start for a git that answers line by line.
func (p program) talk(ctx context.Context, verb string, args ...string) (io.WriteCloser, *stream, error) {
	cmd, problems := p.command(ctx, verb, args...)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, nil, fmt.Errorf("git %s: %w", verb, err)
	}
	s, err := begin(ctx, verb, cmd, problems)
	return in, s, err
}

func begin(ctx context.Context, verb string, cmd *exec.Cmd, problems *bounded) (*stream, error) {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("git %s: %w", verb, err)
	}
	if err := cmd.Start(); err != nil {
		return nil, failure(ctx, verb, err, problems)
	}
	return &stream{
		out:  out,
		end:  func() error { return failure(ctx, verb, cmd.Wait(), problems) },
		said: func() string { return oneLine(problems.kept.String()) },
	}, nil
}

// finish drops what was not read and says how git ended.
func (s *stream) finish() error {
	_, readErr := io.Copy(io.Discard, s.out)
	if err := s.end(); err != nil {
		return err
	}
	return readErr
}
