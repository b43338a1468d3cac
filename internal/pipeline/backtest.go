package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/task"
)

// History is what a replay reads of a repository.
type History interface {
	History(ctx context.Context, span gitrepo.Span, visit func(gitrepo.Past) error) error
	Count(ctx context.Context, span gitrepo.Span) (int, error)
	Contents(ctx context.Context) (*gitrepo.Contents, error)
	treeReader
	File(ctx context.Context, rev, path string) ([]byte, bool, error)
	Name() string
}

// ReplayRequest is what a person asked of backtest.
type ReplayRequest struct {
	Span          gitrepo.Span
	Since         string // the date of the span as it is shown
	Task          string // "": the table places each commit as a brief
	Policy        *PolicyText
	Against       *PolicyText
	Extending     Extending
	Evidence      []byte
	TrustSubjects bool
	Examples      int
	Now           time.Time
	// Progress is told how many of how many are done; nil where nobody looks.
	Progress func(done, all int)
}

// Replay decides every commit of the span by today's policy and sums up. An
// error of ctx comes with the numbers so far.
func Replay(ctx context.Context, history History, r ReplayRequest) (backtest.Summary, error) {
	p, err := newReplay(ctx, history, r)
	if err != nil {
		return backtest.Summary{}, err
	}
	err = p.run(ctx)
	if stopped := ctx.Err(); stopped != nil {
		p.about.Stopped = "interrupted"
		if errors.Is(stopped, context.DeadlineExceeded) {
			p.about.Stopped = "the deadline passed"
		}
		err = stopped
	}
	return p.tally.Summary(p.about), err
}

// replay is one replay on its way.
type replay struct {
	request ReplayRequest
	history History
	judge   *Judge
	other   *Judge // nil where nothing is compared
	again   bool   // the other policy has services of its own: it measures anew
	trail   trail
	tally   *backtest.Tally
	// pairs and changes are for a change of the policy, which is asked about
	// every task; nil elsewhere.
	pairs   []pair
	changes *backtest.ChangeTally
	about   backtest.About
	all     int // how many commits there are, for the progress
}

func newReplay(ctx context.Context, history History, r ReplayRequest) (*replay, error) {
	p := &replay{
		request: r, history: history, tally: backtest.NewTally(r.Examples),
		about: backtest.About{
			Repository: history.Name(), Task: r.Task, Since: r.Since, TrustSubjects: r.TrustSubjects,
		},
	}
	var err error
	if p.judge, err = p.readJudge(ctx, r.Policy); err != nil {
		return nil, err
	}
	p.about.Policy, p.about.Baseline, p.about.Evidence = p.policyName(), p.judge.policy.Baseline.ID(), p.judge.evidence.Source
	p.about.PricesChecked = p.judge.models.Catalogue.Checked()
	if stale, text := p.judge.models.Catalogue.Stale(r.Now.UTC().Format(time.DateOnly)); stale {
		p.about.Notes = append(p.about.Notes, text)
	}
	if r.Against != nil {
		if p.other, err = p.readJudge(ctx, r.Against); err != nil {
			return nil, err
		}
		p.about.Against = r.Against.Name
		p.again = p.other.services() != p.judge.services()
	}
	if r.Progress != nil {
		if p.all, err = history.Count(ctx, r.Span); err != nil {
			return nil, fmt.Errorf("count the commits: %w", err)
		}
	}
	return p, nil
}

// policyName says where the policy was read: the one at the head decides over
// all commits, also over those that had another.
func (p *replay) policyName() string {
	switch name := p.judge.policy.Name; {
	case p.request.Policy != nil:
		return name
	case name == DefaultPolicyPath:
		return name + " at " + p.head()
	default:
		return "the built-in one"
	}
}

func (p *replay) head() string {
	if p.request.Span.Head == "" {
		return "HEAD"
	}
	return p.request.Span.Head
}

// readJudge reads a policy, which is the one at the head where text is nil,
// and the task in it.
func (p *replay) readJudge(ctx context.Context, text *PolicyText) (*Judge, error) {
	w := &Work{Repository: p.about.Repository, Extending: p.request.Extending}
	w.ReadBase = func(ctx context.Context, path string) ([]byte, bool, error) {
		return p.history.File(ctx, p.head(), path)
	}
	if err := p.readPolicy(ctx, w, text); err != nil {
		return nil, err
	}
	ev, err := evidence(p.request.Evidence)
	if err != nil {
		return nil, err
	}
	var t *task.Task
	if p.request.Task != "" {
		found, err := w.resolve(ctx, p.request.Task)
		if err != nil {
			return nil, err
		}
		t = &found
	}
	return NewJudge(w.Policy, t, ev, p.request.Now)
}

func (p *replay) readPolicy(ctx context.Context, w *Work, text *PolicyText) error {
	if text != nil {
		return w.usePolicy(ctx, text.Name, text.Data, true, "")
	}
	data, found, err := w.ReadBase(ctx, DefaultPolicyPath)
	switch {
	case errors.Is(err, gitrepo.ErrNoCommit):
		return err // there is no head, and so no question of a policy
	case err != nil:
		return &UnreadPolicyError{Cause: fmt.Errorf("read the policy at %s: %w", p.head(), err)}
	}
	err = w.usePolicy(ctx, DefaultPolicyPath, data, found, "at "+p.head())
	p.about.Notes = append(p.about.Notes, w.Notes...)
	return err
}

// run walks, with the measuring beside it.
func (p *replay) run(ctx context.Context) error {
	contents, err := p.history.Contents(ctx)
	if err != nil {
		return fmt.Errorf("open the contents: %w", err)
	}
	p.trail = trail{trees: p.history, contents: contents, policyPath: DefaultPolicyPath}
	line, err := p.newAssembly(ctx)
	if err != nil {
		return errors.Join(err, contents.Close())
	}
	err = p.history.History(ctx, p.request.Span, func(past gitrepo.Past) error {
		w := p.workOf(past)
		if err := p.trail.base(ctx, &w.in); err != nil {
			return err
		}
		return line.put(ctx, w)
	})
	return errors.Join(err, line.end(), contents.Close())
}
