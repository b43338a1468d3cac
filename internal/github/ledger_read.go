package github

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
)

// gathering gives entries by id once; begun ones wait in memory, for they
// would cost a request to read again.
type gathering struct {
	merger  *ledger.Merger
	waiting []ledger.Entry
	yield   func(ledger.Entry, error) bool
}

// take is false where the caller wants no more.
func (g *gathering) take(path string, entries []ledger.Entry, problems []ledger.UnreadError) bool {
	for _, p := range problems {
		if !g.yield(ledger.Entry{}, p) {
			return false
		}
	}
	for _, e := range entries {
		text, err := ledger.EncodeEntries([]ledger.Entry{e})
		if err != nil {
			return g.yield(ledger.Entry{}, err)
		}
		give, wait, err := g.merger.Take(e, text)
		switch {
		case err != nil && !g.yield(ledger.Entry{}, ledger.UnreadError{File: path, Err: err}), give && !g.yield(e, nil):
			return false
		case wait:
			g.waiting = append(g.waiting, e)
		}
	}
	return true
}

// end gives what is still begun.
func (g *gathering) end() {
	for _, e := range g.waiting {
		text, err := ledger.EncodeEntries([]ledger.Entry{e})
		if err == nil && !g.merger.Left(e, text) {
			continue
		}
		if !g.yield(e, err) {
			return
		}
	}
}

// Entries gives the entries since a day. It takes two requests, one more for
// the list of days, one a day, and one a file, but for what an earlier reading
// kept.
func (l *LedgerBranch) Entries(ctx context.Context, since time.Time) iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) {
		g := &gathering{merger: ledger.NewMerger(since), yield: yield}
		at, err := l.tip(ctx)
		if err != nil {
			yield(ledger.Entry{}, err)
			return
		}
		l.absent, l.others = at.commit == "", 0
		if l.absent {
			return
		}
		days, err := l.list(ctx, at.tree)
		if err != nil {
			yield(ledger.Entry{}, err)
			return
		}
		for _, d := range days {
			if d.Type == "tree" && isSHA(d.SHA) && d.Path >= since.UTC().Format(time.DateOnly) && !l.day(ctx, d, g) {
				return
			}
		}
		g.end()
	}
}

// LeftOut says what the last reading left out, a sentence each.
func (l *LedgerBranch) LeftOut() []string {
	var all []string
	if l.absent {
		all = append(all, fmt.Sprintf("The branch %s is not there, or the token may not see it: nothing was read.", l.branch))
	}
	if l.others > 0 {
		all = append(all, fmt.Sprintf("Files of the branch %s that are no records by their name, and were left out: %d.", l.branch, l.others))
	}
	return all
}

// day gives the files of a day. A name that is not one of ours is left out: it
// is only ever compared, and names no place on this machine.
func (l *LedgerBranch) day(ctx context.Context, d treeEntry, g *gathering) bool {
	if err := l.spare(d.SHA); err != nil {
		g.yield(ledger.Entry{}, err)
		return false
	}
	files, err := l.list(ctx, d.SHA)
	if err != nil {
		return g.yield(ledger.Entry{}, fmt.Errorf("%.20q: %w", d.Path, err))
	}
	for _, f := range files {
		path := d.Path + "/" + f.Path
		if _, ours := ledger.IsEntryPath(path); !ours {
			l.others++
			continue
		}
		if err := l.spare(f.SHA); err != nil {
			g.yield(ledger.Entry{}, err)
			return false
		}
		entries, problems, err := l.blob(ctx, path, f)
		if err != nil {
			if ctx.Err() != nil || !g.yield(ledger.Entry{}, ledger.UnreadError{File: path, Err: err}) {
				return false
			}
			continue
		}
		if !g.take(path, entries, problems) {
			return false
		}
	}
	return true
}
