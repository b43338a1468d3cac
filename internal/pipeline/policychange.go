package pipeline

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// ChangeRequest asks what a change of the policy would have done to the
// changes before it, in a checkout.
type ChangeRequest struct {
	Base string // the revision whose policy is the one before
	Head string // the revision whose policy is the one after; "" takes Current
	// Current is the policy of the work tree, nil where there is none.
	Current   *PolicyText
	Policy    string       // its path; "" is DefaultPolicyPath
	Span      gitrepo.Span // the history; Head "" begins at Base
	Since     string       // the date of the span as it is shown
	Extending Extending
	Evidence  []byte
	Now       time.Time
	Progress  func(done, all int)
}

// PolicyChange replays the history by the policy before and the one after. A
// policy that is broken after the change is a BrokenPolicyError; one that was
// broken before it stops the comparison, which says so.
func PolicyChange(ctx context.Context, history History, r ChangeRequest) (backtest.ChangeSummary, error) {
	if r.Policy == "" {
		r.Policy = DefaultPolicyPath
	}
	if r.Span.Head == "" {
		r.Span.Head = r.Base
	}
	c := comparison{policyPath: r.Policy, extending: r.Extending, evidence: r.Evidence, now: r.Now}
	c.about.Repository, c.about.Since, c.about.Source = history.Name(), r.Since, "the history"
	at := func(rev string) reading {
		return func(ctx context.Context) ([]byte, bool, error) { return history.File(ctx, rev, r.Policy) }
	}
	after, where := at(r.Head), "at "+revision(r.Head)
	if r.Head == "" {
		after, where = r.current, "in the work tree"
	}
	if err := c.read(ctx, at(r.Base), "at "+revision(r.Base), after, where); err != nil || c.idle() {
		return backtest.ChangeSummary{ChangeAbout: c.about}, err
	}
	p := &replay{
		request: ReplayRequest{Span: r.Span, Now: r.Now, Progress: r.Progress}, history: history, tally: backtest.NewTally(0),
		judge: c.pairs[0].before, other: c.pairs[0].after, again: c.again, pairs: c.pairs, changes: backtest.NewChangeTally(),
	}
	if r.Progress != nil {
		var err error
		if p.all, err = history.Count(ctx, r.Span); err != nil {
			return backtest.ChangeSummary{}, fmt.Errorf("count the commits: %w", err)
		}
	}
	err := p.run(ctx)
	if stopped := ctx.Err(); stopped != nil {
		c.about.Stopped, err = "interrupted", stopped
	}
	return p.changes.Summary(c.about), err
}

func (r ChangeRequest) current(context.Context) ([]byte, bool, error) {
	if r.Current == nil {
		return nil, false, nil
	}
	return r.Current.Data, true, nil
}

// revision shortens a commit that is written in full.
func revision(rev string) string {
	if len(rev) == 40 && strings.Trim(rev, "0123456789abcdef") == "" {
		return rev[:12]
	}
	return rev
}

type reading func(context.Context) (data []byte, found bool, err error)

// comparison is two policies on their way to be compared.
type comparison struct {
	policyPath string
	extending  Extending
	evidence   []byte
	now        time.Time
	about      backtest.ChangeAbout
	before     *policy.File
	after      *policy.File
	pairs      []pair // the first is of the brief
	again      bool   // the two say otherwise what the services are
}

// pair is the two judges of one task; "" is a brief that the table places.
type pair struct {
	task          string
	before, after *Judge
}

// read reads both policies, each with what it extends. Where they are the
// same, merged, there is nothing to compare.
func (c *comparison) read(ctx context.Context, before reading, beforeWhere string, after reading, afterWhere string) error {
	c.about.Policy = c.policyPath
	first, err := c.policy(ctx, before, beforeWhere)
	var broken *BrokenPolicyError
	if errors.As(err, &broken) {
		// A change that mends a policy has nothing to be held against.
		c.about.Before, c.about.After = "a broken policy "+beforeWhere, "not looked at"
		c.about.Stopped = "nothing can be compared with a policy that decided nothing: " + broken.Findings[0].String()
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the policy before the change: %w", err)
	}
	second, err := c.policy(ctx, after, afterWhere)
	if err != nil {
		return err
	}
	c.before, c.after = first.Policy, second.Policy
	c.about.Before, c.about.After = whereOf(first, beforeWhere), whereOf(second, afterWhere)
	for _, n := range slices.Concat(first.Notes, second.Notes) {
		if !slices.Contains(c.about.Notes, n) {
			c.about.Notes = append(c.about.Notes, n)
		}
	}
	if c.about.Same = first.PolicyDigest == second.PolicyDigest; c.about.Same {
		return nil
	}
	return c.judges()
}

