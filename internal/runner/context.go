package runner

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
)

// Context is what the runner says of the run (GitHub documentation, "Default
// environment variables"). Ref, WorkflowRef, Actor and the like are words of
// people who may not be trusted.
type Context struct {
	EventName       string
	EventPath       string // of the payload, JSON
	Repository      string // "owner/name"
	RepositoryID    int64  // 0 where it is not said
	SHA             string
	Ref             string // full
	RunID           int64
	RunAttempt      int64 // 1-based
	Job             string
	Step            string // id of the step in its job; one of the runner's making where the workflow gives none
	Workflow        string
	WorkflowRef     string // "owner/name/.github/workflows/x.yml@refs/heads/main"
	WorkflowSHA     string
	Actor           string // who started the run first
	TriggeringActor string // who started this attempt
	APIURL          string // "https://api.github.com"
	ServerURL       string // "https://github.com"
	Workspace       string
	OwnRunner       bool // the machine stays after the job; false where it is not said
}

var repositoryForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$`)

// Context reads the run's context. What every run has must be there: the error
// names each variable that is missing or malformed. There is no default for the
// API's address: on another server, a token must not go to github.com.
func (r *Runner) Context() (Context, error) {
	v := variables{getenv: r.getenv}
	c := Context{
		EventName: v.must("GITHUB_EVENT_NAME"), EventPath: v.must("GITHUB_EVENT_PATH"),
		Repository: v.must("GITHUB_REPOSITORY"), RepositoryID: v.number("GITHUB_REPOSITORY_ID"),
		SHA: v.must("GITHUB_SHA"), Ref: r.getenv("GITHUB_REF"),
		RunID: v.number("GITHUB_RUN_ID"), RunAttempt: v.number("GITHUB_RUN_ATTEMPT"),
		Job: r.getenv("GITHUB_JOB"), Step: r.getenv("GITHUB_ACTION"), Workflow: r.getenv("GITHUB_WORKFLOW"),
		WorkflowRef: r.getenv("GITHUB_WORKFLOW_REF"), WorkflowSHA: r.getenv("GITHUB_WORKFLOW_SHA"),
		Actor: r.getenv("GITHUB_ACTOR"), TriggeringActor: r.getenv("GITHUB_TRIGGERING_ACTOR"),
		APIURL: v.must("GITHUB_API_URL"), ServerURL: v.must("GITHUB_SERVER_URL"),
		Workspace: r.getenv("GITHUB_WORKSPACE"), OwnRunner: r.getenv("RUNNER_ENVIRONMENT") == "self-hosted",
	}
	if c.Repository != "" && !repositoryForm.MatchString(c.Repository) {
		v.failed = errors.Join(v.failed, fmt.Errorf("GITHUB_REPOSITORY is %q, expected owner/name", c.Repository))
	}
	if v.failed != nil {
		return Context{}, fmt.Errorf("read the run's context: %w", v.failed)
	}
	return c, nil
}

// variables reads the environment and collects every mistake.
type variables struct {
	getenv func(string) string
	failed error
}

func (v *variables) must(name string) string {
	value := v.getenv(name)
	if value == "" {
		v.failed = errors.Join(v.failed, fmt.Errorf("%s is not set", name))
	}
	return value
}

// number is 0 where the variable is not set.
func (v *variables) number(name string) int64 {
	value := v.getenv(name)
	if value == "" {
		return 0
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < 1 {
		v.failed = errors.Join(v.failed, fmt.Errorf("%s is %q, expected a positive number", name, value))
	}
	return n
}
