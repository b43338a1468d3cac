package route

import (
	"slices"
	"testing"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

func handedOver(w world, tokens int64) world {
	w.handoff = HandoffFacts{Tokens: tokens, Bound: 2000}
	return w
}

func TestAHandoffNearItsBoundIsNotForTheSmallest(t *testing.T) {
	t.Parallel()
	low := func() world { return doing("changelog", lines("README.md", "words")) }
	check(t, []row{
		{"no handoff", low(), want{policy.Efficient, false}},
		{"a small one raises nothing", handedOver(low(), 1599), want{policy.Efficient, false}},
		{"four fifths of the bound are near it", handedOver(low(), 1600), want{policy.Mid, false}},
		{"at the bound", handedOver(low(), 2000), want{policy.Mid, false}},
		{"what is higher stays, and its lock", handedOver(doing("code-review", lines("README.md", "words")), 2000), want{policy.Frontier, true}},
		{"a local task too", handedOver(doing("pr-summary", lines("README.md", "words")), 2000), want{policy.Mid, false}},
	})
	if d := handedOver(low(), 1600).decide(); !slices.Contains(rules(d), "handoff-near-bound") || d.Counter != "efficient without handoff-near-bound" {
		t.Errorf("%v, %q", rules(d), d.Counter)
	}
	if d := (world{}).handoff; d.nearBound() {
		t.Error("no handoff is near nothing")
	}
	for bound, least := range map[int64]int64{100: 80, 101: 81, 2000: 1600, 100_000: 80_000} {
		if (HandoffFacts{Tokens: least - 1, Bound: bound}).nearBound() || !(HandoffFacts{Tokens: least, Bound: bound}).nearBound() {
			t.Errorf("of %d tokens, %d are not where it begins", bound, least)
		}
	}
}

func TestARefusedHandoffRaisesAsOneNearItsBound(t *testing.T) {
	t.Parallel()
	broken := func(w world) world {
		w.handoff = HandoffFacts{Refused: true}
		return w
	}
	check(t, []row{
		{"a task that tells", broken(doing("changelog", lines("README.md", "words"))), want{policy.Mid, false}},
		{"a local task too", broken(doing("pr-summary", lines("README.md", "words"))), want{policy.Mid, false}},
		{"what is higher stays, and its lock", broken(doing("code-review", lines("README.md", "words"))), want{policy.Frontier, true}},
	})
	if d := broken(doing("changelog", lines("README.md", "words"))).decide(); !slices.Contains(rules(d), "handoff-refused") || slices.Contains(rules(d), "handoff-near-bound") {
		t.Errorf("%v", rules(d))
	}
}

// TestBreakingAHandoffLowersNothing: whatever bytes are given lower no tier
// below that of none, and a damaged document lowers at most what nobody can
// know any more. A label that lowers is somebody's who may.
func TestBreakingAHandoffLowersNothing(t *testing.T) {
	t.Parallel()
	forWorlds(t, func(m maker, w world) string {
		w.override.Lower = nil
		w.handoff, w.told = HandoffFacts{}, task.HandoffFacts{}
		none := w.decide()
		w.handoff = HandoffFacts{Refused: true}
		broken := w.decide()
		w.handoff, w.told = HandoffFacts{Tokens: m.Int64N(2200) + 1, Bound: 2000}, m.told(w, task.HandoffFacts{})
		whole := w.decide()
		if problem := sink("a refused handoff", none, broken); problem != "" {
			return problem
		}
		if problem := sink("a whole handoff", none, whole); problem != "" {
			return problem
		}
		if broken.Tier < min(whole.Tier, policy.Mid) {
			return sink("damage", whole, broken)
		}
		return ""
	})
}

func TestAHandoffIsRaisedNotLockedAndALabelMayStillLower(t *testing.T) {
	t.Parallel()
	w := handedOver(doing("changelog", lines("README.md", "words")), 2000)
	w.override.Lower = &LabelEvent{Label: "tier:efficient", Actor: "mona", Permission: "write", HeadAtLabel: "h", HeadNow: "h", Reason: "small"}
	check(t, []row{{"an authorised label", w.labelled("tier:efficient"), want{policy.Efficient, false}}})
}

func TestWhatAHandoffSaysOnlyRaises(t *testing.T) {
	t.Parallel()
	told := func(w world, f task.HandoffFacts) world {
		w.told = f
		return w
	}
	brief := func() world {
		return briefed(task.Brief{Annotation: task.Annotation{Scope: task.SingleFile, Domains: []task.Domain{task.Docs}, Ambiguity: task.Low}})
	}
	low := func() world { return doing("docs", lines("README.md", "words")) }
	check(t, []row{
		{"a brief by itself", brief(), want{policy.Efficient, false}},
		{"nothing told", told(brief(), task.HandoffFacts{}), want{policy.Efficient, false}},
		{"a domain", told(brief(), task.HandoffFacts{Domains: []task.Domain{task.Security}}), want{policy.Frontier, true}},
		{"a scope", told(brief(), task.HandoffFacts{Scope: task.CrossService}), want{policy.Frontier, false}},
		{"a smaller scope and a clearer word change nothing", told(brief(), task.HandoffFacts{Scope: task.SingleFile, Ambiguity: task.Low}), want{policy.Efficient, false}},
		{"an ambiguity is not declared: no lock", told(low(), task.HandoffFacts{Ambiguity: task.High}), want{policy.Frontier, false}},
		{"a signal that an entry names", told(low(), task.HandoffFacts{Signals: []task.HandoffSignal{{ID: "migration", File: "README.md"}}}), want{policy.Frontier, true}},
		{"a signal elsewhere than in the change", told(low(), task.HandoffFacts{Signals: []task.HandoffSignal{{ID: "migration", File: "x.sql"}}}), want{policy.Efficient, false}},
	})
	words := told(briefed(task.Brief{Text: "write the guide"}), task.HandoffFacts{Domains: []task.Domain{task.Docs}, Scope: task.SingleFile, Ambiguity: task.Low})
	check(t, []row{{"what it says founds no row that lowers", words, want{policy.Mid, false}}})
}
