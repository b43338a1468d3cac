package dispatch

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

// Kept is an answer that was released, with what it takes to know it again.
// One that comes back is untrusted: it is nothing until the task's verifier
// has passed it against the present input.
type Kept struct {
	Key     string
	Lineage string
	Task    string
	From    string   // "comment" or "ledger", set by whoever found it
	Answer  []byte   // as a model gave it, without secrets
	Commits []string // ids of the commits that the prompt told of, oldest first
	Sources []string // digests of what its lines rest on; nil where none builds on it
}

// Memory finds answers of earlier runs.
type Memory interface {
	// Recall gives what is kept under a key or a lineage, best first.
	Recall(ctx context.Context, key, lineage string) []Kept
}

// Reused says that a result is an earlier run's answer, verified again.
// Avoided is what a call of the decided model would have cost by our own
// estimate.
type Reused struct {
	Key     string
	From    string // "comment" or "ledger"
	Avoided money.Cost
}

// maxTaken bounds how many answers are tried under one key.
const maxTaken = 8

// reuse gives the result of an earlier answer to the very same question; false
// where there is none that the verifier passes. Nothing of it but the answer
// is taken: what model gave it is not known, and the status is that of the
// present run.
func (d *Dispatcher) reuse(ctx context.Context, r Result, n names, p plan, in task.Input) (Result, bool) {
	tried := 0
	for _, k := range d.Memory.Recall(ctx, n.key, n.lineage) {
		if k.Key != n.key || k.Task != r.Task.ID {
			continue
		}
		if tried++; tried > maxTaken {
			break
		}
		answer := renamed(k.Answer, k.Commits, idsOf(in.Change.Commits))
		out, problems := r.Task.Verify(in, answer)
		if len(problems) > 0 {
			r.Notes = append(r.Notes, fmt.Sprintf("an answer kept in the %s was refused and not used: %s", k.From, d.showable(problems)[0].Text))
			continue
		}
		r.Output, r.Answer = out, answer
		r = d.again(r, Reused{Key: n.key, From: k.From, Avoided: d.avoided(*r.Decision.Model, p, answer)}, p)
		return d.keep(r, n, in), true
	}
	return r, false
}

// earlier gives the result of an earlier answer to the same question, or else
// what can be built on; nil and nil where the whole is asked for.
func (d *Dispatcher) earlier(ctx context.Context, r *Result, p plan, in task.Input) (*Result, *built) {
	n, ok := d.namesOf(r.Task, *r.Decision.Model, p, in)
	if !ok {
		return nil, nil
	}
	again, found := d.reuse(ctx, *r, n, p, in)
	if r.Notes = again.Notes; found {
		return &again, nil
	}
	return nil, d.build(ctx, r.Task, n, p, in)
}

// again ends a task whose output is an earlier answer that passed its verifier.
// Another tier than the decided one may have given it, and what is kept could
// not be believed about that: it has neither tier nor model.
func (d *Dispatcher) again(r Result, from Reused, p plan) Result {
	r.Model, r.Tier, r.Reused = policy.Model{}, 0, &from
	r = d.release(r, p)
	r.Outside = "reused from an earlier run"
	return r
}

// avoided is our own estimate: what the store says of itself is not believed.
func (d *Dispatcher) avoided(m policy.Model, p plan, answer []byte) money.Cost {
	row, ok := d.Catalogue.Lookup(m.Provider, m.Model, d.Now())
	if !ok {
		return money.Cost{State: money.Unpriced, Note: "no price for " + m.ID()}
	}
	return row.Cost(money.Usage{Known: true, InputTokens: p.tokens(), OutputTokens: EstimateTokens(string(answer))})
}

// Bounds of what is kept: bytes of an answer, ids of commits, digests of
// sources. What is over them is not kept, or without its sources.
const (
	MaxKeptAnswer  = 128 << 10
	MaxKeptCommits = 250 // the platform lists no more of a pull request
	MaxKeptSources = 1000
)

// keep notes a released answer for later runs. An answer that is not text is
// not kept.
func (d *Dispatcher) keep(r Result, n names, in task.Input) Result {
	answer, commits := d.withoutSecrets(string(r.Answer)), idsOf(in.Change.Commits)
	if answer == "" || len(answer) > MaxKeptAnswer || !utf8.ValidString(answer) || len(commits) > MaxKeptCommits {
		return r
	}
	r.Keep = &Kept{
		Key: n.key, Lineage: n.lineage, Task: r.Task.ID,
		Answer: []byte(answer), Commits: commits, Sources: sourcesOf(r.Task, in),
	}
	return r
}

// keepReleased notes a model's answer for later runs, where it was given and
// where it was confirmed alike.
func (d *Dispatcher) keepReleased(r Result, p plan, in task.Input) Result {
	n, ok := d.namesOf(r.Task, *r.Decision.Model, p, in)
	if !ok || unseen(r.Task, in) {
		return r
	}
	return d.keep(r, n, in)
}
