package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Sizes of the repository that BenchmarkLintRepository lints.
const (
	lintWorkflows = 300
	lintRows      = 200
)

// BenchmarkLintRepository lints a whole repository, and in the same round its
// workflows with actionlint, where make has installed that. Both are processes
// whose output goes nowhere.
func BenchmarkLintRepository(b *testing.B) {
	dir, path := lintRepository(b), builtBinary(b)
	other, err := filepath.Abs("../../.bin/actionlint")
	if err != nil {
		b.Fatal(err)
	}
	_, missing := os.Stat(other)
	var ours, theirs spent
	for b.Loop() {
		ours.add(lintTime(b, dir, path, "lint", "--fail-on", "none"))
		if missing == nil {
			theirs.add(lintTime(b, dir, other, "-shellcheck=", "-pyflakes="))
		}
	}
	ours.report(b, "lint")
	if missing == nil {
		theirs.report(b, "actionlint")
	}
}

// spent is time by the clock, and of the processors, which a machine that has
// other work to do changes less.
type spent struct{ clock, processors time.Duration }

func (s *spent) add(more spent) {
	s.clock += more.clock
	s.processors += more.processors
}

func (s spent) report(b *testing.B, name string) {
	b.ReportMetric(float64(s.clock.Milliseconds())/float64(b.N), name+"-ms/op")
	b.ReportMetric(float64(s.processors.Milliseconds())/float64(b.N), name+"-cpu-ms/op")
}

// lintTime runs a linter, for which findings are no failure.
func lintTime(b *testing.B, dir, name string, args ...string) spent {
	b.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	start := time.Now()
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		b.Fatalf("%s %v: %v", name, args, err)
	}
	return spent{time.Since(start), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
}

func lintRepository(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	write("routing-policy.yml", lintPolicy())
	for i := range lintWorkflows {
		write(fmt.Sprintf(".github/workflows/w%03d.yml", i), lintWorkflow(i))
		write(fmt.Sprintf("services/s%d/main.go", i), "package main\n")
	}
	if out, err := exec.Command("git", "-C", dir, "init", "-q").CombinedOutput(); err != nil {
		b.Fatalf("git init: %v\n%s", err, out)
	}
	return dir
}

// lintPolicy has rows of every kind, lintRows of them.
func lintPolicy() string {
	var p strings.Builder
	p.WriteString("version: 1\nowners: [\"@acme/platform\"]\nreview_by: 2027-06-30\npool:\n" +
		"  frontier:  [{ provider: anthropic, model: claude-opus-5-5 }]\n  mid:       [{ provider: anthropic, model: claude-sonnet-5-5 }]\n" +
		"  efficient: [{ provider: anthropic, model: claude-haiku-5-5 }]\nbaseline: { provider: anthropic, model: claude-opus-5-5 }\ntasks:\n")
	for i := range lintRows / 4 {
		fmt.Fprintf(&p, "  notes-%d: { prompt: .github/prompts/n%d.md, kind: tells, tier: efficient, caught_by: [advisory] }\n", i, i)
	}
	p.WriteString("table:\n")
	for range lintRows / 4 {
		p.WriteString("  - when: { scope: multi-file, domain: [docs, config], ambiguity: low }\n    tier: efficient\n")
	}
	p.WriteString("must_frontier:\n")
	for i := range lintRows / 2 {
		fmt.Fprintf(&p, "  - { id: entry-%d, why: it is dear, paths: [\"services/s%d/**/auth/**\", \"**/payments-%d/**\"] }\n", i, i, i)
	}
	return p.String()
}

// lintWorkflow is a workflow of about a hundred lines with one step that calls
// a model.
func lintWorkflow(i int) string {
	var w strings.Builder
	fmt.Fprintf(&w, "name: build %d\non:\n  pull_request:\n    paths: [\"services/s%d/**\"]\npermissions:\n  contents: read\nconcurrency: build-%d-${{ github.ref }}\njobs:\n", i, i, i)
	for j := range 6 {
		fmt.Fprintf(&w, "  job%d:\n    runs-on: ubuntu-latest\n    timeout-minutes: 10\n    env:\n      LEVEL: \"%d\"\n    steps:\n"+
			"      - uses: actions/checkout@0123456789012345678901234567890123456789 # v5\n        with:\n          persist-credentials: false\n"+
			"      - name: Build\n        run: |\n          set -e\n          make build LEVEL=\"$LEVEL\"\n          make test\n", j, j)
	}
	w.WriteString("  changelog:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: anthropics/claude-code-action@0123456789012345678901234567890123456789 # v1\n" +
		"        with:\n          anthropic_api_key: ${{ secrets.ANTHROPIC_API_KEY }}\n          prompt: |\n            Write the changelog entry of this pull request.\n            One line a change, in the words of a user.\n" +
		"          claude_args: --model claude-haiku-5-5 --max-turns 5\n")
	return w.String()
}
