package report

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// maxDrawn bounds the tasks in the drawing; beyond it nobody reads it.
const maxDrawn = 20

// path shows the way of each task: a drawing, then every reason with its
// place in the policy and in the change.
func (s Session) path(limit int) string {
	b := newBounded(limit)
	b.add(s.drawing())
	b.add("| Task | Rule | Tier | Decides | Policy | Change | Why |\n|---|---|---|---|---|---|---|\n")
	for _, r := range s.Results {
		for _, reason := range r.Decision.Reasons {
			b.addf("| %s | %s | %s | %s | %s | %s | %s |\n", name(r.Task.ID), name(reason.Rule), reasonTier(reason), yes(reason.Decisive),
				quoted(policyPlace(reason.Policy), maxPath), quoted(changePlace(reason), maxPath), phrase(reason.Text))
		}
	}
	b.add("\n")
	for _, r := range s.Results {
		s.aside(b, r)
	}
	return b.string()
}

func reasonTier(r route.Reason) string {
	words := "–"
	if r.Tier != 0 {
		words = r.Tier.String()
	}
	if r.Lock {
		words += " 🔒"
	}
	return words
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func policyPlace(p diag.Position) string { return p.String() }

func changePlace(r route.Reason) string {
	return diag.Position{File: r.File, Line: r.Line}.String()
}

// aside is what a decision has beside its reasons: each catcher's answer, the
// models not taken, and the counterfactual.
func (s Session) aside(b *bounded, r dispatch.Result) {
	task := name(r.Task.ID)
	for _, c := range r.Decision.Catch.Results {
		b.addf("- %s, if its output were %s: %s\n", task, name(c.Failure), catchResult(c))
	}
	for _, c := range r.Decision.Considered {
		b.addf("- %s, not taken: %s, %s\n", task, name(c.Model.ID()), phrase(c.Why))
	}
	if r.Decision.Unavailable != "" {
		b.addf("- %s: %s\n", task, phrase(r.Decision.Unavailable))
	}
	if r.Decision.Hint != "" {
		b.addf("- %s could go lower: %s\n", task, phrase(r.Decision.Hint))
	}
	if r.Decision.Counter != "" {
		b.addf("- %s: %s\n", task, phrase(r.Decision.Counter))
	}
}

func catchResult(c route.CatchResult) string {
	who := "nobody is named to notice"
	if c.Catcher != "" {
		who = fmt.Sprintf("%s (%s)", name(string(c.Catcher)), name(string(c.Proof)))
	}
	if c.Text == "" {
		return who
	}
	return who + ", " + phrase(c.Text)
}

// drawing is a mermaid flowchart, one chain a task. Its labels are quoted and
// hold only characters that mean nothing to mermaid: a label with a line
// break in it has hung renderers, and a click line would be a link.
func (s Session) drawing() string {
	var g strings.Builder
	g.WriteString("```mermaid\nflowchart LR\n")
	for i, r := range s.Results[:min(len(s.Results), maxDrawn)] {
		fmt.Fprintf(&g, "  t%d[\"%s\"]", i, label(r.Task.ID))
		for j, step := range steps(r) {
			fmt.Fprintf(&g, " --> t%ds%d[\"%s\"]", i, j, label(step))
		}
		g.WriteString("\n")
	}
	g.WriteString("```\n\n")
	if more := len(s.Results) - maxDrawn; more > 0 {
		fmt.Fprintf(&g, "%s not drawn.\n\n", count(more, "more task"))
	}
	return g.String()
}

// steps are the rules that decided, the tier, every model that was called,
// and the end.
func steps(r dispatch.Result) []string {
	const most = 3
	var all []string
	for _, reason := range r.Decision.Reasons {
		if reason.Decisive && len(all) < most {
			all = append(all, reason.Rule)
		}
	}
	if r.Decision.Tier != 0 {
		all = append(all, r.Decision.Tier.String())
	}
	for _, a := range r.Attempts {
		all = append(all, a.Model.Model)
	}
	if ran(r) == policy.Local && len(r.Attempts) == 0 {
		all = append(all, "no model")
	}
	if r.Status != "" {
		all = append(all, stateWord(r.Status))
	}
	return all
}

// label keeps what a quoted mermaid label can hold without a meaning of its
// own: letters, digits, spaces and a few signs.
func label(s string) string {
	const most = 60
	kept := make([]rune, 0, most)
	visible, _ := sanitize.StripInvisible(s)
	for _, r := range visible {
		if len(kept) == most {
			return string(kept) + "…"
		}
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_./,+:", r):
			kept = append(kept, r)
		case len(kept) > 0 && kept[len(kept)-1] != ' ':
			kept = append(kept, ' ')
		}
	}
	text := strings.TrimSpace(string(kept))
	if text == "" {
		return "–"
	}
	return text
}
