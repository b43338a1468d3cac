package signal

import (
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

func title(text string) Input { return Input{Brief: task.Brief{Title: text}} }

func body(text string) Input { return Input{Brief: task.Brief{Body: text}} }

func cut(reasons ...string) Input {
	in := paths("a.go")
	in.Change.Incomplete = reasons
	return in
}

func withMarks(in Input, attributes string) Input {
	in.Marks = marks(attributes)
	return in
}

// cases has at least one input that fires each signal, and one that does not.
func cases() map[string]struct{ fires, quiet []Input } {
	return map[string]struct{ fires, quiet []Input }{
		"code":              {[]Input{paths("a.go"), of(renamed("a.go", "a.md"))}, []Input{paths("a.md", "a_test.go")}},
		"configuration":     {[]Input{paths("a.yml"), paths("CLAUDE.md")}, []Input{paths("a.go")}},
		"documentation":     {[]Input{paths("a.md"), of(renamed("a.md", "a.go"))}, []Input{paths("AGENTS.md")}},
		"generated":         {[]Input{withMarks(paths("gen/a.go"), "gen/** linguist-generated")}, []Input{paths("gen/a.pb.go")}},
		"incomplete-change": {[]Input{cut("3000 files were listed")}, []Input{paths("a.go")}},
		"lock-file":         {[]Input{paths("go.sum")}, []Input{paths("go.mod")}},
		"migration":         {[]Input{paths("db/migrations/1.sql"), of(renamed("db/migrations/1.sql", "old/1.txt"))}, []Input{paths("docs/migrations.md")}},
		"policy-change":     {[]Input{paths(policyPath), of(renamed(policyPath, "old.yml"))}, []Input{paths("other/" + policyPath)}},
		"schema-words":      {[]Input{title("Add a column to users"), body("DROP the users TABLE"), body("alter table x")}, []Input{title("Move the table of contents"), title("")}},
		"security-words": {
			[]Input{title("fix: auth bypass"), body("see CVE-2026-1234"), title("Login page"), title("LOG IN"), body("tokens")},
			[]Input{title("the author of the blog"), title("recrypt"), title("")},
		},
		"test": {[]Input{paths("a_test.go")}, []Input{paths("latest.go")}},
		"vague-words": {
			[]Input{title("WIP"), title("make it work somehow"), title("improve the parser"), title("Fix the login bug"), {Brief: task.Brief{Text: "tidy  up"}}},
			[]Input{title("Swap wiping order"), body("somehow"), title("Return 404 for unknown users")},
		},
		"vendored":       {[]Input{withMarks(paths("lib/a.go"), "lib/** linguist-vendored")}, []Input{paths("vendor/a.go")}},
		"withheld-patch": {[]Input{of(change.File{Path: "a.go", Withheld: true, Additions: 5000})}, []Input{of(change.File{Path: "a.png", Withheld: true}), paths("a.go")}},
		"workflow":       {[]Input{paths(".github/workflows/ci.yml")}, []Input{paths("docs/workflows.yml")}},
	}
}

func TestEverySignalFiresAndStaysQuiet(t *testing.T) {
	t.Parallel()
	table := cases()
	for _, s := range All() {
		c, ok := table[s.ID]
		if !ok || len(c.fires) == 0 || len(c.quiet) == 0 {
			t.Errorf("%s: no firing or no quiet case", s.ID)
		}
		for i, in := range c.fires {
			hits := s.Fire(in)
			if len(hits) == 0 {
				t.Errorf("%s: case %d does not fire", s.ID, i)
			}
			for _, h := range hits {
				if h.Signal != s.ID || h.Text == "" {
					t.Errorf("%s: hit %+v", s.ID, h)
				}
			}
		}
		for i, in := range c.quiet {
			if hits := s.Fire(in); len(hits) != 0 {
				t.Errorf("%s: quiet case %d fires: %+v", s.ID, i, hits)
			}
		}
	}
	if len(table) != len(All()) {
		t.Errorf("%d cases for %d signals", len(table), len(All()))
	}
}

func TestTheListIsInOrderAndDocumented(t *testing.T) {
	t.Parallel()
	kebab := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	var ids []string
	for _, s := range All() {
		ids = append(ids, s.ID)
		if !kebab.MatchString(s.ID) || s.Summary == "" || s.Why == "" || s.Fix == "" || len(s.Needs) == 0 || s.Fire == nil {
			t.Errorf("%s is not documented in full", s.ID)
		}
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(ids)))
	if diff := cmp.Diff(sorted, ids); diff != "" {
		t.Errorf("not sorted, or not unique:\n%s", diff)
	}
	if len(Adds("workflow")) != 2 || Adds("no-such-signal") != nil {
		t.Error("Adds does not give the domains of a signal")
	}
}

func TestClassesAndSignalsAreOneList(t *testing.T) {
	t.Parallel()
	for _, class := range byRisk() {
		if !slices.ContainsFunc(All(), func(s Signal) bool { return s.ID == string(class) }) {
			t.Errorf("class %s has no signal", class)
		}
	}
}
