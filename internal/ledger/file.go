package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// maxTaken bounds how many files of other runs may stand in the way of one.
const maxTaken = 1000

// WriteFile writes records to "record-<id>.jsonl" in dir, named by the first
// of them, whole or not at all. It makes dir where it is missing and refuses
// one that is a symbolic link, which a checked-out change could have put
// there. A file of the same records is left as it is. One of others is not
// replaced: legs of a matrix have the same job and step, so the records get
// the next sequence numbers, and the path tells the new name. Errors name the
// path.
func WriteFile(dir string, records []Record) (path string, err error) {
	if len(records) == 0 {
		return "", errors.New("write records: there are none")
	}
	if err := makeDir(dir); err != nil {
		return "", fmt.Errorf("write records: %w", err)
	}
	for range maxTaken {
		path = filepath.Join(dir, "record-"+records[0].ID+".jsonl")
		free, err := writeApart(dir, path, Entries(records))
		if err != nil {
			return "", fmt.Errorf("write records to %s: %w", path, err)
		}
		if free {
			return path, nil
		}
		records = after(records)
	}
	return "", fmt.Errorf("write records to %s: %d files of other runs have its names", path, maxTaken)
}

// writeApart writes a file that is not there yet; false where one of other
// records is.
func writeApart(dir, path string, entries []Entry) (free bool, err error) {
	temp, err := os.CreateTemp(dir, ".record-*")
	if err != nil {
		return false, err
	}
	if err = fill(temp, entries); err == nil {
		free, err = place(temp.Name(), path)
	}
	if gone := os.Remove(temp.Name()); !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return free, err
}

// place gives a file its name, unless another has it: a link is never made
// over what is there. Where the disk knows no links, it looks first.
func place(temp, path string) (free bool, err error) {
	err = os.Link(temp, path)
	if errors.Is(err, fs.ErrExist) {
		return sameFile(temp, path)
	}
	if err == nil {
		return true, nil
	}
	if _, missing := os.Lstat(path); !errors.Is(missing, fs.ErrNotExist) {
		return false, err
	}
	err = os.Rename(temp, path)
	return err == nil, err
}

func sameFile(ours, there string) (bool, error) {
	info, err := os.Lstat(there)
	if err != nil {
		return false, err
	}
	if !info.Mode().IsRegular() {
		return false, errors.New("what is there is not a file of its own")
	}
	mine, err := os.ReadFile(ours)
	if err != nil || info.Size() != int64(len(mine)) {
		return false, err
	}
	other, err := os.ReadFile(there)
	return bytes.Equal(mine, other), err
}

// after gives the records with the sequence numbers behind their own.
func after(records []Record) []Record {
	next := slices.Clone(records)
	for i := range next {
		next[i].Sequence += len(records)
		next[i].ID = next[i].hash()
	}
	return next
}

func makeDir(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is not a folder of its own", dir)
	}
	return nil
}

// file is what fill needs of an *os.File.
type file interface {
	io.WriteCloser
	Chmod(os.FileMode) error
	Sync() error
}

// fill writes, then asks the disk: a full one may say so only at Sync or
// Close. The mode lets a later step of another user read it: a container
// writes as root, and the step that uploads does not run as root.
func fill(f file, entries []Entry) error {
	text, err := EncodeEntries(entries)
	if err == nil {
		_, err = f.Write(text)
	}
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
