package route

import (
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/policy"
)

// raised is a task that stands at frontier without a lock.
func raised() world { return titled(doing("docs", lines("README.md", "x")), "wip") }

func labels(w world, names ...string) world {
	w.override.Labels = names
	return w
}

func byWriter(edit func(*LabelEvent)) *LabelEvent {
	e := &LabelEvent{Label: "tier:efficient", Actor: "mona", Permission: "write", HeadAtLabel: "h", HeadNow: "h", At: "2026-11-24T10:00:00Z", Reason: "only prose"}
	edit(e)
	return e
}

func lowering(edit func(*LabelEvent)) world {
	w := labels(raised(), "tier:efficient")
	w.override.Lower = byWriter(edit)
	return w
}

func none(*LabelEvent) {}

func TestLabelsRaise(t *testing.T) {
	t.Parallel()
	docs := func() world { return doing("docs", lines("README.md", "x")) }
	check(t, []row{
		{"a label raises, whoever set it", labels(docs(), "tier:mid"), mid},
		{"of several the highest", labels(docs(), "tier:frontier", "tier:mid"), frontier},
		{"a label that the policy does not name is nothing", labels(docs(), "tier:super", "bug"), efficient},
		{"a label below is void without its event", labels(raised(), "tier:efficient"), frontier},
		{"a label raises in any letter case", labels(docs(), "Tier:Frontier"), frontier},
		{"a label for another task", labels(doing("tests", lines("a.go", "x")), "tier:docs=efficient"), efficient},
	})
	d := labels(docs(), "tier:mid").decide()
	if len(d.Override) != 1 || !d.Override[0].Accepted || d.Override[0].Direction != "up" || d.Counter != "efficient without label tier:mid" {
		t.Errorf("audit: %+v, counterfactual %q", d.Override, d.Counter)
	}
}

// TestWhoMayLower is rows T11 and T12 of the threats.
func TestWhoMayLower(t *testing.T) {
	t.Parallel()
	selfLower := lowering(func(e *LabelEvent) { e.Author = true })
	selfLower.policy.Override.SelfLower = true
	strict := lowering(func(e *LabelEvent) { e.Reason = " " })
	strict.policy.Override.RequireReason = true
	lockedWorld := lowering(none)
	lockedWorld.change.Files = append(lockedWorld.change.Files, lines("auth/x.go", "x"))
	taken := lowering(none)
	taken.override.Labels = nil
	forDocs := labels(raised(), "tier:docs=efficient")
	forDocs.override.Lower = byWriter(func(e *LabelEvent) { e.Label = "tier:docs=efficient" })
	both := labels(lowering(none), "tier:efficient", "tier:mid")
	check(t, []row{
		{"a writer", lowering(none), efficient},
		{"a maintainer", lowering(func(e *LabelEvent) { e.Permission = "maintain" }), efficient},
		{"an admin", lowering(func(e *LabelEvent) { e.Permission = "admin" }), efficient},
		{"a triager", lowering(func(e *LabelEvent) { e.Permission = "triage" }), frontier},
		{"a reader", lowering(func(e *LabelEvent) { e.Permission = "read" }), frontier},
		{"a permission that is not known", lowering(func(e *LabelEvent) { e.Permission = "" }), frontier},
		{"a permission in another letter case", lowering(func(e *LabelEvent) { e.Permission = "Write" }), frontier},
		{"a lookup that failed", lowering(func(e *LabelEvent) { e.LookupError = "HTTP 500" }), frontier},
		{"a ghost", lowering(func(e *LabelEvent) { e.Actor = "" }), frontier},
		{"the author", lowering(func(e *LabelEvent) { e.Author = true }), frontier},
		{"the author where the policy lets him", selfLower, efficient},
		{"a bot that is not named", lowering(func(e *LabelEvent) { e.Bot, e.Actor = true, "github-actions[bot]" }), frontier},
		{"a bot that is named", lowering(func(e *LabelEvent) { e.Bot, e.Actor, e.Permission = true, "fleet[bot]", "" }), efficient},
		{"a bot whose name is nearly named", lowering(func(e *LabelEvent) { e.Bot, e.Actor = true, "Fleet[bot]" }), frontier},
		{"a person with the name of a bot", lowering(func(e *LabelEvent) { e.Actor, e.Permission = "fleet[bot]", "read" }), frontier},
		{"a push after the label", lowering(func(e *LabelEvent) { e.HeadNow = "h2" }), frontier},
		{"a head that is not known", lowering(func(e *LabelEvent) { e.HeadNow, e.HeadAtLabel = "", "" }), frontier},
		{"another label's event", lowering(func(e *LabelEvent) { e.Label = "tier:mid" }), frontier},
		{"a label that was taken off since", taken, frontier},
		{"a reason is missing where one is required", strict, frontier},
		{"a lock", lockedWorld, locked},
		{"an event in another letter case", lowering(func(e *LabelEvent) { e.Label = "Tier:Efficient" }), efficient},
		{"a label in another letter case", labels(lowering(none), "TIER:efficient"), efficient},
		{"another label in another letter case still counts", labels(lowering(none), "tier:efficient", "Tier:Mid"), mid},
		{"a label for this task", forDocs, efficient},
		{"another label of the policy still counts", both, mid},
	})
}

func TestTheAuditSaysWhoAndWhy(t *testing.T) {
	t.Parallel()
	d := lowering(none).decide()
	want := Audit{
		Label: "tier:efficient", Tier: policy.Efficient, Direction: "down", Accepted: true, Actor: "mona", Permission: "write", Head: "h",
		At: "2026-11-24T10:00:00Z", Reason: "only prose", Text: "lowered from frontier",
	}
	if len(d.Override) != 1 || d.Override[0] != want {
		t.Errorf("audit: %+v", d.Override)
	}
	if d.Counter != "frontier without label tier:efficient" {
		t.Errorf("counterfactual: %q", d.Counter)
	}
	cased := lowering(func(e *LabelEvent) { e.Label = "Tier:Efficient" }).decide()
	if len(cased.Override) != 1 || cased.Override[0] != want {
		t.Errorf("audit of another letter case: %+v", cased.Override)
	}
	d = lowering(func(e *LabelEvent) { e.Permission = "triage" }).decide()
	if len(d.Override) != 1 || d.Override[0].Accepted || !strings.Contains(d.Override[0].Text, `"triage"`) {
		t.Errorf("audit: %+v", d.Override)
	}
	if d := labels(doing("docs", lines("README.md", "x")), "bug").decide(); len(d.Override) != 0 {
		t.Errorf("a foreign label is in the audit: %+v", d.Override)
	}
}

// TestAnOverrideStandsBelowTheCatchTest: whoever may lower answers for it.
func TestAnOverrideStandsBelowTheCatchTest(t *testing.T) {
	t.Parallel()
	w := labels(seen(doing("docs", lines("README.md", "x")), Evidence{}), "tier:efficient")
	w.override.Lower = byWriter(none)
	check(t, []row{{"lowered below an uncaught failure", w, efficient}})
	if d := w.decide(); d.Catch.Caught || !d.Catch.Asked {
		t.Errorf("the answer of the catch test is gone: %+v", d.Catch)
	}
}
