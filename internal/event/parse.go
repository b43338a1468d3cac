package event

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// maxPayload bounds a payload, in bytes. GitHub caps its own at 25 MB
// (https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap).
const maxPayload = 32 << 20

// Names lists the events that Parse reads, sorted.
func Names() []string {
	return []string{
		"issue_comment", "issues", "merge_group", "pull_request", "pull_request_target",
		"push", "repository_dispatch", "schedule", "workflow_dispatch", "workflow_run",
	}
}

// Parse reads the payload of the event that name says. What a decision rests
// on must be there and well formed: the repository, commit ids of 40 or 64 hex
// digits, numbers above zero. What GitHub leaves null stays empty: the body,
// the author of a deleted account, the head's repository of a deleted fork.
func Parse(name string, payload []byte) (Event, error) {
	e, err := parse(name, payload)
	if err != nil {
		return Event{}, fmt.Errorf("read the payload of event %.60q: %w", name, err)
	}
	return e, nil
}

func parse(name string, payload []byte) (Event, error) {
	if !slices.Contains(Names(), name) {
		return Event{}, fmt.Errorf("the event is not supported, expected one of %s", strings.Join(Names(), ", "))
	}
	if len(payload) > maxPayload {
		return Event{}, fmt.Errorf("%d bytes, the bound is %d MiB", len(payload), maxPayload>>20)
	}
	var w wirePayload
	if err := json.Unmarshal(payload, &w); err != nil {
		return Event{}, err
	}
	e := Event{Name: name, Action: w.Action, Sender: w.Sender.account()}
	if w.Label != nil {
		e.Label = w.Label.Name
	}
	var err error
	if e.Repository, err = w.Repository.read(); err != nil {
		return Event{}, err
	}
	if err := e.readSubject(w); err != nil {
		return Event{}, err
	}
	if e.Repository.DefaultBranch == "" && e.PolicyRef() == "" {
		return Event{}, errors.New("repository.default_branch is missing")
	}
	return e, nil
}

// readSubject reads what the event is about, where it is about something.
func (e *Event) readSubject(w wirePayload) error {
	var err error
	switch e.Name {
	case "pull_request", "pull_request_target":
		e.PullRequest, err = w.PullRequest.read(e.Repository)
	case "merge_group":
		e.MergeGroup, err = w.MergeGroup.read(e.Repository)
	case "push":
		e.Push, err = w.readPush()
	case "workflow_run":
		e.WorkflowRun, err = w.WorkflowRun.read(e.Repository)
	case "issue_comment":
		if e.Comment, err = w.readComment(); err == nil {
			e.Issue, err = w.Issue.read()
		}
	case "issues":
		e.Issue, err = w.Issue.read()
	}
	if err != nil {
		return err
	}
	if (w.Action == "labeled" || w.Action == "unlabeled") && e.Label == "" {
		return fmt.Errorf("action %s without a label", w.Action)
	}
	return nil
}

// ParsePullRequest reads a pull request as the API gives it
// (https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request), which is
// the shape that payloads have, and as strictly.
func ParsePullRequest(owner, name string, data []byte) (PullRequest, error) {
	var w wirePullRequest
	if err := json.Unmarshal(data, &w); err != nil {
		return PullRequest{}, fmt.Errorf("read pull request: %w", err)
	}
	pr, err := w.read(Repository{Owner: owner, Name: name})
	if err != nil {
		return PullRequest{}, fmt.Errorf("read pull request: %w", err)
	}
	return *pr, nil
}

// ParseWorkflowRun reads a workflow run as the API gives it
// (https://docs.github.com/en/rest/actions/workflow-runs#get-a-workflow-run),
// as strictly as a payload.
func ParseWorkflowRun(repo Repository, data []byte) (WorkflowRun, error) {
	var w wireWorkflowRun
	if err := json.Unmarshal(data, &w); err != nil {
		return WorkflowRun{}, fmt.Errorf("read workflow run: %w", err)
	}
	run, err := w.read(repo)
	if err != nil {
		return WorkflowRun{}, fmt.Errorf("read workflow run: %w", err)
	}
	return *run, nil
}
