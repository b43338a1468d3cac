package route

import (
	"regexp"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/needle"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// world is everything that a decision rests on, before facts are measured.
type world struct {
	policy    *policy.File
	task      *task.Task
	change    change.Change
	hasChange bool
	brief     task.Brief
	marks     signal.Marks
	override  OverrideFacts
	evidence  Evidence
	available []string
	skip      SkipFacts
	estimates []Estimate
	told      task.HandoffFacts
	handoff   HandoffFacts
}

// input measures the facts and gives what Decide takes.
func (w world) input() Input {
	in := Input{
		Policy: w.policy, Task: w.task, Change: w.change, Override: w.override, Evidence: w.evidence,
		Available: w.available, Skip: w.skip, Estimates: w.estimates, Today: "2026-11-24", Handoff: w.handoff,
		Facts: signal.Measure(signal.Input{
			Change: w.change, HasChange: w.hasChange, Brief: w.brief, Services: w.policy.Services, AlsoServices: w.policy.AlsoServices, Tree: []string{"go.mod"}, Marks: w.marks,
		}),
	}
	in.Facts = in.Facts.Told(w.told, w.change)
	if w.task != nil {
		in.TaskID = w.task.ID
	}
	return in
}

func (w world) decide() Decision { return Decide(w.input()) }

func at(line int) diag.Position {
	return diag.Position{File: "routing-policy.yml", Line: line, Col: 3}
}

func pattern(text string) glob.Pattern {
	p, err := glob.Compile(text)
	if err != nil {
		panic(err)
	}
	return p
}

func model(tier policy.Tier, provider, name string) policy.Model {
	return policy.Model{Tier: tier, Provider: provider, Model: name, MaxOutputTokens: 4096}
}

// standard is the policy of the documentation, as a value.
func standard() *policy.File {
	claims := func(kinds ...task.Catcher) []policy.Catcher {
		var list []policy.Catcher
		for _, k := range kinds {
			c := policy.Catcher{Kind: k}
			if k == task.CatcherRequiredChecks {
				c.Checks = []string{"test"}
			}
			list = append(list, c)
		}
		return list
	}
	return &policy.File{
		Name: "routing-policy.yml", Enforce: true, Default: policy.Mid,
		Pool: []policy.Model{
			model(policy.Frontier, "anthropic", "opus"), model(policy.Frontier, "openai", "big"), model(policy.Mid, "anthropic", "sonnet"),
			model(policy.Efficient, "anthropic", "haiku"), model(policy.Efficient, "openai", "small"),
		},
		Baseline: model(0, "anthropic", "opus"),
		Tasks: []policy.Task{
			{ID: "code-review", Tier: policy.Frontier, CriticalPath: true, Pos: at(10)},
			{ID: "changelog", Tier: policy.Efficient, CaughtBy: claims(task.CatcherVerifier, task.CatcherAdvisory), Pos: at(11)},
			{ID: "docs", Tier: policy.Efficient, CaughtBy: claims(task.CatcherVerifier, task.CatcherRequiredReview), Pos: at(12)},
			{ID: "tests", Tier: policy.Efficient, CaughtBy: claims(task.CatcherVerifier, task.CatcherRequiredChecks, task.CatcherRequiredReview), Pos: at(13)},
			{ID: "pr-summary", Tier: policy.Local, CaughtBy: claims(task.CatcherAdvisory), Pos: at(14)},
		},
		Table: []policy.Row{
			{Scope: task.SingleFile, Domains: []task.Domain{task.Docs, task.Config, task.Tests}, Ambiguity: task.Low, Tier: policy.Efficient, Pos: at(20)},
			{Scope: task.CrossService, Tier: policy.Frontier, Pos: at(21)},
			{Domains: []task.Domain{task.Security, task.Schema}, Tier: policy.Frontier, Pos: at(22)},
			{Ambiguity: task.High, Tier: policy.Frontier, Pos: at(23)},
		},
		MustFrontier: []policy.MustFrontier{
			{
				ID: "auth", Why: "a wrong check lets people in", Paths: []glob.Pattern{pattern("**/*auth*"), pattern("**/*auth*/**")},
				Content: []needle.Expression{needle.Of(regexp.MustCompile(`(?i)\bjwt\b`))}, Pos: at(30),
			},
			{ID: "schema", Why: "no way back", Signals: []string{"migration"}, Pos: at(31)},
			{ID: "money", Domains: []task.Domain{task.Security}, Tasks: []string{"changelog", "code-review"}, Pos: at(32)},
		},
		Override: policy.Override{
			Labels: []policy.Label{
				{Name: "tier:frontier", Tier: policy.Frontier, Pos: at(40)},
				{Name: "tier:mid", Tier: policy.Mid, Pos: at(41)},
				{Name: "tier:efficient", Tier: policy.Efficient, Pos: at(42)},
				{Name: "tier:docs=efficient", Task: "docs", Tier: policy.Efficient, Pos: at(43)},
			},
			Allow: []string{"admin", "maintain", "write"}, Bots: []string{"fleet[bot]"}, Pos: at(39),
		},
		Skip: policy.Skip{Drafts: true, Only: []string{"lock-files"}, Actors: []string{"renovate[bot]"}, Pos: at(35)},
	}
}

// catalogue is the tasks of the documentation, with the failures of its table.
func catalogue() map[string]*task.Task {
	local := func(task.Input) (task.Output, error) { return task.Output{}, nil }
	proved := func(ids ...string) []task.Failure {
		var list []task.Failure
		for _, id := range ids {
			list = append(list, task.Failure{ID: id, Verified: true})
		}
		return list
	}
	misleading := func(by ...task.Catcher) task.Failure { return task.Failure{ID: "misleading", CaughtBy: by} }
	return map[string]*task.Task{
		"code-review": {ID: "code-review", Kind: task.Judges, CriticalPath: true, NeedsChange: true},
		"changelog": {
			ID: "changelog", Kind: task.Tells, NeedsChange: true, Local: local,
			Failures: append(proved("inventing", "broken-form"), misleading(task.CatcherAdvisory, task.CatcherRequiredReview)),
		},
		"docs": {ID: "docs", Kind: task.Writes, NeedsChange: true, Failures: append(proved("changing-code"), misleading(task.CatcherRequiredReview))},
		"tests": {
			ID: "tests", Kind: task.Writes, NeedsChange: true,
			Failures: append(proved("touching-other-files"), task.Failure{ID: "failing", CaughtBy: []task.Catcher{task.CatcherRequiredChecks}},
				task.Failure{ID: "asserting-nothing", CaughtBy: []task.Catcher{task.CatcherRequiredReview}}),
		},
		"pr-summary": {ID: "pr-summary", Kind: task.Tells, NeedsChange: true, Local: local, Failures: append(proved("naming"), misleading(task.CatcherAdvisory))},
	}
}

func lines(path string, texts ...string) change.File {
	f := change.File{Path: path, Status: change.Modified, Additions: len(texts)}
	h := change.Hunk{NewStart: 10, NewLines: len(texts)}
	for i, text := range texts {
		h.Lines = append(h.Lines, change.Line{Op: change.Add, Text: text, NewLine: 10 + i})
	}
	f.Hunks = []change.Hunk{h}
	return f
}

// doing is a world with the standard policy, good evidence and all keys.
func doing(id string, files ...change.File) world {
	return world{
		policy: standard(), task: catalogue()[id], change: change.Change{Base: "b", Head: "h", Files: files}, hasChange: len(files) > 0,
		marks:     signal.Marks{PolicyPath: "routing-policy.yml"},
		evidence:  Evidence{Source: "github", Branch: "main", RequiredReview: Confirmed, DismissStale: true, RequiredChecks: []string{"test", "lint"}, ChecksProof: Confirmed},
		available: []string{"anthropic", "openai"},
	}
}

// briefed is a world with words alone.
func briefed(b task.Brief) world {
	w := doing("")
	w.brief = b
	return w
}

type want struct {
	tier   policy.Tier
	locked bool
}

func (d Decision) got() want { return want{d.Tier, d.Locked} }

func rules(d Decision) []string {
	var list []string
	for _, r := range d.Reasons {
		list = append(list, r.Rule)
	}
	return list
}

type row struct {
	name string
	world
	want want
}

func check(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		if d := r.decide(); d.got() != r.want {
			t.Errorf("%s: %s locked=%v, want %s locked=%v; reasons %+v", r.name, d.Tier, d.Locked, r.want.tier, r.want.locked, d.Reasons)
		}
	}
}

func with(w world, edits ...func(*world)) world {
	for _, edit := range edits {
		edit(&w)
	}
	return w
}
