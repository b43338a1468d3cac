package route

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

func keys(w world, names ...string) world {
	w.available = names
	return w
}

func observing(w world) world {
	w.policy.Enforce = false
	return w
}

// carried tells what runs: the models to try, in order, or "local", or
// "nothing".
func carried(d Decision) []string {
	switch {
	case d.Model != nil:
		names := []string{d.Model.Model}
		for _, m := range d.Fallbacks {
			names = append(names, m.Model)
		}
		return names
	case d.Unavailable != "":
		return []string{"nothing"}
	}
	return []string{"local"}
}

func TestAvailability(t *testing.T) {
	t.Parallel()
	docs := func() world { return doing("docs", lines("README.md", "x")) }
	changelog := func() world { return doing("changelog", lines("README.md", "x")) }
	lockedTell := doing("changelog", lines("sso/x.go", "x"))
	writesLocally := docs()
	writesLocally.task.Local = func(task.Input) (task.Output, error) { return task.Output{}, nil }
	noForm := doing("pr-summary", lines("a.go", "x"))
	noForm.task.Local = nil
	cheap := docs()
	cheap.policy.Baseline = model(0, "openai", "small")
	cheapLocked := observing(doing("code-review", lines("a.go", "x")))
	cheapLocked.policy.Baseline = model(0, "openai", "small")
	tests := []struct {
		name string
		world
		want []string
	}{
		{"models of the tier in their order, then dearer ones", docs(), []string{"haiku", "small", "sonnet", "opus", "big"}},
		{"another model of the tier", keys(docs(), "openai"), []string{"small", "big"}},
		{"no key for the tier: never a cheaper one", keys(doing("code-review", lines("a.go", "x")), "gemini"), []string{"nothing"}},
		{"a locked task never runs on a dearer tier's absence", keys(doing("code-review", lines("a.go", "x"))), []string{"nothing"}},
		{"a task that tells runs as local", keys(changelog()), []string{"local"}},
		{"a locked task that tells does not", keys(lockedTell), []string{"nothing"}},
		{"a task that writes does not", keys(writesLocally), []string{"nothing"}},
		{"a local row runs local", doing("pr-summary", lines("a.go", "x")), []string{"local"}},
		{"a local row without a local form goes up", noForm, []string{"haiku", "small", "sonnet", "opus", "big"}},
		{"observing runs the baseline", observing(docs()), []string{"opus"}},
		{"observing runs the baseline for a local row", observing(doing("pr-summary", lines("a.go", "x"))), []string{"opus"}},
		{"observing without the baseline's key runs nothing else", keys(observing(docs()), "openai"), []string{"nothing"}},
		{"a baseline at the task's tier runs it", observing(cheap), []string{"small"}},
		{"a baseline below the task's tier does not", cheapLocked, []string{"opus", "big"}},
	}
	for _, tt := range tests {
		d := tt.decide()
		if diff := cmp.Diff(tt.want, carried(d)); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
		if d.Observed == tt.policy.Enforce || d.Would != d.Tier || d.Wanted != d.Tier {
			t.Errorf("%s: observed %v, would %s, wanted %s, tier %s", tt.name, d.Observed, d.Would, d.Wanted, d.Tier)
		}
	}
}

func TestKeysNeverChangeTheTier(t *testing.T) {
	t.Parallel()
	d := keys(doing("changelog", lines("README.md", "x"))).decide()
	if d.Tier != policy.Efficient || !d.LocalForWantOfKey {
		t.Errorf("tier %s, local %v", d.Tier, d.LocalForWantOfKey)
	}
	last := d.Reasons[len(d.Reasons)-1]
	if last.Rule != "local-for-want-of-key" || !strings.Contains(last.Text, "anthropic or openai") || len(d.Considered) != 5 {
		t.Errorf("it does not say so: %+v, %+v", last, d.Considered)
	}
	d = keys(doing("docs", lines("README.md", "x")), "mistral").decide()
	if d.Tier != policy.Efficient || !strings.Contains(d.Unavailable, "no key for a model of tier efficient") {
		t.Errorf("%s: %q", d.Tier, d.Unavailable)
	}
}

// TestMissingKey: the caller may leave a task out for want of a key alone, so
// nothing else may look like it.
func TestMissingKey(t *testing.T) {
	t.Parallel()
	judge := func() world { return doing("code-review", lines("a.go", "x")) }
	empty := func() world { w := judge(); w.policy.Pool = nil; return w }
	tests := []struct {
		name string
		world
		missing, unavailable bool
	}{
		{"no key of the tier", keys(judge()), true, true},
		{"keys of other providers", keys(judge(), "gemini"), true, true},
		{"a brief without a key", keys(briefed(task.Brief{Text: "x"})), true, true},
		{"one key is enough", keys(judge(), "openai"), false, false},
		{"a task that runs as local instead", keys(doing("changelog", lines("a.go", "x"))), false, false},
		{"a local row", keys(doing("pr-summary", lines("a.go", "x"))), false, false},
		{"a pool without the tier lacks more than a key", keys(empty()), false, true},
		{"a pool without the tier, with keys", empty(), false, true},
		{"observing without the baseline's key", keys(observing(judge()), "openai"), true, true},
		{"observing with it", observing(judge()), false, false},
		{"observing a task that runs as local instead", keys(observing(doing("changelog", lines("a.go", "x")))), false, false},
	}
	for _, tt := range tests {
		d := tt.decide()
		if d.MissingKey != tt.missing || (d.Unavailable != "") != tt.unavailable || d.Refused != "" {
			t.Errorf("%s: missing %v, unavailable %q, refused %q", tt.name, d.MissingKey, d.Unavailable, d.Refused)
		}
	}
}

