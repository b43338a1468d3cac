package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/provider"
)

// way is one way to run the tasks of every push.
type way struct {
	name   string
	routed bool   // else everything on the baseline
	reuse  bool   // earlier answers are taken again, and a diff is sent once a step
	fails  uint64 // percent of the answers below frontier that a verifier refuses
}

func ways() []way {
	return []way{
		{name: "all on the baseline"},
		{name: "all on the baseline, with reuse", reuse: true},
		{name: "routed", routed: true},
		{name: "routed, with reuse", routed: true, reuse: true},
		{name: "the same, 10 % refused", routed: true, reuse: true, fails: 10},
		{name: "the same, 25 % refused", routed: true, reuse: true, fails: 25},
		{name: "the same, 50 % refused", routed: true, reuse: true, fails: 50},
	}
}

// bench is what every run shares.
type bench struct {
	tasks     []string
	routed    *policy.File
	observing *policy.File
	models    pipeline.Models
	now       time.Time
	scratch   string
	bills     map[string]*bill // by the way's name
	leftOut   int              // pull requests for which the fake model has no answer
	written   map[string]int64 // tokens of a task's answer
}

func newBench(o options, scratch string) (*bench, error) {
	routed, err := policy.Default(pipeline.Known())
	if err != nil {
		return nil, fmt.Errorf("read the built-in policy: %w", err)
	}
	open := *routed
	open.Budget.Run = nil // what a ceiling refuses would look like a saving
	observing := open
	observing.Enforce = false
	models, err := pipeline.Assumed(&open)
	if err != nil {
		return nil, err
	}
	b := &bench{tasks: o.tasks, routed: &open, observing: &observing, models: models, now: o.now, scratch: scratch, bills: map[string]*bill{}}
	if b.written, err = assumed(o); err != nil {
		return nil, err
	}
	for _, w := range ways() {
		b.bills[w.name] = newBill()
	}
	return b, nil
}

// ready is a push that was read and decided, once for each policy.
type ready struct {
	push
	work  *pipeline.Work
	plans map[bool][]pipeline.Planned // by whether work is routed
}

// replay runs one pull request, push by push, in every way. Nothing of it is
// booked where the fake model has no answer for one of its pushes: that would
// look like a refusal.
func (b *bench) replay(ctx context.Context, repo *gitrepo.Repo, p pull) error {
	var all []ready
	for _, at := range p.pushes {
		one, err := b.read(ctx, repo, p, at)
		if err != nil {
			return fmt.Errorf("%s #%d at %.12s: %w", p.repo, p.number, at.head, err)
		}
		if len(one.work.Change.Files) > 0 {
			all = append(all, one)
		}
	}
	for i, w := range ways() {
		dir, err := os.MkdirTemp(b.scratch, fmt.Sprintf("way-%d-", i))
		if err != nil {
			return fmt.Errorf("make a ledger: %w", err)
		}
		folder, err := ledger.ParseAddress("file:" + dir)
		if err != nil {
			return fmt.Errorf("make a ledger: %w", err)
		}
		for _, one := range all {
			if err := b.run(ctx, one, w, folder.Dir); err != nil {
				return fmt.Errorf("%s #%d at %.12s: %s: %w", p.repo, p.number, one.head, w.name, err)
			}
		}
	}
	return nil
}

// read reads what the change was at a push, and decides it.
func (b *bench) read(ctx context.Context, repo *gitrepo.Repo, p pull, at push) (ready, error) {
	text := pipeline.PolicyText{Name: "built-in", Data: policy.DefaultText()}
	s := pipeline.Settings{Tasks: b.tasks, Base: at.base, Head: at.head}
	work, err := pipeline.FromCheckout(ctx, repo, s, &text)
	if err != nil {
		return ready{}, err
	}
	work.Repository, work.PullNumber = p.repo, p.number
	if n := len(work.Change.Commits); n > 0 {
		work.Title = work.Change.Commits[0].Subject
	}
	r := ready{push: at, work: work, plans: map[bool][]pipeline.Planned{}}
	for routed, file := range map[bool]*policy.File{true: b.routed, false: b.observing} {
		one := *work
		one.Policy = file
		if r.plans[routed], err = one.Decide(ctx, s, b.models, b.edge()); err != nil {
			return ready{}, err
		}
	}
	for _, plan := range r.plans[true] {
		if plan.Decision.Skipped != "" {
			continue
		}
		if _, err := goodAnswer(plan.Task, plan.Input); err != nil {
			return ready{}, err
		}
	}
	return r, nil
}

func (b *bench) price(m policy.Model) (money.Row, bool) {
	return b.models.Catalogue.Lookup(m.Provider, m.Model, b.now)
}

func (b *bench) edge() pipeline.Edge {
	return pipeline.Edge{Now: func() time.Time { return b.now }, Random: rand.Reader, Progress: func(string) {}, RetryBase: time.Millisecond}
}

// run carries the plans out in one way, and books what they cost.
func (b *bench) run(ctx context.Context, r ready, by way, folder ledger.Dir) error {
	fake := b.model(r, by)
	m := b.models
	m.Clients = map[string]dispatch.Completer{}
	for name := range b.models.Clients {
		m.Clients[name] = fake
	}
	w := *r.work
	w.Policy = b.observing
	if by.routed {
		w.Policy = b.routed
	}
	if by.reuse {
		w.Memory = &pipeline.Memory{Ledger: &folder, Version: "replay"}
	}
	results := b.carryOut(ctx, &w, r.plans[by.routed], m, by)
	if by.reuse {
		w.Memory.Append(ctx, nil, results, func(text string) string { return text })
		if len(w.Memory.Warnings) > 0 {
			return fmt.Errorf("the ledger: %s", w.Memory.Warnings[0])
		}
	}
	return b.bills[by.name].add(r.push, results, b.price)
}

// carryOut runs the plans as one step, or where nothing is reused each for
// itself, as separate tools do: then no prompt is made to begin as another.
func (b *bench) carryOut(ctx context.Context, w *pipeline.Work, plans []pipeline.Planned, m pipeline.Models, by way) []dispatch.Result {
	if by.reuse {
		results, _ := w.Run(ctx, plans, pipeline.Settings{}, m, b.edge())
		return results
	}
	var results []dispatch.Result
	for i := range plans {
		one, _ := w.Run(ctx, plans[i:i+1], pipeline.Settings{}, m, b.edge())
		results = append(results, one...)
	}
	return results
}

// model is the fake one for a push. Frontier's answers always pass.
func (b *bench) model(r ready, by way) model {
	var fake model
	if by.reuse {
		fake.kept = map[string]bool{}
	}
	for _, p := range r.plans[by.routed] {
		fake.tasks = append(fake.tasks, known{p.Task, p.Input, b.written[p.Task.ID]})
	}
	top := b.routed.Models(policy.Frontier)[0].Model
	fake.fails = func(id string, req provider.Request) bool {
		return req.Model != top && chance(by.fails, strings.Join([]string{r.head, r.kind, req.Model, id}, "|"))
	}
	return fake
}
