package event

import (
	"errors"
	"fmt"
	"strings"
)

type wireMergeGroup struct {
	BaseSHA string `json:"base_sha"`
	BaseRef string `json:"base_ref"`
	HeadSHA string `json:"head_sha"`
	HeadRef string `json:"head_ref"`
}

func (w *wireMergeGroup) read(repo Repository) (*MergeGroup, error) {
	if w == nil {
		return nil, errors.New("merge_group is missing")
	}
	base, err := wireRef{SHA: w.BaseSHA, Ref: w.BaseRef}.read("merge_group.base")
	if err != nil {
		return nil, err
	}
	head, err := wireRef{SHA: w.HeadSHA, Ref: w.HeadRef}.read("merge_group.head")
	if err != nil {
		return nil, err
	}
	base.Repo = repo.Owner + "/" + repo.Name
	head.Repo = base.Repo
	return &MergeGroup{Base: base, Head: head}, nil
}

func (w wirePayload) readPush() (*Push, error) {
	if !strings.HasPrefix(w.Ref, "refs/") {
		return nil, fmt.Errorf("ref is %.120q, expected refs/heads/… or refs/tags/…", w.Ref)
	}
	if err := errors.Join(checkSHA("before", w.Before), checkSHA("after", w.After)); err != nil {
		return nil, err
	}
	p := &Push{Before: w.Before, After: w.After, Ref: w.Ref}
	if isZero(p.Before) {
		p.Before = ""
	}
	if isZero(p.After) {
		p.After = ""
	}
	if p.Before == "" && p.After == "" {
		return nil, errors.New("before and after are both zeros")
	}
	return p, nil
}

type wireWorkflowRun struct {
	ID           int64           `json:"id"`
	Attempt      int             `json:"run_attempt"`
	Name         string          `json:"name"`
	Conclusion   string          `json:"conclusion"`
	Event        string          `json:"event"`
	HeadSHA      string          `json:"head_sha"`
	HeadBranch   string          `json:"head_branch"`
	HeadRepo     *wireRepository `json:"head_repository"`
	PullRequests []struct {
		Number int     `json:"number"`
		Base   wireRef `json:"base"`
	} `json:"pull_requests"`
}

func (w *wireWorkflowRun) read(repo Repository) (*WorkflowRun, error) {
	if w == nil {
		return nil, errors.New("workflow_run is missing")
	}
	if w.ID <= 0 || w.Attempt < 0 {
		return nil, fmt.Errorf("workflow_run has id %d and run_attempt %d, expected numbers above zero", w.ID, w.Attempt)
	}
	if err := checkCommit("workflow_run.head_sha", w.HeadSHA); err != nil {
		return nil, err
	}
	run := &WorkflowRun{
		ID: w.ID, Attempt: w.Attempt, Name: w.Name, Conclusion: w.Conclusion, Event: w.Event,
		HeadSHA: w.HeadSHA, HeadBranch: w.HeadBranch,
	}
	if w.HeadRepo != nil {
		run.HeadRepo = w.HeadRepo.FullName
	}
	for _, pr := range w.PullRequests {
		// A branch may also be the head of a pull request in another
		// repository of the network, whose number means nothing here.
		if pr.Base.Repo != nil && repo.ID != 0 && pr.Base.Repo.ID != repo.ID {
			continue
		}
		if pr.Number <= 0 {
			return nil, fmt.Errorf("workflow_run.pull_requests has number %d, expected a number above zero", pr.Number)
		}
		run.PullNumbers = append(run.PullNumbers, pr.Number)
	}
	return run, nil
}

type wireIssue struct {
	Number      int       `json:"number"`
	Title       string    `json:"title"`
	Body        *string   `json:"body"`
	PullRequest *struct{} `json:"pull_request"`
}

func (w *wireIssue) read() (*Issue, error) {
	if w == nil {
		return nil, errors.New("issue is missing")
	}
	if w.Number <= 0 {
		return nil, fmt.Errorf("issue.number is %d, expected a number above zero", w.Number)
	}
	i := &Issue{Number: w.Number, Title: w.Title, Pull: w.PullRequest != nil}
	if w.Body != nil {
		i.Body = *w.Body
	}
	return i, nil
}

type wireComment struct {
	ID   int64        `json:"id"`
	Body string       `json:"body"`
	User *wireAccount `json:"user"`
}

func (w wirePayload) readComment() (*Comment, error) {
	if w.Comment == nil || w.Issue == nil {
		return nil, errors.New("comment or issue is missing")
	}
	if w.Comment.ID <= 0 || w.Issue.Number <= 0 {
		return nil, fmt.Errorf("comment.id is %d and issue.number %d, expected numbers above zero", w.Comment.ID, w.Issue.Number)
	}
	c := &Comment{ID: w.Comment.ID, Body: w.Comment.Body, Author: w.Comment.User.account()}
	if w.Issue.PullRequest != nil {
		c.PullNumber = w.Issue.Number
	}
	return c, nil
}
