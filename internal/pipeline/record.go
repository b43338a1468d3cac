package pipeline

import (
	"context"
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/agentlog"
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

// UnnamedTask is the task of a log where nobody named one.
const UnnamedTask = "agent-run"

// maxAgentModels bounds the models of one log: more than any run has.
const maxAgentModels = 20

// ReadLog reads the log of an agent. One that cannot be read has cost
// something all the same: it is a log of unknown usage, and says why.
func ReadLog(agent agentlog.Agent, data []byte) agentlog.Log {
	log, err := agentlog.Read(agent, data)
	if err == nil {
		return log
	}
	if agent == "" || agent == agentlog.Auto {
		agent = "unknown"
	}
	unknown := money.Cost{State: money.Unknown, Note: "the log cannot be read"}
	return agentlog.Log{Agent: agent, Outcome: agentlog.NotSaid, Theirs: unknown, Notes: []string{err.Error()}}
}

// Record says what another program's log means for the task: what it spent,
// what the policy would have chosen for the change at hand, and what the same
// tokens would have cost there.
func (w *Work) Record(ctx context.Context, log agentlog.Log, s Settings, m Models, e Edge) ([]dispatch.Result, error) {
	plans, err := w.Decide(ctx, s, m, e)
	if err != nil {
		return nil, err
	}
	plan, log := plans[0], bounded(log)
	if plan.Task.ID == "" {
		plan.Task = task.Task{ID: UnnamedTask}
	}
	r := dispatch.Result{
		Task: plan.Task, Decision: plan.Decision, Status: dispatch.RecordedOnly, Cost: w.logCost(log, m, e),
		Reason:  "another program did it, and nothing was verified here",
		Outside: "recorded only, nothing was routed", Warnings: log.Notes, Saved: money.Cost{State: money.Unknown},
		Recorded: &dispatch.Recorded{Agent: string(log.Agent), Outcome: string(log.Outcome), Claimed: log.Theirs},
	}
	r.Attempts, r.Recorded.Requests = w.attemptsOf(log, m, e)
	r.Model = largest(r.Attempts)
	r.Tier = r.Model.Tier
	r.Baseline = costOf(log, w.Policy.Baseline, m, e)
	w.choose(&r, log, m, e)
	return []dispatch.Result{r}, nil
}

// bounded drops the calls of a log that names more models than a run has.
func bounded(log agentlog.Log) agentlog.Log {
	seen := map[[2]string]bool{}
	for _, c := range log.Calls {
		seen[[2]string{c.Provider, c.Model}] = true
	}
	if len(seen) > maxAgentModels {
		log.Calls = nil
		log.Notes = append(slices.Clone(log.Notes), fmt.Sprintf("the log names %d models, more than a run has: nothing of it was counted", len(seen)))
	}
	return log
}

func (w *Work) logCost(log agentlog.Log, m Models, e Edge) money.Cost {
	return log.Cost(m.Catalogue, e.Now())
}

// choose sets what the policy would have asked. Of an event that is no place
// for the task, and of a change that nobody read, nothing is said.
func (w *Work) choose(r *dispatch.Result, log agentlog.Log, m Models, e Edge) {
	to := r.Recorded
	to.Would = money.Cost{State: money.Unknown}
	to.Choice, to.NoChoice = w.choice(r.Decision)
	switch {
	case to.Choice.Model != "":
		to.Would = costOf(log, to.Choice, m, e)
	case r.Decision.Refused == "" && w.SkipAuxiliary == "" && (r.Decision.Skipped != "" || decidedOf(r.Decision) == policy.Local):
		to.Would = money.Cost{State: money.Priced}
	}
}

func (w *Work) choice(d route.Decision) (policy.Model, string) {
	tier := decidedOf(d)
	models := w.Policy.Models(tier)
	switch {
	case d.Refused != "":
		return policy.Model{}, d.Refused
	case d.Skipped != "":
		return policy.Model{}, "no call: " + d.Skipped
	case tier == policy.Local:
		return policy.Model{}, "no model: local code"
	case !d.Observed && d.Model != nil:
		return *d.Model, ""
	case len(models) > 0:
		return models[0], ""
	default:
		return policy.Model{}, "the pool has no model for it"
	}
}

func decidedOf(d route.Decision) policy.Tier {
	if d.Observed {
		return d.Would
	}
	return d.Tier
}

// costOf prices the tokens of a log on one model, request by request.
func costOf(log agentlog.Log, model policy.Model, m Models, e Edge) money.Cost {
	on := agentlog.Log{}
	for _, c := range log.Calls {
		on.Calls = append(on.Calls, c.On(model.Provider, model.Model))
	}
	return on.Cost(m.Catalogue, e.Now())
}

// attemptsOf gives one attempt a model, in the order in which the log has
// them. A log without a call has one, whose usage is unknown.
func (w *Work) attemptsOf(log agentlog.Log, m Models, e Edge) (all []dispatch.Attempt, requests []dispatch.Requests) {
	var parts []agentlog.Log
	for _, c := range log.Calls {
		i := slices.IndexFunc(parts, func(p agentlog.Log) bool {
			return p.Calls[0].Provider == c.Provider && p.Calls[0].Model == c.Model
		})
		if i < 0 {
			i, parts = len(parts), append(parts, agentlog.Log{})
		}
		parts[i].Calls = append(parts[i].Calls, c)
	}
	if len(parts) == 0 {
		return []dispatch.Attempt{w.attemptOf(agentlog.Log{}, m, e)}, []dispatch.Requests{{Sum: true}}
	}
	for _, p := range parts {
		all = append(all, w.attemptOf(p, m, e))
		sum := slices.ContainsFunc(p.Calls, func(c agentlog.Call) bool { return c.Sum || c.Report.Missing })
		requests = append(requests, dispatch.Requests{Count: len(p.Calls), Sum: sum})
	}
	return all, requests
}

func (w *Work) attemptOf(part agentlog.Log, m Models, e Edge) dispatch.Attempt {
	a := dispatch.Attempt{Usage: part.Usage(), Cost: w.logCost(part, m, e)}
	if len(part.Calls) > 0 {
		a.Model = w.poolEntry(part.Calls[0].Provider, part.Calls[0].Model)
	}
	a.Tries = []dispatch.Try{{Usage: a.Usage, Cost: a.Cost}}
	return a
}

// poolEntry is the pool's entry of a model, with its tier; one of no tier where
// the pool does not have it.
func (w *Work) poolEntry(provider, model string) policy.Model {
	for _, p := range append(slices.Clone(w.Policy.Pool), w.Policy.Baseline) {
		if p.Provider == provider && money.SameModel(p.Model, model) {
			return policy.Model{Provider: provider, Model: model, Tier: p.Tier}
		}
	}
	return policy.Model{Provider: provider, Model: model}
}

// largest is the model that spent most. One whose cost is not known may have
// spent any amount.
func largest(all []dispatch.Attempt) policy.Model {
	most := all[0]
	for _, a := range all[1:] {
		known := most.Cost.State == money.Priced
		if known && (a.Cost.State != money.Priced || a.Cost.Nano > most.Cost.Nano) {
			most = a
		}
	}
	return most.Model
}
