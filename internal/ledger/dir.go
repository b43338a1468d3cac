package ledger

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// answersDir is the folder of kept answers inside a ledger.
const answersDir = "answers"

// Dir is a ledger in a folder: one file of records a run, in a folder a day,
// and kept answers beside them. Writers never share a file that is not written
// whole, so any number may write at once.
type Dir struct{ path string }

// Path is the folder as the address names it.
func (d Dir) Path() string { return d.path }

// In gives the ledger as seen from another folder.
func (d Dir) In(root string) Dir {
	if filepath.IsAbs(d.path) {
		return d
	}
	return Dir{path: filepath.Join(root, d.path)}
}

func isDay(name string) bool {
	_, err := time.Parse(time.DateOnly, name)
	return err == nil
}

// UnreadError is a file or a line of a ledger that was not read, and why.
type UnreadError struct {
	File string // relative to the ledger
	Line int    // 0: the file as a whole
	Err  error
}

// Error gives one line.
func (e UnreadError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %v", clean(e.File), e.Err)
	}
	return fmt.Sprintf("%s:%d: %v", clean(e.File), e.Line, e.Err)
}

// Unwrap gives the cause.
func (e UnreadError) Unwrap() error { return e.Err }

// Records gives the records of a folder one by one, as Dir.Entries gives them,
// and no flags.
func Records(ctx context.Context, dir string, since time.Time) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		given := 0
		for e, err := range (Dir{path: dir}).Entries(ctx, since) {
			switch {
			case err != nil:
				if !yield(Record{}, err) {
					return
				}
			case e.Record != nil && given == maxRecords:
				yield(Record{}, UnreadError{File: dir, Err: fmt.Errorf("more than %d records", maxRecords)})
				return
			case e.Record != nil:
				given++
				if !yield(*e.Record, nil) {
					return
				}
			}
		}
	}
}

// ReadDir gives all of Records at once.
func ReadDir(ctx context.Context, dir string, since time.Time) (records []Record, problems []UnreadError) {
	for rec, err := range Records(ctx, dir, since) {
		var unread UnreadError
		switch {
		case err == nil:
			records = append(records, rec)
		case errors.As(err, &unread):
			problems = append(problems, unread)
		default:
			problems = append(problems, UnreadError{File: dir, Err: err})
		}
	}
	return records, problems
}

// recordFiles lists the files of records: those in folders of days, and those
// that lie in the folder itself, as the action leaves them.
func recordFiles(root *os.Root, first string) ([]string, error) {
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		switch {
		case e.Type().IsRegular() && isEntryFile(e.Name()):
			files = append(files, e.Name())
		case e.IsDir() && isDay(e.Name()) && e.Name() >= first:
			inside, err := fs.ReadDir(root.FS(), e.Name())
			if err != nil {
				return nil, err
			}
			for _, f := range inside {
				if f.Type().IsRegular() && isEntryFile(f.Name()) {
					files = append(files, e.Name()+"/"+f.Name())
				}
			}
		}
	}
	slices.Sort(files)
	return files, nil
}

// began is the day on which the run began, in UTC. The check of a record has
// read the time.
func (r Record) began() string {
	started, err := time.Parse(time.RFC3339, r.Started)
	if err != nil {
		return ""
	}
	return started.UTC().Format(time.DateOnly)
}
