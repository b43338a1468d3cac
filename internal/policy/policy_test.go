package policy

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

var update = flag.Bool("update", false, "rewrite golden files")

// known is the catalogue as far as a policy looks at it.
func known() Known {
	local := func(task.Input) (task.Output, error) { return task.Output{}, nil }
	return Known{
		Tasks: []task.Task{
			{ID: "changelog", Kind: task.Tells, Local: local},
			{ID: "code-review", Kind: task.Judges, CriticalPath: true},
			{ID: "failure-summary", Kind: task.Tells, Local: local},
			{ID: "pr-summary", Kind: task.Tells},
		},
		Signals: []string{"migration", "policy-change", "workflow"},
	}
}

// knownWhole is the whole catalogue with every signal, for policies that name
// them.
func knownWhole() Known {
	k := Known{Tasks: task.All()}
	for _, s := range signal.All() {
		k.Signals = append(k.Signals, s.ID)
	}
	return k
}

// TestMistakesAreNamed holds the text of every diagnostic: one policy a kind
// of mistake, beside it what is said of it.
func TestMistakesAreNamed(t *testing.T) {
	t.Parallel()
	for _, path := range files(t, "testdata/err/*.yml") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".yml"), func(t *testing.T) {
			t.Parallel()
			file, findings := Parse("routing-policy.yml", read(t, path), known())
			if file != nil || len(findings) == 0 {
				t.Fatal("a broken policy was accepted")
			}
			golden(t, strings.TrimSuffix(path, ".yml")+".out", findings.Error()+"\n")
		})
	}
}

// TestEveryRuleHasACase fails where a rule is never shown by a golden file.
func TestEveryRuleHasACase(t *testing.T) {
	t.Parallel()
	var shown strings.Builder
	for _, path := range files(t, "testdata/err/*.out") {
		shown.Write(read(t, path))
	}
	for line := range strings.Lines(string(read(t, "ids.go"))) {
		parts := strings.Split(line, `"`)
		if len(parts) == 3 && !strings.Contains(shown.String(), "["+parts[1]+"]") {
			t.Errorf("no file of testdata/err shows the rule %s", parts[1])
		}
	}
}

// TestGoodPoliciesAreRead compares the whole value.
func TestGoodPoliciesAreRead(t *testing.T) {
	t.Parallel()
	for _, path := range files(t, "testdata/ok/*.yml") {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".yml"), func(t *testing.T) {
			t.Parallel()
			file, findings := Parse("routing-policy.yml", read(t, path), known())
			if len(findings) > 0 {
				t.Fatal(findings)
			}
			golden(t, strings.TrimSuffix(path, ".yml")+".out", dump(file))
		})
	}
}

func files(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	return paths
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(read(t, path)), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// dump writes every field of a policy, a line an entry.
func dump(f *File) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("name=%s enforce=%v review_by=%s review_error=%v owners=%q default=%s", f.Name, f.Enforce, f.ReviewBy, f.ReviewError, f.Owners, f.Default)
	if f.Extends != nil {
		line("extends %s named %s at %s", f.Extends, f.Extends.Name(), f.Extends.Pos)
	}
	for _, m := range append(f.Pool, f.Baseline) {
		line("model %+v", m)
	}
	for _, row := range f.Tasks {
		custom := Custom{}
		if row.Custom != nil {
			custom = *row.Custom
		}
		row.Custom = nil
		line("task %+v custom=%+v", row, custom)
	}
	for _, row := range f.Table {
		line("row %+v", row)
	}
	for _, placing := range f.Above {
		line("above %+v", placing)
	}
	for _, list := range f.AlsoServices {
		line("services too %s", list)
	}
	for _, entry := range f.MustFrontier {
		line("must_frontier %+v", entry)
	}
	line("skip %+v\nhandoff %+v\noverride %+v\nflag %+v\nescalation %+v", f.Skip, f.Handoff, f.Override, f.Flag, f.Escalation)
	for _, ceiling := range []any{f.Budget.Run, f.Budget.PullRequest, f.Budget.Day, f.Budget.ActorDay} {
		line("ceiling %s", pointed(ceiling))
	}
	line("budget reserve=%d critical=%s auxiliary=%s %s", f.Budget.CriticalReserve, f.Budget.OnCritical, f.Budget.OnAuxiliary, f.Budget.Pos)
	line("services %s\nattested %+v", f.Services, f.Attested)
	for _, p := range f.Prices {
		line("price %s/%s in=%d out=%d read=%s write=%s write1h=%s %s..%s %s", p.Provider, p.Model, p.Input, p.Output,
			pointed(p.CacheRead), pointed(p.CacheWrite), pointed(p.CacheWrite1h), p.From, p.To, p.Pos)
	}
	for _, test := range f.Tests {
		line("test %+v", test)
	}
	return b.String()
}
