package route

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

// another draws a further policy that can be merged with the world's: it too
// has the model that both need, and says what the folders are where the
// world's does.
func (m maker) another(w world) *policy.File {
	f := m.complete(m.policy([]string{"code-review", "changelog", "docs", "tests", "pr-summary"}))
	f.Services = nil
	if len(w.policy.Services) > 0 {
		f.Services = pick(m, [][]glob.Pattern{{pattern("services/*")}, {pattern("services"), pattern("api")}, {pattern("*")}})
	}
	return f
}

func (m maker) complete(f *policy.File) *policy.File {
	f.Pool = append(f.Pool, model(policy.Frontier, "anthropic", "opus"))
	ceilings := make([]*money.Nano, 4)
	for i := range ceilings {
		if m.chance(50) {
			n := money.Nano(m.IntN(5) + 1)
			ceilings[i] = &n
		}
	}
	f.Budget = policy.Budget{
		Run: ceilings[0], PullRequest: ceilings[1], Day: ceilings[2], ActorDay: ceilings[3], CriticalReserve: int64(m.IntN(1000)),
		OnCritical: pick(m, []string{"fail", "continue"}), OnAuxiliary: pick(m, []string{"fail", "skip"}),
	}
	f.Escalation.MaxAttempts, f.Handoff.MaxTokens = m.IntN(3)+1, int64(m.IntN(2000)+100)
	for _, row := range f.Tasks {
		for i := range row.CaughtBy {
			row.CaughtBy[i].Checks = some(m, 50, []string{"test", "lint"})
		}
	}
	// Labels of other names, tasks and tiers than those of every policy.
	for i := range f.Override.Labels {
		if m.chance(30) {
			f.Override.Labels[i].Tier = pick(m, policy.Tiers())
			f.Override.Labels[i].Task = pick(m, []string{"", "docs", "tests"})
		}
	}
	f.Override.Labels = some(m, 80, f.Override.Labels)
	f.Prices = m.prices()
	return f
}

// prices draws contract prices, of models that the list prices and of one that
// it does not, on days that do not overlap.
func (m maker) prices() []policy.Price {
	var prices []policy.Price
	for _, id := range pricedModels() {
		for _, days := range some(m, 40, [][2]string{{"", "2026-06-01"}, {"2026-06-01", "2026-12-01"}}) {
			prices = append(prices, policy.Price{
				Provider: "anthropic", Model: id, Input: money.Pico(m.IntN(9)), Output: money.Pico(m.IntN(9)), From: days[0], To: days[1], Pos: at(m.IntN(50) + 1),
			})
		}
	}
	return prices
}

func pricedModels() []string { return []string{"claude-opus-5-5", "claude-haiku-5-5", "house"} }

func merged(org, own *policy.File) *policy.File {
	f, findings := policy.Merge(org, own)
	if f == nil {
		panic(findings)
	}
	return f
}

func (w world) by(f *policy.File) world {
	w.policy = f
	return w
}

// forPairs holds a property against a world with an organisation's policy
// beside its own.
func forPairs(t *testing.T, check func(m maker, w world, org *policy.File) string) {
	t.Helper()
	forWorlds(t, func(m maker, w world) string {
		m.complete(w.policy)
		org := m.another(w)
		if m.chance(60) {
			w = m.quiet(w, org)
		}
		return check(m, w, org)
	})
}

// quiet takes away what would decide before catchers, services and tables are
// asked, in both policies.
func (m maker) quiet(w world, org *policy.File) world {
	w.brief, w.told, w.handoff = task.Brief{}, task.HandoffFacts{}, HandoffFacts{}
	w.task = pick(m, []*task.Task{nil, catalogue()["tests"], catalogue()["docs"]})
	w.evidence.RequiredReview, w.evidence.ChecksProof = pick(m, []Proof{Confirmed, Unseen}), pick(m, []Proof{Confirmed, Unseen})
	w.evidence.RequiredChecks = some(m, 70, []string{"test", "lint"})
	for _, f := range []*policy.File{w.policy, org} {
		f.MustFrontier, f.Default = nil, policy.Efficient
		f.Table = []policy.Row{{Scope: task.CrossService, Tier: policy.Frontier, Pos: at(1)}}
		for i, row := range f.Tasks {
			f.Tasks[i].Tier, f.Tasks[i].CriticalPath, f.Tasks[i].CaughtBy = policy.Efficient, false, nil
			for _, k := range catcherKinds() {
				f.Tasks[i].CaughtBy = append(f.Tasks[i].CaughtBy, policy.Catcher{Kind: k, Checks: some(m, 70, []string{"test", "lint"}), Pos: row.Pos})
			}
		}
		f.Attested = nil
		for _, k := range some(m, 50, catcherKinds()) {
			f.Attested = append(f.Attested, policy.Attestation{Catcher: k, Text: "we see to it"})
		}
	}
	return w
}

