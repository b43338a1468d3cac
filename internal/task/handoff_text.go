package task

import (
	"fmt"
	"strings"
)

// Tokens is the size of the document as a model would be given it. Digests
// and keys do not count: no model sees them.
func (h Handoff) Tokens(count TokenCount) int64 { return count(h.Text()) + count(h.ModelText()) }

// HandoffOrigin stands before everything that an earlier step told.
const HandoffOrigin = "told by an earlier step, not checked"

// Text is the document in plain lines, for a prompt: everything but what
// models wrote, and no digest. What an earlier step told comes after what this
// one found, and each of its lines says so. A prompt gives it as data.
func (h Handoff) Text() string {
	var b strings.Builder
	if h.Task != "" {
		fmt.Fprintf(&b, "task %s%s\n", h.Task, by(h.Tier, h.Model))
	}
	b.WriteString(h.Facts.text())
	h.work(&b, false)
	writeEach(&b, "open: ", h.Questions)
	writeEach(&b, "touches ", h.Files)
	if cut := h.CutText(); cut != "" {
		fmt.Fprintf(&b, "cut to fit: %s\n", cut)
	}
	var given strings.Builder
	given.WriteString(h.GivenFacts.text())
	h.work(&given, true)
	writeEach(&given, "open: ", h.GivenQuestions)
	if given.Len() > 0 {
		fmt.Fprintf(&b, "%s:\n", HandoffOrigin)
	}
	for line := range strings.Lines(given.String()) {
		b.WriteString("told: " + line)
	}
	return b.String()
}

// work tells what was refused, done and decided, here or by an earlier step.
func (h Handoff) work(b *strings.Builder, given bool) {
	for _, r := range h.Refused {
		for _, p := range r.Problems {
			if r.Given == given {
				fmt.Fprintf(b, "refused, %s%s: %s: %s\n", r.Task, by(r.Tier, r.Model), p.ID, p.Text)
			}
		}
	}
	for _, r := range h.Results {
		if r.Given == given {
			fmt.Fprintf(b, "result of %s: %s%s\n", r.Task, r.Status, by(r.Tier, r.Model))
		}
	}
	for _, d := range h.Decisions {
		if d.Given == given {
			fmt.Fprintf(b, "decided for %s: %s, %s: %s\n", d.Task, d.Tier, d.Rule, d.Text)
		}
	}
}

func writeEach(b *strings.Builder, before string, texts []string) {
	for _, text := range texts {
		b.WriteString(before + text + "\n")
	}
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
			fmt.Fprintf(&b, "[%swritten for %s%s]\n%s\n", HandoffMark(r.Given), r.Task, by(r.Tier, r.Model), r.ModelText)
		}
	}
	for _, r := range h.Refused {
		if r.ModelText != "" {
			fmt.Fprintf(&b, "[%srefused, written for %s%s]\n%s\n", HandoffMark(r.Given), r.Task, by(r.Tier, r.Model), r.ModelText)
		}
	}
	return b.String()
}

// HandoffMark stands before what an earlier step told; "" before this one's.
func HandoffMark(given bool) string {
	if given {
		return HandoffOrigin + ": "
	}
	return ""
}
