package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
)

// ledgerAddress checks the address of a ledger; nil where none is given.
func ledgerAddress(text string) (*ledger.Dir, error) {
	if text == "" {
		return nil, nil
	}
	address, err := ledger.ParseAddress(text)
	if err == nil && address.Kind != ledger.KindFile {
		err = fmt.Errorf("ledger %s is not written from here", address)
	}
	if err != nil {
		return nil, &pipeline.UsageError{Text: err.Error()}
	}
	return &address.Dir, nil
}

// ledgerInput is the action's: a folder inside the workspace.
func ledgerInput(text string) (*ledger.Dir, error) {
	dir, err := ledgerAddress(text)
	if err == nil && dir != nil && !filepath.IsLocal(dir.Path()) {
		return nil, &pipeline.UsageError{Text: fmt.Sprintf("ledger: %q is not a folder inside the workspace", dir.Path())}
	}
	return dir, err
}

// noLinks refuses a path below root that goes through a symbolic link: a
// change that was checked out could lead us anywhere by it.
func noLinks(root, path string) error {
	for at := path; at != "."; at = filepath.Dir(at) {
		info, err := os.Lstat(filepath.Join(root, at))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return fmt.Errorf("look at the ledger's folder: %w", err)
		case info.Mode()&fs.ModeSymlink != 0:
			return &pipeline.UsageError{Text: fmt.Sprintf("ledger: %q goes through a symbolic link", path)}
		}
	}
	return nil
}

// memory is where the action finds earlier answers: our own comment, also one
// that another job of the workflow writes, and a ledger inside the workspace.
func (a *action) memory(w *pipeline.Work) (*pipeline.Memory, error) {
	m := a.commented(w)
	if a.in.ledger != nil {
		if err := noLinks(a.context.Workspace, a.in.ledger.Path()); err != nil {
			return nil, err
		}
		dir := a.in.ledger.In(a.context.Workspace)
		m.Ledger = &dir
		m.Distrust(filepath.ToSlash(a.in.ledger.Path()), w.Change)
	}
	return m, nil
}

// commented is what our own comment keeps. In two jobs this one may be allowed
// to read it and the other to write it, so that the input comment does not
// count here.
func (a *action) commented(w *pipeline.Work) *pipeline.Memory {
	m := &pipeline.Memory{Version: a.process.Version}
	if w.Policy.Reuse && w.PullNumber != 0 && w.Refused == "" {
		m.Comment = func(ctx context.Context) (string, error) {
			return a.client.OwnComment(ctx, platformRepo(w), w.PullNumber, report.AuxiliaryMarker)
		}
	}
	return m
}

// memory of a checkout is the ledger alone, in the checkout or outside of it.
func (f *callFlags) memory(p Process, root string, w *pipeline.Work) (*pipeline.Memory, error) {
	dir, err := ledgerAddress(f.ledger)
	m := &pipeline.Memory{Ledger: dir, Version: p.Version}
	if err != nil || dir == nil {
		return m, err
	}
	inside, err := belowRoot(root, dir.Path())
	if err != nil {
		return nil, fmt.Errorf("find the ledger's folder: %w", err)
	}
	if inside != "" {
		m.Distrust(inside, w.Change)
	}
	return m, nil
}

// belowRoot gives a path as it lies in a checkout, "" where it lies outside.
func belowRoot(root, path string) (string, error) {
	from, err := filepath.Abs(root)
	if err != nil {
		return "", err
	}
	to, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(from, to)
	if err != nil || !filepath.IsLocal(rel) {
		return "", nil //nolint:nilerr // on another drive it lies outside
	}
	return filepath.ToSlash(rel), nil
}