// TestMergingOnlyTightens: what the merged policy decides is below neither of
// the two, labels, skip: and services: included.
func TestMergingOnlyTightens(t *testing.T) {
	t.Parallel()
	higher, lowered := 0, 0
	forPairs(t, func(_ maker, w world, org *policy.File) string {
		both := w.by(merged(org, w.policy)).decide()
		mine, theirs := w.decide(), w.by(org).decide()
		if problem := sink("merging into the organisation's policy", theirs, both); problem != "" {
			return problem
		}
		if problem := sink("merging into the repository's policy", mine, both); problem != "" {
			return problem
		}
		if both.Skipped != "" && (mine.Skipped == "" || theirs.Skipped == "") {
			return "what one of the two would run is skipped: " + both.Skipped
		}
		if both.Tier > max(mine.Tier, theirs.Tier) {
			higher++
		}
		if slices.ContainsFunc(both.Override, func(a Audit) bool { return a.Accepted && a.Direction == "down" }) {
			lowered++
		}
		return ""
	})
	if testing.Short() {
		return
	}
	// Where both policies would go lower, the merged one mostly does too: a
	// merge that made everything frontier would be no use.
	if higher > rounds/10 || lowered < rounds/200 {
		t.Errorf("of %d pairs %d are higher than both, and in %d a label lowers", rounds, higher, lowered)
	}
}

// TestMergingBoundsMoneyAndPeople: no ceiling is above the lower of the two,
// and nobody may lower whom one of them does not let.
func TestMergingBoundsMoneyAndPeople(t *testing.T) {
	t.Parallel()
	forPairs(t, func(_ maker, w world, org *policy.File) string {
		both := merged(org, w.policy)
		for _, f := range []*policy.File{org, w.policy} {
			switch {
			case !within(both.Budget.Run, f.Budget.Run), !within(both.Budget.PullRequest, f.Budget.PullRequest),
				!within(both.Budget.Day, f.Budget.Day), !within(both.Budget.ActorDay, f.Budget.ActorDay):
				return fmt.Sprintf("a ceiling rose: %+v from %+v", both.Budget, f.Budget)
			case both.Budget.CriticalReserve < f.Budget.CriticalReserve, f.Budget.OnCritical == "fail" && both.Budget.OnCritical != "fail",
				f.Budget.OnAuxiliary == "fail" && both.Budget.OnAuxiliary != "fail":
				return fmt.Sprintf("the budget is looser: %+v than %+v", both.Budget, f.Budget)
			case both.Escalation.MaxAttempts > f.Escalation.MaxAttempts, both.Handoff.MaxTokens > f.Handoff.MaxTokens:
				return "a bound rose"
			case !inside(both.Override.Allow, f.Override.Allow), !inside(both.Override.Bots, f.Override.Bots),
				both.Override.SelfLower && !f.Override.SelfLower, f.Override.RequireReason && !both.Override.RequireReason:
				return fmt.Sprintf("somebody may lower whom %+v does not let: %+v", f.Override, both.Override)
			case f.Enforce && !both.Enforce:
				return "an enforced policy observes"
			case len(both.MustFrontier) != len(org.MustFrontier)+len(w.policy.MustFrontier):
				return "an entry of must_frontier is gone"
			}
		}
		return ""
	})
}

