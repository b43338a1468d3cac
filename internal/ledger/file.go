package ledger

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// WriteFile writes records to "record-<id>.jsonl" in dir, named by the first
// of them, whole or not at all. It makes dir where it is missing and refuses
// one that is a symbolic link, which a checked-out change could have put
// there. Errors name the path.
func WriteFile(dir string, records []Record) (path string, err error) {
	if len(records) == 0 {
		return "", errors.New("write records: there are none")
	}
	if err := makeDir(dir); err != nil {
		return "", fmt.Errorf("write records: %w", err)
	}
	path = filepath.Join(dir, "record-"+records[0].ID+".jsonl")
	temp, err := os.CreateTemp(dir, ".record-*")
	if err != nil {
		return "", fmt.Errorf("write records to %s: %w", path, err)
	}
	if err := fill(temp, records); err != nil {
		return "", errors.Join(fmt.Errorf("write records to %s: %w", path, err), os.Remove(temp.Name()))
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return "", errors.Join(fmt.Errorf("write records to %s: %w", path, err), os.Remove(temp.Name()))
	}
	return path, nil
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
func fill(f file, records []Record) error {
	err := Encode(f, records)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
