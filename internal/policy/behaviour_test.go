package policy

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tierwise/tierwise/internal/money"
)

// pointed shows what a pointer points to.
func pointed(v any) string {
	switch p := v.(type) {
	case *money.Nano:
		if p != nil {
			return fmt.Sprint(int64(*p))
		}
	case *money.Pico:
		if p != nil {
			return fmt.Sprint(int64(*p))
		}
	}
	return "none"
}

const head = "version: 1\npool: { frontier: [{ provider: anthropic, model: a }] }\nbaseline: { provider: anthropic, model: a }\n"

func parse(t *testing.T, text string) *File {
	t.Helper()
	file, findings := Parse("p.yml", []byte(text), known())
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return file
}

func TestTiersOfTasks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text, id string
		tier           Tier
		critical       bool
	}{
		{"a row says its tier", "tasks: { changelog: { tier: efficient } }", "changelog", Efficient, false},
		{"a row without a tier takes the default", "tasks: { changelog: {} }\ndefault: efficient", "changelog", Efficient, false},
		{"without a default that is mid", "tasks: { changelog: {} }", "changelog", Mid, false},
		{"a task that judges is critical without being told", "tasks: { code-review: {} }", "code-review", Frontier, true},
		{"a custom task that judges too", "tasks: { gate: { prompt: a.md, kind: judges } }", "gate", Frontier, true},
		{"a task that tells may be put on the critical path", "tasks: { changelog: { critical_path: true } }", "changelog", Frontier, true},
		{"a task with a local form may start there", "tasks: { changelog: { tier: local } }", "changelog", Local, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			row, ok := parse(t, head+tt.text).Task(tt.id)
			if !ok || row.Tier != tt.tier || row.CriticalPath != tt.critical {
				t.Errorf("row = %+v, want tier %s, critical %v", row, tt.tier, tt.critical)
			}
		})
	}
}

func TestTheBaselineIsAskedAsThePoolAsksIt(t *testing.T) {
	t.Parallel()
	const pool = "version: 1\npool: { frontier: [{ provider: anthropic, model: a }], mid: [{ provider: openai, model: b, effort: low, max_output_tokens: 77 }] }\n"
	tests := []struct {
		name, baseline string
		want           Model
	}{
		{"a model of the pool", "provider: openai, model: b", Model{Tier: Mid, Provider: "openai", Model: "b", Effort: "low", MaxOutputTokens: 77}},
		{"its own words win", "provider: openai, model: b, effort: high", Model{Tier: Mid, Provider: "openai", Model: "b", Effort: "high", MaxOutputTokens: 77}},
		{"a model outside the pool counts as frontier", "provider: openai, model: z", Model{Tier: Frontier, Provider: "openai", Model: "z", MaxOutputTokens: 16_000}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := parse(t, pool+"baseline: { "+tt.baseline+" }\n").Baseline
			tt.want.Pos = got.Pos
			if diff := cmp.Diff(tt.want, got); diff != "" || got.Pos.Line != 3 {
				t.Errorf("%s (-want +got):\n%s", got.Pos, diff)
			}
		})
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	f := parse(t, head)
	if !f.Enforce || f.Default != Mid || f.Handoff.MaxTokens != 2000 || f.Escalation.MaxAttempts != 3 {
		t.Errorf("defaults = %+v", f)
	}
	if f.Budget.Run != nil || f.Budget.OnCritical != "fail" || f.Budget.OnAuxiliary != "skip" {
		t.Errorf("budget = %+v, want no ceiling and the strict words", f.Budget)
	}
	if len(f.Override.Allow) != 0 || f.Override.SelfLower {
		t.Errorf("override = %+v, want nobody to be allowed", f.Override)
	}
}

func TestTheBuiltInPolicy(t *testing.T) {
	t.Parallel()
	f, err := Default(knownWhole())
	if err != nil {
		t.Fatal(err)
	}
	if f.Name != "built-in" || len(f.Tasks) != len(knownWhole().Tasks) || len(f.Tests) == 0 {
		t.Errorf("the built-in policy is %+v", f)
	}
	for _, tier := range []Tier{Efficient, Mid, Frontier} {
		if len(f.Models(tier)) == 0 {
			t.Errorf("no model of tier %s", tier)
		}
	}
	text := DefaultText()
	text[0] = 'x'
	if bytes.Equal(text, DefaultText()) {
		t.Error("a caller can change the built-in policy")
	}
	if _, err := Default(Known{}); err == nil || !strings.Contains(err.Error(), "built-in:") {
		t.Errorf("Default without tasks = %v, want findings with their place", err)
	}
}

