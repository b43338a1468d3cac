package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/testkit/mirrors"
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
	kind     backtest.Kind
	tier     policy.Tier
	locked   bool
	locks    []string // rules that lock
	carried  []string // decisive rules
	signals  []string
	features []signal.Feature
	spend    backtest.Spend
}

// measured is one commit by all kinds of words.
type measured [allWords]outcome

// measureAll gives one result for each row; a row whose repository has no
// clone is lost, and so is one whose commit is not in it.
func measureAll(ctx context.Context, m *meter, rows []row, folder string, env []string) (found map[string]measured, lost []string, err error) {
	byRepo := map[string][]row{}
	var repos []string
	for _, r := range rows {
		if byRepo[r.Repo] == nil {
			repos = append(repos, r.Repo)
		}
		byRepo[r.Repo] = append(byRepo[r.Repo], r)
	}
	for _, name := range repos {
		repo, err := mirrors.Open(ctx, folder, name, env)
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
	judge   *pipeline.Judge
	changes string // the folder to keep the changes in, "" for none
	lock    sync.Mutex
	found   map[string]measured
}

const atOnce = 3

// repository walks over the commits of one repository. Where one of them is
// not there they are asked for one by one, to tell which.
func (m *meter) repository(ctx context.Context, repo *gitrepo.Repo, rows []row) (lost []string, err error) {
	err = m.walk(ctx, repo, rows)
	if !errors.Is(err, gitrepo.ErrNoCommit) {
		return nil, err
	}
	for _, r := range rows {
		err := m.walk(ctx, repo, []row{r})
		if errors.Is(err, gitrepo.ErrNoCommit) {
			lost = append(lost, fmt.Sprintf("%s: no commit %.12s", r.Repo, r.SHA))
			continue
		}
		if err != nil {
			return nil, err
		}
	}
	return lost, nil
}

func (m *meter) walk(ctx context.Context, repo *gitrepo.Repo, rows []row) error {
	subjects := map[string]string{}
	var commits []string
	for _, r := range rows {
		subjects[r.SHA] = r.Subject
		commits = append(commits, r.SHA)
	}
	contents, err := repo.Contents(ctx)
	if err != nil {
		return fmt.Errorf("open the contents: %w", err)
	}
	var group sync.WaitGroup
	errs := make([]error, atOnce)
	work := make(chan gitrepo.Past)
	for w := range atOnce {
		group.Go(func() {
			for p := range work {
				errs[w] = errors.Join(errs[w], m.commit(ctx, repo, contents, p, subjects[p.Change.Head]))
			}
		})
	}
	err = repo.History(ctx, gitrepo.Span{Commits: commits}, func(p gitrepo.Past) error {
		work <- p
		return nil
	})
	close(work)
	group.Wait()
	return errors.Join(err, errors.Join(errs...), contents.Close())
}

func (m *meter) commit(ctx context.Context, repo *gitrepo.Repo, contents pipeline.Reader, p gitrepo.Past, subject string) error {
	in, err := inputOf(ctx, repo, contents, p)
	if err != nil {
		return fmt.Errorf("%.12s: %w", p.Change.Head, err)
	}
	if err := m.keep(p.Change); err != nil {
		return err
	}
	var all measured
	for w := range allWords {
		all[w] = m.decide(in, w, subject)
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	m.found[p.Change.Head] = all
	return nil
}

// inputOf gathers what a run would see. The commit's own message is left out:
// it names the type that is to be guessed.
func inputOf(ctx context.Context, repo *gitrepo.Repo, contents pipeline.Reader, p gitrepo.Past) (signal.Input, error) {
	in := signal.Input{Change: p.Change, HasChange: true, Marks: signal.Marks{PolicyPath: pipeline.DefaultPolicyPath}}
	in.Change.Commits = nil
	attributes, _, err := contents.Read(p.Change.Base, ".gitattributes")
	if err != nil {
		return in, fmt.Errorf("read .gitattributes: %w", err)
	}
	in.Marks.Attributes = glob.ParseAttributes(string(attributes))
	if in.Tree, err = repo.Tree(ctx, p.Change.Base); err != nil {
		return in, fmt.Errorf("list the files: %w", err)
	}
	in.Versions, err = pipeline.Versions(contents, in)
	return in, err
}

func (m *meter) decide(in signal.Input, w words, subject string) outcome {
	in.Brief = w.brief(subject)
	facts := m.judge.Measure(in)
	d := m.judge.Decide(facts, in.Change)
	return outcome{
		kind: backtest.KindOf(facts.Domain), tier: d.Tier, locked: d.Locked,
		locks: rulesOf(d, func(r route.Reason) bool { return r.Lock }), carried: rulesOf(d, func(r route.Reason) bool { return r.Decisive }),
		signals: signalsOf(facts), features: featuresOf(in, w), spend: m.judge.Spend(d, m.judge.Tokens(in.Change, facts, subject)),
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

// keep writes the files of a change, for tests to draw from.
func (m *meter) keep(c change.Change) error {
	if m.changes == "" {
		return nil
	}
	data, err := json.Marshal(c.Files)
	if err != nil {
		return fmt.Errorf("write the change %.12s: %w", c.Head, err)
	}
	if err := os.MkdirAll(m.changes, 0o750); err != nil {
		return fmt.Errorf("keep the changes: %w", err)
	}
	return os.WriteFile(filepath.Join(m.changes, c.Head+".json"), data, 0o600)
}
