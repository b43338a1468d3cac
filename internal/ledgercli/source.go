package ledgercli

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/ledger"
)

// maxLine bounds a line of a ledger, in bytes.
const maxLine = 256 << 10

// unreadError is a line that is no entry.
type unreadError struct {
	file string
	line int
	err  error
}

// Error gives one line.
func (e unreadError) Error() string { return fmt.Sprintf("%s:%d: %v", e.file, e.line, e.err) }

// folder is where entries are read from: a file: ledger, a folder of
// downloaded artifacts, a spool. All files below it that end in .jsonl count.
type folder struct{ root *os.Root }

func openFolder(address string) (folder, error) {
	dir := strings.TrimPrefix(address, "file:")
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return folder{}, usageError{fmt.Errorf("no folder %q", dir)}
	}
	if err != nil {
		return folder{}, fmt.Errorf("open the source: %w", err)
	}
	return folder{root}, nil
}

// files lists what to read, days in order. Links are not followed.
func (f folder) files() (names []string, err error) {
	err = fs.WalkDir(f.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "answers" && path.Dir(name) == "." {
			return fs.SkipDir // kept answers are no entries
		}
		if d.Type().IsRegular() && strings.HasSuffix(name, ".jsonl") {
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list the source: %w", err)
	}
	slices.Sort(names)
	return names, nil
}

// entries gives the entries of one file. What is none is an unreadError in its
// place and does not hide the rest.
func (f folder) entries(name string) iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) {
		file, err := f.root.Open(name)
		if err != nil {
			yield(ledger.Entry{}, unreadError{name, 0, err})
			return
		}
		defer file.Close() //nolint:errcheck // it was only read
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, maxLine)
		n := 0
		for lines.Scan() {
			n++
			if len(lines.Bytes()) == 0 {
				continue
			}
			e, err := ledger.DecodeEntry(lines.Bytes())
			if err != nil {
				err = unreadError{name, n, err}
			}
			if !yield(e, err) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(ledger.Entry{}, unreadError{name, n + 1, err})
		}
	}
}
