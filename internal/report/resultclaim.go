package report

import (
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

// claimJSON is what cannot be found out without a model: its answer as it
// gave it, and what the calls spent. Everything else of a result follows.
type claimJSON struct {
	Reason string `json:"reason"`
	Answer string `json:"answer"` // "" where no model's answer was released
	// Text is the output of a task that works on a log, as it was before it
	// was defused: whoever has no log cannot make it again.
	Text       string           `json:"text"`
	Attempts   []claimedAttempt `json:"attempts"`
	OverBudget bool             `json:"over_budget"`
	Built      string           `json:"built,omitempty"` // comment | ledger: where a part of the answer was kept
	Notes      []string         `json:"notes"`
	Warnings   []string         `json:"warnings"`
}

type claimedAttempt struct {
	Tier       string         `json:"tier"`
	Provider   string         `json:"provider"`
	Model      string         `json:"model"`
	Effort     string         `json:"effort"`
	Served     string         `json:"served"`
	Finish     string         `json:"finish"`
	UpperBound claimedCost    `json:"upper_bound"`
	Problems   []claimProblem `json:"problems"`
	Released   bool           `json:"released"`
	Tries      []claimedTry   `json:"tries"`
}

type claimProblem struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

type claimedTry struct {
	Usage  claimedUsage    `json:"usage"`
	Served *claimedService `json:"served,omitempty"` // absent: one request at list price
	Cost   claimedCost     `json:"cost"`
	Error  string          `json:"error"`
}

type claimedUsage struct {
	Known        bool  `json:"known"`
	Input        int64 `json:"input"`
	CacheRead    int64 `json:"cache_read"`
	CacheWrite   int64 `json:"cache_write"`
	CacheWrite1h int64 `json:"cache_write_1h"`
	Output       int64 `json:"output"`
	Reasoning    int64 `json:"reasoning"`
}

type claimedCost struct {
	State string `json:"state"`
	Nano  int64  `json:"nano_usd"`
	Note  string `json:"note"`
}

func claimOf(r dispatch.Result) claimJSON {
	c := claimJSON{
		Reason: r.Reason, Answer: string(r.Answer), OverBudget: r.OverBudget, Built: r.Built,
		Notes: append([]string{}, r.Notes...), Warnings: append([]string{}, r.Warnings...), Attempts: make([]claimedAttempt, 0, len(r.Attempts)),
	}
	if r.Task.NeedsLog {
		c.Text = r.Output.Markdown
	}
	for _, a := range r.Attempts {
		c.Attempts = append(c.Attempts, claimAttempt(a))
	}
	return c
}

func claimAttempt(a dispatch.Attempt) claimedAttempt {
	c := claimedAttempt{
		Tier: tierWord(a.Model.Tier), Provider: a.Model.Provider, Model: a.Model.Model, Effort: a.Model.Effort,
		Served: a.ServedModel, Finish: a.Finish, UpperBound: claimCost(a.UpperBound), Released: a.Released,
		Problems: make([]claimProblem, 0, len(a.Problems)), Tries: make([]claimedTry, 0, len(a.Tries)),
	}
	for _, p := range a.Problems {
		c.Problems = append(c.Problems, claimProblem(p))
	}
	for _, t := range a.Tries {
		c.Tries = append(c.Tries, claimedTry{claimUsage(t.Usage), claimService(t.Served), claimCost(t.Cost), t.Error})
	}
	return c
}

func claimUsage(u money.Usage) claimedUsage {
	return claimedUsage{u.Known, u.InputTokens, u.CacheReadInputTokens, u.CacheCreationInputTokens, u.CacheCreation1hInputTokens, u.OutputTokens, u.ReasoningOutputTokens}
}

func claimCost(c money.Cost) claimedCost { return claimedCost{string(c.State), int64(c.Nano), c.Note} }

// claim gives the claim as dispatch takes it.
func (e entryJSON) claim() dispatch.Claim {
	c := dispatch.Claim{
		Status: dispatch.Status(e.Status), Reason: e.Claim.Reason, Text: e.Claim.Text, OverBudget: e.Claim.OverBudget,
		Notes: e.Claim.Notes, Warnings: e.Claim.Warnings, Built: e.Claim.Built,
	}
	if e.Reused != nil {
		c.Reused = e.Reused.From
	}
	if e.Claim.Answer != "" {
		c.Answer = []byte(e.Claim.Answer)
	}
	for _, a := range e.Claim.Attempts {
		c.Attempts = append(c.Attempts, a.attempt())
	}
	return c
}

func (c claimedAttempt) attempt() dispatch.Attempt {
	a := dispatch.Attempt{
		Model:       policy.Model{Tier: tierOf(c.Tier), Provider: c.Provider, Model: c.Model, Effort: c.Effort},
		ServedModel: c.Served, Finish: c.Finish, UpperBound: c.UpperBound.cost(), Released: c.Released,
	}
	for _, p := range c.Problems {
		a.Problems = append(a.Problems, task.Problem(p))
	}
	for _, t := range c.Tries {
		a.Tries = append(a.Tries, dispatch.Try{Usage: t.Usage.usage(), Served: t.Served.service(), Cost: t.Cost.cost(), Error: t.Error})
	}
	return a
}

// tierOf reads a tier's word; 0 is the tier of no model of a policy.
func tierOf(word string) policy.Tier {
	for _, t := range policy.Tiers() {
		if t.String() == word {
			return t
		}
	}
	return 0
}

func (u claimedUsage) usage() money.Usage {
	return money.Usage{
		Known: u.Known, InputTokens: u.Input, CacheReadInputTokens: u.CacheRead, CacheCreationInputTokens: u.CacheWrite,
		CacheCreation1hInputTokens: u.CacheWrite1h, OutputTokens: u.Output, ReasoningOutputTokens: u.Reasoning,
	}
}

func (c claimedCost) cost() money.Cost {
	return money.Cost{State: money.CostState(c.State), Nano: money.Nano(c.Nano), Note: strings.TrimSpace(c.Note)}
}
