package github

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	gh "github.com/google/go-github/v62/github"

	"github.com/tierwise/tierwise/internal/event"
)

const (
	// maxJobs bounds the logs that are fetched of one run.
	maxJobs = 10
	// jobPages times 100 jobs are looked through for failed ones.
	jobPages = 3
)

// WorkflowRun reads a workflow run.
func (c *Client) WorkflowRun(ctx context.Context, repo event.Repository, runID int64) (event.WorkflowRun, error) {
	r := Repo{Owner: repo.Owner, Name: repo.Name}
	data, _, err := c.send(ctx, readRun, http.MethodGet, r.path("/actions/runs/%s", strconv.FormatInt(runID, 10)), nil)
	if err != nil {
		return event.WorkflowRun{}, err
	}
	run, err := event.ParseWorkflowRun(repo, data)
	if err != nil {
		return event.WorkflowRun{}, fmt.Errorf("%s: %w", readRun, err)
	}
	if run.ID != runID {
		return event.WorkflowRun{}, fmt.Errorf("%s: asked for %d, got %d", readRun, runID, run.ID)
	}
	return run, nil
}

// JobLog is the log of one failed job. Note says why Log is empty or cut; it
// is "" where Log is whole. Log is untrusted.
type JobLog struct {
	ID         int64
	Name       string
	Conclusion string
	Log        []byte
	Note       string
}

// RunLogs reads the logs of the failed jobs of a run's attempt, at most ten
// of 20 MiB each; attempt 0 is the latest. Jobs whose log was not read are
// there with their name and a Note.
func (c *Client) RunLogs(ctx context.Context, repo Repo, runID int64, attempt int) ([]JobLog, error) {
	jobs, all, err := c.listJobs(ctx, repo, runID, attempt)
	if err != nil {
		return nil, err
	}
	var logs []JobLog
	for _, j := range jobs {
		if !hasFailed(j.GetConclusion()) {
			continue
		}
		l := JobLog{ID: j.GetID(), Name: j.GetName(), Conclusion: j.GetConclusion()}
		if len(logs) >= maxJobs {
			l.Note = fmt.Sprintf("not read: only the logs of the first %d failed jobs are", maxJobs)
		} else if l.Log, l.Note, err = c.jobLog(ctx, repo, l.ID); err != nil {
			return nil, err
		}
		logs = append(logs, l)
	}
	if !all {
		logs = append(logs, JobLog{Note: fmt.Sprintf("only the first %d jobs of the run were looked at", len(jobs))})
	}
	return logs, nil
}

func hasFailed(conclusion string) bool {
	switch conclusion {
	case "failure", "timed_out", "startup_failure":
		return true
	}
	return false
}

// listJobs lists the jobs of an attempt, and says whether that is all.
func (c *Client) listJobs(ctx context.Context, repo Repo, runID int64, attempt int) (jobs []*gh.WorkflowJob, all bool, err error) {
	path := repo.path("/actions/runs/%s/jobs", strconv.FormatInt(runID, 10))
	if attempt > 0 {
		path = repo.path("/actions/runs/%s/attempts/%s/jobs", strconv.FormatInt(runID, 10), strconv.Itoa(attempt))
	}
	next := 1
	for range jobPages {
		var answer struct {
			Jobs *[]*gh.WorkflowJob `json:"jobs"`
		}
		resp, err := c.get(ctx, listJobs, withPage(path, 100, next), &answer)
		if err != nil {
			return nil, false, err
		}
		if answer.Jobs == nil {
			return nil, false, fmt.Errorf("%s: the answer lists no jobs", listJobs)
		}
		jobs = append(jobs, *answer.Jobs...)
		if resp.NextPage == 0 {
			return jobs, true, nil
		}
		next = resp.NextPage
	}
	return jobs, false, nil
}
