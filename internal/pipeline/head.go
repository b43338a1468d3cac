package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// HeadReader gives files at the head of a change.
type HeadReader interface {
	// Paths lists all files. They are nil where the list is not complete.
	Paths(ctx context.Context) ([]string, error)
	// File gives one file. It is not found where it is no regular file, or too
	// large to be read.
	File(ctx context.Context, path string) (data []byte, found bool, err error)
	Close() error
}

// wholeHead is what a task that works on whole files gets of the head.
type wholeHead struct {
	texts map[string]string
	order []string
	paths []string
	// unread says why nothing could be read, "" where something was.
	unread string
}

// nothing says that the task has no file to work on, though all could be read.
func (h wholeHead) nothing() bool { return h.unread == "" && len(h.order) == 0 }

const nothingToWrite = "no file at the head is one that this task may work on"

// readHead reads the files that a task wants. That they cannot be read is the
// task's end and not the step's: others need none of it.
func (w *Work) readHead(ctx context.Context, t task.Task) wholeHead {
	if w.ReadHead == nil {
		return wholeHead{unread: "there is no head here to read whole files of: it needs a checkout with a range, or a pull request"}
	}
	files, err := w.ReadHead(ctx)
	if err != nil {
		return wholeHead{unread: fmt.Sprintf("the files at the head could not be read: %v", err)}
	}
	head, err := w.wholeFilesOf(ctx, files, t)
	if err = errors.Join(err, files.Close()); err != nil && len(head.order) == 0 {
		return wholeHead{unread: fmt.Sprintf("the files at the head could not be read: %v", err)}
	} else if err != nil {
		w.Warnings = append(w.Warnings, fmt.Sprintf("task %s: some files at the head could not be read, and are left alone: %v", t.ID, err))
	}
	return head
}

// mostUnread is how many files may fail before no more are asked for: one may
// be a link or too large, several are a platform that does not answer.
const mostUnread = 3

// wholeFilesOf keeps what can be read.
func (w *Work) wholeFilesOf(ctx context.Context, files HeadReader, t task.Task) (wholeHead, error) {
	head := wholeHead{texts: map[string]string{}}
	var err error
	if head.paths, err = files.Paths(ctx); err != nil {
		return head, err
	}
	var unread []error
	asked := task.Input{Change: w.Change, Title: w.Title, Body: w.Body}
	for _, path := range task.WantedFiles(t, w.ownFiles(), head.paths) {
		data, found, err := files.File(ctx, path)
		switch {
		case err != nil:
			unread = append(unread, err)
			if len(unread) == mostUnread || ctx.Err() != nil {
				return head, unreadFiles(unread)
			}
		case found && !task.Shows(t, asked, path, string(data)):
		case found && len(data) <= task.MaxWantedBytes && utf8.Valid(data) && !strings.ContainsRune(string(data), 0):
			head.texts[path] = string(data)
			head.order = append(head.order, path)
		}
	}
	return head, unreadFiles(unread)
}

// unreadFiles says how many files could not be read, and why the first.
func unreadFiles(errs []error) error {
	if len(errs) == 0 {
		return nil
	}
	return fmt.Errorf("files that were asked for and not given: %d, the first: %w", len(errs), errs[0])
}

// ownFiles gives the changed files that people write, in the order of risk.
func (w *Work) ownFiles() []change.File {
	var own []change.File
	for _, i := range signal.RiskOrder(w.Change.Files, w.Marks, nil) {
		f := w.Change.Files[i]
		_, marked := signal.Marked(f, w.Marks)
		_, hinted := signal.Hinted(f)
		if !marked && !hinted {
			own = append(own, f)
		}
	}
	return own
}

// checkoutHead reads the head in a checkout.
type checkoutHead struct {
	*gitrepo.Contents
	repo *gitrepo.Repo
	head string
}

func checkoutReader(repo *gitrepo.Repo, head string) func(ctx context.Context) (HeadReader, error) {
	return func(ctx context.Context) (HeadReader, error) {
		contents, err := repo.Contents(ctx)
		if err != nil {
			return nil, fmt.Errorf("read whole files: %w", err)
		}
		return checkoutHead{contents, repo, head}, nil
	}
}

// Paths lists the files at the head.
func (c checkoutHead) Paths(ctx context.Context) ([]string, error) {
	paths, err := c.repo.Tree(ctx, c.head)
	if err != nil {
		return nil, fmt.Errorf("list the files at the head: %w", err)
	}
	return paths, nil
}

// File reads one file at the head.
func (c checkoutHead) File(_ context.Context, path string) ([]byte, bool, error) {
	data, found, err := c.Read(c.head, path)
	if errors.Is(err, gitrepo.ErrTooBig) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read %.200q at the head: %w", path, err)
	}
	return data, found, nil
}

// platformHead reads the head through the platform's API: one request for the
// list, and one for each file.
type platformHead struct {
	*platform
	listed []string
}

func (p *platform) reader(context.Context) (HeadReader, error) {
	return &platformHead{platform: p}, nil
}

// Paths lists the files at the head; none where the platform cut the list.
func (p *platformHead) Paths(ctx context.Context) ([]string, error) {
	paths, complete, err := p.client.Tree(ctx, p.repo, p.work.Change.Head)
	if err != nil {
		return nil, fmt.Errorf("list the files at the head: %w", err)
	}
	if !complete {
		return nil, nil
	}
	p.listed = paths
	return paths, nil
}

// File reads one file at the head.
func (p *platformHead) File(ctx context.Context, path string) ([]byte, bool, error) {
	if p.listed != nil && !slices.Contains(p.listed, path) {
		return nil, false, nil
	}
	data, found, err := p.client.File(ctx, p.repo, path, p.work.Change.Head)
	if err != nil {
		return nil, false, fmt.Errorf("read a file at the head: %w", err)
	}
	return data, found, nil
}

// Close has nothing to close.
func (*platformHead) Close() error { return nil }
