package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tierwise/tierwise/internal/agentlog"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/runner"
)

// checkRecord holds the inputs of mode record to their words, and refuses them
// elsewhere: whoever sets them believes that something is recorded.
func (in *inputs) checkRecord(s pipeline.Settings) error {
	if in.mode != "record" {
		for _, name := range []string{"usage-file", "usage-model", "agent"} {
			if in.get(name) != "" {
				return &pipeline.UsageError{Text: fmt.Sprintf("input %s is for mode record, and this is mode %s", name, in.mode)}
			}
		}
		return nil
	}
	switch {
	case in.get("usage-file") == "":
		return &pipeline.UsageError{Text: "mode record needs usage-file: the log of the agent whose spend is recorded"}
	case len(s.Tasks) > 1:
		return &pipeline.UsageError{Text: "mode record takes one task: a log does not say what was spent on which"}
	}
	if _, err := agentNamed("agent", in.get("agent")); err != nil {
		return err
	}
	return usageModel(in.get("usage-model"))
}

// readUsageFile reads the log from the workspace, or from the runner's folder
// for temporary files, where claude-code-action leaves its own. The agent was
// free to write there whatever it liked: a link out of it is refused.
func (a *action) readUsageFile() (agentlog.Log, error) {
	agent, err := agentNamed("agent", a.in.get("agent"))
	if err != nil {
		return agentlog.Log{}, err
	}
	folder, name := a.usagePlace(a.in.get("usage-file"))
	if isMissing(folder, name) {
		return withoutUsage(agent, name), nil
	}
	path, err := insideWorkspace(folder, name)
	if err != nil {
		return agentlog.Log{}, err
	}
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return agentlog.Log{}, &pipeline.UsageError{Text: fmt.Sprintf("usage-file %q is no plain file", name)}
	}
	data, err := readUsage("usage-file", path, nil)
	if err != nil {
		return agentlog.Log{}, err
	}
	return pipeline.ReadLog(agent, data).Naming(a.in.get("usage-model")), nil
}

// isMissing says that nothing has a name below a folder, not even a link.
func isMissing(folder, name string) bool {
	if !filepath.IsLocal(name) {
		return false
	}
	_, err := os.Lstat(filepath.Join(folder, name))
	return errors.Is(err, fs.ErrNotExist)
}

// withoutUsage stands for a log that was never written: the agent may have
// failed before its end, and has spent something all the same. Notes are told as
// warnings.
func withoutUsage(agent agentlog.Agent, name string) agentlog.Log {
	log := pipeline.ReadLog(agent, nil)
	log.Notes = []string{fmt.Sprintf("usage-file %q is not there: what the agent spent is unknown", name)}
	return log
}

// usagePlace gives the folder and the path below it. Inputs are not translated
// for a container, so that an absolute path is one of the machine around it;
// the runner's folder for temporary files is called _temp there
// (https://docs.github.com/en/actions/reference/workflows-and-actions/variables).
func (a *action) usagePlace(input string) (folder, name string) {
	temp := a.process.Getenv("RUNNER_TEMP")
	at := strings.LastIndex(input, "/_temp/")
	switch {
	case temp != "" && strings.HasPrefix(input, temp+"/"):
		return temp, strings.TrimPrefix(input, temp+"/")
	case temp != "" && filepath.IsAbs(input) && at >= 0:
		return temp, input[at+len("/_temp/"):]
	default:
		return a.context.Workspace, input
	}
}

// record tells what another program spent. It is no review and delivers none:
// no check run, no comment, no SARIF.
func (a *action) record(ctx context.Context, w *pipeline.Work, s pipeline.Settings, log agentlog.Log) (int, error) {
	var err error
	if w.Memory, err = a.memory(w); err != nil {
		return 0, err
	}
	d, err := recordLog(ctx, a.process, w, s, log, a.origin())
	if err != nil {
		return 0, err
	}
	d.session.Server, d.session.Place = a.context.ServerURL, a.place()
	if a.in.recordFile, err = pipeline.WriteRecords(a.context.Workspace, d.records); err != nil {
		d.session.Warnings = append(d.session.Warnings, err.Error())
	}
	w.Memory.Append(ctx, d.records, d.session.Results, a.access.redactor.Redact)
	d.session.Warnings = append(d.session.Warnings, w.Memory.Warnings...)
	d.session.Requests = a.client.Requests()
	if err := a.tell(d.session); err != nil {
		a.runner.Error(runner.Annotation{Title: "tierwise could not report", Message: err.Error()})
		return ExitFailed, nil //nolint:nilerr // it is told
	}
	return ExitFine, nil
}
