package route

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/policy"
)

// carry says what carries the decision out. It never changes the tier.
func carry(in Input, d *Decision) {
	d.Observed = !in.Policy.Enforce
	if d.Observed && observe(in, d) {
		return
	}
	if d.Tier == policy.Local && in.Task != nil && in.Task.Local != nil {
		return
	}
	usable, missing := sortPool(in, d.Tier)
	for _, m := range missing {
		d.Considered = append(d.Considered, Considered{Model: m, Why: "no key for " + m.Provider})
	}
	if len(usable) == 0 {
		d.without(in, unavailable(d.Tier, missing), len(missing) > 0)
		return
	}
	d.Model, d.Fallbacks = &usable[0], usable[1:]
}

// without takes the one way down of step 5: a task that tells and is not
// locked may run as local where nothing of its tier or dearer can be called.
func (d *Decision) without(in Input, why string, wantsKey bool) {
	if !tells(in) || d.Locked || in.Task.Local == nil {
		d.Unavailable, d.MissingKey = why, wantsKey
		return
	}
	d.LocalForWantOfKey = true
	d.Reasons = append(d.Reasons, Reason{Rule: "local-for-want-of-key", Tier: policy.Local, Text: why + ": it runs as local"})
}

// sortPool gives the models of a tier, then those of dearer tiers, in the
// order of the policy, by whether there is a key.
func sortPool(in Input, from policy.Tier) (usable, missing []policy.Model) {
	for _, tier := range policy.Tiers() {
		if tier < from {
			continue
		}
		for _, m := range in.Policy.Models(tier) {
			if slices.Contains(in.Available, m.Provider) {
				usable = append(usable, m)
			} else {
				missing = append(missing, m)
			}
		}
	}
	return usable, missing
}

func unavailable(tier policy.Tier, missing []policy.Model) string {
	if len(missing) == 0 {
		return fmt.Sprintf("the pool has no model of tier %s or dearer", tier)
	}
	var providers []string
	for _, m := range missing {
		if !slices.Contains(providers, m.Provider) {
			providers = append(providers, m.Provider)
		}
	}
	return fmt.Sprintf("no key for a model of tier %s or dearer (would be %s)", tier, strings.Join(providers, " or "))
}

// observe runs everything on the baseline where the policy does not enforce.
// A baseline that the pool places below the decided tier does not carry it
// out, and the pool does: observing may cost more, and never lowers.
func observe(in Input, d *Decision) bool {
	b := in.Policy.Baseline
	b.Tier = baselineTier(in.Policy)
	switch {
	case b.Tier < d.Tier:
		d.Considered = append(d.Considered, Considered{Model: b, Why: fmt.Sprintf("the baseline stands at %s in the pool, below %s", b.Tier, d.Tier)})
		return false
	case slices.Contains(in.Available, b.Provider):
		d.Model = &b
	default:
		d.Considered = append(d.Considered, Considered{Model: b, Why: "no key for " + b.Provider})
		d.without(in, "enforce: false runs everything on the baseline, and there is no key for "+b.Provider, true)
	}
	return true
}

// baselineTier is the highest tier at which the pool lists the baseline. A
// baseline outside the pool is what the owners call the dearest.
func baselineTier(f *policy.File) policy.Tier {
	var tier policy.Tier
	for _, m := range f.Pool {
		if m.ID() == f.Baseline.ID() {
			tier = max(tier, m.Tier)
		}
	}
	if tier == 0 {
		return policy.Frontier
	}
	return tier
}
