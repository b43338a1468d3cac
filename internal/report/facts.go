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
	var order []string
	tasks := map[string][]string{}
	for _, r := range s.Results {
		text := factWords(r.Decision.Facts)
		if tasks[text] == nil {
			order = append(order, text)
		}
		tasks[text] = append(tasks[text], r.Task.ID)
	}
	for _, text := range order {
		b.addf("- %s: %s\n", nameList(tasks[text]), text)
	}
	for _, r := range s.Results {
		for _, n := range r.Notes {
			b.addf("- %s: %s\n", name(r.Task.ID), phrase(n))
		}
	}
	return b.string()
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
	for _, h := range f.Hits[:min(len(f.Hits), maxListed)] {
		words = append(words, hitWords(h))
	}
	if more := len(f.Hits) - maxListed; more > 0 {
		words = append(words, count(more, "more signal"))
	}
	text := strings.Join(words, "; ")
	if len(f.NotExamined) > 0 {
		text += sentence("; not examined: ", clean(f.NotExamined), ", ", "")
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
		out[i] = name(n)
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
