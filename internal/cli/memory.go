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
	"github.com/tierwise/tierwise/internal/sanitize"
)

// ledgerAddress checks the address of a ledger; nil where none is given.
func ledgerAddress(text string) (*ledger.Address, error) {
	if text == "" {
		return nil, nil
	}
	at, err := ledger.ParseAddress(text)
	if err != nil {
		return nil, &pipeline.UsageError{Text: err.Error()}
	}
	return &at, nil
}

// ledgerInput is the action's: a folder of it lies inside the workspace.
func ledgerInput(text string) (*ledger.Address, error) {
	at, err := ledgerAddress(text)
	if err == nil && at != nil && at.Kind == ledger.KindFile && !filepath.IsLocal(at.Dir.Path()) {
		return nil, &pipeline.UsageError{Text: fmt.Sprintf("ledger: %q is not a folder inside the workspace", at.Dir.Path())}
	}
	return at, err
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
	if a.in.ledger == nil {
		return m, nil
	}
	m.Spool, m.LastResort = a.spool, a.runner.Log
	switch a.in.ledger.Kind {
	case ledger.KindFile:
		path := a.in.ledger.Dir.Path()
		if err := noLinks(a.context.Workspace, path); err != nil {
			return nil, err
		}
		dir := a.in.ledger.Dir.In(a.context.Workspace)
		m.Ledger = &dir
		m.Distrust(filepath.ToSlash(path), w.Change)
	case ledger.KindGit:
		m.Store = a.client.LedgerBranch(platformRepo(w), a.in.ledger.Branch).Sparing()
	case ledger.KindArtifact: // the workflow uploads the record
	}
	return m, nil
}

// apart says why the runs of the repository do not have this ledger in common.
// A machine of GitHub's is made for one job and gone with its folders after it.
func (a *action) apart() string {
	switch {
	case a.in.ledger == nil:
		return ""
	case a.in.ledger.Kind == ledger.KindArtifact:
		return "no run reads artifact:"
	case a.in.ledger.Kind == ledger.KindFile && !a.context.OwnRunner:
		return onThisRunner
	}
	return ""
}

const onThisRunner = "the ledger's folder is this runner's alone"

// apart is the same for a command in a step of a workflow.
func (f *callFlags) apart(p Process) string {
	if f.ledger != "" && p.Getenv("GITHUB_ACTIONS") == "true" && p.Getenv("RUNNER_ENVIRONMENT") != "self-hosted" {
		return onThisRunner
	}
	return ""
}

// spool keeps what the ledger did not take. The output record-file, which the
// workflow uploads, names it where the record itself could not be written.
func (a *action) spool(entries []ledger.Entry) (string, error) {
	path, err := pipeline.Spool(a.context.Workspace)(entries)
	if err == nil && a.in.recordFile == "" {
		a.in.recordFile = path
	}
	return path, err
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
	at, err := ledgerAddress(f.ledger)
	m := &pipeline.Memory{Version: p.Version, Spool: pipeline.Spool(root), LastResort: func(line string) { fmt.Fprintln(p.Stderr, sanitize.LogLine(line)) }}
	if err != nil || at == nil {
		return m, err
	}
	if at.Kind != ledger.KindFile {
		return nil, &pipeline.UsageError{Text: fmt.Sprintf("--ledger %s: a checkout keeps its ledger in a folder, file:DIR", at)}
	}
	m.Ledger = &at.Dir
	inside, err := belowRoot(root, at.Dir.Path())
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
