package pipeline

import (
	"bytes"
	"fmt"
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
	RunID, Job, Workflow, Event, Version string
	Attempt                              int
	Started                              time.Time
}

// Records gives one record a task.
func (w *Work) Records(results []dispatch.Result, o Origin, m Models, e Edge) []ledger.Record {
	records := make([]ledger.Record, len(results))
	for i, r := range results {
		records[i] = ledger.FromResult(ledger.Meta{
			Repository: w.Repository, PullRequest: w.PullNumber, RunID: o.RunID, RunAttempt: o.Attempt, Job: o.Job,
			Workflow: o.Workflow, Event: o.Event, Sequence: i, PricesAsOf: m.Catalogue.Checked(),
			Started: o.Started.UTC().Format(time.RFC3339), Finished: e.Now().UTC().Format(time.RFC3339),
			PolicyName: w.Policy.Name, PolicyDigest: w.PolicyDigest, Version: o.Version,
		}, r)
	}
	return records
}

// WriteRecords writes the records below root and gives the path relative to
// it. The folder ignores itself, so that nobody commits it by accident.
func WriteRecords(root string, records []ledger.Record) (string, error) {
	dir, err := filesDir(root)
	if err != nil {
		return "", err
	}
	path, err := ledger.WriteFile(dir, records)
	if err != nil {
		return "", fmt.Errorf("write the record: %w", err)
	}
	return filepath.Join(FilesDir, filepath.Base(path)), nil
}

func filesDir(root string) (string, error) {
	dir := filepath.Join(root, FilesDir)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("make the folder for files: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("*\n"), 0o644); err != nil {
		return "", fmt.Errorf("make the folder for files: %w", err)
	}
	return dir, nil
}

// WriteResult writes every task's output as JSON below root and gives the
// path relative to it.
func WriteResult(root, name string, s report.Session, redact func(string) string) (string, error) {
	dir, err := filesDir(root)
	if err != nil {
		return "", err
	}
	var data bytes.Buffer
	if err := report.ResultFile(&data, s); err != nil {
		return "", fmt.Errorf("encode the result: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(redact(data.String())), 0o644); err != nil {
		return "", fmt.Errorf("write the result: %w", err)
	}
	return filepath.Join(FilesDir, name), nil
}
