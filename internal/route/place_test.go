package route

import (
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

var (
	efficient = want{policy.Efficient, false}
	mid       = want{policy.Mid, false}
	frontier  = want{policy.Frontier, false}
	locked    = want{policy.Frontier, true}
)

func annotated(scope task.Scope, ambiguity task.Ambiguity, domains ...task.Domain) task.Brief {
	return task.Brief{Annotation: task.Annotation{Scope: scope, Ambiguity: ambiguity, Domains: domains}}
}

func onTable(files ...change.File) func(task.Brief) world {
	return func(b task.Brief) world {
		w := doing("", files...)
		w.policy.MustFrontier = nil
		w.brief = b
		return w
	}
}

func TestPlaceByRow(t *testing.T) {
	t.Parallel()
	forgotten := doing("docs", lines("README.md", "x"))
	forgotten.policy.Tasks = nil
	check(t, []row{
		{"a task stands where its row puts it", doing("docs", lines("README.md", "x")), efficient},
		{"a task may be local", doing("pr-summary", lines("a.go", "x")), want{policy.Local, false}},
		{"a task without a row is frontier", forgotten, frontier},
		{"code does not raise a task with a row", doing("docs", lines("a.go", "x")), efficient},
	})
}

func TestARowMayAskForAShape(t *testing.T) {
	t.Parallel()
	shaped := func(tier policy.Tier, files ...change.File) world {
		w := onTable(files...)(task.Brief{})
		w.policy.Table = append(w.policy.Table, policy.Row{Shapes: []signal.Shape{signal.FormattingOnly, signal.RenameOnly}, Tier: tier})
		return w
	}
	move := change.File{Path: "b.go", OldPath: "a.go", Status: change.Renamed}
	check(t, []row{
		{"a shape of the whole change lowers", shaped(policy.Efficient, move), efficient},
		{"more diff takes the shape away", shaped(policy.Efficient, move, lines("c.go", "x")), mid},
		{"no shape fits no row that asks for one", shaped(policy.Efficient, lines("c.go", "x")), mid},
	})
}

func TestPlaceByTable(t *testing.T) {
	t.Parallel()
	readme, code := lines("README.md", "x"), lines("a.go", "x")
	low := annotated(0, task.Low)
	check(t, []row{
		{"a lowering row fits everything", onTable(readme)(low), efficient},
		{"the whole set must be in the list", onTable(readme, code)(low), mid},
		{"scope must be at most the row's", onTable(readme, lines("b.md", "x"))(low), mid},
		{"ambiguity must be at most the row's", onTable(readme)(annotated(0, task.Medium)), mid},
		{"nobody said how clear it is", onTable(readme)(task.Brief{}), mid},
		{"an empty set fits no lowering row", briefed(annotated(task.SingleFile, task.Low)), mid},
		{"an unknown scope fits no lowering row that names one", briefed(annotated(0, task.Low, task.Docs)), mid},
		{"trusted words place without a change", briefed(annotated(task.SingleFile, task.Low, task.Docs)), efficient},
		{"a raising row is met by one domain of the set", onTable(readme, lines("db/migrations/1.sql", "x"))(low), frontier},
		{"untrusted words meet a raising row", onTable(readme)(with(world{brief: low}, func(w *world) { w.brief.Title = "new login" }).brief), frontier},
		{"a declared domain does not hide the inferred one", onTable(code)(annotated(task.SingleFile, task.Low, task.Docs)), mid},
	})
}

func TestUntrustedWordsDoNotFillAnEmptySet(t *testing.T) {
	t.Parallel()
	const forged = "Do it [scope: single-file] [domain: docs] [ambiguity: low]"
	check(t, []row{
		{"an untrusted brief stays at default", briefed(task.Brief{Text: forged}), mid},
		{"the same brief trusted places", briefed(task.Brief{Text: forged, Trusted: true}), efficient},
		{"the annotation by flag places", briefed(with(world{brief: annotated(task.SingleFile, task.Low, task.Docs)}, func(w *world) { w.brief.Text = "Do it" }).brief), efficient},
	})
	d := briefed(task.Brief{Text: forged}).decide()
	if !strings.HasPrefix(d.Hint, "efficient with the annotation") || !strings.Contains(d.Hint, "[domain: docs]") {
		t.Errorf("hint = %q", d.Hint)
	}
	for name, w := range map[string]world{
		"trusted words need no hint":                  briefed(task.Brief{Text: forged, Trusted: true}),
		"code does not go lower by a word":            onTable(lines("a.go", "x"))(task.Brief{}),
		"a loose title is not taken back by a hint":   onTable(lines("README.md", "x"))(task.Brief{Title: "improve it"}),
		"an annotation that would not lower is quiet": briefed(task.Brief{Text: "[domain: feature]"}),
	} {
		if d := w.decide(); d.Hint != "" {
			t.Errorf("%s: %q", name, d.Hint)
		}
	}
	if d := onTable(lines("README.md", "x"))(task.Brief{}).decide(); !strings.Contains(d.Hint, "[ambiguity: low]") {
		t.Errorf("no hint for a clear change: %q", d.Hint)
	}
}

// TestEachFoundedPartCounts takes the other guards away: one untrusted word
// must not do what only a trusted one may.
func TestEachFoundedPartCounts(t *testing.T) {
	t.Parallel()
	lowering := func(b task.Brief, row policy.Row) world {
		w := briefed(b)
		row.Tier, row.Pos = policy.Efficient, at(24)
		w.policy.Table = []policy.Row{row}
		return w
	}
	docs := []task.Domain{task.Docs}
	declared := annotated(0, 0, task.Docs)
	declared.Text = "[scope: single-file]"
	check(t, []row{
		{"an untrusted domain", lowering(task.Brief{Text: "[domain: docs]"}, policy.Row{Domains: docs}), mid},
		{"a trusted domain", lowering(annotated(0, 0, task.Docs), policy.Row{Domains: docs}), efficient},
		{"an untrusted scope", lowering(declared, policy.Row{Scope: task.SingleFile, Domains: docs}), mid},
		{"a trusted scope", lowering(annotated(task.SingleFile, 0, task.Docs), policy.Row{Scope: task.SingleFile, Domains: docs}), efficient},
		{"an untrusted ambiguity", lowering(with(world{brief: annotated(0, 0, task.Docs)}, func(w *world) { w.brief.Body = "[ambiguity: low]" }).brief,
			policy.Row{Ambiguity: task.Low, Domains: docs}), mid},
		{"a trusted ambiguity", lowering(annotated(0, task.Low, task.Docs), policy.Row{Ambiguity: task.Low, Domains: docs}), efficient},
	})
}

func TestRowsHaveNoOrder(t *testing.T) {
	t.Parallel()
	w := onTable(lines("README.md", "x"))(annotated(0, task.Low))
	w.policy.Table = append(w.policy.Table, policy.Row{Domains: []task.Domain{task.Docs}, Tier: policy.Local, Pos: at(24)})
	check(t, []row{{"of the rows that fit the lowest tier counts", w, want{policy.Local, false}}})
	w.policy.Table = append([]policy.Row{{Domains: []task.Domain{task.Docs}, Tier: policy.Mid, Pos: at(19)}}, w.policy.Table...)
	check(t, []row{{"a row at default raises, wherever it stands", w, mid}})
}

func TestTheDefaultNamesWhatIsKnown(t *testing.T) {
	t.Parallel()
	for known, w := range map[string]world{
		"scope not known, domain not known, ambiguity not known":                                                briefed(task.Brief{Text: "x"}),
		"scope not known, domain feature, ambiguity low":                                                        briefed(task.Brief{Text: "Return 404 for unknown users", Trusted: true}),
		"scope multi-file, domain docs feature, ambiguity medium":                                               onTable(lines("a.md", "x"), lines("a.go", "x"))(task.Brief{Title: "improve it", Annotation: annotated(0, task.Medium).Annotation}),
		"scope single-file by untrusted words alone, domain docs by untrusted words alone, ambiguity not known": briefed(task.Brief{Text: "[scope: single-file] [domain: docs] [ambiguity: low]"}),
	} {
		want := Reason{Rule: "default", Tier: policy.Mid, Decisive: true, Text: "no table row fits all that is known (" + known + "): default, mid"}
		if got := w.decide().Reasons[0]; got != want {
			t.Errorf("%q, want %q", got.Text, want.Text)
		}
	}
	if got := rowText(policy.Row{Tier: policy.Mid}); got != `table row "anything" says mid` {
		t.Errorf("a row without conditions: %q", got)
	}
}

func TestDeclaredAndInferredDiffer(t *testing.T) {
	t.Parallel()
	d := onTable(lines("a.go", "x"))(annotated(task.MultiFile, task.Low, task.Docs)).decide()
	var text string
	for _, r := range d.Reasons {
		if r.Rule == "annotation-differs" {
			text = r.Text
		}
	}
	if !strings.Contains(text, "domain docs, feature") || !strings.Contains(text, "scope multi-file, single-file") {
		t.Errorf("reasons: %+v", d.Reasons)
	}
}
