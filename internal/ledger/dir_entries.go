package ledger

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"time"
)

// Entries gives what a folder holds, line by line, since a day. What cannot be
// read is given as an UnreadError in its place, and does not hide the rest. An
// entry that stands twice is given twice.
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
		for _, name := range files {
			if !entriesOf(ctx, root, name, yield) {
				return
			}
		}
	}
}

// entriesOf gives those of one file; false where the caller wants no more.
func entriesOf(ctx context.Context, root *os.Root, name string, yield func(Entry, error) bool) bool {
	f, err := root.Open(name)
	if err != nil {
		return yield(Entry{}, UnreadError{File: name, Err: err})
	}
	defer f.Close() //nolint:errcheck // it was only read
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if err := ctx.Err(); err != nil {
			yield(Entry{}, err)
			return false
		}
		if len(lines.Bytes()) == 0 {
			continue
		}
		e, err := DecodeEntry(lines.Bytes())
		if err != nil {
			err = UnreadError{File: name, Line: n, Err: err}
		}
		if !yield(e, err) {
			return false
		}
	}
	if err := lines.Err(); err != nil {
		return yield(Entry{}, UnreadError{File: name, Err: err})
	}
	return true
}
