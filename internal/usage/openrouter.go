package usage

import "github.com/tierwise/tierwise/internal/money"

// readOpenRouter maps chat completions with OpenRouter's own cost. Which
// provider answered, and at which price, only OpenRouter knows: its figure is
// the bill, and is kept beside ours.
// https://openrouter.ai/docs/use-cases/usage-accounting
func readOpenRouter(body, u node) Report {
	r := readChat(body, u)
	r.Served.WebSearches, r.Served.Unpriced = u.serverTools(r.Served.Unpriced)
	r.Theirs = u.theirs()
	return r
}

// theirs is what OpenRouter charged. With a key of one's own that is its fee
// alone, and what the provider bills comes on top.
func (n node) theirs() money.Cost {
	cost, why := n.dollars("cost")
	if why == "" && n.has("is_byok") && string(n.members["is_byok"]) != "false" {
		var upstream money.Nano
		if upstream, why = n.child("cost_details").dollars("upstream_inference_cost"); why == "" {
			cost += upstream
		}
	}
	if why != "" {
		return money.Cost{State: money.Unknown, Note: why}
	}
	return money.Cost{State: money.Priced, Nano: cost, Note: "as OpenRouter reports"}
}

// dollars reads an amount as a JSON number.
func (n node) dollars(name string) (amount money.Nano, why string) {
	if !n.has(name) {
		return 0, "OpenRouter did not say what it cost"
	}
	amount, err := money.ReadNano(string(n.members[name]))
	if err != nil || amount < 0 || amount > mostOfOne {
		return 0, "OpenRouter's own cost cannot be read"
	}
	return amount, ""
}

// mostOfOne is more than any one response costs: $100,000.
const mostOfOne = money.Nano(100_000_000_000_000)
