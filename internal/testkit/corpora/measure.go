package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// words is what the judge is told beside the diff.
type words int

const (
	noWords  words = iota
	asTitle        // the subject, which may only raise
	asBrief        // the subject as a trusted brief
	allWords       // their number
)

func (w words) brief(subject string) task.Brief {
	switch w {
	case asTitle:
		return task.Brief{Title: subject}
	case asBrief:
		return task.Brief{Text: subject, Trusted: true}
	}
	return task.Brief{}
}

// outcome is what is kept of one decision.
type outcome struct {
	kind    backtest.Kind
	tier    policy.Tier
	locked  bool
	locks   []string // rules that lock
	carried []string // decisive rules
	signals []string
	spend   backtest.Spend
}

// measured is one commit by all kinds of words.
type measured [allWords]outcome

// measureAll gives one result for each row; a row whose repository has no
// clone is lost, and so is one whose commit is not in it.
func measureAll(ctx context.Context, j *pipeline.Judge, rows []row, mirrors string, env []string) (found map[string]measured, lost []string, err error) {
	byRepo := map[string][]row{}
	var repos []string
	for _, r := range rows {
		if byRepo[r.Repo] == nil {
			repos = append(repos, r.Repo)
		}
		byRepo[r.Repo] = append(byRepo[r.Repo], r)
	}
	m := &meter{judge: j, found: map[string]measured{}}
	for _, name := range repos {
		repo, err := openMirror(ctx, mirrors, name, env)
		if err != nil {
			return nil, nil, err
		}
		if repo == nil {
			lost = append(lost, fmt.Sprintf("%s: no clone, %d commits", name, len(byRepo[name])))
			continue
		}
		missing, err := m.repository(ctx, repo, byRepo[name])
		if err != nil {
			return nil, nil, fmt.Errorf("measure %s: %w", name, err)
		}
		lost = append(lost, missing...)
	}
	return m.found, lost, nil
}

// meter measures commits, several at a time.
type meter struct {
	judge *pipeline.Judge
	lock  sync.Mutex
	found map[string]measured
}

const atOnce = 3

func (m *meter) repository(ctx context.Context, repo *gitrepo.Repo, rows []row) ([]string, error) {
	work := make(chan row)
	var group sync.WaitGroup
	errs := make([]error, atOnce)
	lost := make([][]string, atOnce)
	for w := range atOnce {
		group.Go(func() {
			for r := range work {
				err := m.row(ctx, repo, r)
				switch {
				case errors.Is(err, gitrepo.ErrNoCommit):
					lost[w] = append(lost[w], fmt.Sprintf("%s: no commit %.12s", r.Repo, r.SHA))
				case err != nil && errs[w] == nil:
					errs[w] = fmt.Errorf("%.12s: %w", r.SHA, err)
				}
			}
		})
	}
	for _, r := range rows {
		work <- r
	}
	close(work)
	group.Wait()
	all := slices.Concat(lost...)
	slices.Sort(all)
	return all, errors.Join(errs...)
}

func (m *meter) row(ctx context.Context, repo *gitrepo.Repo, r row) error {
	return repo.History(ctx, gitrepo.Span{Commits: []string{r.SHA}}, func(p gitrepo.Past) error {
		in, err := inputOf(ctx, repo, p)
		if err != nil {
			return err
		}
		var all measured
		for w := range allWords {
			all[w] = m.decide(in, w, r.Subject)
		}
		m.lock.Lock()
		defer m.lock.Unlock()
		m.found[r.SHA] = all
		return nil
	})
}

// inputOf gathers what a run would see. The commit's own message is left out:
// it names the type that is to be guessed.
func inputOf(ctx context.Context, repo *gitrepo.Repo, p gitrepo.Past) (signal.Input, error) {
	in := signal.Input{Change: p.Change, HasChange: true, Marks: signal.Marks{PolicyPath: pipeline.DefaultPolicyPath}}
	in.Change.Commits = nil
	attributes, _, err := repo.File(ctx, p.Change.Base, ".gitattributes")
	if err != nil {
		return in, fmt.Errorf("read .gitattributes: %w", err)
	}
	in.Marks.Attributes = glob.ParseAttributes(string(attributes))
	if in.Tree, err = repo.Tree(ctx, p.Change.Base); err != nil {
		return in, fmt.Errorf("list the files: %w", err)
	}
	contents, err := repo.Contents(ctx)
	if err != nil {
		return in, fmt.Errorf("open the contents: %w", err)
	}
	in.Versions, err = pipeline.Versions(contents, in)
	return in, errors.Join(err, contents.Close())
}

func (m *meter) decide(in signal.Input, w words, subject string) outcome {
	in.Brief = w.brief(subject)
	facts := m.judge.Measure(in)
	d := m.judge.Decide(facts, in.Change)
	return outcome{
		kind: backtest.KindOf(facts.Domain), tier: d.Tier, locked: d.Locked,
		locks: rulesOf(d, func(r route.Reason) bool { return r.Lock }), carried: rulesOf(d, func(r route.Reason) bool { return r.Decisive }),
		signals: signalsOf(facts), spend: m.judge.Spend(d, m.judge.Tokens(in.Change, subject)),
	}
}

func rulesOf(d route.Decision, keep func(route.Reason) bool) []string {
	var rules []string
	for _, r := range d.Reasons {
		if keep(r) {
			rules = append(rules, r.Rule)
		}
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

func signalsOf(f signal.Facts) []string {
	var ids []string
	for _, h := range f.Hits {
		ids = append(ids, h.Signal)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
