package report

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// facts are what was measured. Tasks that saw the same are told together.
func (s Session) facts(limit int) string {
	b := newBounded(limit)
	s.grouped(b, func(r dispatch.Result) []string { return []string{factWords(r.Decision.Facts)} })
	s.together(b, func(r dispatch.Result) []string { return r.Decision.Facts.Notes })
	s.together(b, func(r dispatch.Result) []string { return r.Notes })
	s.together(b, func(r dispatch.Result) []string {
		if r.Decision.Hint == "" {
			return nil
		}
		return []string{"could go lower: " + r.Decision.Hint}
	})
	if s.Requests > 0 {
		b.addf("- %s to the platform.\n", count(s.Requests, "request"))
	}
	if s.Version != "" {
		b.addf("- tierwise %s.\n", name(s.Version))
	}
	return b.string()
}

// maxHits bounds the signals told for one set of facts.
const maxHits = 10

// grouped writes safe lines, each once with the tasks it is about.
func (s Session) grouped(b *bounded, of func(dispatch.Result) []string) {
	var order []string
	tasks := map[string][]string{}
	for _, r := range s.Results {
		for _, text := range of(r) {
			if tasks[text] == nil {
				order = append(order, text)
			}
			tasks[text] = append(tasks[text], r.Task.ID)
		}
	}
	for _, text := range order {
		b.addf("- %s: %s\n", nameList(tasks[text]), text)
	}
}

// together does so for texts that strangers may have written.
func (s Session) together(b *bounded, of func(dispatch.Result) []string) {
	s.grouped(b, func(r dispatch.Result) []string {
		var safe []string
		for _, text := range of(r) {
			safe = append(safe, phrase(text))
		}
		return safe
	})
}

func factWords(f signal.Facts) string {
	words := []string{
		count(f.Files, "file"),
		"scope " + or(f.Scope != 0, scopeWord(f.Scope), "not known"),
		"domains " + or(len(f.Domains) > 0, domainWords(f.Domains), "none found"),
		"ambiguity " + or(f.Ambiguity != 0, ambiguityWord(f.Ambiguity), "not known"),
	}
	if !f.Declared.Empty() {
		words = append(words, "declared "+annotationWords(f.Declared))
	}
	if !f.Complete {
		words = append(words, "**the change is incomplete**")
	}
	for _, h := range f.Hits[:min(len(f.Hits), maxHits)] {
		words = append(words, hitWords(h))
	}
	if more := len(f.Hits) - maxHits; more > 0 {
		words = append(words, count(more, "more signal"))
	}
	text := strings.Join(words, "; ")
	if len(f.NotExamined) > 0 {
		text += sentence("; not examined: ", clean(notExamined(f.NotExamined)), "; ", "")
	}
	return text
}

func or(ok bool, yes, no string) string {
	if ok {
		return yes
	}
	return no
}

func clean(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = phrase(n)
	}
	return out
}

func hitWords(h signal.Hit) string {
	words := "signal " + name(h.Signal)
	if h.File == "" {
		return words + " in the words"
	}
	if h.Line == 0 {
		return words + " in " + quoted(h.File, maxPath)
	}
	return words + " at " + quoted(fmt.Sprintf("%s:%d", h.File, h.Line), maxPath)
}

func annotationWords(a task.Annotation) string {
	var words []string
	if a.Scope != 0 {
		words = append(words, "scope "+scopeWord(a.Scope))
	}
	if len(a.Domains) > 0 {
		words = append(words, "domain "+domainWords(a.Domains))
	}
	if a.Ambiguity != 0 {
		words = append(words, "ambiguity "+ambiguityWord(a.Ambiguity))
	}
	return strings.Join(words, ", ")
}

func domainWords(domains []task.Domain) string {
	words := make([]string, len(domains))
	for i, d := range domains {
		words[i] = name(string(d))
	}
	return strings.Join(words, ", ")
}

// scopeWord is the policy's word, "" where nothing is known.
func scopeWord(s task.Scope) string {
	if s == 0 {
		return ""
	}
	return s.String()
}

// ambiguityWord is the policy's word, "" where nothing is known.
func ambiguityWord(a task.Ambiguity) string {
	if a == 0 {
		return ""
	}
	return a.String()
}

// leftOut names the files that a task did not send, task by task, with how
// many were read of how many.
func (s Session) leftOut(limit int) string {
	b := newBounded(limit)
	for _, r := range s.Results {
		if len(r.LeftOut) > 0 {
			s.leftOutOf(b, r)
		}
	}
	return b.string()
}

// maxLeftOut bounds the names for one task.
const maxLeftOut = 100

func (s Session) leftOutOf(b *bounded, r dispatch.Result) {
	b.addf("%s: %s.\n\n", name(r.Task.ID), filesRead(r))
	for _, f := range r.LeftOut[:min(len(r.LeftOut), maxLeftOut)] {
		b.addf("- %s: %s\n", quoted(f.Path, maxPath), phrase(f.Why))
	}
	if more := len(r.LeftOut) - maxLeftOut; more > 0 {
		b.addf("- %s\n", count(more, "more file"))
	}
	b.add("\n")
}
