package signal

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tierwise/tierwise/internal/task"
)

// summaryOf writes what words gave: "docs; single-file; low; vague-words".
func summaryOf(f Facts) string {
	var domains []string
	for _, d := range f.Domains {
		domains = append(domains, string(d))
	}
	scope := "?"
	if f.Scope != 0 {
		scope = f.Scope.String()
	}
	signals := slices.DeleteFunc(signalsOf(f), func(id string) bool { return id == "security-words" || id == "schema-words" })
	return strings.TrimSuffix(strings.Join([]string{strings.Join(domains, " "), scope, f.Ambiguity.String(), strings.Join(signals, " ")}, "; "), "; ")
}

func TestWhatTheWordsOfABriefGive(t *testing.T) {
	t.Parallel()
	all := unclearBriefs()
	maps.Copy(all, clearBriefs())
	for name, list := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, c := range list {
				if diff := cmp.Diff(c.want, summaryOf(Measure(brief(c.brief, true)))); diff != "" {
					t.Errorf("%q:\n%s", c.brief, diff)
				}
			}
		})
	}
}

// TestAnybodysWordsRaiseAtLeastAsMuch: what an untrusted brief says adds what
// a trusted one would need a strong model for, and founds nothing.
func TestAnybodysWordsRaiseAtLeastAsMuch(t *testing.T) {
	t.Parallel()
	for _, list := range unclearBriefs() {
		for _, c := range list {
			trusted, anybody := Measure(brief(c.brief, true)), Measure(brief(c.brief, false))
			if !anybody.Founded.Empty() || anybody.Ambiguity < task.Medium {
				t.Errorf("%q founded %+v, ambiguity %s", c.brief, anybody.Founded, anybody.Ambiguity)
			}
			for _, id := range signalsOf(trusted) {
				if id != "vague-words" && !slices.Contains(signalsOf(anybody), id) {
					t.Errorf("%q: %s is lost", c.brief, id)
				}
			}
		}
	}
}

func TestTheInferredAnnotationIsShownOfAnybody(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]task.Annotation{
		"fix the typo in README.md":                   {Scope: task.SingleFile, Domains: []task.Domain{task.Docs}, Ambiguity: task.Medium},
		"move the linter from 8.1 to 8.2":             {Domains: []task.Domain{task.Config}, Ambiguity: task.Medium},
		"rename Foo to Bar in pkg/x.go":               {Scope: task.SingleFile, Domains: []task.Domain{task.Refactor}, Ambiguity: task.Medium},
		"add tests for parseDate covering leap years": {Domains: []task.Domain{task.Tests}, Ambiguity: task.Medium},
		"fix the auth bug":                            {Domains: []task.Domain{task.Security}, Ambiguity: task.High},
	} {
		f := Measure(brief(text, false))
		if diff := cmp.Diff(want, f.Inferred); diff != "" || !f.Founded.Empty() {
			t.Errorf("%q:\n%s", text, diff)
		}
	}
}

func TestATrustedBriefFoundsOnlyWhereNothingHasChanged(t *testing.T) {
	t.Parallel()
	want := task.Annotation{Scope: task.SingleFile, Domains: []task.Domain{task.Docs}, Ambiguity: task.Low}
	if diff := cmp.Diff(want, Measure(brief("fix the typo in README.md", true)).Founded); diff != "" {
		t.Error(diff)
	}
	in := paths("a.go", "b.go")
	in.Brief = brief("fix the typo in README.md", true).Brief
	f := Measure(in)
	want = task.Annotation{Scope: task.MultiFile, Domains: []task.Domain{task.Feature}, Ambiguity: task.Low}
	if diff := cmp.Diff(want, f.Founded); diff != "" || !slices.Equal(f.Domains, []task.Domain{task.Docs, task.Feature}) {
		t.Errorf("%v\n%s", f.Domains, diff)
	}
	if f := Measure(brief("customers see an old balance", true)); !f.Founded.Empty() {
		t.Errorf("a brief without a domain founded %+v", f.Founded)
	}
}

func TestATitleIsABriefOnlyBeforeAChange(t *testing.T) {
	t.Parallel()
	const text = "Investigate why the export fails sometimes in every service"
	want := []string{"broad-request", "no-stated-cause", "open-question"}
	if diff := cmp.Diff(want, signalsOf(Measure(title(text)))); diff != "" {
		t.Error(diff)
	}
	in := paths("a.go")
	in.Brief.Title = text
	if diff := cmp.Diff([]string{"code"}, signalsOf(Measure(in))); diff != "" {
		t.Error(diff)
	}
}

// BenchmarkLongBrief shows that a hostile text of 1 MiB costs what a plain one
// costs: no piece is far slower than the first.
func BenchmarkLongBrief(b *testing.B) {
	for _, piece := range []string{"plain words that say little ", "fix the bug in all of the ", "`", "x/y.go ", "[scope:", "customer balance "} {
		b.Run(piece, func(b *testing.B) {
			in := brief(strings.Repeat(piece, 1<<20/len(piece)), false)
			for b.Loop() {
				Measure(in)
			}
		})
	}
}

func FuzzBrief(f *testing.F) {
	for _, list := range clearBriefs() {
		for _, c := range list {
			f.Add(c.brief, "WIP")
		}
	}
	f.Fuzz(func(t *testing.T, text, more string) {
		Measure(brief(text, true))
		before := Measure(brief(text, false))
		for _, words := range []string{text + "\n" + more, more + "\n" + text} {
			if problem := shrunk(before, Measure(brief(words, false))); problem != "" {
				t.Errorf("%q added to %q %s", more, text, problem)
			}
		}
	})
}

func TestOneLooseWordBesideAChangeIsAMannerOfSpeaking(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		brief task.Brief
		want  task.Ambiguity
	}{
		"a trusted brief":                {task.Brief{Text: "improve the guide", Trusted: true}, task.Low},
		"a trusted brief with two words": {task.Brief{Text: "improve the guide and tidy it", Trusted: true}, task.High},
		"a title":                        {task.Brief{Title: "improve the guide"}, task.Medium},
	} {
		in := paths("docs/guide.md")
		in.Brief = tt.brief
		if got := Measure(in).Ambiguity; got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}
