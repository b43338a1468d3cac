package task

import (
	"fmt"
	"strings"
)

// Tokens is the size of the document as a model would be given it. Digests
// and keys do not count: no model sees them.
func (h Handoff) Tokens(count TokenCount) int64 { return count(h.Text()) + count(h.ModelText()) }

// Text is the document in plain lines, for a prompt: everything but what
// models wrote, and no digest. A prompt gives it as data.
func (h Handoff) Text() string {
	var b strings.Builder
	if h.Task != "" {
		fmt.Fprintf(&b, "task %s%s\n", h.Task, by(h.Tier, h.Model))
	}
	b.WriteString(h.Facts.text())
	for _, r := range h.Refused {
		for _, p := range r.Problems {
			fmt.Fprintf(&b, "refused, %s%s: %s: %s\n", r.Task, by(r.Tier, r.Model), p.ID, p.Text)
		}
	}
	for _, r := range h.Results {
		fmt.Fprintf(&b, "result of %s: %s%s\n", r.Task, r.Status, by(r.Tier, r.Model))
	}
	for _, d := range h.Decisions {
		fmt.Fprintf(&b, "decided for %s: %s, %s: %s\n", d.Task, d.Tier, d.Rule, d.Text)
	}
	for _, q := range h.Questions {
		fmt.Fprintf(&b, "open: %s\n", q)
	}
	for _, f := range h.Files {
		fmt.Fprintf(&b, "touches %s\n", f)
	}
	if cut := h.CutText(); cut != "" {
		fmt.Fprintf(&b, "cut to fit: %s\n", cut)
	}
	return b.String()
}

// CutText says what the bound left out, "" where it is all there.
func (h Handoff) CutText() string {
	items := make([]string, len(h.Cut))
	for i, c := range h.Cut {
		items[i] = fmt.Sprintf("%d %s", c.Items, c.Part)
	}
	return strings.Join(items, ", ")
}

func by(tier, model string) string {
	text := ""
	if tier != "" {
		text += " on " + tier
	}
	if model != "" {
		text += " by " + model
	}
	return text
}

func (f HandoffFacts) text() string {
	var b strings.Builder
	if len(f.Domains)+int(f.Scope)+int(f.Ambiguity) > 0 {
		a := Annotation{Scope: f.Scope, Domains: f.Domains, Ambiguity: f.Ambiguity}
		fmt.Fprintf(&b, "facts:%s\n", a.words())
	}
	for _, s := range f.Signals {
		switch {
		case s.File == "":
			fmt.Fprintf(&b, "signal %s in the words\n", s.ID)
		case s.Line == 0:
			fmt.Fprintf(&b, "signal %s in %s\n", s.ID, s.File)
		default:
			fmt.Fprintf(&b, "signal %s at %s:%d\n", s.ID, s.File, s.Line)
		}
	}
	return b.String()
}

func (a Annotation) words() string {
	text := ""
	if a.Scope != 0 {
		text += " scope " + a.Scope.String()
	}
	if a.Ambiguity != 0 {
		text += " ambiguity " + a.Ambiguity.String()
	}
	if len(a.Domains) > 0 {
		text += " domains"
		for _, d := range a.Domains {
			text += " " + string(d)
		}
	}
	return text
}

// ModelText is what models wrote, each piece below a line that says whose it
// is. A prompt gives it as data, in a block of its own.
func (h Handoff) ModelText() string {
	var b strings.Builder
	for _, r := range h.Results {
		if r.ModelText != "" {
			fmt.Fprintf(&b, "[written for %s%s]\n%s\n", r.Task, by(r.Tier, r.Model), r.ModelText)
		}
	}
	for _, r := range h.Refused {
		if r.ModelText != "" {
			fmt.Fprintf(&b, "[refused, written for %s%s]\n%s\n", r.Task, by(r.Tier, r.Model), r.ModelText)
		}
	}
	return b.String()
}
