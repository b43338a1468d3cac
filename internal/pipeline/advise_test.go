package pipeline

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
)

const advised = `version: 1
pool:
  frontier: [{ provider: anthropic, model: claude-opus-5-5 }]
  efficient: [{ provider: anthropic, model: claude-haiku-5-5 }]
baseline: { provider: anthropic, model: claude-opus-5-5 }
tasks:
  docs: { tier: frontier, caught_by: [required-review] }
  tests: { tier: frontier, caught_by: [{ required-checks: [test] }] }
  changelog: { tier: frontier, caught_by: [advisory] }
  pr-summary: { tier: efficient, caught_by: [advisory] }
  release-notes: { critical_path: true }
  poetry: { prompt: p.md, kind: writes, tier: frontier, caught_by: [required-review] }
  verdict: { prompt: p.md, kind: judges }
default: frontier
must_frontier:
  - { id: logs, why: "they hold secrets", paths: ["**"], tasks: [failure-summary] }
`

func advisor(t *testing.T, text string) Advisor {
	t.Helper()
	file, findings := policy.Parse("routing-policy.yml", []byte(text), Known())
	if err := findings.Err(); err != nil {
		t.Fatal(err)
	}
	return Advisor{File: file, Text: &PolicyText{Name: "routing-policy.yml", Data: []byte(text)}, Whole: file.Extends == nil, Evidence: AssumedEvidence()}
}

func TestWhatMustNotBePlacedLower(t *testing.T) {
	t.Parallel()
	absent := func(a *Advisor) {
		a.Evidence.RequiredReview, a.Evidence.ChecksProof = route.Absent, route.Absent
	}
	for name, c := range map[string]struct {
		id     string
		to     policy.Tier
		change func(*Advisor)
		want   string // what the reason holds; "" for none
	}{
		"caught by a review":                     {"docs", policy.Efficient, nil, ""},
		"caught by whoever reads it":             {"changelog", policy.Efficient, nil, ""},
		"a task of the policy's own":             {"poetry", policy.Efficient, nil, ""},
		"no review is required there":            {"docs", policy.Efficient, absent, "nothing would catch an output that is misleading"},
		"nor of the policy's own":                {"poetry", policy.Efficient, absent, "nothing would catch"},
		"reading needs no rule of the branch":    {"changelog", policy.Efficient, absent, ""},
		"a catcher that does not cover it all":   {"tests", policy.Efficient, nil, "nothing would catch"},
		"the critical path of the catalogue":     {"code-review", policy.Efficient, nil, "critical path"},
		"the critical path by the policy":        {"release-notes", policy.Efficient, nil, "critical path"},
		"a task of its own that judges":          {"verdict", policy.Efficient, nil, "critical path"},
		"must-frontier by name":                  {"failure-summary", policy.Efficient, nil, "must_frontier: logs names it"},
		"placed there already":                   {"pr-summary", policy.Efficient, nil, "already"},
		"no model of the tier":                   {"docs", policy.Mid, nil, "no model of the tier mid"},
		"a task that nobody knows":               {"sculpture", policy.Efficient, nil, "does not know"},
		"what it extends was not read":           {"docs", policy.Efficient, func(a *Advisor) { a.Whole = false }, "was not read"},
		"nothing is known of the branch's rules": {"docs", policy.Efficient, func(a *Advisor) { a.Evidence = route.Evidence{} }, "nothing would catch"},
	} {
		a := advisor(t, advised)
		if c.change != nil {
			c.change(&a)
		}
		if got := a.Keep(c.id, c.to); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestTheTierOfNow(t *testing.T) {
	t.Parallel()
	a := advisor(t, advised)
	for id, want := range map[string]policy.Tier{
		"docs": policy.Frontier, "pr-summary": policy.Efficient, "release-notes": policy.Frontier, "failure-summary": policy.Frontier, "sculpture": policy.Frontier,
	} {
		if got := a.Placed(id); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

func TestAPatchOfAPolicyAppliesBothWays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind string
		id   string
		to   policy.Tier
		want string // the line that is added; "" for no patch
	}{
		"down":                     {"lower", "docs", policy.Efficient, "+  docs: { tier: efficient, caught_by: [required-review] }"},
		"up":                       {"start-higher", "pr-summary", policy.Frontier, "+  pr-summary: { tier: frontier, caught_by: [advisory] }"},
		"a task without a row":     {"raise", "failure-summary", policy.Frontier, "+  failure-summary: { tier: frontier }"},
		"where it stands already":  {"raise", "docs", policy.Frontier, ""},
		"the critical path":        {"lower", "release-notes", policy.Efficient, ""},
		"higher, and it is lower":  {"start-higher", "docs", policy.Efficient, ""},
		"higher, without a row":    {"start-higher", "failure-summary", policy.Mid, ""},
		"a kind nobody knows":      {"", "docs", policy.Efficient, ""},
		"a task that nobody knows": {"lower", "sculpture", policy.Efficient, ""},
	} {
		a := advisor(t, advised)
		patch := a.Patch(c.kind, c.id, c.to)
		if (patch == "") != (c.want == "") || !strings.Contains(patch, c.want+"\n") && c.want != "" {
			t.Errorf("%s: want %q in\n%s", name, c.want, patch)
		}
		if patch != "" {
			applies(t, name, patch, c.id, c.to)
		}
	}
	built := advisor(t, advised)
	built.Text = nil
	if got := built.Patch("lower", "docs", policy.Efficient); got != "" {
		t.Errorf("a patch for no file:\n%s", got)
	}
}

// applies lets git carry a patch out, and reads what stands there then.
func applies(t *testing.T, name, patch, id string, to policy.Tier) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "routing-policy.yml")
	if err := os.WriteFile(path, []byte(advised), 0o644); err != nil {
		t.Fatal(err)
	}
	git := exec.Command("git", "apply", "-")
	git.Dir, git.Stdin = dir, strings.NewReader(patch)
	if out, err := git.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s\n%s", name, err, out, patch)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, findings := policy.Parse("routing-policy.yml", text, Known())
	if err := findings.Err(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if row, _ := file.Task(id); row.Tier != to {
		t.Errorf("%s: it reads as %s", name, row.Tier)
	}
}
