package report

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/route"
)

// alarms stand above the table: what a reader must not miss.
func (s Session) alarms(limit int) string {
	b := newBounded(limit)
	for _, r := range s.noReview() {
		b.addf("> [!CAUTION]\n> **%s** %s: %s\n\n", alarmTitle(r), name(r.Task.ID), phrase(because(r)))
	}
	for _, r := range s.recordedCritical() {
		b.addf("> [!WARNING]\n> **%s.** %s: %s\n\n", recordedTitle, name(r.Task.ID), recordedAlarm)
	}
	if s.Interrupted {
		b.add("> [!WARNING]\n> **Interrupted.** What was done until then is below.\n\n")
	}
	for _, w := range s.Incomplete {
		b.addf("> [!WARNING]\n> The change is known to be incomplete: %s\n\n", phrase(w))
	}
	for _, w := range s.Warnings {
		b.addf("> [!WARNING]\n> %s\n\n", phrase(w))
	}
	if text := s.warningsLine(); text != "" {
		b.add(text + "\n\n")
	}
	return b.string()
}

// warningsLine tells the troubles of the tasks in one line.
func (s Session) warningsLine() string {
	var items []string
	for _, r := range s.Results {
		for _, w := range troubles(r) {
			items = append(items, fmt.Sprintf("%s: %s: %s", name(r.Task.ID), strings.ToLower(w.title), strings.TrimRight(phrase(w.text), ".")))
		}
	}
	return sentence("**Warnings:** ", items, " · ", ".")
}

func alarmTitle(r dispatch.Result) string {
	if r.Status == dispatch.Partial {
		return "THE REVIEW IS PARTIAL."
	}
	return "NO REVIEW HAPPENED."
}

// because is why a task did not end clean. A status without a reason is said
// to have none, so that the sentence never ends in nothing.
func because(r dispatch.Result) string {
	switch {
	case r.Decision.Refused != "":
		return "did not run: " + r.Decision.Refused
	case r.Reason != "":
		return r.Reason
	case r.Status == dispatch.Partial:
		return filesRead(r)
	default:
		return "no reason was given"
	}
}

// lines are the facts below the table, one paragraph of lines.
func (s Session) lines(limit int) string {
	b := newBounded(limit)
	for _, line := range []string{
		s.recordedLines(), s.notDone(), s.reusedLine(), s.outsideLine(), s.breakEvenLine(), s.catchLine(), s.overrideLine() + " " + s.budgetLine(), s.policyLine(),
		s.deliveredLine(), s.wrongTierLine(),
	} {
		if line != "" {
			b.add(line + "\n")
		}
	}
	for _, r := range s.Results {
		for _, w := range r.Warnings {
			b.addf("Warning, %s: %s\n", name(r.Task.ID), phrase(w))
		}
	}
	return b.string() + "\n"
}

// maxListed bounds a list inside one sentence.
const maxListed = 20

// sentence joins items and counts those beyond its bound.
func sentence(prefix string, items []string, sep, end string) string {
	if len(items) == 0 {
		return ""
	}
	shown := items[:min(len(items), maxListed)]
	text := prefix + strings.Join(shown, sep)
	if more := len(items) - len(shown); more > 0 {
		text += fmt.Sprintf("%s%d more", sep, more)
	}
	return text + end
}

// notDone names the auxiliary tasks that were skipped or read in part. What
// an alarm or a warning above the table has told is not told again.
func (s Session) notDone() string {
	var items []string
	for _, r := range s.Results {
		if !r.Task.CriticalPath && (r.Status == dispatch.Skipped || r.Status == dispatch.Partial) {
			items = append(items, fmt.Sprintf("%s (%s: %s)", name(r.Task.ID), stateWord(r.Status), phrase(because(r))))
		}
	}
	return sentence("Not done in full: ", items, ", ", ".")
}

func stateWord(st dispatch.Status) string { return strings.ReplaceAll(string(st), "-", " ") }

// outsideLine names what the saved figures leave out, and why.
func (s Session) outsideLine() string {
	if s.routedOnly() {
		return ""
	}
	var items []string
	for _, r := range s.Results {
		if !inside(r) && r.Reused == nil {
			items = append(items, fmt.Sprintf("%s (%s)", name(r.Task.ID), phrase(outsideWhy(r))))
		}
	}
	return sentence("Not in the saved figures: ", items, ", ", ".")
}

func outsideWhy(r dispatch.Result) string {
	switch {
	case r.Outside != "":
		return r.Outside
	case r.Cost.State != "" && r.Cost.Note != "":
		return r.Cost.Note
	default:
		return "its cost or its baseline is " + shownCost(r.Saved)
	}
}

