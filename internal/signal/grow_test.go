package signal

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

func growPaths() []string {
	return []string{
		"auth/login.go", "README.md", "a_test.go", "go.sum", ".github/workflows/ci.yml", policyPath, "db/migrations/1.sql", "a/x.go", "a/go.mod", "b/y.go",
		"b/deep/package.json", "b/deep/z.ts", "logo.png", "gen/x.go", "CLAUDE.md", "vendor/go.mod", "config.yml",
		"services/pay/x.go", "services/mail/y.ts", "services/mail/README.md", "examples/a/go.mod", "docs/app.tsx", "api/types.ts",
		"b/deep/package.json", "b/deep/z.ts", "logo.png", "gen/x.go", "CLAUDE.md", "vendor/go.mod", "config.yml", "main.tf", "Dockerfile", "CODEOWNERS",
		"locales/de.json", "a/b.snap", "api/x.proto", "src/lib.rs",
	}
}

func growSentences() []string {
	return []string{
		"WIP", "Fix a typo", "Fix the login bug", "because of the cookie", "Improve it", "tidy up", "Add a column", "CVE-2026-1", "```", "~~~", "    ", "<!--", "-->",
		"[ambiguity: high]", "[ambiguity: low]", "[domain: security]", "[scope: cross-service] [domain: docs]", "[[scope: single-file]", "[", "]", "`", "clean", "up",
		"app crashes sometimes", "customers see an old balance after a transfer", "as discussed", "decide how we", "in all services", "everywhere", "do not touch auth", "because of the log",
		"add tests for x", "README.md", "a/x.go", "note:", "> quoted", "2026-01-02 10:00:00 ERROR", "\"", "rename", "to v2.1", "the bug", "fix", "???", "should return nil", "summarise the thread",
		"［scope：cross-service］", "domain: docs", "@@ -1 +1 @@", "panic: x", "not", "described in",
	}
}

// facts are compared part by part: none may shrink.
func shrunk(before, after Facts) string {
	lost := slices.DeleteFunc(slices.Clone(before.Domains), func(d task.Domain) bool { return slices.Contains(after.Domains, d) })
	quiet := slices.DeleteFunc(signalsOf(before), func(id string) bool { return slices.Contains(signalsOf(after), id) })
	switch {
	case len(lost) > 0:
		return fmt.Sprintf("lost the domains %v", lost)
	case len(quiet) > 0:
		return fmt.Sprintf("lost the signals %v", quiet)
	case after.Scope < before.Scope || after.Ambiguity < before.Ambiguity:
		return fmt.Sprintf("scope %s to %s, ambiguity %s to %s", before.Scope, after.Scope, before.Ambiguity, after.Ambiguity)
	case before.DeclaredHigh && !after.DeclaredHigh:
		return "lost what its author called unclear"
	case !before.Complete && after.Complete:
		return "became complete"
	}
	return ""
}

// toldTwice finds a hit with the signal and the place of another.
func toldTwice(f Facts) (Hit, bool) {
	seen := map[Hit]bool{}
	for _, h := range f.Hits {
		place := Hit{Signal: h.Signal, File: h.File, Line: h.Line}
		if seen[place] {
			return h, true
		}
		seen[place] = true
	}
	return Hit{}, false
}

func signalsOf(f Facts) []string {
	var ids []string
	for _, h := range f.Hits {
		ids = append(ids, h.Signal)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// TestFactsOnlyGrow adds files, second paths and sentences of anybody, and
// looks for a fact that shrinks. Sentences stand on lines of their own or
// beside others: a fence, a bracket or a cause must take nothing back.
func TestFactsOnlyGrow(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		in := paths(pick(r, growPaths()))
		in.Brief.Trusted = r.IntN(2) == 0
		in.Marks = marks("gen/** linguist-generated")
		if in.Brief.Trusted {
			in.Brief.Text = pick(r, growSentences())
		}
		if r.IntN(2) == 0 {
			in.Tree = []string{"go.mod", "a/go.mod"}
		}
		before := Measure(in)
		for range 6 {
			what := growInput(r, &in)
			after := Measure(in)
			if h, ok := toldTwice(after); ok {
				t.Fatalf("seed %d: %s: a second hit of %s at %q", seed, what, h.Signal, h.File)
			}
			if problem := shrunk(before, after); problem != "" {
				t.Fatalf("seed %d: %s %s\n%+v\n%+v\n%+v", seed, what, problem, in.Brief, before, after)
			}
			before = after
		}
	}
}

func growInput(r *rand.Rand, in *Input) string {
	said := pick(r, growSentences())
	switch r.IntN(6) {
	case 0:
		in.Change.Files = slices.Insert(in.Change.Files, r.IntN(len(in.Change.Files)+1), file(pick(r, growPaths())))
		return "a file"
	case 1:
		f := &in.Change.Files[r.IntN(len(in.Change.Files))]
		if f.OldPath == "" {
			f.OldPath, f.Path = f.Path, pick(r, growPaths())
		}
		return "a rename"
	case 2:
		in.Brief.Title = beside(r, in.Brief.Title, said)
	case 3:
		in.Brief.Body = beside(r, in.Brief.Body, said)
	case 4:
		if !in.Brief.Trusted {
			in.Brief.Text = beside(r, in.Brief.Text, said)
		}
	case 5:
		in.Change.Commits = append(in.Change.Commits, change.Commit{Subject: said})
	}
	return fmt.Sprintf("the words %q", said)
}

func beside(r *rand.Rand, text, said string) string {
	return pick(r, []string{said + "\n" + text, text + "\n" + said, said + " " + text, text + ". " + said})
}
