package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/pipeline"
)

// ledgerAddress checks the address of a ledger; nil where none is given.
func ledgerAddress(text string) (*ledger.Dir, error) {
	if text == "" {
		return nil, nil
	}
	dir, err := ledger.ParseAddress(text)
	if err != nil {
		return nil, &pipeline.UsageError{Text: err.Error()}
	}
	return &dir, nil
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

// memory is where the action finds earlier answers: our own comment, where the
// workflow has one written, and a ledger inside the workspace.
func (a *action) memory(w *pipeline.Work) (*pipeline.Memory, error) {
	m := &pipeline.Memory{Version: a.process.Version}
	if a.in.ledger != nil {
		if err := noLinks(a.context.Workspace, a.in.ledger.Path()); err != nil {
			return nil, err
		}
		dir := a.in.ledger.In(a.context.Workspace)
		m.Ledger = &dir
	}
	if w.Policy.Reuse && a.in.comment != "never" && w.PullNumber != 0 && w.Refused == "" {
		owner, name, _ := strings.Cut(w.Repository, "/")
		m.Comment = func(ctx context.Context) (string, error) {
			return a.client.OwnComment(ctx, github.Repo{Owner: owner, Name: name}, w.PullNumber, commentMarker)
		}
	}
	return m, nil
}

// memory of a checkout is the ledger alone.
func (f *callFlags) memory(p Process) (*pipeline.Memory, error) {
	dir, err := ledgerAddress(f.ledger)
	return &pipeline.Memory{Ledger: dir, Version: p.Version}, err
}
