package ledger

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"
)

// Append writes entries to a file of the day, whole or not at all. What is
// there already is not written again (see Unsent).
func (d Dir) Append(ctx context.Context, entries []Entry) error {
	if len(entries) == 0 {
		return nil
	}
	if err := makeDir(d.path); err != nil {
		return fmt.Errorf("write to the ledger: %w", err)
	}
	for range maxTaken {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("write to the ledger: %w", err)
		}
		rest, err := d.place(entries)
		if err != nil {
			return fmt.Errorf("write to the ledger: %w", err)
		}
		if len(rest) == 0 {
			return nil
		}
		entries = rest
	}
	return fmt.Errorf("write to the ledger: %d files of other runs have the names of %s", maxTaken, entries[0].ID())
}

// place writes entries to their file, or gives what a file that has the name
// does not hold.
func (d Dir) place(entries []Entry) ([]Entry, error) {
	day, name, err := Place(entries)
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(d.path, day)
	if err := makeDir(dir); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, name)
	free, err := writeApart(dir, path, entries)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if free {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	there, problems := DecodeEntries(name, f)
	if len(there) == 0 && len(problems) > 0 {
		return nil, fmt.Errorf("a file that has the name cannot be read: %w", problems[0])
	}
	return Unsent(entries, there)
}

// Entries gives the entries one by one, oldest day first, and at the end the
// begun records that no finished one took the place of. What began before the
// day of since is not given, wherever it lies, and each id is given once. What
// cannot be read is given as an UnreadError in its place, and does not hide
// the rest. A folder that is not there holds nothing.
func (d Dir) Entries(ctx context.Context, since time.Time) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		root, err := os.OpenRoot(d.path)
		if errors.Is(err, fs.ErrNotExist) {
			return
		}
		if err != nil {
			yield(Entry{}, UnreadError{File: d.path, Err: err})
			return
		}
		defer root.Close() //nolint:errcheck // it was only read
		files, err := recordFiles(root, since.UTC().Format(time.DateOnly))
		if err != nil {
			yield(Entry{}, UnreadError{File: d.path, Err: err})
			return
		}
		r := reading{merger: NewMerger(since), yield: yield, waiting: map[string]int{}}
		err = walk(ctx, root, files, r.first)
		if err == nil && r.more() && r.merger.Waiting() > 0 {
			err = walk(ctx, root, r.withBegun(files), r.second)
		}
		if err != nil && r.more() {
			yield(Entry{}, fmt.Errorf("read the ledger: %w", err))
		}
	}
}

// reading is one walk through a ledger.
type reading struct {
	merger  *Merger
	yield   func(Entry, error) bool
	waiting map[string]int // begun records, by file
	stopped bool
}

func (r *reading) more() bool { return !r.stopped }

func (r *reading) give(e Entry, err error) bool {
	r.stopped = !r.yield(e, err)
	return r.more()
}

// first gives what is finished and notes where something begun lies.
func (r *reading) first(it item) bool {
	if it.err != nil {
		return r.give(Entry{}, UnreadError{File: it.file, Line: it.line, Err: it.err})
	}
	give, wait, err := r.merger.Take(it.entry, it.text)
	switch {
	case err != nil:
		ok := r.give(Entry{}, UnreadError{File: it.file, Line: it.line, Err: err})
		r.stopped = r.stopped || errors.Is(err, ErrTooMany)
		return ok && r.more()
	case wait:
		r.waiting[it.file]++
	case give:
		return r.give(it.entry, nil)
	}
	return true
}

// second gives what is still begun. What could not be read was said before.
func (r *reading) second(it item) bool {
	if it.err != nil || !r.merger.Left(it.entry, it.text) {
		return true
	}
	return r.give(it.entry, nil)
}

func (r *reading) withBegun(files []string) []string {
	var some []string
	for _, f := range files {
		if r.waiting[f] > 0 {
			some = append(some, f)
		}
	}
	return some
}
