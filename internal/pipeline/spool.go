package pipeline

import (
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/tierwise/tierwise/internal/ledger"
)

// SpoolDir is where entries wait that a ledger did not take.
const SpoolDir = FilesDir + "/spool"

// Spool gives what keeps entries below a workspace or a checkout: one file an
// Append, so that what was acknowledged can be deleted.
func Spool(root string) func([]ledger.Entry) (string, error) {
	return func(entries []ledger.Entry) (string, error) {
		if err := makeFilesDir(root); err != nil {
			return "", err
		}
		_, name, err := ledger.Place(entries)
		if err != nil {
			return "", err
		}
		text, err := ledger.EncodeEntries(entries)
		if err != nil {
			return "", err
		}
		in, err := os.OpenRoot(filepath.Join(root, FilesDir))
		if err != nil {
			return "", fmt.Errorf("open the folder for files: %w", err)
		}
		defer in.Close() //nolint:errcheck // nothing is buffered in a folder's handle
		if err := in.MkdirAll("spool", 0o755); err != nil {
			return "", fmt.Errorf("make the spool: %w", err)
		}
		for n := range 1000 {
			at := "spool/" + name
			if n > 0 {
				at = fmt.Sprintf("spool/%s-%d.jsonl", name[:len(name)-len(".jsonl")], n)
			}
			if _, err := in.Lstat(at); err == nil {
				continue
			}
			if err := writeNew(in, filepath.FromSlash(at), text); err != nil {
				return "", fmt.Errorf("write to the spool: %w", err)
			}
			return path.Join(FilesDir, at), nil
		}
		return "", fmt.Errorf("write to the spool: 1000 files have the name %s", name)
	}
}
