package route

import (
	"slices"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

func seen(w world, e Evidence) world {
	w.evidence = e
	return w
}

func attesting(w world, kinds ...task.Catcher) world {
	for _, k := range kinds {
		w.policy.Attested = append(w.policy.Attested, policy.Attestation{Catcher: k, Text: "classic protection, admins included"})
	}
	return w
}

func claiming(w world, claims ...policy.Catcher) world {
	for i := range w.policy.Tasks {
		w.policy.Tasks[i].CaughtBy = claims
	}
	return w
}

func TestCatch(t *testing.T) {
	t.Parallel()
	docs := func() world { return doing("docs", lines("README.md", "x")) }
	tests := func() world { return doing("tests", lines("a.go", "x")) }
	review := Evidence{RequiredReview: Confirmed, ChecksProof: Unseen}
	unnamed := tests()
	unnamed.task = &task.Task{ID: "tests", Kind: task.Writes}
	check(t, []row{
		{"a required review covers", docs(), efficient},
		{"no review is required", seen(docs(), Evidence{RequiredReview: Absent}), frontier},
		{"what cannot be read is not confirmed", seen(docs(), Evidence{RequiredReview: Unseen}), frontier},
		{"nobody filled in the evidence", seen(docs(), Evidence{}), frontier},
		{"offline it is assumed", seen(docs(), Evidence{RequiredReview: Assumed}), efficient},
		{"an owner vouches for what is not shown", attesting(seen(docs(), Evidence{RequiredReview: Unseen}), task.CatcherRequiredReview), efficient},
		{"an owner's word does not count against what is shown", attesting(seen(docs(), Evidence{RequiredReview: Absent}), task.CatcherRequiredReview), frontier},
		{"the policy must name the catcher", claiming(docs()), frontier},
		{"advisory is for tasks that tell", claiming(docs(), policy.Catcher{Kind: task.CatcherAdvisory}), frontier},
		{"advisory covers a task that tells", seen(doing("changelog", lines("a.go", "x")), Evidence{}), efficient},
		{"a task that tells needs it named", claiming(doing("changelog", lines("a.go", "x"))), frontier},
		{"all checks are required", tests(), efficient},
		{"a check is not required", seen(tests(), Evidence{RequiredReview: Confirmed, ChecksProof: Confirmed, RequiredChecks: []string{"lint"}}), frontier},
		{"the checks cannot be read", seen(tests(), review), frontier},
		{"an owner vouches for the checks", attesting(seen(tests(), review), task.CatcherRequiredChecks), efficient},
		{"checks without names cover nothing", claiming(tests(), policy.Catcher{Kind: task.CatcherRequiredChecks}, policy.Catcher{Kind: task.CatcherRequiredReview}), frontier},
		{"every failure must be covered", seen(tests(), Evidence{ChecksProof: Confirmed, RequiredChecks: []string{"test"}, RequiredReview: Absent}), frontier},
		{"the local form is asked too", claiming(doing("pr-summary", lines("a.go", "x"))), frontier},
		{"a task that names no failure is not covered", unnamed, frontier},
	})
}

func TestTheCatchTestNamesWhatIsUncovered(t *testing.T) {
	t.Parallel()
	d := seen(doing("tests", lines("a.go", "x")), Evidence{Branch: "main", RequiredReview: Unseen, ChecksProof: Absent}).decide()
	if !d.Catch.Asked || d.Catch.Caught {
		t.Errorf("catch: %+v", d.Catch)
	}
	for _, word := range []string{"failing", "asserting-nothing"} {
		if !slices.ContainsFunc(d.Reasons, func(r Reason) bool { return r.Rule == "uncaught" && strings.Contains(r.Text, word) }) {
			t.Errorf("no reason names %s: %+v", word, d.Reasons)
		}
	}
	if !strings.Contains(d.Catch.Text, "required-review on main is unknown") {
		t.Errorf("text: %q", d.Catch.Text)
	}
	if got := d.Counter; !strings.HasPrefix(got, "efficient without the want of a catcher") {
		t.Errorf("counterfactual: %q", got)
	}
}

func TestAssumedIsSaidOnlyWhereItIs(t *testing.T) {
	t.Parallel()
	const note = "no platform here: the catchers that the policy names are assumed"
	assumed := Evidence{Source: "assumed", RequiredReview: Assumed, ChecksProof: Assumed, Notes: []string{note}}
	if d := seen(doing("docs", lines("README.md", "x")), assumed).decide(); d.Catch.Text != "its verifier runs before release; an approving review is required (assumed); "+note {
		t.Errorf("an assumed catcher: %q", d.Catch.Text)
	}
	for name, w := range map[string]world{
		"a task that only tells": seen(doing("changelog", lines("a.go", "x")), assumed),
		"no catcher at all":      claiming(seen(doing("docs", lines("README.md", "x")), assumed)),
	} {
		if d := w.decide(); !d.Catch.Asked || strings.Contains(d.Catch.Text, "assumed") {
			t.Errorf("%s: %+v", name, d.Catch)
		}
	}
	shown := Evidence{Source: "github", RequiredReview: Confirmed, Notes: []string{"who may bypass is not shown"}}
	if d := seen(doing("docs", lines("README.md", "x")), shown).decide(); !strings.HasSuffix(d.Catch.Text, "; who may bypass is not shown") {
		t.Errorf("a note of the platform: %q", d.Catch.Text)
	}
}

func TestAnApprovalThatSurvivesAPushIsTold(t *testing.T) {
	t.Parallel()
	w := doing("docs", lines("README.md", "x"))
	w.evidence.DismissStale = false
	if d := w.decide(); !strings.Contains(d.Catch.Text, "survives a new push") || d.Tier != policy.Efficient {
		t.Errorf("catch: %+v", d.Catch)
	}
	if d := doing("docs", lines("README.md", "x")).decide(); strings.Contains(d.Catch.Text, "survives") {
		t.Errorf("catch: %+v", d.Catch)
	}
}

func TestABriefIsNotAsked(t *testing.T) {
	t.Parallel()
	d := briefed(task.Brief{Text: "x"}).decide()
	if d.Catch.Asked || !strings.HasPrefix(d.Catch.Text, "the dispatcher releases the output") {
		t.Errorf("catch: %+v", d.Catch)
	}
}

// TestALockDoesNotHideThatNothingWouldCatch keeps the counterfactual honest:
// without the hit the task would be frontier all the same.
func TestALockDoesNotHideThatNothingWouldCatch(t *testing.T) {
	t.Parallel()
	d := seen(doing("docs", lines("auth/x.go", "x")), Evidence{RequiredReview: Absent}).decide()
	if d.Catch.Asked || !slices.Contains(rules(d), "uncaught") || !d.Locked {
		t.Errorf("decision: %v %+v", rules(d), d.Catch)
	}
	if !strings.HasPrefix(d.Counter, "efficient without auth/x.go, the want of a catcher") {
		t.Errorf("counterfactual: %q", d.Counter)
	}
}
