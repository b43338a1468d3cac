package event

import (
	"errors"
	"fmt"
	"strings"
)

// The wire types hold the part of a payload that we read, in GitHub's words
// (https://docs.github.com/en/webhooks/webhook-events-and-payloads).

type wirePayload struct {
	Action      string           `json:"action"`
	Repository  *wireRepository  `json:"repository"`
	Sender      *wireAccount     `json:"sender"`
	Label       *wireLabel       `json:"label"`
	PullRequest *wirePullRequest `json:"pull_request"`
	MergeGroup  *wireMergeGroup  `json:"merge_group"`
	WorkflowRun *wireWorkflowRun `json:"workflow_run"`
	Issue       *wireIssue       `json:"issue"`
	Comment     *wireComment     `json:"comment"`
	Ref         string           `json:"ref"`
	Before      string           `json:"before"`
	After       string           `json:"after"`
}

type wireRepository struct {
	ID            int64  `json:"id"`
	FullName      string `json:"full_name"`
	DefaultBranch string `json:"default_branch"`
	Private       bool   `json:"private"`
}

func (w *wireRepository) read() (Repository, error) {
	if w == nil {
		return Repository{}, errors.New("repository is missing")
	}
	owner, name, err := splitFullName(w.FullName)
	if err != nil {
		return Repository{}, err
	}
	return Repository{ID: w.ID, Owner: owner, Name: name, DefaultBranch: w.DefaultBranch, Private: w.Private}, nil
}

type wireAccount struct {
	Login string `json:"login"`
	Type  string `json:"type"`
}

// account reads nil as a ghost. Some apps have the type without the suffix
// and some payloads the suffix without the type: either makes a bot.
func (w *wireAccount) account() Account {
	if w == nil {
		return Account{}
	}
	return Account{Login: w.Login, Bot: w.Type == "Bot" || strings.HasSuffix(w.Login, "[bot]")}
}

type wireLabel struct {
	Name string `json:"name"`
}

type wireRef struct {
	SHA  string          `json:"sha"`
	Ref  string          `json:"ref"`
	Repo *wireRepository `json:"repo"`
}

func (w wireRef) read(field string) (Ref, error) {
	if err := checkCommit(field+".sha", w.SHA); err != nil {
		return Ref{}, err
	}
	if w.Ref == "" {
		return Ref{}, fmt.Errorf("%s.ref is missing", field)
	}
	r := Ref{SHA: w.SHA, Name: strings.TrimPrefix(w.Ref, "refs/heads/")}
	if w.Repo != nil {
		r.Repo = w.Repo.FullName
	}
	return r, nil
}

type wirePullRequest struct {
	Number       int          `json:"number"`
	Title        string       `json:"title"`
	Body         *string      `json:"body"`
	Draft        bool         `json:"draft"`
	User         *wireAccount `json:"user"`
	Base         wireRef      `json:"base"`
	Head         wireRef      `json:"head"`
	Labels       []wireLabel  `json:"labels"`
	ChangedFiles int          `json:"changed_files"`
	Additions    int          `json:"additions"`
	Deletions    int          `json:"deletions"`
	Commits      int          `json:"commits"`
	Comments     int          `json:"comments"`
}

func (w *wirePullRequest) read(repo Repository) (*PullRequest, error) {
	if w == nil {
		return nil, errors.New("pull_request is missing")
	}
	if w.Number <= 0 {
		return nil, fmt.Errorf("pull_request.number is %d, expected a number above zero", w.Number)
	}
	if min(w.ChangedFiles, w.Additions, w.Deletions, w.Commits, w.Comments) < 0 {
		return nil, errors.New("pull_request has a count below zero")
	}
	pr := &PullRequest{
		Number: w.Number, Title: w.Title, Draft: w.Draft, Author: w.User.account(),
		ChangedFiles: w.ChangedFiles, Additions: w.Additions, Deletions: w.Deletions,
		Commits: w.Commits, Comments: w.Comments,
	}
	if w.Body != nil {
		pr.Body = *w.Body
	}
	for _, l := range w.Labels {
		pr.Labels = append(pr.Labels, l.Name)
	}
	return pr, pr.readRefs(w, repo)
}

func (pr *PullRequest) readRefs(w *wirePullRequest, repo Repository) error {
	var err error
	if pr.Base, err = w.Base.read("pull_request.base"); err != nil {
		return err
	}
	if pr.Head, err = w.Head.read("pull_request.head"); err != nil {
		return err
	}
	// The base is where the workflow runs, whatever the payload repeats.
	pr.Base.Repo = repo.Owner + "/" + repo.Name
	pr.Fork = !strings.EqualFold(pr.Head.Repo, pr.Base.Repo)
	return nil
}