// catchLine answers for every task; tasks with the same answer share it.
func (s Session) catchLine() string {
	var order []string
	tasks := map[string][]string{}
	for _, r := range s.Results {
		words := catchWords(r.Decision.Catch)
		if doneLocally(r) {
			words = "no model wrote it, so no verifier ran; it is read beside its source"
		}
		if tasks[words] == nil {
			order = append(order, words)
		}
		tasks[words] = append(tasks[words], r.Task.ID)
	}
	items := make([]string, len(order))
	for i, words := range order {
		items[i] = fmt.Sprintf("%s: %s", nameList(tasks[words]), words)
	}
	line := sentence("Would a bad output be caught? ", items, ". ", ".")
	if s.EvidenceText != "" {
		line += " " + sentenceEnd(phrase(s.EvidenceText))
	}
	return line
}

func catchAnswer(c route.Catch) string {
	switch {
	case c.Asked && c.Caught:
		return "yes"
	case c.Asked:
		return "no"
	default:
		return "not asked"
	}
}

func catchWords(c route.Catch) string {
	answer := catchAnswer(c)
	if c.Text == "" {
		return answer
	}
	return answer + ", " + strings.TrimRight(phrase(c.Text), ".")
}

func sentenceEnd(s string) string { return strings.TrimRight(s, ".") + "." }

// overrideLine tells the audit of every label in words. A label that reaches
// several tasks is told once.
func (s Session) overrideLine() string {
	var order []route.Audit
	tasks := map[route.Audit][]string{}
	for _, r := range s.Results {
		for _, a := range r.Decision.Override {
			if tasks[a] == nil {
				order = append(order, a)
			}
			tasks[a] = append(tasks[a], r.Task.ID)
		}
	}
	if len(order) == 0 {
		return "Override: none."
	}
	items := make([]string, len(order))
	for i, a := range order {
		items[i] = auditWords(a, tasks[a])
	}
	return sentence("Override: ", items, "; ", ".")
}

func auditWords(a route.Audit, tasks []string) string {
	verdict := "refused"
	if a.Accepted {
		verdict = "accepted"
	}
	words := fmt.Sprintf("label %s %s for %s", quoted(a.Label, maxName), verdict, nameList(tasks))
	if a.Tier != 0 {
		words += fmt.Sprintf(" (%s to %s)", name(a.Direction), a.Tier)
	}
	if a.Actor != "" {
		words += " by " + quoted(a.Actor, maxName)
	}
	if a.Permission != "" {
		words += " with permission " + name(a.Permission)
	}
	if a.Head != "" {
		words += " at " + quoted(short(a.Head), maxName)
	}
	if a.At != "" {
		words += ", set " + name(a.At)
	}
	if a.Text != "" {
		words += ": " + strings.TrimRight(phrase(a.Text), ".")
	}
	if a.Reason != "" {
		return words + "; because " + strings.TrimRight(phrase(a.Reason), ".")
	}
	return words + "; no reason given"
}

func nameList(names []string) string {
	clean := make([]string, len(names))
	for i, n := range names {
		clean[i] = name(n)
	}
	return sentence("", clean, ", ", "")
}

// short is a commit id as people read it.
func short(head string) string {
	return head[:min(len(head), 7)]
}

// budgetLine holds the ceiling of the run. The others need a ledger that
// several runs share, and that is said.
func (s Session) budgetLine() string {
	if s.recorded() {
		return "Budget: not held, the spend was another program's."
	}
	run := "run " + dollars(s.RunSpent) + " counted, no ceiling"
	if s.RunBudget != nil {
		run = fmt.Sprintf("run %s of %s", dollars(s.RunSpent), dollars(*s.RunBudget))
	}
	if s.overBudget() {
		run += " (**over budget**)"
	}
	line := "Budget: " + run + " · " + s.ceilingWords() + "."
	if s.Published {
		line += " It was spent by the job that ran the tasks, not by this one."
	}
	return line
}

func (s Session) policyLine() string {
	if s.PolicyName == "" && len(s.PolicyNotes) == 0 {
		return ""
	}
	items := []string{policyWords(s.PolicyName)}
	for _, n := range s.PolicyNotes {
		items = append(items, strings.TrimRight(phrase(n), "."))
	}
	return sentence("Policy: ", items, "; ", ".")
}

// deliveredLine says where else the findings stand, with counts.
func (s Session) deliveredLine() string {
	items := make([]string, len(s.Delivered))
	for i, d := range s.Delivered {
		items[i] = phrase(d)
	}
	return sentence("Delivered: ", items, "; ", ".")
}

// policyWords names the policy, and how to see the one that is in no file.
func policyWords(policyName string) string {
	if policyName == "built-in" {
		return "built-in (`tierwise init --print` shows it)"
	}
	return quoted(policyName, maxPath)
}

// wrongTierLine names the labels that a person can set, unless no task of the
// session would listen.
func (s Session) wrongTierLine() string {
	if s.PullNumber == 0 || len(s.Labels) == 0 || s.allLocked() {
		return ""
	}
	labels := make([]string, len(s.Labels))
	for i, l := range s.Labels {
		labels[i] = quoted(l, maxName)
	}
	return sentence("Wrong tier? Label ", labels, " or ", ".")
}

func (s Session) allLocked() bool {
	for _, r := range s.Results {
		if !r.Decision.Locked {
			return false
		}
	}
	return true
}
