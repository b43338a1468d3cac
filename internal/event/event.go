// Package event reads an event payload into one value: repository, pull
// request, base, head, actor, labels, trust. It is pure.
package event

// Event is what started a workflow run.
type Event struct {
	Name       string // pull_request, push, …
	Action     string // opened, labeled, …
	Repository Repository
	Sender     Account
	// Label is the label of a labeled or unlabeled action.
	Label       string
	PullRequest *PullRequest // pull_request, pull_request_target
	MergeGroup  *MergeGroup
	Push        *Push
	WorkflowRun *WorkflowRun
	Comment     *Comment
	Issue       *Issue // issues, issue_comment
}

// Repository is where the workflow runs.
type Repository struct {
	ID            int64
	Owner, Name   string
	DefaultBranch string
	Private       bool
}

// Account is a user, a bot or an app. Login is "" for a ghost.
type Account struct {
	Login string
	Bot   bool
}

// PullRequest is the pull request as the payload shows it. Title and Body are
// untrusted and are those of the moment of the event.
type PullRequest struct {
	Number       int
	Title        string
	Body         string
	Draft        bool
	Author       Account
	Base, Head   Ref
	Fork         bool // head repository is another one, or gone
	Labels       []string
	ChangedFiles int
	Additions    int
	Deletions    int
	Commits      int
	Comments     int // on the pull request itself, not on lines of its diff
}

// Issue is an issue as the payload shows it, or the pull request that a comment
// stands on. Title and Body are untrusted and are those of the moment of the
// event.
type Issue struct {
	Number      int
	Title, Body string
	Pull        bool // it is a pull request
}

// Ref is a branch at a commit. Repo is "owner/name", "" where it is gone.
type Ref struct {
	SHA  string
	Name string // branch, without refs/heads/
	Repo string
}

// MergeGroup is a queue's group of pull requests.
type MergeGroup struct{ Base, Head Ref }

// Push is a pushed range. Before is "" for a new branch, After for a deleted.
type Push struct {
	Before, After string
	Ref           string // full
}

// WorkflowRun is the finished run that a workflow_run event is about. Attempt
// is 0 where it is not said.
type WorkflowRun struct {
	ID          int64
	Attempt     int
	Name        string
	Conclusion  string
	Event       string
	HeadSHA     string
	HeadBranch  string
	HeadRepo    string // "owner/name", "" where gone
	PullNumbers []int  // empty for forks
}

// Comment is an issue comment. PullNumber is 0 where it is not on a pull
// request.
type Comment struct {
	ID         int64
	Body       string
	Author     Account
	PullNumber int
}
