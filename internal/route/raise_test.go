package route

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

func titled(w world, title string) world {
	w.brief.Title = title
	return w
}

func cutShort(w world) world {
	w.change.Incomplete = []string{"2 files were listed, the pull request has 9"}
	return w
}

func removing(path, text string) change.File {
	f := lines(path, text)
	l := &f.Hunks[0].Lines[0]
	l.Op, l.OldLine, l.NewLine = change.Delete, l.NewLine, 0
	return f
}

func context(path, text string) change.File {
	f := lines(path, text)
	f.Hunks[0].Lines[0].Op = change.Context
	return f
}

func TestMustFrontier(t *testing.T) {
	t.Parallel()
	plain := lines("a.go", "x")
	moved := change.File{Path: "new/x.go", OldPath: "auth/x.go", Status: change.Renamed}
	withheld := change.File{Path: "big.go", Status: change.Modified, Withheld: true, Additions: 9}
	check(t, []row{
		{"nothing hits", doing("docs", plain), efficient},
		{"a path hits", doing("docs", plain, lines("src/auth/x.go", "x")), locked},
		{"letter case does not hide a path", doing("docs", lines("src/Auth/x.go", "x")), locked},
		{"the old path of a rename hits", doing("docs", moved), locked},
		{"an added line hits", doing("docs", lines("a.go", "x", "use JWT here")), locked},
		{"a removed line hits", doing("docs", removing("a.go", "use jwt")), locked},
		{"a line of context does not", doing("docs", context("a.go", "use jwt")), efficient},
		{"a signal hits", doing("docs", lines("db/migrations/1.sql", "x")), locked},
		{"a withheld patch hits every content rule", doing("docs", withheld), locked},
		{"a pure rename does not", doing("docs", change.File{Path: "b.go", OldPath: "a.go", Status: change.Renamed}), efficient},
		{"an image does not", doing("docs", change.File{Path: "a.png", Withheld: true, Binary: true}), efficient},
		{"code under an image's name does", doing("docs", lines("a.png", "jwt")), locked},
		{"a task that tells is not reached", doing("pr-summary", lines("auth/x.go", "jwt")), want{1, false}},
		{"an entry's tasks widen it to a task that tells", doing("changelog", lines("sso/x.go", "x")), locked},
		{"an entry's tasks narrow it", doing("docs", lines("sso/x.go", "x")), efficient},
		{"an entry reaches a brief of unknown kind", onTableAll(lines("sso/x.go", "x")), locked},
		{"an image in a change cut short hits", cutShort(doing("docs", change.File{Path: "a.png", Withheld: true})), locked},
		{"a bare rename in a change cut short hits", cutShort(doing("docs", change.File{Path: "b.go", OldPath: "a.go", Status: change.Renamed})), locked},
	})
}

func TestDocsOfAChangedInterfaceAreMid(t *testing.T) {
	t.Parallel()
	gone := removing("list.go", "func Sort(names []string) []string {")
	check(t, []row{
		{"the docs task", doing("docs", gone, lines("README.md", "x")), mid},
		{"another task", doing("tests", gone, lines("README.md", "x")), efficient},
		{"an interface that stays", doing("docs", lines("list.go", "x := 1"), lines("README.md", "x")), efficient},
	})
}

func onTableAll(files ...change.File) world { return doing("", files...) }

func TestAHitNamesItsPlace(t *testing.T) {
	t.Parallel()
	d := doing("docs", lines("login.go", "x", "x", "parse the jwt")).decide()
	want := Reason{
		Rule: "must-frontier/auth", Tier: 4, Lock: true, Decisive: true, Policy: at(30), File: "login.go", Line: 12,
		Text: `auth: login.go:12 adds a line that matches (?i)\bjwt\b: a wrong check lets people in`,
	}
	if !slices.Contains(d.Reasons, want) {
		t.Errorf("reasons: %+v", d.Reasons)
	}
	if d.Counter != "efficient without login.go:12" {
		t.Errorf("counterfactual: %q", d.Counter)
	}
	d = doing("docs", removing("login.go", "jwt")).decide()
	if !strings.Contains(d.Reasons[1].Text, "removes a line") || d.Reasons[1].Line != 10 {
		t.Errorf("reasons: %+v", d.Reasons)
	}
}

func TestHitsAreBoundedAndCounted(t *testing.T) {
	t.Parallel()
	var files []change.File
	for i := range 120 {
		files = append(files, lines(fmt.Sprintf("auth/%d.go", i), "x"))
	}
	d := doing("docs", files...).decide()
	if n := len(d.Reasons); n != 1+maxShown+1 {
		t.Errorf("%d reasons", n)
	}
	if last := d.Reasons[len(d.Reasons)-1]; last.Text != "auth: and 70 more hits" || !last.Lock {
		t.Errorf("last reason: %+v", last)
	}
	if d.Counter != "efficient without auth/0.go, auth/1.go, auth/2.go, 48 more" {
		t.Errorf("counterfactual: %q", d.Counter)
	}
}

func TestCriticalPath(t *testing.T) {
	t.Parallel()
	byRow := doing("changelog", lines("a.go", "x"))
	byRow.policy.Tasks[1].CriticalPath = true
	check(t, []row{
		{"a task that judges", doing("code-review", lines("README.md", "x")), locked},
		{"a task that the policy puts there", byRow, locked},
	})
	if d := doing("code-review", lines("README.md", "x")).decide(); d.Catch.Asked || d.Catch.Text != "critical path" {
		t.Errorf("catch: %+v", d.Catch)
	}
}

func TestAmbiguityRaises(t *testing.T) {
	t.Parallel()
	declared := doing("docs", lines("README.md", "x"))
	declared.brief = annotated(0, task.High)
	check(t, []row{
		{"declared high locks", declared, locked},
		{"an untrusted annotation that says high locks", titled(doing("docs", lines("README.md", "x")), "[ambiguity: high]"), locked},
		{"a vague title raises and binds nobody", titled(doing("docs", lines("README.md", "x")), "wip"), frontier},
		{"it reaches a task that tells", titled(doing("changelog", lines("README.md", "x")), "wip"), frontier},
		{"a loose title does nothing to a task with a row", titled(doing("docs", lines("README.md", "x")), "improve it"), efficient},
	})
}

func onlySignal(id string) func(*world) {
	return func(w *world) {
		w.policy.MustFrontier = []policy.MustFrontier{{ID: "unread", Signals: []string{id}, Pos: at(30)}}
	}
}

func TestIncompleteChange(t *testing.T) {
	t.Parallel()
	judge := cutShort(doing("code-review", lines("a.go", "x")))
	check(t, []row{
		{"mid at least for a task that writes", cutShort(doing("docs", lines("README.md", "x"))), mid},
		{"mid at least for a task that tells", cutShort(doing("pr-summary", lines("README.md", "x"))), mid},
		{"frontier for a task that judges", judge, locked},
		{"mid at least for a brief", cutShort(briefed(annotated(task.SingleFile, task.Low, task.Docs))), mid},
		{"a brief whose change was cut short, and no files", with(cutShort(briefed(task.Brief{Text: "x"})), onlySignal("incomplete-change")), locked},
	})
	for _, r := range judge.decide().Reasons {
		if r.Rule == "incomplete-change" && r.Tier != 4 {
			t.Errorf("reason: %+v", r)
		}
	}
}