// TestTheRepositorysOwnPolicy reads the file that this repository runs on.
func TestTheRepositorysOwnPolicy(t *testing.T) {
	t.Parallel()
	f, findings := Parse("routing-policy.yml", read(t, "../../routing-policy.yml"), knownWhole())
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	covered := func(path string) bool {
		for _, entry := range f.MustFrontier {
			for _, p := range entry.Paths {
				if p.MatchFold(path) {
					return true
				}
			}
		}
		return false
	}
	for _, path := range []string{
		"routing-policy.yml", ".github/workflows/ci.yml", "action.yml", "Dockerfile", "internal/route/route.go",
		"internal/policy/default.yml", "internal/sanitize/a.go", "internal/money/prices.json", "internal/runner/a.go", "go.sum",
	} {
		if !covered(path) {
			t.Errorf("%s is not must-frontier", path)
		}
	}
	for _, path := range []string{"README.md", "docs/guide.md", "internal/report/summary.go"} {
		if covered(path) {
			t.Errorf("%s is must-frontier", path)
		}
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	tests := []struct{ found, want string }{
		{"must-frontier", "must_frontier"},
		{"taks", "tasks"},
		{"BUDGET", "budget"},
		{"tests", "tests"},
		{"colour", ""},
		{"", ""},
		{"poo", "pool"},
		{"x", ""},
	}
	for _, tt := range tests {
		if got := nearest(tt.found, []string{"must_frontier", "tasks", "tests", "budget", "pool"}); got != tt.want {
			t.Errorf("nearest(%q) = %q, want %q", tt.found, got, tt.want)
		}
	}
	if d := distance("kitten", "sitting"); d != 3 {
		t.Errorf("distance = %d, want 3", d)
	}
}

func TestTiersReadTheirOwnWords(t *testing.T) {
	t.Parallel()
	for _, tier := range append(Tiers(), 0) {
		text, err := tier.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var back Tier
		if err := back.UnmarshalText(text); err != nil || back != tier {
			t.Errorf("%q reads as %v, %v", text, back, err)
		}
	}
	var none Tier
	if err := none.UnmarshalText([]byte("cheap")); err == nil {
		t.Error("an unknown tier was read")
	}
}

// TestSameInSameOut parses twice: nothing may hang on the order of a map.
func TestSameInSameOut(t *testing.T) {
	t.Parallel()
	for _, path := range files(t, "testdata/*/*.yml") {
		data := read(t, path)
		for range 3 {
			first, complaints := Parse("p.yml", data, known())
			second, again := Parse("p.yml", data, known())
			if diff := cmp.Diff(complaints, again); diff != "" {
				t.Errorf("%s: %s", path, diff)
			}
			if first != nil && dump(first) != dump(second) {
				t.Errorf("%s reads in two ways", path)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(defaultText))
	f.Add([]byte(head + "tasks: { x: { prompt: [a], kind: *b } }\n"))
	f.Add([]byte(head + "override: { labels: { a: { b: c, d: e } } }\nbudget: { critical_reserve: 1. }\n"))
	f.Add([]byte("version: 1\nextends: acme/.github/a/b.yml@4f2c1d2e3a4b5c6d7e8f90a1b2c3d4e5f6a7b8c9\npool: { mid: [] }\ntasks: { changelog: { caught_by: [] } }\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, findings := Parse("p.yml", data, known())
		if (file == nil) != (len(findings) > 0) {
			t.Errorf("file %v with %d findings", file, len(findings))
		}
		lines := bytes.Count(data, []byte("\n")) + 1
		for _, found := range findings {
			if found.Line < 1 || found.Line > lines || found.Col < 1 || found.File != "p.yml" || found.ID == "" {
				t.Errorf("finding without a place: %+v", found)
			}
			if strings.ContainsAny(found.Message, "\r\n\x1b") || len(found.Message) > 2000 {
				t.Errorf("a message that breaks its line: %q", found.Message)
			}
		}
	})
}
