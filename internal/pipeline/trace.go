package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
)

// Shared is a ledger that the runs of a repository have in common. What was
// appended before a read began is in what it gives.
type Shared interface {
	Append(ctx context.Context, entries []ledger.Entry) error
	Entries(ctx context.Context, since time.Time) iter.Seq2[ledger.Entry, error]
}

// Trace writes that a task begins before it spends, and holds it to the
// ceilings that need a shared ledger.
type Trace struct {
	Origin Origin
	Dir    string // where the record file is left; "" for nowhere
	// Shared is nil where there is none: then nothing but the run's own ceiling
	// is held.
	Shared Shared
	// Apart says why other runs do not see what Shared holds, "" where they do:
	// then its ceilings are held over what can be seen, and named as not
	// enforced.
	Apart string
	// Denied says why a ledger that is there may not be used for this change, ""
	// where it may: its ceilings then let nothing through.
	Denied string
	// RepositoryID is the platform's, and Login is who caused the run: 0 and ""
	// where there is no platform.
	RepositoryID int64
	Login        string
	// Warnings collects what could not be written.
	Warnings []string

	done map[string]ledger.Record // by task
}

// tellTime bounds how long the end of a task may take to be written, also
// where the run was told to stop.
const tellTime = 20 * time.Second

func (w *Work) reserver(i int, m Models, e Edge) func(context.Context, dispatch.Result, money.Cost) dispatch.Reserved {
	if w.Trace == nil {
		return nil
	}
	return func(ctx context.Context, r dispatch.Result, bound money.Cost) dispatch.Reserved {
		rec := ledger.Begin(w.meta(i, w.Trace.Origin, m, e), r, bound)
		if err := w.Trace.leave(rec); err != nil {
			w.Trace.Warnings = append(w.Trace.Warnings, err.Error())
		}
		return w.hold(ctx, rec, bound, r.Task.CriticalPath, e)
	}
}

// leave writes the begun record beside where the finished one will stand, so
// that a later step finds it where the run is killed.
func (t *Trace) leave(rec ledger.Record) error {
	if t.Dir == "" {
		return nil
	}
	if err := makeFilesDir(t.Dir); err != nil {
		return err
	}
	root, err := os.OpenRoot(t.Dir)
	if err != nil {
		return fmt.Errorf("open the workspace: %w", err)
	}
	defer root.Close() //nolint:errcheck // nothing is buffered in a folder's handle
	var text bytes.Buffer
	if err := ledger.Encode(&text, []ledger.Record{rec}); err != nil {
		return fmt.Errorf("encode the record: %w", err)
	}
	return writeWhole(root, begunFile(rec), text.Bytes())
}

func begunFile(rec ledger.Record) string {
	return filepath.Join(FilesDir, "record-"+rec.ID+"-begun.jsonl")
}

// dropBegun removes the begun records that finished ones have taken the place
// of.
func dropBegun(dir string, records []ledger.Record) error {
	var errs []error
	for _, rec := range records {
		if err := os.Remove(filepath.Join(dir, begunFile(rec))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, fmt.Errorf("remove a begun record: %w", err))
		}
	}
	return errors.Join(errs...)
}

// ended writes the end of a task that had reserved, at once: what it did not
// spend is free for others.
func (w *Work) ended(ctx context.Context, i int, r dispatch.Result, m Models, e Edge) {
	if w.Trace == nil || r.Bound.State == "" {
		return
	}
	rec := w.record(i, r, w.Trace.Origin, m, e)
	if w.Trace.done == nil {
		w.Trace.done = map[string]ledger.Record{}
	}
	w.Trace.done[r.Task.ID] = rec
	if w.Trace.Shared == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tellTime)
	defer cancel()
	if err := w.Trace.Shared.Append(ctx, ledger.Entries([]ledger.Record{rec})); err != nil {
		w.Trace.Warnings = append(w.Trace.Warnings, "the ledger does not know that "+rec.Task+" ended: "+err.Error())
	}
}
