package pipeline

import (
	"context"
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// Facts measures the change and the words once, for every task of the step.
func (w *Work) Facts(s Settings) signal.Facts {
	facts := signal.Measure(signal.Input{
		Change: w.Change, HasChange: w.HasChange, Services: w.Policy.Services, AlsoServices: w.Policy.AlsoServices, Tree: w.Tree, Marks: w.Marks,
		Versions: w.Versions, Users: w.Users, Together: w.Together,
		Brief: task.Brief{Text: s.Brief, Trusted: s.TrustBrief, Title: w.Title, Body: w.Body, Annotation: s.Annotation},
	})
	if w.handoff != nil {
		for _, told := range w.handoff.Told() {
			facts = facts.Told(told, w.Change)
		}
	}
	return facts
}

// Decide places every task of the settings; with none, it places the brief.
func (w *Work) Decide(ctx context.Context, s Settings, m Models, e Edge) ([]Planned, error) {
	w.takeHandoff(s)
	facts := w.Facts(s)
	if len(s.Tasks) == 0 {
		return []Planned{{Decision: w.refuse(route.Decide(w.input(facts, "", nil, m, e)))}}, nil
	}
	var plans []Planned
	for i, id := range s.Tasks {
		if slices.Contains(s.Tasks[:i], id) {
			return nil, usage("task %q is named twice", id)
		}
		t, err := w.resolve(ctx, id)
		if err != nil {
			return nil, err
		}
		plans = append(plans, w.plan(ctx, facts, t, s, m, e))
	}
	return plans, nil
}

// refuse takes the models out of a decision about a change that was not read.
func (w *Work) refuse(dec route.Decision) route.Decision {
	if w.Refused != "" {
		return refused(dec, w.Refused)
	}
	return dec
}

func refused(dec route.Decision, why string) route.Decision {
	dec.Refused, dec.Model, dec.Fallbacks, dec.LocalForWantOfKey, dec.Skipped = why, nil, nil, false, ""
	return dec
}

// CheckNeeds refuses to run a task without what it works on.
func (w *Work) CheckNeeds(plans []Planned) error {
	for _, p := range plans {
		switch {
		case w.Refused != "" || p.Decision.Skipped != "":
		case p.Task.NeedsChange && !w.HasChange:
			return usage("task %s needs a change: give base and head", p.Task.ID)
		case p.Task.Judges() && w.HasChange && len(w.Change.Files) == 0 && !w.MayBeEmpty:
			return usage("task %s judges a change, and this one is empty", p.Task.ID)
		case p.Task.NeedsLog && len(w.Log) == 0:
			return usage("task %s needs a log: give log-file, or run-id in Actions", p.Task.ID)
		}
	}
	return nil
}

func (w *Work) plan(ctx context.Context, facts signal.Facts, t task.Task, s Settings, m Models, e Edge) Planned {
	in := w.taskInput(s, e)
	unread, nothing := "", false
	if t.NeedsFiles && w.HasChange && w.Refused == "" && w.SkipAuxiliary == "" {
		head := w.readHead(ctx, t)
		in.Head, in.HeadOrder, in.HeadPaths, unread = head.texts, head.order, head.paths, head.unread
		nothing = head.nothing() && !t.Judges()
	}
	ri := w.input(facts, t.ID, &t, m, e)
	ri.Estimates = w.estimates(t, in, m, e)
	dec := route.Decide(ri)
	if w.SkipAuxiliary != "" && !t.CriticalPath && dec.Skipped == "" {
		dec.Skipped = w.SkipAuxiliary
	}
	switch {
	case dec.Skipped != "":
	case unread != "":
		dec = refused(dec, unread)
	case nothing:
		dec.Skipped = nothingToWrite
	}
	return Planned{Task: t, Input: in, Decision: w.refuse(dec)}
}

func (w *Work) input(facts signal.Facts, id string, t *task.Task, m Models, e Edge) route.Input {
	return route.Input{
		Policy: w.Policy, TaskID: id, Task: t, Facts: facts, Change: w.Change, Override: w.Override,
		Evidence: w.Evidence, Available: m.available(), Skip: w.Skip, Today: today(e),
		Handoff: w.handoffFacts(),
	}
}

func (m Models) available() []string {
	var names []string
	for name := range m.Clients {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (w *Work) taskInput(s Settings, e Edge) task.Input {
	return task.Input{
		Change: w.Change, Title: w.Title, Body: w.Body, Brief: s.Brief, Log: w.Log, LogName: w.LogName,
		Repository: w.Repository, PullNumber: w.PullNumber, Today: today(e),
		Handoff: w.handoff,
	}
}

func today(e Edge) string { return e.Now().UTC().Format("2006-01-02") }

// estimates gives the upper bound of one attempt on every model of the pool.
func (w *Work) estimates(t task.Task, in task.Input, m Models, e Edge) []route.Estimate {
	m.Scanner = nil // an estimate sends nothing
	d := w.dispatcher(m, e, dispatch.MissingKeyDefault)
	tokens := d.PromptTokens(t, in)
	var all []route.Estimate
	for _, model := range append(slices.Clone(w.Policy.Pool), w.Policy.Baseline) {
		all = append(all, route.Estimate{Model: model, Cost: d.UpperBound(model, tokens)})
	}
	return all
}

func (w *Work) dispatcher(m Models, e Edge, missing dispatch.MissingKey) *dispatch.Dispatcher {
	d := &dispatch.Dispatcher{
		Clients: m.Clients, Catalogue: m.Catalogue, Baseline: w.Policy.Baseline, Pool: w.Policy,
		Budget:  &dispatch.Budget{Limit: w.Policy.Budget.Run, OnCritical: w.Policy.Budget.OnCritical},
		Scanner: m.Scanner, Marks: w.Marks, MissingKey: missing,
		Random: e.Random, Now: e.Now, RetryBase: e.RetryBase, Fresh: w.Fresh,
	}
	if w.Memory.hasPlace() && w.Policy.Reuse {
		d.Memory, d.Terms = w.Memory, w.terms(w.Memory.Version)
	}
	return d
}

// terms are what an earlier answer must have been given under.
func (w *Work) terms(version string) dispatch.Terms {
	return dispatch.Terms{Repository: w.Repository, PullNumber: w.PullNumber, PolicyDigest: w.PolicyDigest, Version: version}
}

// Undone gives the results of plans that are only decided: no status, no cost.
func Undone(plans []Planned) []dispatch.Result {
	results := make([]dispatch.Result, len(plans))
	for i, p := range plans {
		results[i] = dispatch.Result{Task: p.Task, Decision: p.Decision, Tier: p.Decision.Tier}
		if p.Decision.Model != nil {
			results[i].Model = *p.Decision.Model
		}
	}
	return results
}

// Run carries the plans out, one after the other, under one budget.
func (w *Work) Run(ctx context.Context, plans []Planned, s Settings, m Models, e Edge) ([]dispatch.Result, *dispatch.Budget) {
	d := w.dispatcher(m, e, s.MissingKey)
	jobs := make([]dispatch.Job, len(plans))
	for i, p := range plans {
		jobs[i] = dispatch.Job{Task: p.Task, Decision: p.Decision, Input: p.Input}
	}
	if err := d.Share(ctx, jobs); err != nil {
		w.Warnings = append(w.Warnings, "nothing is shared between the prompts: "+err.Error())
	}
	var results []dispatch.Result
	d.Calibrated = w.calibrated()
	for i, p := range plans {
		e.Progress(fmt.Sprintf("%d of %d: %s on %s", i+1, len(plans), p.Task.ID, p.Decision.Tier))
		d.Reserve = w.reserver(i, m, e)
		r := d.Run(ctx, p.Task, p.Decision, p.Input)
		w.ended(ctx, i, r, m, e)
		results = append(results, r)
	}
	return results, d.Budget
}
