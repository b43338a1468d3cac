package pipeline

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/report"
)

// FilesDir is where tierwise leaves files in a workspace or a checkout.
const FilesDir = ".tierwise"

// Origin says which run a record belongs to.
type Origin struct {
	RunID, Job, Step, Workflow, Event, Version string
	Attempt                                    int
	Leg                                        int // of the job's matrix, from 0
	// First is the sequence number of the first record (see FirstSequence).
	First   int
	Started time.Time
}

// FirstSequence draws where the numbers of one call begin. What else names a
// record may be the same for two calls: the legs of a matrix on a runner that
// does not number them, and a step that a composite action runs twice. It also
// keeps an id from being guessed before its record is written.
func FirstSequence(random io.Reader) (int, error) {
	var drawn [4]byte
	if _, err := io.ReadFull(random, drawn[:]); err != nil {
		return 0, fmt.Errorf("draw a sequence number: %w", err)
	}
	return int(binary.BigEndian.Uint32(drawn[:]) >> 2), nil // room for the tasks behind it, in 32 bits
}

// Records gives one record a task.
func (w *Work) Records(results []dispatch.Result, o Origin, m Models, e Edge) []ledger.Record {
	records := make([]ledger.Record, len(results))
	for i, r := range results {
		if w.Trace != nil {
			if rec, told := w.Trace.done[r.Task.ID]; told {
				records[i] = rec
				continue
			}
		}
		if r.Recorded != nil {
			records[i] = ledger.FromRecorded(w.meta(i, o, m, e), r)
			continue
		}
		records[i] = w.record(i, r, o, m, e)
	}
	return records
}

// record is that of one result, with what routing would have cost.
func (w *Work) record(i int, r dispatch.Result, o Origin, m Models, e Edge) ledger.Record {
	meta := w.meta(i, o, m, e)
	if would, ok := w.would(r, m, e); ok {
		meta.Would = would.Cost
	}
	return ledger.FromResult(meta, r)
}

func (w *Work) meta(i int, o Origin, m Models, e Edge) ledger.Meta {
	meta := ledger.Meta{
		Repository: w.Repository, PullRequest: w.PullNumber, RunID: o.RunID, RunAttempt: o.Attempt, Job: o.Job, Step: o.Step, Leg: o.Leg,
		Workflow: o.Workflow, Event: o.Event, Sequence: o.First + i, PricesAsOf: m.Catalogue.Checked(),
		Started: o.Started.UTC().Format(time.RFC3339), Finished: e.Now().UTC().Format(time.RFC3339),
		PolicyName: w.Policy.Name, PolicyDigest: w.PolicyDigest, Version: o.Version,
	}
	if w.Trace == nil {
		return meta
	}
	meta.RepositoryID = w.Trace.RepositoryID
	if w.Policy.Budget.ActorDay != nil && w.Trace.Login != "" {
		meta.Actor = ledger.ActorDigest(w.Repository, o.Started.UTC().Format(time.DateOnly), w.Trace.Login)
	}
	return meta
}

// WriteRecords writes the records below dir and gives the path relative to it.
func WriteRecords(dir string, records []ledger.Record) (string, error) {
	if err := makeFilesDir(dir); err != nil {
		return "", err
	}
	path, err := ledger.WriteFile(filepath.Join(dir, FilesDir), records)
	if err != nil {
		return "", fmt.Errorf("write the record: %w", err)
	}
	return filepath.Join(FilesDir, filepath.Base(path)), dropBegun(dir, records)
}

// makeFilesDir makes the folder for our files. It ignores itself, so that
// nobody commits it by accident. A change may have put links there that lead
// anywhere: what is not a folder or a file of its own is refused.
func makeFilesDir(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open the workspace: %w", err)
	}
	defer root.Close() //nolint:errcheck // nothing is buffered in a folder's handle
	if err := root.Mkdir(FilesDir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make the folder for files: %w", err)
	}
	info, err := root.Lstat(FilesDir)
	if err != nil {
		return fmt.Errorf("make the folder for files: %w", err)
	}
	if !info.IsDir() {
		return fmt.Errorf("make the folder for files: %s is not a folder of its own", FilesDir)
	}
	err = writeNew(root, filepath.Join(FilesDir, ".gitignore"), []byte("*\n"))
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// writeNew writes a file that is not there yet: with O_EXCL a link in its
// place is an error and is not followed.
func writeNew(root *os.Root, name string, data []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err = f.Write(data)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// writeWhole writes a file whole or not at all: what was there before is
// replaced in one step, when all of it is on the disk.
func writeWhole(root *os.Root, name string, data []byte) error {
	temp := name + ".part"
	if err := root.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("replace %s: %w", temp, err)
	}
	f, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = root.Rename(temp, name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", name, err), root.Remove(temp))
	}
	return nil
}

// WriteResult writes every task's output as JSON below dir and gives the path
// relative to it, with the file's digest. A result of the same name is replaced.
func WriteResult(dir, name string, head report.ResultHead, s report.Session, redact func(string) string) (path, digest string, err error) {
	var data bytes.Buffer
	if digest, err = report.ResultFile(&data, head, s, redact); err != nil {
		return "", "", fmt.Errorf("encode the result: %w", err)
	}
	if err := makeFilesDir(dir); err != nil {
		return "", "", err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", "", fmt.Errorf("open the workspace: %w", err)
	}
	defer root.Close() //nolint:errcheck // nothing is buffered in a folder's handle
	path = filepath.Join(FilesDir, name)
	if err := root.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", "", fmt.Errorf("replace %s: %w", path, err)
	}
	if err := writeNew(root, path, data.Bytes()); err != nil {
		return "", "", err
	}
	return path, digest, nil
}
