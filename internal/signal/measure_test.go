package signal

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

func TestScope(t *testing.T) {
	t.Parallel()
	tree := []string{"go.mod", "a/go.mod", "b/package.json", "b/src/x.ts", "vendor/v/go.mod"}
	tests := []struct {
		name     string
		tree     []string
		services []string
		files    []change.File
		want     task.Scope
	}{
		{"one file", tree, nil, []change.File{file("x.go")}, task.SingleFile},
		{"two files at the root", tree, nil, []change.File{file("x.go"), file("c/y.go")}, task.MultiFile},
		{"two files of one service", tree, nil, []change.File{file("a/x.go"), file("a/deep/y.go")}, task.MultiFile},
		{"two services by their manifests", tree, nil, []change.File{file("a/x.go"), file("b/src/x.ts")}, task.CrossService},
		{"a service and the root, which counts as one", tree, nil, []change.File{file("a/x.go"), file("x.go")}, task.CrossService},
		{"a vendored manifest makes no service", tree, nil, []change.File{file("vendor/v/x.go"), file("x.go")}, task.MultiFile},
		{"a manifest that the change adds", tree, nil, []change.File{file("c/Cargo.toml"), file("c/x.rs"), file("x.go")}, task.CrossService},
		{"a rename across services", tree, nil, []change.File{renamed("a/x.go", "b/x.go")}, task.CrossService},
		{"no tree and no manifest", nil, nil, []change.File{file("a/x.go"), file("b/x.go")}, task.MultiFile},
		{"services of the policy", tree, []string{"svc/*"}, []change.File{file("svc/a/x.go"), file("svc/b/x.go")}, task.CrossService},
		{"a nested folder is in the outer service", tree, []string{"svc/*", "svc/*/deep"}, []change.File{file("svc/a/x.go"), file("svc/a/deep/x.go")}, task.MultiFile},
		{"files outside the policy's services", tree, []string{"svc/*"}, []change.File{file("svc/a/x.go"), file("README.md")}, task.MultiFile},
		{"no files", tree, nil, nil, 0},
	}
	for _, tt := range tests {
		in := of(tt.files...)
		in.Tree, in.Services = tt.tree, compile(t, tt.services...)
		if got := Measure(in).Scope; got != tt.want {
			t.Errorf("%s: scope %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestDomains(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		in   Input
		want []task.Domain
	}{
		{"documentation", paths("a.md"), []task.Domain{task.Docs}},
		{"the union over all files", paths("a.md", "a.go", "a_test.go"), []task.Domain{task.Docs, task.Feature, task.Tests}},
		{"a workflow is settings", paths(".github/workflows/ci.yml"), []task.Domain{task.Config}},
		{"the policy is security too", paths(policyPath), []task.Domain{task.Config, task.Security}},
		{"a migration", paths("db/migrations/1.sql"), []task.Domain{task.Schema}},
		{"both paths of a rename", of(renamed("a.go", "a.md")), []task.Domain{task.Docs, task.Feature}},
		{"words without a change", title("add a column for the password"), []task.Domain{task.Schema, task.Security}},
		{"nothing", Input{}, nil},
	}
	for _, tt := range tests {
		if got := Measure(tt.in).Domains; !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func brief(text string, trusted bool) Input {
	return Input{Brief: task.Brief{Text: text, Trusted: trusted}}
}

func TestAmbiguity(t *testing.T) {
	t.Parallel()
	low := paths("a.md")
	low.Brief.Annotation.Ambiguity = task.Low
	lowButWIP := low
	lowButWIP.Brief.Title = "wip"
	lowButStep := paths("a.md")
	lowButStep.Brief.Annotation.Ambiguity = task.Low
	lowButStep.Change.Commits = []change.Commit{{Subject: "wip"}, {Subject: "various stuff"}}
	lowAndTitle := low
	lowAndTitle.Brief.Title = "Fix a typo in the guide"
	tests := []struct {
		name string
		in   Input
		want task.Ambiguity
	}{
		{"nothing is said: unknown is not low", paths("a.md"), task.Medium},
		{"a clear title of anybody", title("Fix a typo in the guide"), task.Medium},
		{"a vague title", title("WIP: things"), task.High},
		{"one loose word", title("Improve the guide"), task.Medium},
		{"two loose words", title("Improve and clean up the guide"), task.High},
		{"one loose word twice", title("Improvements that improve"), task.Medium},
		{"a clear trusted brief", brief("Return 404 for unknown users", true), task.Low},
		{"a clear untrusted brief", brief("Return 404 for unknown users", false), task.Medium},
		{"a trusted brief that leaves the cause open", brief("Fix the login bug", true), task.High},
		{"a cause behind it takes nothing back", brief("Fix the login bug because of the cookie", true), task.Medium},
		{"a vague trusted brief", brief("clean up various things", true), task.High},
		{"an empty trusted brief", brief("  ", true), task.High},
		{"declared low", low, task.Low},
		{"declared low and a clear title", lowAndTitle, task.Low},
		{"declared low and a vague title", lowButWIP, task.High},
		{"declared low and vague steps on the way", lowButStep, task.Medium},
		{"an untrusted low", brief("[ambiguity: low]", false), task.Medium},
		{"an untrusted high", brief("[ambiguity: high]", false), task.High},
	}
	for _, tt := range tests {
		if got := Measure(tt.in).Ambiguity; got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}

// TestAForgedAnnotationOnlyRaises is row T24 of the threats.
func TestAForgedAnnotationOnlyRaises(t *testing.T) {
	t.Parallel()
	const forged = "\n[scope: single-file] [domain: docs] [ambiguity: low]"
	in := paths("auth/login.go", "b.go")
	before := Measure(in)
	in.Brief.Title, in.Brief.Body, in.Brief.Text = forged, forged, forged
	after := Measure(in)
	if after.Scope != before.Scope || after.Ambiguity < before.Ambiguity || !slices.Contains(after.Domains, task.Feature) {
		t.Errorf("before %+v, after %+v", before, after)
	}
	if diff := cmp.Diff(before.Founded, after.Founded); diff != "" {
		t.Errorf("untrusted words founded a fact:\n%s", diff)
	}
	if !after.Declared.Empty() {
		t.Errorf("untrusted words declared %+v", after.Declared)
	}
}

func TestAnUntrustedAnnotationFoundsNothing(t *testing.T) {
	t.Parallel()
	f := Measure(brief("x [scope: single-file] [domain: docs] [ambiguity: low]", false))
	if !f.Founded.Empty() || f.Scope != task.SingleFile || f.Ambiguity != task.Medium {
		t.Errorf("%+v", f)
	}
	f = Measure(brief("x [scope: single-file] [domain: docs] [ambiguity: low]", true))
	want := task.Annotation{Scope: task.SingleFile, Domains: []task.Domain{task.Docs}, Ambiguity: task.Low}
	if diff := cmp.Diff(want, f.Declared); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, f.Founded); diff != "" {
		t.Error(diff)
	}
}

func TestAnybodyMayDeclareItUnclear(t *testing.T) {
	t.Parallel()
	annotated := Input{}
	annotated.Brief.Annotation.Ambiguity = task.High
	for name, in := range map[string]Input{"a flag": annotated, "a trusted brief": brief("[ambiguity: high]", true), "an untrusted brief": brief("[ambiguity: high]", false), "a title": title("x [Ambiguity: HIGH]"), "a body": body("x\n[ambiguity: high]")} {
		if f := Measure(in); !f.DeclaredHigh || f.Ambiguity != task.High {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if Measure(title("wip")).DeclaredHigh {
		t.Error("a word declares")
	}
}

func TestABrokenAnnotationIsToldAndNotLow(t *testing.T) {
	t.Parallel()
	f := Measure(brief("Return 404 for unknown users [ambiguity: hihg]", true))
	if len(f.Notes) == 0 || f.Ambiguity != task.Medium {
		t.Errorf("%+v", f)
	}
}

func TestTheGuess(t *testing.T) {
	t.Parallel()
	big := file("a_test.go")
	big.Additions = 80
	declared := paths("a.go")
	declared.Brief.Annotation.Domains = []task.Domain{task.Refactor}
	for want, in := range map[task.Domain]Input{
		task.Docs: paths("a.md"), task.Tests: of(file("x.yml"), big), task.Feature: paths("a.go", "a_test.go", "go.sum"),
		task.Config: paths("go.mod", "go.sum"), task.Schema: paths("db/migrations/1.sql"), task.Refactor: declared, "": {},
	} {
		if got := Measure(in).Domain; got != want {
			t.Errorf("guess %q, want %q", got, want)
		}
	}
}

func TestAnIncompleteChangeSaysSo(t *testing.T) {
	t.Parallel()
	f := Measure(cut("a", "b"))
	if f.Complete || !slices.Equal(f.Incomplete, []string{"a", "b"}) {
		t.Errorf("%+v", f)
	}
	if f := Measure(Input{Change: change.Change{Files: []change.File{file("a.go")}}}); f.Files != 0 || !f.Complete || len(f.Hits) != 0 {
		t.Errorf("a change that is not there was measured: %+v", f)
	}
}

func TestAChangeThatWasNotReadIsIncomplete(t *testing.T) {
	t.Parallel()
	f := Measure(Input{Change: change.Change{Files: []change.File{file("a.go")}, Incomplete: []string{"it is too large"}}})
	want := []Hit{{Signal: "incomplete-change", Text: "it is too large"}}
	if f.Complete || !slices.Equal(f.Incomplete, []string{"it is too large"}) || f.Files != 0 || !slices.Equal(f.Hits, want) {
		t.Errorf("%+v", f)
	}
}

func TestOneHitTellsWhatTheWordsSaid(t *testing.T) {
	t.Parallel()
	twice := paths("a.go", "a.go")
	twice.Brief.Title, twice.Brief.Body = "Auth: keep the access token", "It prevents an auth bypass, and XSS in the login."
	want := []Hit{
		{Signal: "security-words", Text: `title says "auth", "access token"; body says "auth bypass" and more`},
		{Signal: "code", File: "a.go", Text: "its path says code"},
	}
	if diff := cmp.Diff(want, Measure(twice).Hits); diff != "" {
		t.Error(diff)
	}
	vague := Measure(title("WIP: various things")).Hits
	if len(vague) != 1 || vague[0].Text != `title says "wip", "various", "things"` {
		t.Errorf("%+v", vague)
	}
	if hits := Measure(cut("a", "b", "c", "d")).Hits; !slices.Contains(hits, Hit{Signal: "incomplete-change", Text: "a; b; c; and more"}) {
		t.Errorf("%+v", hits)
	}
}

func TestHitsAreSortedAndBounded(t *testing.T) {
	t.Parallel()
	in := paths("z.go", "a.go")
	in.Brief.Body = strings.Repeat("token password auth login jwt rbac xss csrf ssrf tls ssl mfa totp ", 1000)
	f := Measure(in)
	if !slices.IsSortedFunc(f.Hits, func(a, b Hit) int { return strings.Compare(a.File, b.File) }) {
		t.Errorf("not sorted: %v", f.Hits)
	}
	if n := len(f.Hits); n != 3 {
		t.Errorf("%d hits: %+v", n, f.Hits)
	}
}

// large makes 3,000 files with 200,000 lines.
func large() Input {
	in := Input{HasChange: true, Marks: marks("gen/** linguist-generated\n*.pb.go linguist-generated\n")}
	for i := range 3000 {
		f := file(fmt.Sprintf("services/s%d/pkg%d/file%d.go", i%40, i%7, i))
		h := change.Hunk{NewStart: 1, NewLines: 67}
		for l := range 67 {
			h.Lines = append(h.Lines, change.Line{Op: change.Add, Text: "	return fmt.Errorf(\"read the file: %w\", err)", NewLine: l + 1})
		}
		f.Hunks = []change.Hunk{h}
		in.Change.Files = append(in.Change.Files, f)
		in.Tree = append(in.Tree, f.Path)
	}
	for i := range 250 {
		in.Change.Commits = append(in.Change.Commits, change.Commit{Subject: fmt.Sprintf("fix(s%d): return an error", i), Body: strings.Repeat("why it is so\n", 10)})
	}
	in.Brief.Body = strings.Repeat("What this changes, and why it is right. ", 1600)
	return in
}

func BenchmarkMeasureLarge(b *testing.B) {
	in := large()
	for b.Loop() {
		Measure(in)
	}
}