func TestEstimate(t *testing.T) {
	t.Parallel()
	w := doing("docs", lines("README.md", "x"))
	cost := money.Cost{State: money.Priced, Nano: 7}
	w.estimates = []Estimate{{Model: w.policy.Pool[0], Cost: money.Cost{State: money.Priced, Nano: 9}}, {Model: w.policy.Pool[3], Cost: cost}}
	if got := w.decide().Estimate; got != cost {
		t.Errorf("estimate %+v", got)
	}
	if got := observing(w).decide().Estimate.Nano; got != 9 {
		t.Errorf("estimate of the baseline %d", got)
	}
	for name, w := range map[string]world{"no estimate": doing("docs", lines("README.md", "x")), "nothing runs": keys(doing("docs", lines("README.md", "x")))} {
		if got := w.decide().Estimate.State; got != money.Unknown {
			t.Errorf("%s: %s, and unknown is never zero", name, got)
		}
	}
	if got := doing("pr-summary", lines("a.go", "x")).decide().Estimate; got != (money.Cost{State: money.Priced}) {
		t.Errorf("local costs %+v", got)
	}
}

func TestSkip(t *testing.T) {
	t.Parallel()
	lock := lines("go.sum", "x")
	draft := func(w world) world { w.skip.Draft = true; return w }
	actor := func(w world, name string) world { w.skip.Actor = name; return w }
	tests := []struct {
		name string
		world
		skipped bool
	}{
		{"a draft", draft(doing("docs", lines("a.go", "x"))), true},
		{"a draft never skips the critical path", draft(doing("code-review", lines("a.go", "x"))), false},
		{"a draft does not skip a brief", draft(doing("", lines("a.go", "x"))), false},
		{"a named actor", actor(doing("docs", lines("a.go", "x")), "renovate[bot]"), true},
		{"another actor", actor(doing("docs", lines("a.go", "x")), "renovate"), false},
		{"only lock files", doing("docs", lock), true},
		{"lock files and more", doing("docs", lock, lines("a.go", "x")), false},
		{"code renamed to a lock file", doing("docs", change.File{Path: "go.sum", OldPath: "a.go", Status: change.Renamed}), false},
		{"lock files of a change cut short", cutShort(doing("docs", lock)), false},
		{"words of the author skip nothing", titled(doing("docs", lines("a.go", "x")), "[skip ci] [skip]"), false},
	}
	for _, tt := range tests {
		if d := tt.decide(); (d.Skipped != "") != tt.skipped {
			t.Errorf("%s: skipped %q", tt.name, d.Skipped)
		}
	}
	d := draft(doing("docs", lines("auth/x.go", "x"))).decide()
	if !d.Locked || d.Tier != policy.Frontier || d.Skipped == "" {
		t.Errorf("the tier stands also where it is skipped: %s %v %q", d.Tier, d.Locked, d.Skipped)
	}
}

func TestCounterfactual(t *testing.T) {
	t.Parallel()
	frontierRow := doing("docs", lines("auth/x.go", "x"))
	frontierRow.policy.Tasks[2].Tier = policy.Frontier
	dearDefault := doing("", lines("auth.go", "jwt"))
	dearDefault.policy.Default = policy.Frontier
	tests := []struct {
		name string
		world
		want string
	}{
		{"the place stands by itself", doing("docs", lines("README.md", "x")), "efficient by its place: its row in the policy says efficient"},
		{"the critical path", doing("code-review", lines("README.md", "x")), "frontier whatever else changes: critical path"},
		{"the critical path before what the change hits", doing("code-review", lines("auth/x.go", "jwt")), "frontier whatever else changes: critical path"},
		{"a row at frontier before what the change hits", frontierRow, "frontier whatever else changes: its row in the policy says frontier"},
		{"a place by the table", onTable(lines("README.md", "x"))(annotated(0, task.Low)), `efficient by its place: table row "single-file; docs, config or tests; low ambiguity" says efficient`},
		{"the default", briefed(task.Brief{}), "mid by its place: no table row fits all that is known (scope not known, domain not known, ambiguity not known): default, mid"},
		{"the default at frontier can be left", dearDefault, "frontier by its place: no table row fits all that is known (scope single-file, domain feature security, ambiguity not known): default, frontier"},
		{"a word", titled(doing("docs", lines("README.md", "x")), "wip"), "efficient without inferred-high-ambiguity"},
		{"a change cut short", cutShort(doing("docs", lines("README.md", "x"))), "efficient without incomplete-change"},
		{"a row that raises", onTable(lines("db/migrations/1.sql", "x"))(task.Brief{}), "mid without table row \"security or schema\""},
	}
	for _, tt := range tests {
		if got := tt.decide().Counter; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
