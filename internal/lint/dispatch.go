package lint

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
)

// Verdict is what a dispatcher should do with a brief.
type Verdict string

// The verdicts. Ask means that a person should answer first; a dispatcher that
// can ask nobody sends the brief to the tier that the decision names, which
// vague words have raised already.
const (
	Go    Verdict = "go"
	Ask   Verdict = "ask"
	Block Verdict = "block"
)

// Dispatch is what a hook has to know before a brief is sent anywhere.
type Dispatch struct {
	Verdict    Verdict
	Why        []string // what led to it, in the order of the text; empty for go
	Annotation string   // to add once the questions are answered; "" where there is none to suggest
}

// DispatchOf draws the verdict from what was found in a brief: an error
// blocks, and what is too vague asks.
func DispatchOf(b Brief, r Report) Dispatch {
	d := Dispatch{Verdict: Go, Why: messages(r, func(f Finding) bool { return f.Severity == diag.Error })}
	switch {
	case len(d.Why) > 0:
		d.Verdict = Block
	default:
		if d.Why = messages(r, func(f Finding) bool { return f.ID == idBriefVague }); len(d.Why) > 0 {
			d.Verdict = Ask
		}
	}
	if b.declared().Empty() && strings.TrimSpace(b.Text) != "" {
		d.Annotation = suggestion(b.outline())
	}
	return d
}

func messages(r Report, which func(Finding) bool) []string {
	var list []string
	for _, f := range r.Findings {
		if which(f) && !slices.Contains(list, f.Message) {
			list = append(list, f.Message)
		}
	}
	return list
}
