package weekly

import (
	"strings"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/policy"
)

// reviewed gives runs of tests at a tier, so many flagged as given and the
// others as right.
func reviewed(o Options, tier policy.Tier, word ledger.Verdict, hits, of int, locked bool) Numbers {
	s := New(o)
	for n := range of {
		f := fact(4*n + 1)
		f.Status, f.Task, f.Used, f.Locked = "clean", "tests", tier, locked
		s.Add(f)
		verdict := ledger.Right
		if n < hits {
			verdict = word
		}
		s.AddFlag(flagOf(f, verdict, "1", monday().Add(time.Hour)))
	}
	return s.Numbers()
}

func TestHindsightSuggestsBothWays(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		tier   policy.Tier
		word   ledger.Verdict
		hits   int
		of     int
		locked bool
		want   string // "" for none
	}{
		{"nearly all would have done with less", policy.Frontier, ledger.Cheaper, 41, 44, false, "tests: 41 of 44 (95 % interval 82–98 %) of frontier runs flagged cheaper: move to efficient"},
		{"most, and chance may explain it", policy.Frontier, ledger.Cheaper, 26, 44, false, ""},
		{"too few", policy.Frontier, ledger.Cheaper, 9, 9, false, ""},
		{"just enough", policy.Frontier, ledger.Cheaper, 10, 10, false, "tests: 10 of 10 (95 % interval 72–100 %) of frontier runs flagged cheaper: move to efficient"},
		{"what is locked is never lowered", policy.Frontier, ledger.Cheaper, 44, 44, true, ""},
		{"nothing is moved to where it is", policy.Efficient, ledger.Cheaper, 44, 44, false, ""},
		{"too cheap", policy.Efficient, ledger.Frontier, 30, 40, false, "tests: 30 of 40 (95 % interval 60–86 %) of efficient runs flagged frontier: move to frontier"},
		{"frontier is the top", policy.Frontier, ledger.Frontier, 40, 40, false, ""},
		{"all right", policy.Frontier, ledger.Right, 40, 40, false, ""},
	} {
		got := ""
		for _, s := range reviewed(lets(""), row.tier, row.word, row.hits, row.of, row.locked).Suggestions {
			if s.Kind == "lower" || s.Kind == "raise" {
				got = s.Text
			}
		}
		if got != row.want {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
}

// lets is a week under a policy that keeps tasks for a reason, "" for none.
func lets(why string) Options {
	o := week()
	o.Keep = func(string, policy.Tier) string { return why }
	o.Patch = func(_, task string, to policy.Tier) string { return task + " to " + to.String() }
	return o
}

func TestWhatThePolicyKeepsIsNotSuggestedLower(t *testing.T) {
	t.Parallel()
	unknown := week()
	assumed := lets("")
	assumed.Assumed = true
	for name, c := range map[string]struct {
		options  Options
		word     ledger.Verdict
		tier     policy.Tier
		locked   bool
		patch    string // "" for no suggestion
		why      string // "" where nothing is kept
		sentence string // that the text ends with
	}{
		"the policy lets it":                  {lets(""), ledger.Cheaper, policy.Frontier, false, "tests to efficient", "", "move to efficient"},
		"its catchers are assumed":            {assumed, ledger.Cheaper, policy.Frontier, false, "tests to efficient", "", "look at the branch's rules"},
		"nothing would catch":                 {lets("nothing would catch it"), ledger.Cheaper, policy.Frontier, false, "", "nothing would catch it", ""},
		"no policy is at hand":                {unknown, ledger.Cheaper, policy.Frontier, false, "", "no policy is at hand to say whether it may", ""},
		"it was locked, whatever it says now": {lets(""), ledger.Cheaper, policy.Frontier, true, "", "", ""},
		"raising asks nobody":                 {lets("nothing would catch it"), ledger.Frontier, policy.Efficient, false, "tests to frontier", "", "move to frontier"},
	} {
		n := reviewed(c.options, c.tier, c.word, 40, 44, c.locked)
		if len(n.Suggestions) > 1 || len(n.Kept) > 1 {
			t.Fatalf("%s: %+v %+v", name, n.Suggestions, n.Kept)
		}
		patch, why, text := "", "", ""
		for _, s := range n.Suggestions {
			patch, text = s.Patch, s.Text
		}
		for _, k := range n.Kept {
			why = k.Why
		}
		if patch != c.patch || why != c.why || !strings.HasSuffix(text, c.sentence) {
			t.Errorf("%s: patch %q, kept %q, text %q", name, patch, why, text)
		}
	}
}

// One locked run is enough: what is must-frontier in one place is not cheap in
// another.
func TestOneLockedRunKeepsTheTask(t *testing.T) {
	t.Parallel()
	s := New(lets(""))
	for n := range 44 {
		f := fact(4*n + 1)
		f.Status, f.Task, f.Used, f.Locked = "clean", "tests", policy.Frontier, n == 0
		s.Add(f)
		s.AddFlag(flagOf(f, ledger.Cheaper, "1", monday().Add(time.Hour)))
	}
	n := s.Numbers()
	if len(n.Suggestions) != 0 || len(n.Kept) != 1 || n.Kept[0].Share.Of != 43 {
		t.Errorf("%+v %+v", n.Suggestions, n.Kept)
	}
}

// escalated gives runs of docs that began at a tier and all went up to another.
func escalated(o Options, from, to policy.Tier) Numbers {
	s := New(o)
	for n := range 40 {
		f := fact(4 * n)
		f.Status, f.Task, f.Used, f.Refusals = "clean", "docs", to, 1
		f.First = ledger.Step{Tier: from, Provider: f.Provider, Model: f.Model, Cost: dollars(16_000_000)}
		f.Next = ledger.Step{Tier: to, Provider: f.Provider, Model: "claude-sonnet-5", Cost: dollars(20_000_000)}
		s.Add(f)
	}
	return s.Numbers()
}

func TestAStartIsSuggestedHigherThanItIsNow(t *testing.T) {
	t.Parallel()
	placed := func(tier policy.Tier) Options {
		o := lets("")
		o.Placed = func(string) policy.Tier { return tier }
		return o
	}
	for name, c := range map[string]struct {
		options  Options
		from, to policy.Tier
		patch    string // "" for no suggestion
	}{
		"it still begins there":                    {placed(policy.Efficient), policy.Efficient, policy.Mid, "docs to mid"},
		"the policy placed it there since":         {placed(policy.Mid), policy.Efficient, policy.Mid, ""},
		"the policy placed it higher since":        {placed(policy.Frontier), policy.Efficient, policy.Mid, ""},
		"no policy is at hand":                     {lets(""), policy.Efficient, policy.Mid, "docs to mid"},
		"a forged record that escalates downwards": {lets(""), policy.Mid, policy.Efficient, ""},
		"one that escalates to where it was":       {lets(""), policy.Mid, policy.Mid, ""},
		"a forged record below what is placed":     {placed(policy.Mid), policy.Local, policy.Efficient, ""},
	} {
		patch := ""
		n := escalated(c.options, c.from, c.to)
		if len(n.Escalations) != 1 || !n.Escalations[0].Dearer {
			t.Fatalf("%s: nothing escalated: %+v", name, n.Escalations)
		}
		for _, s := range n.Suggestions {
			if s.Kind == "start-higher" {
				patch = s.Patch
			}
		}
		if patch != c.patch {
			t.Errorf("%s: %q, want %q", name, patch, c.patch)
		}
	}
}
