//go:build !image

package gitrepo

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/tierwise/tierwise/internal/change"
)

// Contents reads many files through one git. It is safe for use by several
// goroutines, which take turns.
type Contents struct {
	git    *stream
	ask    io.WriteCloser
	answer *bufio.Reader
	cancel context.CancelFunc
	why    func() error // what ended ctx, nil while it goes on

	turn sync.Mutex
	// recent are the folders that were read last, one before a change and one
	// after it, since the files of one change stand together.
	recent [2]folder
	broken error
}

// folder is a tree object, by the name under which it was asked for.
type folder struct{ name, entries string }

// Contents starts a reader of files, which ends with ctx or Close.
func (r *Repo) Contents(ctx context.Context) (*Contents, error) {
	ctx, cancel := context.WithCancel(ctx)
	ask, git, err := r.git.talk(ctx, "cat-file", "--batch")
	if err != nil {
		cancel()
		return nil, err
	}
	return &Contents{
		git: git, ask: ask, answer: bufio.NewReaderSize(git.out, 64<<10),
		cancel: cancel, why: func() error { return context.Cause(ctx) },
	}, nil
}

// Close ends the reader. An error says that git did not end well.
func (c *Contents) Close() error {
	c.turn.Lock()
	defer c.turn.Unlock()
	defer c.cancel()
	if errors.Is(c.broken, errClosed) {
		return nil
	}
	c.broken = errClosed
	_ = c.ask.Close() // closed already where git is gone, as finish tells
	return c.git.finish()
}

var errClosed = errors.New("the reader of files is closed")

// Read gives a regular file's content at a commit or tree, which must be
// named by its id. Whatever else stands at the path, such as a symlink or a
// folder, is not found, and neither is a path that cannot be asked for: one
// with a line break, or one that change.ValidPath refuses. Symlinks on the way
// are not followed. The error is ErrTooBig for a file over 1 MiB.
func (c *Contents) Read(rev, name string) (content []byte, found bool, err error) {
	if !isID(rev) {
		return nil, false, fmt.Errorf("read %.200q: %.80q is no commit id", name, rev)
	}
	if !change.ValidPath(name) || strings.ContainsAny(name, "\r\n") {
		return nil, false, nil
	}
	c.turn.Lock()
	defer c.turn.Unlock()
	content, found, err = c.read(rev, name)
	if err != nil {
		return nil, false, fmt.Errorf("read %.200q at %.12s: %w", name, rev, err)
	}
	return content, found, nil
}

// read looks the file up in its folder first: asked for "rev:path", git would
// not say whether it is a symlink.
func (c *Contents) read(rev, name string) ([]byte, bool, error) {
	dir, base := path.Split(name)
	entries, err := c.entries(rev + ":" + strings.TrimSuffix(dir, "/"))
	if err != nil {
		return nil, false, err
	}
	id := regularFile(entries, base, len(rev)/2)
	if id == "" {
		return nil, false, nil
	}
	content, kind, err := c.object(id, maxContent)
	return content, kind == "blob", err
}

// entries gives what is in a folder, nothing where it is none.
func (c *Contents) entries(name string) (string, error) {
	for _, known := range c.recent {
		if known.name == name {
			return known.entries, nil
		}
	}
	entries, kind, err := c.object(name, maxFile)
	if err != nil {
		return "", err
	}
	if kind != "tree" {
		entries = nil
	}
	c.recent[0], c.recent[1] = folder{name, string(entries)}, c.recent[0]
	return c.recent[0].entries, nil
}

// regularFile finds a file's id in a tree object, whose entries are
// "MODE NAME" NUL and the bytes of the id.
func regularFile(entries, name string, size int) string {
	for rest := entries; rest != ""; {
		head, tail, ok := strings.Cut(rest, "\x00")
		mode, entry, two := strings.Cut(head, " ")
		if !ok || !two || len(tail) < size {
			return ""
		}
		if entry == name && kindOf(mode) == "" {
			return fmt.Sprintf("%x", tail[:size])
		}
		rest = tail[size:]
	}
	return ""
}

// object asks for one object. kind is "" where it is not there.
func (c *Contents) object(name string, limit int64) (data []byte, kind string, err error) {
	if c.broken != nil {
		return nil, "", c.broken
	}
	data, kind, err = c.converse(name, limit)
	if err == nil || errors.Is(err, ErrTooBig) {
		return data, kind, err
	}
	c.broken = err // what comes next may be the rest of this answer
	if why := c.why(); why != nil {
		c.broken = why
	}
	return nil, "", c.broken
}

// converse reads "ID TYPE SIZE" and then the content, or "NAME missing"
// (https://git-scm.com/docs/git-cat-file#_batch_output).
func (c *Contents) converse(name string, limit int64) ([]byte, string, error) {
	if _, err := io.WriteString(c.ask, name+"\n"); err != nil {
		return nil, "", fmt.Errorf("ask git: %w", err)
	}
	line, err := c.answer.ReadString('\n')
	if err != nil {
		return nil, "", fmt.Errorf("read git's answer: %w", err)
	}
	fields := strings.Fields(line)
	if len(fields) != 3 || !isID(fields[0]) {
		if line == name+" missing\n" {
			return nil, "", nil
		}
		return nil, "", fmt.Errorf("read git's answer: %.80q", line)
	}
	size, err := strconv.ParseInt(fields[2], 10, 64)
	if err != nil {
		return nil, "", fmt.Errorf("read git's answer: %w", err)
	}
	data, err := c.body(size, limit)
	return data, fields[1], err
}

// body reads what git announced, and the newline after it.
func (c *Contents) body(size, limit int64) ([]byte, error) {
	if size > limit {
		if _, err := io.CopyN(io.Discard, c.answer, size+1); err != nil {
			return nil, fmt.Errorf("skip a large file: %w", err)
		}
		return nil, ErrTooBig
	}
	data := make([]byte, size+1)
	if _, err := io.ReadFull(c.answer, data); err != nil {
		return nil, fmt.Errorf("read git's answer: %w", err)
	}
	return data[:size], nil
}
