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
	s.catchTable(b)
	s.asides(b)
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

// asides are what decisions have beside their reasons: the models not taken,
// and the counterfactual. Tasks with the same are told
// together.
func (s Session) asides(b *bounded) {
	s.grouped(b, func(r dispatch.Result) []string { return notTaken(r.Decision.Considered) })
	s.together(b, func(r dispatch.Result) []string { return one(r.Decision.Unavailable) })
	s.together(b, func(r dispatch.Result) []string { return one(r.Decision.Counter) })
}

// one gives a text as a list, an empty one as none.
func one(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// catchTable has every way in which a task's output can be bad: who would
// notice, and how that is known, or why nobody would.
func (s Session) catchTable(b *bounded) {
	head := "| Task | Can be bad by | Who would notice | Evidence |\n|---|---|---|---|\n"
	for _, r := range s.Results {
		for _, row := range catchRows(r.Decision.Catch.Results) {
			b.add(head + fmt.Sprintf("| %s | %s |\n", name(r.Task.ID), row))
			head = ""
		}
	}
	if head == "" {
		b.add("\n")
	}
}

// catchRows gives the cells of a task. Failures with the same answer share a
// row.
func catchRows(results []route.CatchResult) []string {
	var order []string
	failures := map[string][]string{}
	for _, c := range results {
		answer := catcherName(c) + " | " + phrase(c.Text)
		if failures[answer] == nil {
			order = append(order, answer)
		}
		failures[answer] = append(failures[answer], name(c.Failure))
	}
	rows := make([]string, len(order))
	for i, answer := range order {
		rows[i] = sentence("", failures[answer], ", ", " | "+answer)
	}
	return rows
}

// catcherName marks a catcher whose proof is not confirmed.
func catcherName(c route.CatchResult) string {
	switch {
	case c.Proof == route.NotAsked:
		return "not asked"
	case c.Catcher == "":
		return "**nobody**"
	case c.Proof == route.Confirmed:
		return name(string(c.Catcher))
	default:
		return fmt.Sprintf("%s (%s)", name(string(c.Catcher)), cellOr(string(c.Proof), string(route.Unseen)))
	}
}

// notTaken names the models that were passed over, by the cause.
func notTaken(all []route.Considered) []string {
	var order []string
	models := map[string][]string{}
	for _, c := range all {
		why := phrase(c.Why)
		if models[why] == nil {
			order = append(order, why)
		}
		models[why] = append(models[why], name(c.Model.Model))
	}
	lines := make([]string, len(order))
	for i, why := range order {
		lines[i] = sentence(why+": ", models[why], ", ", " not taken")
	}
	return lines
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
	all = append(all, called(r)...)
	if ran(r) == policy.Local && r.Decision.Tier != policy.Local {
		if r.Decision.LocalForWantOfKey {
			all = append(all, "no key")
		}
		all = append(all, policy.Local.String())
	}
	switch {
	case r.Decision.Refused != "":
		all = append(all, "did not run")
	case r.Status != "":
		all = append(all, stateWord(r.Status))
	}
	return all
}

// called are the models of the attempts, each with its tier where they are of
// several, or not of the tier that was decided.
func called(r dispatch.Result) []string {
	tiers := false
	for _, a := range r.Attempts {
		tiers = tiers || a.Model.Tier != r.Decision.Tier
	}
	if r.Reused != nil {
		return []string{earlierRun}
	}
	var all []string
	for _, a := range r.Attempts {
		text := a.Model.Model
		if tiers && a.Model.Tier != 0 {
			text += ", " + a.Model.Tier.String()
		}
		all = append(all, text)
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
