package lint

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// The tokens of one task by which two prices are compared: a diff of some
// hundred lines in, and an answer with its thinking out.
const (
	comparedPrompt = 20_000
	comparedOutput = 2_000
)

// leastTasks is how many tasks on each of two models a comparison of what they
// cost needs.
const leastTasks = 5

func efficientNotCheaper() Rule {
	return Rule{
		ID:       "efficient-not-cheaper",
		Severity: diag.Warning,
		Summary:  "a tier is not cheaper than the one above it",
		Why: "Routing gives up some quality for money. Where the lower tier costs as much, at its price for the same tokens or as the ledger measured it a task, " +
			"it gives up quality for nothing: a cheap price is often a dear task, since small models think longer and are refused more often.",
		Fix:    "Put a cheaper model first in the lower tier, or empty that tier.",
		Bad:    Example{Text: pooled("mid:      [{ provider: anthropic, model: claude-sonnet-5-5 }]\n  efficient: [{ provider: anthropic, model: claude-sonnet-4-6 }]\n  frontier: [{ provider: anthropic, model: claude-opus-5-5 }]", "claude-opus-5-5", "")},
		Good:   Example{Text: minimal("")},
		Policy: notCheaper,
	}
}

func notCheaper(p Policy, w World) []Hit {
	first := map[policy.Tier]poolModel{}
	for _, m := range p.models() {
		if _, has := first[m.Tier]; !has && !m.baseline {
			first[m.Tier] = m
		}
	}
	var hits []Hit
	for _, tier := range []policy.Tier{policy.Efficient, policy.Mid} {
		low, ok := first[tier]
		high, has := first[tier+1]
		if !ok || !has {
			continue
		}
		if h, fires := dearerByPrice(p, w, low, high); fires {
			hits = append(hits, h)
		}
		hits = append(hits, dearerAsMeasured(p, w, low, high)...)
	}
	return hits
}

// dearerByPrice leaves one model asked in two ways alone: less effort is
// fewer tokens.
func dearerByPrice(p Policy, w World, low, high poolModel) (Hit, bool) {
	if low.ID() == high.ID() {
		if low.Effort != high.Effort || low.MaxOutputTokens < high.MaxOutputTokens {
			return Hit{}, false
		}
		return p.onValue(low.node, "%s and %s ask the same model in the same way: %s saves nothing", low.Tier, high.Tier, low.Tier), true
	}
	cheap, dear := w.compared(p, low), w.compared(p, high)
	if cheap.State != money.Priced || dear.State != money.Priced || cheap.Nano < dear.Nano {
		return Hit{}, false
	}
	return p.onValue(low.node, "%s costs %s for %d tokens in and %d out, and %s of tier %s costs %s: put a cheaper model first in %s",
		low.Model.Model, dollars(cheap.Nano), comparedPrompt, comparedOutput, high.Model.Model, high.Tier, dollars(dear.Nano), low.Tier), true
}

func (w World) compared(p Policy, m poolModel) money.Cost {
	row, ok := w.price(p, m.Provider, m.Model.Model)
	if !ok {
		return money.Cost{State: money.Unpriced}
	}
	return row.Cost(money.Usage{Known: true, InputTokens: comparedPrompt, OutputTokens: comparedOutput})
}

// dearerAsMeasured compares what the same task cost on both models.
func dearerAsMeasured(p Policy, w World, low, high poolModel) []Hit {
	if w.Spend == nil || low.ID() == high.ID() {
		return nil
	}
	var hits []Hit
	for _, on := range w.Spend.Models {
		if on.Tasks < leastTasks || on.Provider != low.Provider || !money.SameModel(on.Model, low.Model.Model) {
			continue
		}
		for _, other := range w.Spend.Models {
			if other.Task != on.Task || other.Tasks < leastTasks || other.Provider != high.Provider || !money.SameModel(other.Model, high.Model.Model) || on.Median < other.Median {
				continue
			}
			hits = append(hits, p.onValue(low.node, "as measured, %s costs %s a task on %s (%d of them) and %s on %s (%d): the cheaper tier is not cheaper for it",
				on.Task, on.Median.Dollars(), low.Model.Model, on.Tasks, other.Median.Dollars(), high.Model.Model, other.Tasks))
		}
	}
	return hits
}

// dollars words an exact amount, such as $4 or $0.10.
func dollars(n money.Nano) string {
	text := n.Decimal()
	if dot := strings.IndexByte(text, '.'); dot >= 0 && len(text)-dot == 2 {
		text += "0"
	}
	return "$" + text
}

// perMillion words a price: a pico-dollar a token is a micro-dollar a million.
func perMillion(p money.Pico) string { return dollars(money.Nano(p) * 1000) }

// rates words the prices of a million tokens, in and out.
func rates(r money.Row) string {
	return fmt.Sprintf("%s in and %s out a million tokens", perMillion(r.Rates.Input), perMillion(r.Rates.Output))
}
