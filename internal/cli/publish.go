package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/runner"
)

// publish shows what another job of this run found out. It holds no key and
// opens no client of a model: what it shows was made by the job that could.
func (a *action) publish(ctx context.Context, s pipeline.Settings, file report.ParsedResult, w *pipeline.Work) (int, error) {
	session, err := w.Publish(ctx, file, s, a.origin(), edgeOf(a.process))
	if err != nil {
		return 0, err
	}
	w.Fresh = nil // it was asked just now
	w.Memory = a.commented(w)
	session.Server, session.Place = a.context.ServerURL, a.place()
	a.writePatches(&session, strings.TrimPrefix(strings.TrimSuffix(path.Base(a.in.get("result-file")), ".json"), "result-"))
	a.deliver(ctx, w, &session)
	session.Requests = a.client.Requests()
	if err := a.tell(session); err != nil {
		a.runner.Error(runner.Annotation{Title: "tierwise could not report", Message: err.Error()})
		return ExitFailed, nil //nolint:nilerr // it is told, and part of it was published
	}
	return report.ExitCode(session, a.in.failOn), nil
}

// checkPublish refuses what would make two jobs pointless: a key beside a
// token that writes, and a file that nobody vouches for.
func (in *inputs) checkPublish(getenv func(string) string) error {
	if in.mode != "publish" {
		for _, name := range []string{"result-file", "result-digest"} {
			if in.get(name) != "" {
				return &pipeline.UsageError{Text: fmt.Sprintf("input %s belongs to mode publish, and mode is %s", name, in.mode)}
			}
		}
		return nil
	}
	if in.get("ledger") != "" {
		return &pipeline.UsageError{Text: "mode publish reads and writes no ledger: give it to the job that runs the tasks"}
	}
	if held := in.heldKeys(getenv); len(held) > 0 {
		return &pipeline.UsageError{Text: fmt.Sprintf("mode publish takes no key, and %s is set: the job that may write must not hold a key, and the job that holds a key must not write", held[0])}
	}
	if in.get("result-file") == "" {
		return &pipeline.UsageError{Text: "input result-file is empty: the job that runs the tasks gave none, so nothing was reviewed as far as this job knows"}
	}
	if !regexp.MustCompile(`^sha256:[0-9a-f]{64}$`).MatchString(in.get("result-digest")) {
		return &pipeline.UsageError{Text: "input result-digest is not the output result-digest of the job that runs the tasks: without it, any job of this run could have written the file"}
	}
	return nil
}

// heldKeys names every key of a model that this job holds, also one that only
// stands in its environment.
func (in *inputs) heldKeys(getenv func(string) string) []string {
	var held []string
	for provider, name := range keyInputs() {
		if in.get(name) != "" {
			held = append(held, name)
		}
		if variable := keyVariables()[provider]; getenv(variable) != "" {
			held = append(held, variable)
		}
	}
	slices.Sort(held)
	return held
}

// readResult reads result-file from the workspace. Only a plain file of its
// own counts, reached by no link: an artifact may have brought anything.
func (a *action) readResult() (report.ParsedResult, error) {
	name := a.in.get("result-file")
	path, err := insideWorkspace(a.context.Workspace, filepath.FromSlash(name))
	if err != nil {
		return report.ParsedResult{}, err
	}
	root, err := filepath.EvalSymlinks(a.context.Workspace)
	if err != nil {
		return report.ParsedResult{}, fmt.Errorf("find the workspace: %w", err)
	}
	if info, err := os.Lstat(path); err != nil || path != filepath.Join(root, filepath.FromSlash(name)) || !info.Mode().IsRegular() {
		return report.ParsedResult{}, &pipeline.UsageError{Text: fmt.Sprintf("result-file %q is not a plain file", name)}
	}
	data, err := readBounded(path, report.MaxResultFile)
	if err != nil {
		return report.ParsedResult{}, fmt.Errorf("read result-file: %w", err)
	}
	file, err := report.ParseResult(data)
	if err != nil {
		return report.ParsedResult{}, fmt.Errorf("read result-file: %w", err)
	}
	if told := a.in.get("result-digest"); file.Digest != told {
		return report.ParsedResult{}, fmt.Errorf("the result file is not the one that the job with the key wrote: its digest is %s, expected %s", file.Digest, told)
	}
	return file, nil
}

// readBounded reads one byte more than allowed, so that the parser can tell.
func readBounded(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	return io.ReadAll(io.LimitReader(f, most+1))
}

// origin names this run and attempt.
func (a *action) origin() pipeline.Origin {
	return pipeline.Origin{
		RunID: strconv.FormatInt(a.context.RunID, 10), Attempt: int(a.context.RunAttempt), Leg: a.in.leg, Job: a.context.Job, Step: a.context.Step, Workflow: a.context.Workflow,
		Event: a.context.EventName, Version: a.process.Version, Started: a.process.Now(),
	}
}

// explainUnpublished is explainFailure for a job that only shows: what the
// other job did or spent is not known here.
func explainUnpublished(r *runner.Runner, err error) int {
	r.Error(runner.Annotation{Title: "tierwise published nothing", Message: err.Error()})
	var text bytes.Buffer
	if err := errors.Join(report.Unpublished(&text, err), r.AppendSummary(text.String()), r.SetOutput("status", "could-not-run")); err != nil {
		r.Log("tierwise: " + err.Error())
	}
	return codeOf(err)
}
