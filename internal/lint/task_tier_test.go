package lint

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/policy"
)

const policyHead = `version: 1
pool:
  frontier: [{ provider: anthropic, model: claude-opus-5-5 }]
  efficient: [{ provider: anthropic, model: claude-haiku-5-5 }]
baseline: { provider: anthropic, model: claude-opus-5-5 }
`

// tierCases are texts of tasks: before and after docs, or what is said, moves.
func tierCases() map[string]struct{ before, after string } {
	return map[string]struct{ before, after string }{
		"in braces":              {"tasks:\n  docs: { tier: frontier, caught_by: [required-review] } # why\n", "tasks:\n  docs: { tier: efficient, caught_by: [required-review] } # why\n"},
		"on lines":               {"tasks:\n  tests: { tier: mid }\n  docs:\n    caught_by: [required-review]\n    tier: frontier\n", "tasks:\n  tests: { tier: mid }\n  docs:\n    caught_by: [required-review]\n    tier: efficient\n"},
		"in quotes":              {"tasks: { docs: { tier: \"frontier\" } }\n", "tasks: { docs: { tier: efficient } }\n"},
		"no tier in braces":      {"tasks:\n  docs: { caught_by: [required-review] }\n", "tasks:\n  docs: { tier: efficient, caught_by: [required-review] }\n"},
		"empty braces":           {"tasks:\n  docs: {}\n", "tasks:\n  docs: { tier: efficient }\n"},
		"no tier on lines":       {"tasks:\n  docs:\n    caught_by: [required-review]\n", "tasks:\n  docs:\n    tier: efficient\n    caught_by: [required-review]\n"},
		"no row":                 {"tasks:\n  # first\n  tests: { tier: mid }\n", "tasks:\n  # first\n  docs: { tier: efficient }\n  tests: { tier: mid }\n"},
		"no row in braces":       {"tasks: { tests: { tier: mid } }\n", "tasks: { docs: { tier: efficient }, tests: { tier: mid } }\n"},
		"no tasks":               {"default: mid\n", "default: mid\ntasks:\n  docs: { tier: efficient }\n"},
		"no line end":            {"default: mid", "default: mid\ntasks:\n  docs: { tier: efficient }\n"},
		"the same word nearby":   {"tasks:\n  tests: { tier: frontier }\n  docs: { tier: frontier }\n", "tasks:\n  tests: { tier: frontier }\n  docs: { tier: efficient }\n"},
		"line ends of Windows":   {"tasks:\r\n  docs: { tier: frontier }\r\n", "tasks:\r\n  docs: { tier: efficient }\r\n"},
		"words of several bytes": {"owners: [\"@größe\"]\ntasks: { docs: { caught_by: [required-review], tier: frontier } } # größe\n", "owners: [\"@größe\"]\ntasks: { docs: { caught_by: [required-review], tier: efficient } } # größe\n"},
	}
}

func TestOneTasksTierIsChangedAndNothingElse(t *testing.T) {
	t.Parallel()
	for name, c := range tierCases() {
		got, err := TaskTier("routing-policy.yml", policyHead+c.before, known(), "docs", policy.Efficient)
		if diff := cmp.Diff(policyHead+c.after, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

func TestATierThatMustStayIsNotChanged(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, id string }{
		"a task that judges":          {"tasks:\n  code-review: {}\n", "code-review"},
		"a task put on the path":      {"tasks:\n  docs: { critical_path: true }\n", "docs"},
		"one that judges without row": {"default: mid\n", "code-review"},
		"a task that nobody knows":    {"default: mid\n", "poetry"},
		"a policy that is broken":     {"defaul: mid\n", "docs"},
	} {
		got, err := TaskTier("routing-policy.yml", policyHead+c.text, known(), c.id, policy.Efficient)
		if err == nil {
			t.Errorf("%s: changed to\n%s", name, got)
		}
	}
}

// TestTheDiffOfATierApplies lets git itself carry the change out.
func TestTheDiffOfATierApplies(t *testing.T) {
	t.Parallel()
	for name, c := range tierCases() {
		dir := t.TempDir()
		path := filepath.Join(dir, "routing-policy.yml")
		if err := os.WriteFile(path, []byte(policyHead+c.before), 0o644); err != nil {
			t.Fatal(err)
		}
		patch, err := Diff("routing-policy.yml", policyHead+c.before, policyHead+c.after)
		if err != nil {
			t.Fatal(err)
		}
		git := exec.Command("git", "apply", "-")
		git.Dir, git.Stdin = dir, strings.NewReader(patch)
		if out, err := git.CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %s\n%s", name, err, out, patch)
			continue
		}
		got, err := os.ReadFile(path)
		if diff := cmp.Diff(policyHead+c.after, string(got)); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}
