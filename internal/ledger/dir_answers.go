package ledger

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tierwise/tierwise/internal/dispatch"
)

// maxAnswerFile bounds a file of an answer: JSON may write one byte as six.
const maxAnswerFile = 1 << 20

// KeepAnswer writes an answer under its key, and under its lineage as the last
// one of its pull request. A file is replaced whole.
func (d Dir) KeepAnswer(k dispatch.Kept) error {
	doc, err := EncodeAnswer(k)
	if err != nil {
		return fmt.Errorf("keep the answer of %s: %w", clean(k.Task), err)
	}
	dir := filepath.Join(d.path, answersDir)
	for _, at := range []string{d.path, dir} {
		if err := makeDir(at); err != nil {
			return fmt.Errorf("keep the answer of %s: %w", clean(k.Task), err)
		}
	}
	for _, name := range []string{k.Key, k.Lineage} {
		if err := replaceFile(dir, name+".json", doc); err != nil {
			return fmt.Errorf("keep the answer of %s: %w", clean(k.Task), err)
		}
	}
	return nil
}

// replaceFile writes beside and renames: a reader sees the old text or the new
// one. The mode lets a later step of another user read it, as with records.
func replaceFile(dir, name string, data []byte) error {
	temp, err := os.CreateTemp(dir, ".answer-*")
	if err != nil {
		return err
	}
	_, err = temp.Write(data)
	if err == nil {
		err = temp.Chmod(0o644)
	}
	if err == nil {
		err = temp.Sync()
	}
	if err = errors.Join(err, temp.Close()); err == nil {
		err = os.Rename(temp.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}

// Answers gives what is kept under names that are keys or lineages, in their
// order. Nothing kept is no error. Links are not followed out of the ledger.
func (d Dir) Answers(names ...string) ([]dispatch.Kept, error) {
	root, err := os.OpenRoot(d.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open the ledger: %w", err)
	}
	defer root.Close() //nolint:errcheck // it was only read
	var kept []dispatch.Kept
	var errs []error
	for _, name := range names {
		k, found, err := readAnswer(root, name)
		if err != nil {
			errs = append(errs, err)
		}
		if found {
			kept = append(kept, k)
		}
	}
	return kept, errors.Join(errs...)
}

func readAnswer(root *os.Root, name string) (k dispatch.Kept, found bool, err error) {
	if !isName(name) {
		return k, false, fmt.Errorf("read a kept answer: %q is no key", clean(name))
	}
	path := answersDir + "/" + name + ".json"
	info, err := root.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return k, false, nil
	case err != nil:
		return k, false, fmt.Errorf("read a kept answer: %w", err)
	case !info.Mode().IsRegular() || info.Size() > maxAnswerFile:
		return k, false, fmt.Errorf("read a kept answer: %s is no file of at most %d bytes", path, maxAnswerFile)
	}
	f, err := root.Open(path)
	if err != nil {
		return k, false, fmt.Errorf("read a kept answer: %w", err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	data, err := io.ReadAll(io.LimitReader(f, maxAnswerFile))
	if err == nil {
		k, err = DecodeAnswer(data)
	}
	if err != nil {
		return k, false, fmt.Errorf("read a kept answer: %s: %w", path, err)
	}
	if k.Key != name && k.Lineage != name {
		return k, false, fmt.Errorf("read a kept answer: %s is another's", path)
	}
	k.From = FromLedger
	return k, true, nil
}
