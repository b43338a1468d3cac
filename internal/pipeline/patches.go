package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
)

// WritePatches writes the patch of each task that has one below dir, as
// .tierwise/TASK-ID.patch, and gives the paths relative to it. A patch of the
// same name is replaced. A patch in which redact finds something is not
// written: with a mark in its place it would no longer be what was verified.
func WritePatches(dir, id string, results []dispatch.Result, redact func(string) string) (paths []string, err error) {
	for _, r := range results {
		if r.Output.Patch == "" {
			continue
		}
		if redact(r.Output.Patch) != r.Output.Patch {
			return paths, fmt.Errorf("write the patch of %s: it holds a key", r.Task.ID)
		}
		path, err := writePatch(dir, patchName(r.Task.ID, id), r.Output.Patch)
		if err != nil {
			return paths, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// patchName puts only plain characters into a file's name: a custom task's id
// is checked, and this does not rely on it.
func patchName(taskID, id string) string {
	plain := func(c rune) rune {
		if c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return c
		}
		return '_'
	}
	return strings.Map(plain, taskID) + "-" + strings.Map(plain, id) + ".patch"
}

func writePatch(dir, name, text string) (string, error) {
	if err := makeFilesDir(dir); err != nil {
		return "", err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", fmt.Errorf("open the workspace: %w", err)
	}
	defer root.Close() //nolint:errcheck // nothing is buffered in a folder's handle
	path := filepath.Join(FilesDir, name)
	if err := root.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("replace %s: %w", path, err)
	}
	return path, writeNew(root, path, []byte(text))
}