// TestMergingTakesNoPriceOfTheRepository: what anything costs under the merged
// policy, on any day, is what it costs under the organisation's, so that no
// ceiling of it can be emptied; and no price is dropped in silence.
func TestMergingTakesNoPriceOfTheRepository(t *testing.T) {
	t.Parallel()
	list, err := money.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	dropped := 0
	forPairs(t, func(_ maker, w world, org *policy.File) string {
		both, findings := policy.Merge(org, w.policy)
		if both == nil {
			return findings.Error()
		}
		told := 0
		for _, f := range findings {
			if f.ID == "extends-price" {
				told++
			}
		}
		dropped += told
		if told != len(w.policy.Prices) {
			return fmt.Sprintf("%d prices were dropped, and %d said", len(w.policy.Prices), told)
		}
		for _, id := range pricedModels() {
			for _, day := range []string{"2026-01-01", "2026-08-01", "2027-01-01"} {
				on, _ := time.Parse(time.DateOnly, day)
				want, known := list.With(org.PriceRows()...).Lookup("anthropic", id, on)
				got, found := list.With(both.PriceRows()...).Lookup("anthropic", id, on)
				if !reflect.DeepEqual(got, want) || found != known {
					return fmt.Sprintf("%s costs %+v on %s, and %+v by the organisation's", id, got, day, want)
				}
			}
		}
		return ""
	})
	if dropped == 0 {
		t.Error("no pair had a price to drop")
	}
}

func within(ceiling, limit *money.Nano) bool {
	return limit == nil || ceiling != nil && *ceiling <= *limit
}

func inside(part, whole []string) bool {
	return !slices.ContainsFunc(part, func(s string) bool { return !slices.Contains(whole, s) })
}

// outcomeOf is what a decision comes to.
func outcomeOf(d Decision) string {
	text := fmt.Sprint(d.Tier, d.Locked, d.Skipped != "", d.Observed, d.Unavailable != "", d.Catch.Caught)
	if d.Model != nil {
		text += " " + d.Model.ID() + " " + d.Model.Tier.String()
	}
	return text
}

// TestMergingWithItselfChangesNothing: Merge(p, p) decides as p does.
func TestMergingWithItselfChangesNothing(t *testing.T) {
	t.Parallel()
	forPairs(t, func(_ maker, w world, _ *policy.File) string {
		alone, twice := w.decide(), w.by(merged(w.policy, w.policy)).decide()
		if outcomeOf(alone) != outcomeOf(twice) {
			return fmt.Sprintf("alone %s, merged with itself %s\n%+v\n%+v", outcomeOf(alone), outcomeOf(twice), alone.Override, twice.Override)
		}
		return ""
	})
}

// TestMergingHasNoOrder: of three policies it does not matter which two are
// merged first.
func TestMergingHasNoOrder(t *testing.T) {
	t.Parallel()
	forPairs(t, func(m maker, w world, org *policy.File) string {
		third := m.another(w)
		first := w.by(merged(third, merged(org, w.policy))).decide()
		last := w.by(merged(merged(third, org), w.policy)).decide()
		if first.got() != last.got() || (first.Skipped != "") != (last.Skipped != "") {
			return fmt.Sprintf("%s locked %v, and %s locked %v\n%+v\n%+v", first.Tier, first.Locked, last.Tier, last.Locked, first.Override, last.Override)
		}
		return ""
	})
}

// TestMergedPoliciesKeepTheirReasons: reasons are causes there too, and each
// names the file that it comes from.
func TestMergedPoliciesKeepTheirReasons(t *testing.T) {
	t.Parallel()
	forPairs(t, func(_ maker, w world, org *policy.File) string {
		for i := range org.MustFrontier {
			org.MustFrontier[i].Pos.File = "acme/.github/routing-policy.yml@4f2c1d2e3a4b"
		}
		w = w.by(merged(org, w.policy))
		d := w.decide()
		for _, r := range d.Reasons {
			entry := slices.ContainsFunc(w.policy.MustFrontier, func(e policy.MustFrontier) bool { return e.Pos == r.Policy && "must-frontier/"+e.ID == r.Rule })
			if len(r.Rule) > len("must-frontier/") && r.Rule[:len("must-frontier/")] == "must-frontier/" && !entry {
				return fmt.Sprintf("no entry stands at %s: %s", r.Policy, r.Rule)
			}
		}
		return brokenCause(w.input())
	})
}
