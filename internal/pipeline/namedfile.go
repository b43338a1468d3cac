package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ClearNamed removes a file that a person named, before anything runs: what
// lies there may come from the change itself, and a later step that uploads
// the file must find ours or none. No file is fine.
func ClearNamed(dir, name string) error {
	return inRoot(dir, name, func(root *os.Root) error {
		if err := root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove the old %s: %w", name, err)
		}
		return nil
	})
}

// WriteNamed writes a file that a person named, relative to dir, and makes the
// folders that lead to it. Nothing outside of dir is reached, by dots or by
// links, and nothing that appeared there meanwhile is written over.
func WriteNamed(dir, name string, data []byte) error {
	return inRoot(dir, name, func(root *os.Root) error {
		if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return fmt.Errorf("make the folder of %s: %w", name, err)
		}
		return writeNew(root, name, data)
	})
}

func inRoot(dir, name string, do func(*os.Root) error) error {
	if !filepath.IsLocal(name) || filepath.Clean(name) == "." {
		return usage("%q is not a path inside the workspace", name)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open the workspace: %w", err)
	}
	return errors.Join(do(root), root.Close())
}
