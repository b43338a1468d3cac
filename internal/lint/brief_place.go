package lint

import (
	"fmt"
	"strings"
	"sync"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// Offset gives the place of a byte of the text.
func (s Source) Offset(at int) diag.Position {
	at = min(max(at, 0), len(s.Text))
	before := s.Text[:at]
	return s.At(strings.Count(before, "\n")+1, at-strings.LastIndexByte(before, '\n'))
}

// stretch gives the place of a part of the text; what goes over several lines
// is marked to the end of its first.
func (s Source) stretch(start, end int) (pos diag.Position, endCol int) {
	pos = s.Offset(start)
	if i := strings.IndexByte(s.Text[start:end], '\n'); i >= 0 {
		end = start + len(strings.TrimSuffix(s.Text[start:start+i], "\r"))
	}
	return pos, pos.Col + end - start
}

// whole marks the first line with words on it.
func (b Brief) whole() (pos diag.Position, end int) {
	for n := 1; n <= b.Lines(); n++ {
		if text := strings.TrimRight(b.Line(n), " \t"); text != "" {
			start := len(text) - len(strings.TrimLeft(text, " \t"))
			return b.At(n, start+1), len(text) + 1
		}
	}
	return b.At(1, 1), 0
}

// declared gives the annotation of a brief and of what was given beside it.
func (b Brief) declared() task.Annotation {
	found, _ := task.FindAnnotation(b.Text)
	if b.Annotation.Scope != 0 {
		found.Scope = max(found.Scope, b.Annotation.Scope)
	}
	found.Ambiguity = max(found.Ambiguity, b.Annotation.Ambiguity)
	found.Domains = append(found.Domains, b.Annotation.Domains...)
	return found
}

// suggestion writes the annotation that the words lead to, with dots for what
// they do not say. Whoever mends the words makes the work clear.
func suggestion(o signal.Outline) string {
	scope, domain := "…", "…"
	if o.Scope != 0 {
		scope = o.Scope.String()
	}
	if len(o.Domains) > 0 {
		words := make([]string, len(o.Domains))
		for i, d := range o.Domains {
			words[i] = string(d)
		}
		domain = strings.Join(words, ", ")
	}
	return fmt.Sprintf("[scope: %s] [domain: %s] [ambiguity: low]", scope, domain)
}

// ReadOnce gives the brief with its words read at most once, whoever asks.
func (b Brief) ReadOnce() Brief {
	if b.outlined == nil {
		b.outlined = sync.OnceValue(func() signal.Outline { return signal.OutlineOf(b.Text) })
	}
	return b
}

// outline reads the words; brackets of an annotation are no words.
func (b Brief) outline() signal.Outline { return b.ReadOnce().outlined() }