// idle says that there is nothing to compare.
func (c *comparison) idle() bool { return len(c.pairs) == 0 }

func whereOf(w *Work, where string) string {
	if w.Policy.Name == "built-in" {
		return "the built-in one"
	}
	return w.Policy.Name + " " + where
}

func (c *comparison) policy(ctx context.Context, read reading, where string) (*Work, error) {
	data, found, err := read(ctx)
	if err != nil {
		return nil, &UnreadPolicyError{Cause: fmt.Errorf("read the policy %s: %w", where, err)}
	}
	w := &Work{Extending: c.extending}
	return w, w.usePolicy(ctx, c.policyPath, data, found, where)
}

// judges makes a pair for the brief and for each task that both policies know
// and that works on a change.
func (c *comparison) judges() error {
	ev, err := evidence(c.evidence)
	if err != nil {
		return err
	}
	c.about.Evidence = ev.Source
	if err := c.pair("", nil, nil, ev); err != nil {
		return err
	}
	for _, row := range c.before.Tasks {
		after, both := c.after.Task(row.ID)
		if !both {
			c.about.Notes = append(c.about.Notes, fmt.Sprintf("task %s is not in the policy any more", row.ID))
			continue
		}
		t, ok := judged(row)
		u, also := judged(after)
		if !ok || !also || !t.NeedsChange {
			continue
		}
		if err := c.pair(row.ID, &t, &u, ev); err != nil {
			return err
		}
		c.about.Tasks = append(c.about.Tasks, row.ID)
	}
	c.about.PricesChecked = c.pairs[0].before.models.Catalogue.Checked()
	c.again = c.pairs[0].before.services() != c.pairs[0].after.services()
	return nil
}

func (c *comparison) pair(id string, before, after *task.Task, ev route.Evidence) error {
	p := pair{task: id}
	var err error
	if p.before, err = NewJudge(c.before, before, ev, c.now); err != nil {
		return err
	}
	p.after, err = NewJudge(c.after, after, ev, c.now)
	c.pairs = append(c.pairs, p)
	return err
}

// judged gives a task as far as a decision looks at it. The prompt of a custom
// one is not read: no decision rests on it.
func judged(row policy.Task) (task.Task, bool) {
	if row.Custom == nil {
		t, ok := task.Find(row.ID)
		t.CriticalPath = t.CriticalPath || row.CriticalPath
		return t, ok
	}
	t, err := task.NewCustom(task.CustomSpec{ID: row.ID, Kind: row.Custom.Kind, Prompt: "not read", Failures: row.Custom.Failures, CriticalPath: row.CriticalPath})
	return t, err == nil
}

// verdicts asks every pair about one change, measured by both policies where
// they measure otherwise.
func verdicts(pairs []pair, before, after signal.Facts, ch change.Change, tokens Tokens) []backtest.Verdict {
	list := make([]backtest.Verdict, len(pairs))
	for i, p := range pairs {
		v := backtest.Verdict{Task: p.task, Before: p.before.Decide(before, ch), After: p.after.Decide(after, ch)}
		v.BeforeSpend, v.AfterSpend = p.before.Spend(v.Before, tokens), p.after.Spend(v.After, tokens)
		list[i] = v
	}
	return list
}

// The subjects by which the platform names the pull request of a commit on
// the base branch.
var pullOfSubject = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^Merge pull request #(\d{1,9}) |\(#(\d{1,9})\)$`)
})

// pastOf names a commit of the history.
func pastOf(past gitrepo.Past, title string) backtest.PastChange {
	c := backtest.PastChange{SHA: past.Change.Head, Title: title}
	if len(past.Change.Commits) == 0 {
		return c
	}
	match := pullOfSubject().FindStringSubmatch(past.Change.Commits[0].Subject)
	for _, digits := range slices.Backward(match) {
		if n, err := strconv.Atoi(digits); err == nil {
			c.Number = n
			break
		}
	}
	return c
}
