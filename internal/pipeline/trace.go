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
	"github.com/tierwise/tierwise/internal/report"
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

// hold appends the reservation, reads what all runs hold, and only then
// decides: of two that reserve at once, each sees the other or is seen by it.
func (w *Work) hold(ctx context.Context, rec ledger.Record, bound money.Cost, critical bool, e Edge) dispatch.Reserved {
	b, t := w.Policy.Budget, w.Trace
	wanted := b.PullRequest != nil && w.PullNumber != 0 || b.Day != nil || b.ActorDay != nil && rec.Actor != ""
	if t.Shared == nil {
		return dispatch.Reserved{}
	}
	err := t.Shared.Append(ctx, ledger.Entries([]ledger.Record{rec}))
	if err != nil {
		t.Warnings = append(t.Warnings, "the ledger does not know that "+rec.Task+" began: "+err.Error())
	}
	if !wanted {
		return dispatch.Reserved{}
	}
	if err != nil {
		return dispatch.Reserved{Over: "the ledger cannot be written, so the ceilings over it cannot be held", Held: true}
	}
	held, own, err := w.holdings(ctx, rec, e)
	switch {
	case err != nil:
		return dispatch.Reserved{Over: "the ledger cannot be read, so the ceilings over it cannot be held", Held: true}
	case !own:
		return dispatch.Reserved{Over: "the ledger has another record of this name, so nothing was reserved: give each leg of a matrix its input leg", Held: true}
	case bound.State != money.Priced:
		return dispatch.Reserved{Over: "no upper bound is known for this call, so the ceilings over the ledger cannot be held: add its price to prices: in the policy", Held: true}
	}
	return dispatch.Reserved{Over: w.over(held, critical), Held: true}
}

// over names the first ceiling that is passed. What is not on the critical
// path leaves the reserved share of the day alone.
func (w *Work) over(h ledger.Holdings, critical bool) string {
	b := w.Policy.Budget
	if b.PullRequest != nil && w.PullNumber != 0 && h.PullRequest.Spent > *b.PullRequest {
		return passed("this pull request", "pull_request_usd", h.PullRequest.Spent, *b.PullRequest)
	}
	if b.ActorDay != nil && h.Actor.Spent > *b.ActorDay {
		return passed("today's runs of this person", "actor_day_usd", h.Actor.Spent, *b.ActorDay)
	}
	if b.Day == nil {
		return ""
	}
	if h.Day.Spent > *b.Day {
		return passed("today", "day_usd", h.Day.Spent, *b.Day)
	}
	if free := unreserved(*b.Day, b.CriticalReserve); !critical && h.Day.Spent > free {
		return passed("today, less what critical_reserve keeps,", "day_usd", h.Day.Spent, free)
	}
	return ""
}

// unreserved is what the day leaves to other tasks, rounded down.
func unreserved(day money.Nano, thousandths int64) money.Nano {
	whole, rest := day/1000, day%1000
	return whole*money.Nano(1000-thousandths) + rest*money.Nano(1000-thousandths)/1000
}

func passed(what, key string, would, limit money.Nano) string {
	return fmt.Sprintf("over a shared ceiling: %s would come to %s with this task's upper bound, and budget.%s leaves %s", what, would.Dollars(), key, limit.Dollars())
}

// holdings reads the ledger; own says that it has the very record.
func (w *Work) holdings(ctx context.Context, rec ledger.Record, e Edge) (h ledger.Holdings, own bool, err error) {
	scope := ledger.Scope{Repository: rec.Repository, PullRequest: w.PullNumber, Actor: rec.Actor, Now: e.Now()}
	for entry, err := range w.Trace.Shared.Entries(ctx, e.Now().AddDate(0, 0, -pastDays)) {
		var unread ledger.UnreadError
		switch {
		case errors.As(err, &unread) && unread.Line > 0: // a line that nobody of us wrote, and that is said elsewhere
		case err != nil:
			return h, own, err
		case entry.Record != nil:
			h.Add(*entry.Record, scope)
			own = own || entry.Record.ID == rec.ID && entry.Record.Status == ledger.Begun && entry.Record.Started == rec.Started && entry.Record.Bound == rec.Bound
		}
	}
	return h, own, nil
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
	rec := ledger.FromResult(w.meta(i, w.Trace.Origin, m, e), r)
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

// Ceilings says for the summary what all runs hold now.
func (w *Work) Ceilings(ctx context.Context, m Models, e Edge) *report.Ceilings {
	if w.Trace == nil || w.Trace.Shared == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tellTime)
	defer cancel()
	h, _, err := w.holdings(ctx, ledger.FromResult(w.meta(0, w.Trace.Origin, m, e), dispatch.Result{}), e)
	if err != nil {
		return nil
	}
	b := w.Policy.Budget
	return &report.Ceilings{
		PullRequest: report.Ceiling{Spent: h.PullRequest.Spent, Unknown: h.PullRequest.Unknown, Limit: b.PullRequest},
		Today:       report.Ceiling{Spent: h.Day.Spent, Unknown: h.Day.Unknown, Limit: b.Day},
	}
}
