package route

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/policy"
)

// overridden is what step 4 gives.
type overridden struct {
	tier    policy.Tier
	audits  []Audit
	reasons []Reason
}

// override takes step 4. A label that stands above the tier raises it, whoever
// set it. A label below it lowers only by an authorised person, and only in
// the run of its own labelling; the catch test is not asked again, for that
// person answers it. Any other label of the policy that is present still
// counts: the result is never below the highest of them.
func override(in Input, out outcome) overridden {
	labels := present(in)
	ov := overridden{tier: out.tier}
	var accepted policy.Tier
	for _, l := range labels {
		if l.Tier < out.tier && refusal(in, out, l) == "" {
			accepted = max(accepted, l.Tier)
		}
	}
	if accepted != 0 {
		ov.tier = accepted
	}
	floor := ov.tier
	for _, l := range labels {
		if l.Tier >= out.tier || l.Tier > floor {
			ov.raise(in, l)
		} else {
			ov.lower(in, out, l)
		}
	}
	return ov
}

// present gives the policy's labels that are set and reach the task, in the
// order of the policy. A label that the policy does not name is nothing.
// Letter case tells no labels apart: a repository cannot hold two that differ
// in it alone.
func present(in Input) []policy.Label {
	var labels []policy.Label
	for _, l := range in.Policy.Override.Labels {
		if (l.Task == "" || l.Task == in.TaskID) && l.Tier != 0 && isSet(in, l) {
			labels = append(labels, l)
		}
	}
	return labels
}

func isSet(in Input, l policy.Label) bool {
	return slices.ContainsFunc(in.Override.Labels, func(name string) bool { return strings.EqualFold(name, l.Name) })
}

func (ov *overridden) raise(in Input, l policy.Label) {
	a := audit(in, l, "up")
	a.Accepted, a.Text = true, "a label may raise, whoever set it"
	ov.audits = append(ov.audits, a)
	ov.tier = max(ov.tier, l.Tier)
	ov.reasons = append(ov.reasons, overrideReason(l))
}

func (ov *overridden) lower(in Input, out outcome, l policy.Label) {
	a := audit(in, l, "down")
	a.Text = refusal(in, out, l)
	if a.Text == "" {
		a.Accepted = true
		a.Text = fmt.Sprintf("lowered from %s", out.tier)
		ov.reasons = append(ov.reasons, overrideReason(l))
	}
	ov.audits = append(ov.audits, a)
}

func overrideReason(l policy.Label) Reason {
	return Reason{Rule: "override", Tier: l.Tier, Policy: l.Pos, Text: fmt.Sprintf("label %s asks for %s", l.Name, l.Tier)}
}

// audit says who set the label where this very run shows it.
func audit(in Input, l policy.Label, direction string) Audit {
	a := Audit{Label: l.Name, Task: l.Task, Tier: l.Tier, Direction: direction}
	if e := in.Override.Lower; e != nil && strings.EqualFold(e.Label, l.Name) {
		a.Actor, a.Permission, a.Head, a.At, a.Reason = e.Actor, e.Permission, e.HeadAtLabel, e.At, e.Reason
	}
	return a
}

// refusal says why a label may not lower, "" where it may.
func refusal(in Input, out outcome, l policy.Label) string {
	rules, e := in.Policy.Override, in.Override.Lower
	switch {
	case out.locked:
		return "the tier is locked: no label lowers it"
	case l.OnlyRaises:
		return "only one of the two policies that are merged here knows the label (" + l.Pos.String() + "): it may raise, and lowers nothing"
	case e == nil || !strings.EqualFold(e.Label, l.Name):
		return "a label lowers only in the run of its own labelling: take it off and set it again"
	case e.HeadAtLabel == "" || e.HeadAtLabel != e.HeadNow:
		return "the head is not the one that was labelled: label again"
	case e.LookupError != "":
		return "who set it could not be checked: " + e.LookupError
	case e.Actor == "":
		return "it is not known who set it"
	}
	if text := refusedActor(rules, *e); text != "" {
		return text
	}
	if rules.RequireReason && strings.TrimSpace(e.Reason) == "" {
		return fmt.Sprintf("the policy wants a reason: comment \"/tier %s because …\", then label again", l.Tier)
	}
	return ""
}

// refusedActor holds the actor against the policy. A bot is taken by its exact
// name alone: the platform knows no permission of most apps, so being named at
// the base is its permission. An author is an author, bot or not.
func refusedActor(rules policy.Override, e LabelEvent) string {
	switch {
	case e.Author && !rules.SelfLower:
		return "the author of the pull request may not lower it (self_lower: false)"
	case e.Bot && !slices.Contains(rules.Bots, e.Actor):
		return fmt.Sprintf("bot %s is not named in override.bots", e.Actor)
	case !e.Bot && !slices.Contains(rules.Allow, e.Permission):
		return fmt.Sprintf("permission %q is not in override.allow (%s)", e.Permission, strings.Join(rules.Allow, ", "))
	}
	return ""
}
