package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/agentlog"
	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/runner"
)

// actionTimeout bounds a step. The workflow's own timeout-minutes is the
// outer bound; this one leaves time to report.
const actionTimeout = 15 * time.Minute

// actionMain is the program as a GitHub Action: inputs in, outputs, summary,
// annotations and an exit code out. Nothing that a stranger wrote reaches the
// log without the runner's logger.
func actionMain(ctx context.Context, p Process) (code int) {
	in := actionInputs(p)
	redactor := redactorFor(in.keys(), in.token)
	r := runner.New(p.Getenv, p.Stdout, p.Random, redactor)
	in.mask(r)
	if err := r.UnsetActionsSecrets(p.Unsetenv); err != nil {
		r.Error(runner.Annotation{Title: "tierwise", Message: err.Error()})
		return ExitFailed
	}
	defer func() {
		// A crash must tell, and must not read as a usage error.
		if cause := recover(); cause != nil {
			code = explainFailure(r, fmt.Errorf("tierwise crashed, please report it: %v", cause))
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, actionTimeout)
	defer cancel()
	code, err := (&action{process: p, in: in, runner: r, access: access{redactor: redactor}}).run(ctx)
	switch {
	case err == nil:
		return code
	case in.mode == "publish":
		return explainUnpublished(r, err)
	default:
		return explainFailure(r, err)
	}
}

// explainFailure puts an error where people look: an annotation and the
// summary. Nothing ran, or nothing could be told; either way it is not green.
func explainFailure(r *runner.Runner, err error) int {
	r.Error(runner.Annotation{Title: "tierwise did not run", Message: err.Error()})
	var text bytes.Buffer
	if err := errors.Join(report.Failure(&text, err), r.AppendSummary(text.String())); err != nil {
		r.Log("tierwise: " + err.Error())
	}
	return codeOf(err)
}

type action struct {
	process Process
	in      inputs
	runner  *runner.Runner
	access  access
	client  *github.Client
	context runner.Context
	checked bool // every finding stands in a check run
}

func (a *action) run(ctx context.Context) (int, error) {
	s, err := a.settings()
	if err != nil {
		return 0, err
	}
	var file report.ParsedResult
	if a.in.mode == "publish" {
		if file, err = a.readResult(); err != nil {
			return 0, err
		}
	}
	var log agentlog.Log
	if a.in.mode == "record" {
		if log, err = a.readUsageFile(); err != nil {
			return 0, err
		}
	}
	ev, err := a.event()
	if err != nil {
		return 0, err
	}
	if a.client, err = github.New(github.Options{Token: a.in.token, APIURL: a.context.APIURL, HTTP: a.http(), Now: a.process.Now}); err != nil {
		return 0, fmt.Errorf("reach the platform: %w", err)
	}
	if a.in.mode == "report" {
		if err := a.readExtends(&s, ev); err != nil {
			return 0, err
		}
		return a.report(ctx, ev, s)
	}
	if a.in.mode == "lint" {
		if err := a.readExtends(&s, ev); err != nil {
			return 0, err
		}
		return a.lint(ctx, ev, s)
	}
	if err := errors.Join(a.readLogFile(&s), a.readHandoff(&s), a.readExtends(&s, ev)); err != nil {
		return 0, err
	}
	w, err := pipeline.FromEvent(ctx, a.client, ev, a.actor(), s)
	if err != nil {
		return 0, err
	}
	w.Trace = &pipeline.Trace{Dir: a.context.Workspace, RepositoryID: ev.Repository.ID, Login: a.actor()}
	switch a.in.mode {
	case "route":
		return a.routeOnly(ctx, w, s)
	case "record":
		return a.record(ctx, w, s, log)
	case "publish":
		return a.publish(ctx, s, file, w)
	default:
		return a.runTasks(ctx, w, s)
	}
}

// settings checks the inputs and what the runner says.
func (a *action) settings() (pipeline.Settings, error) {
	var err error
	if a.context, err = a.runner.Context(); err != nil {
		return pipeline.Settings{}, fmt.Errorf("read the runner's context: %w", err)
	}
	if err := a.clearSARIF(); err != nil {
		return pipeline.Settings{}, err
	}
	s, err := a.in.settings(a.process)
	if err != nil {
		return s, err
	}
	a.access.Access, err = a.in.access(a.process, a.context.Workspace)
	return s, err
}

// http reaches the platform alone; proxies come from the environment that the
// runner gives.
func (a *action) http() *http.Client {
	return &http.Client{Timeout: 60 * time.Second, Transport: &http.Transport{Proxy: a.process.Proxy, ForceAttemptHTTP2: true}}
}

// actor is who started this very run: on a re-run, who re-ran it.
func (a *action) actor() string {
	if a.context.TriggeringActor != "" {
		return a.context.TriggeringActor
	}
	return a.context.Actor
}

func (a *action) event() (event.Event, error) {
	payload, err := os.ReadFile(a.context.EventPath)
	if err != nil {
		return event.Event{}, fmt.Errorf("read the event: %w", err)
	}
	ev, err := event.Parse(a.context.EventName, payload)
	if err != nil {
		return event.Event{}, fmt.Errorf("read the event: %w", err)
	}
	return ev, nil
}

// readLogFile reads log-file from the workspace. A path that leaves it is
// refused: the input may have been put together from words of a stranger.
func (a *action) readLogFile(s *pipeline.Settings) error {
	if a.in.logFile == "" {
		return nil
	}
	path, err := insideWorkspace(a.context.Workspace, a.in.logFile)
	if err != nil {
		return err
	}
	s.LogName = a.in.logFile
	s.Log, err = readInput("log-file", path, nil)
	return err
}

// readHandoff reads what an earlier step handed over, from the workspace.
func (a *action) readHandoff(s *pipeline.Settings) error {
	if a.in.handoff == "" {
		return nil
	}
	path, err := insideWorkspace(a.context.Workspace, a.in.handoff)
	if err != nil {
		return err
	}
	s.Handoff, err = readInput("handoff", path, nil)
	return err
}

func insideWorkspace(workspace, name string) (string, error) {
	if !filepath.IsLocal(name) {
		return "", &pipeline.UsageError{Text: fmt.Sprintf("%q is not a path inside the workspace", name)}
	}
	path, err := filepath.EvalSymlinks(filepath.Join(workspace, name))
	if err != nil {
		return "", &pipeline.UsageError{Text: fmt.Sprintf("read %q: %v", name, err)}
	}
	root, err := filepath.EvalSymlinks(workspace)
	if err != nil {
		return "", fmt.Errorf("find the workspace: %w", err)
	}
	if rel, err := filepath.Rel(root, path); err != nil || !filepath.IsLocal(rel) {
		return "", &pipeline.UsageError{Text: fmt.Sprintf("%q leads out of the workspace", name)}
	}
	return path, nil
}

// routeOnly decides and tells; no model is called.
func (a *action) routeOnly(ctx context.Context, w *pipeline.Work, s pipeline.Settings) (int, error) {
	models, err := pipeline.Assumed(w.Policy)
	if err != nil {
		return 0, err
	}
	edge := edgeOf(a.process)
	plans, err := w.Decide(ctx, s, models, edge)
	if err != nil {
		return 0, err
	}
	session := w.Session(pipeline.Undone(plans), 0, s, models, edge, a.process.Version)
	session.Requests = a.client.Requests()
	if w.Refused != "" {
		return ExitFailed, a.tell(session)
	}
	return ExitFine, a.tell(session)
}

// runTasks decides, runs, and tells.
func (a *action) runTasks(ctx context.Context, w *pipeline.Work, s pipeline.Settings) (int, error) {
	var err error
	if w.Memory, err = a.memory(w); err != nil {
		return 0, err
	}
	w.Past = w.Memory.Past(ctx, a.process.Now())
	w.Trace.Shared, w.Trace.Denied, w.Trace.Apart = w.Memory.Shared(), w.Memory.Denied, a.apart()
	origin := a.origin()
	d, err := execute(ctx, a.process, w, s, a.access, origin)
	if err != nil {
		return 0, err
	}
	d.session.Server, d.session.Place = a.context.ServerURL, a.place()
	a.writeFiles(&d)
	w.Memory.Append(ctx, d.records, d.session.Results, a.access.redactor.Redact)
	a.deliver(ctx, w, &d.session)
	d.session.Requests = a.client.Requests()
	if err := a.tell(d.session); err != nil {
		a.runner.Error(runner.Annotation{Title: "tierwise could not report", Message: err.Error()})
		return ExitFailed, nil //nolint:nilerr // it is told, and something was spent: not a step that did not run
	}
	return report.ExitCode(d.session, a.in.failOn), nil
}

// deliver puts findings and patches where the workflow wants them. What cannot
// be delivered is a warning.
func (a *action) deliver(ctx context.Context, w *pipeline.Work, s *report.Session) {
	a.sarif(s)
	a.checks(ctx, w, s)
	a.review(ctx, w, s)
	a.comment(ctx, w, s)
	s.Warnings = append(s.Warnings, w.Memory.Warnings...)
}

// writeFiles leaves the record and the result in the workspace. What cannot
// be written is a warning: the summary still has all of it.
func (a *action) writeFiles(d *done) {
	record, err := pipeline.WriteRecords(a.context.Workspace, d.records)
	if err != nil {
		d.session.Warnings = append(d.session.Warnings, err.Error())
	}
	result, digest, err := pipeline.WriteResult(a.context.Workspace, resultName(record), d.head, d.session, a.access.redactor.Redact)
	if err != nil {
		d.session.Warnings = append(d.session.Warnings, err.Error())
	}
	a.in.recordFile, a.in.resultFile, a.in.resultDigest = record, result, digest
	a.writePatches(&d.session, filesID(record))
	a.writeHandoff(&d.session, record)
}

// writePatches leaves the patches of tasks that write.
func (a *action) writePatches(s *report.Session, id string) {
	patches, err := pipeline.WritePatches(a.context.Workspace, id, s.Results, a.access.redactor.Redact)
	if err != nil {
		s.Warnings = append(s.Warnings, err.Error())
	}
	a.in.patchFile = strings.Join(patches, "\n")
}

// filesID is what the files of one run have in common in their names.
func filesID(record string) string {
	id, _ := strings.CutPrefix(strings.TrimSuffix(filepath.Base(record), ".jsonl"), "record-")
	return id
}

// writeHandoff leaves what a later step or job may be given.
func (a *action) writeHandoff(s *report.Session, record string) {
	if s.Handoff.Document == nil {
		return
	}
	path, err := pipeline.WriteHandoff(a.context.Workspace, handoffName(record), *s.Handoff.Document, a.access.redactor.Redact)
	if err != nil {
		s.Warnings = append(s.Warnings, err.Error())
		return
	}
	a.in.handoffFile, s.Handoff.File = path, path
}

// resultName pairs the result with its record: record-ID.jsonl has
// result-ID.json beside it.
func resultName(record string) string { return besideRecord("result", record) }

func handoffName(record string) string { return besideRecord("handoff", record) }

func besideRecord(kind, record string) string {
	id, ok := strings.CutPrefix(strings.TrimSuffix(filepath.Base(record), ".jsonl"), "record-")
	if !ok {
		return kind + ".json"
	}
	return kind + "-" + id + ".json"
}

// place names the step from which a review speaks, the same in every run.
func (a *action) place() []string {
	return []string{a.context.Workflow, a.context.Job, a.context.Step, strconv.Itoa(a.in.leg)}
}

// comment writes the sticky comments where the workflow wants them. One that
// cannot be written is a warning with the permission to add.
func (a *action) comment(ctx context.Context, w *pipeline.Work, s *report.Session) {
	if w.PullNumber == 0 || w.Refused != "" || !report.WantsComment(*s, a.in.comment) {
		return
	}
	if err := fresh(ctx, w); err != nil {
		s.Warnings = append(s.Warnings, "no comment was written: "+err.Error())
		return
	}
	for _, one := range report.Stickies(*s) {
		head := one.Marker
		if one.Marker == report.AuxiliaryMarker {
			head += "\n" + w.Memory.AnswersLine(ctx, s.Results, a.access.redactor.Redact)
		}
		body := a.access.redactor.Redact(report.Comment(one.Session, head))
		if err := a.client.UpsertComment(ctx, platformRepo(w), w.PullNumber, one.Marker, body); err != nil {
			s.Warnings = append(s.Warnings, "the comment was not written: "+err.Error())
		}
	}
}
