package ledger

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// scheme begins the address of a folder.
const scheme = "file:"

// answersDir is the folder of kept answers inside a ledger.
const answersDir = "answers"

// Dir is a ledger in a folder: one file of records a run, in a folder a day,
// and kept answers beside them. Writers never share a file that is not written
// whole, so any number may write at once.
type Dir struct{ path string }

// ParseAddress reads the address of a ledger, "file:DIR". Others are refused.
func ParseAddress(address string) (Dir, error) {
	path, ok := strings.CutPrefix(address, scheme)
	if !ok || path == "" {
		return Dir{}, fmt.Errorf("ledger %q, expected %sDIR, a folder", clean(address), scheme)
	}
	if strings.HasPrefix(path, "//") {
		return Dir{}, fmt.Errorf("ledger %q: write %sDIR, without slashes before the folder", clean(address), scheme)
	}
	return Dir{path: filepath.Clean(filepath.FromSlash(path))}, nil
}

// Path is the folder as the address names it.
func (d Dir) Path() string { return d.path }

// In gives the ledger as seen from another folder.
func (d Dir) In(root string) Dir {
	if filepath.IsAbs(d.path) {
		return d
	}
	return Dir{path: filepath.Join(root, d.path)}
}

// Append writes the records of one run, whole or not at all.
func (d Dir) Append(records []Record) error {
	if len(records) == 0 {
		return nil
	}
	if err := makeDir(d.path); err != nil {
		return fmt.Errorf("write to the ledger: %w", err)
	}
	day := records[0].Finished[:min(len(time.DateOnly), len(records[0].Finished))]
	if !isDay(day) {
		return fmt.Errorf("write to the ledger: a record of no day: %q", clean(day))
	}
	if _, err := WriteFile(filepath.Join(d.path, day), records); err != nil {
		return fmt.Errorf("write to the ledger: %w", err)
	}
	return nil
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

// Records gives the records of a folder one by one, those of a run together,
// oldest day first. A record that began before the day of since is not given,
// wherever it lies. A record that stands twice is given once. What cannot be
// read is given as an UnreadError in its place, and does not hide the rest. A
// folder that is not there holds nothing.
func Records(dir string, since time.Time) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		root, err := os.OpenRoot(dir)
		if errors.Is(err, fs.ErrNotExist) {
			return
		}
		if err != nil {
			yield(Record{}, UnreadError{File: dir, Err: err})
			return
		}
		defer root.Close() //nolint:errcheck // it was only read
		files, err := recordFiles(root, since.UTC().Format(time.DateOnly))
		if err != nil {
			yield(Record{}, UnreadError{File: dir, Err: err})
			return
		}
		r := reading{root: root, first: since.UTC().Format(time.DateOnly), seen: map[string]bool{}, yield: yield}
		for _, name := range files {
			if !r.file(name) {
				return
			}
		}
	}
}

// ReadDir gives all of Records at once.
func ReadDir(dir string, since time.Time) (records []Record, problems []UnreadError) {
	for rec, err := range Records(dir, since) {
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
		case e.Type().IsRegular() && isRecordFile(e.Name()):
			files = append(files, e.Name())
		case e.IsDir() && isDay(e.Name()) && e.Name() >= first:
			inside, err := fs.ReadDir(root.FS(), e.Name())
			if err != nil {
				return nil, err
			}
			for _, f := range inside {
				if f.Type().IsRegular() && isRecordFile(f.Name()) {
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

func isRecordFile(name string) bool {
	return strings.HasPrefix(name, "record-") && strings.HasSuffix(name, ".jsonl")
}

// reading is one walk through a ledger.
type reading struct {
	root  *os.Root
	first string // the day before which nothing is given
	seen  map[string]bool
	yield func(Record, error) bool
}

// file gives the records of one file; false where the caller wants no more.
func (r *reading) file(name string) bool {
	f, err := r.root.Open(name)
	if err != nil {
		return r.yield(Record{}, UnreadError{File: name, Err: err})
	}
	defer f.Close() //nolint:errcheck // it was only read
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if !r.line(name, n, lines.Bytes()) {
			return false
		}
	}
	if err := lines.Err(); err != nil {
		return r.yield(Record{}, UnreadError{File: name, Err: err})
	}
	return true
}

func (r *reading) line(name string, n int, line []byte) bool {
	if len(line) == 0 {
		return true
	}
	rec, err := decodeLine(line)
	if err != nil {
		return r.yield(Record{}, UnreadError{File: name, Line: n, Err: err})
	}
	if r.seen[rec.ID] || rec.began() < r.first {
		return true
	}
	if len(r.seen) == maxRecords {
		r.yield(Record{}, UnreadError{File: name, Line: n, Err: fmt.Errorf("more than %d records", maxRecords)})
		return false
	}
	r.seen[rec.ID] = true
	return r.yield(rec, nil)
}
