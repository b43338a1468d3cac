package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/tierwise/tierwise/internal/task"
)

// Handoff is what was handed over to this step and by it.
type Handoff struct {
	Given    string        // what became of the document that was given; "" where none was
	Document *task.Handoff // what this step passes on; nil where nothing is
	Tokens   int64         // of the document
	Bound    int64         // of the policy, in tokens
	File     string        // where it was written; "" where it was not
	Trouble  string        // why nothing is passed on; "" where something is
}

// handoff shows the document line by line, what models wrote last and as
// theirs. What a verifier refused is not shown to readers here either. A
// session in a checkout that neither called a model nor was given a document
// has nothing in it that the other details do not say.
func (s Session) handoff(limit int) string {
	h := s.Handoff
	if h.Given == "" && h.File == "" && s.totals().models == 0 {
		return ""
	}
	b := newBounded(limit)
	if h.Given != "" {
		b.addf("- Given to this step: %s.\n", strings.TrimRight(phrase(h.Given), "."))
	}
	if h.Trouble != "" {
		b.addf("- %s.\n", strings.TrimRight(phrase(h.Trouble), "."))
	}
	if h.Document == nil {
		return b.string()
	}
	b.add(h.size())
	for line := range strings.Lines(h.Document.Text()) {
		b.addf("  - %s\n", phrase(line))
	}
	for _, r := range h.Document.Results {
		if r.ModelText != "" {
			b.addf("  - %s%s wrote for %s: %s\n", task.HandoffMark(r.Given), name(r.Model), name(r.Task), phrase(r.ModelText))
		}
	}
	for _, r := range h.Document.Refused {
		if r.ModelText != "" {
			b.addf("  - %s%s wrote for %s and was refused: %s of it stand in the document alone\n", task.HandoffMark(r.Given), name(r.Model), name(r.Task), count(utf8.RuneCountInString(r.ModelText), "character"))
		}
	}
	return b.string()
}

func (h Handoff) size() string {
	where := ""
	if h.File != "" {
		where = ", in " + quoted(h.File, maxPath)
	}
	return fmt.Sprintf("- Passed on: %s of %s tokens%s, digest %s.\n", thousands(h.Tokens), thousands(h.Bound), where, quoted(h.Document.Digest, 12))
}
