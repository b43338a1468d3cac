package pipeline

import (
	"context"
	"fmt"
	"time"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// The bounds of looking back through the API. There is no request that gives
// the patches of several pull requests, so each costs one or more. They are
// 30, and beside them there are: both policies and what they extend (4), the
// list of pull requests, .gitattributes and the tree of the base (3).
const (
	LookBack         = 30
	LookBackRequests = 40
)

// PullChangeRequest asks what a pull request that changes the policy would
// have done to those merged before it, without a checkout.
type PullChangeRequest struct {
	Pull     event.PullRequest
	Policy   string // its path; "" is DefaultPolicyPath
	Given    *PolicyText
	Evidence []byte
	Now      time.Time
	// Requests bounds what is sent for this alone; 0 is LookBackRequests.
	Requests int
}

// ChangesPolicy says whether a change touches the policy at a path.
func ChangesPolicy(ch change.Change, path string) bool {
	for _, f := range ch.Files {
		for _, p := range f.Paths() {
			if p == path {
				return true
			}
		}
	}
	return false
}

// PolicyChangeOfPull compares the policy at the base with the one at the head
// over the pull requests that were last merged into the same branch. What the
// head says is untrusted: it is only held against the past, and nothing is
// spent by it. It stops where the next pull request would take more requests
// than are left, and says so. A policy that is broken at the head is a
// BrokenPolicyError, and an error comes with what was seen so far.
func PolicyChangeOfPull(ctx context.Context, client *github.Client, repo github.Repo, r PullChangeRequest) (backtest.ChangeSummary, error) {
	if r.Policy == "" {
		r.Policy = DefaultPolicyPath
	}
	if r.Requests == 0 {
		r.Requests = LookBackRequests
	}
	l := &lookBack{client: client, repo: repo, request: r, sent: client.Requests(), tally: backtest.NewChangeTally()}
	l.policyPath, l.evidence, l.now = r.Policy, r.Evidence, r.Now
	l.extending = Extending{File: r.Given, Fetch: FetchBy(client).Once()}
	l.about.Repository, l.about.Source = repo.String(), "the platform"
	err := l.run(ctx)
	l.about.Requests = l.used()
	return l.tally.Summary(l.about), err
}

type lookBack struct {
	comparison
	client  *github.Client
	repo    github.Repo
	request PullChangeRequest
	sent    int // requests that were sent for something else
	tally   *backtest.ChangeTally
	base    signal.Input // what is known of the base
}

func (l *lookBack) used() int { return l.client.Requests() - l.sent }

func (l *lookBack) run(ctx context.Context) error {
	base, head := l.request.Pull.Base.SHA, l.request.Pull.Head.SHA
	at := func(ref string) reading {
		return func(ctx context.Context) ([]byte, bool, error) {
			return l.client.File(ctx, l.repo, l.request.Policy, ref)
		}
	}
	if err := l.read(ctx, at(base), "at the base", at(head), "at the head"); err != nil || l.idle() {
		return err
	}
	if err := l.readBase(ctx, base); err != nil {
		return err
	}
	pulls, err := l.client.MergedPulls(ctx, l.repo, l.request.Pull.Base.Name, LookBack)
	if err != nil {
		return fmt.Errorf("look back: %w", err)
	}
	for i, m := range pulls {
		if l.used()+m.Requests() > l.request.Requests {
			l.about.Stopped = fmt.Sprintf("%d of the last %d merged pull requests were looked at: number %d has %d files, and of %d requests %d are sent", i, len(pulls), m.Number, m.ChangedFiles, l.request.Requests, l.used())
			return nil
		}
		if err := l.look(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// readBase reads what facts are measured with: the marks, and the tree where
// one of the policies does not name the services.
func (l *lookBack) readBase(ctx context.Context, base string) error {
	data, _, err := l.client.File(ctx, l.repo, attributesFile, base)
	if err != nil {
		return fmt.Errorf("read %s at the base: %w", attributesFile, err)
	}
	l.base.Marks = signal.Marks{Attributes: glob.ParseAttributes(string(data)), PolicyPath: l.request.Policy}
	if len(l.before.Services) > 0 && len(l.after.Services) > 0 {
		return nil
	}
	paths, complete, err := l.client.Tree(ctx, l.repo, base)
	if err != nil {
		return fmt.Errorf("list the files at the base: %w", err)
	}
	if complete {
		l.base.Tree = paths
	}
	return nil
}

// look asks both policies about one pull request. A patch that the platform
// withholds counts there as it does in a run.
func (l *lookBack) look(ctx context.Context, m github.Merged) error {
	ch := change.Change{Base: m.Base.SHA, Head: m.Head.SHA}
	var err error
	if ch.Files, ch.Incomplete, err = l.client.PullFiles(ctx, l.repo, m.PullRequest); err != nil {
		return fmt.Errorf("read the files of pull request %d: %w", m.Number, err)
	}
	in := l.base
	in.Change, in.HasChange, in.Brief = ch, true, task.Brief{Title: m.Title}
	before := l.pairs[0].before.Measure(in)
	after := before
	if l.again {
		after = l.pairs[0].after.Measure(in)
	}
	tokens := l.pairs[0].before.Tokens(ch, before, m.Title)
	l.tally.Add(backtest.PastChange{Number: m.Number, SHA: m.Head.SHA, Title: m.Title}, verdicts(l.pairs, before, after, ch, tokens))
	return nil
}
