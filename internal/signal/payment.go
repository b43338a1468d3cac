package signal

import (
	"slices"
	"strings"
)

// moneyNames say by themselves that money moves.
const moneyNames = `payment payments invoice invoices refund refunds payout payouts stripe paypal braintree adyen paddle chargebee recurly mollie razorpay klarna
	lemonsqueezy revenuecat chargeback iban`

// moneyHints say it where two of them meet, or one in a folder of money.
const moneyHints = `billing subscription subscriptions price prices pricing tax taxes vat currency currencies amount amounts balance charge charges charged wallet
	coupon discount discounts ledger transfer credit credits debit cents customer checkout cart order total fee fees dispute plan payer receipt merchant`

func payment() Signal {
	return Signal{
		ID:      "payment",
		Summary: "payments, invoices, prices or balances were touched",
		Why:     "money moves: a rounding or a double charge is noticed by customers first",
		Example: "+	refund, err := client.Refunds.New(params)",
		Fix:     "name your folders of money in must_frontier: by path, and leave this signal out of it where it fires too often",
		Needs:   []Need{NeedsDiff},
		Content: &content{reads: running, paths: strings.Fields(moneyNames + " billing"), rules: paymentRules},
	}
}

func paymentRules() []rule {
	hints := strings.Fields(moneyHints)
	return []rule{
		spoken(moneyNames),
		{words: hints, match: touched(func(l line, _ block) string {
			if first := l.first(hints); l.also(first, hints) || moneyPath(l.path) {
				return "it says " + first
			}
			return ""
		})},
	}
}

// also says that another of the words is on the line: price and prices are one.
func (l line) also(first string, words []string) bool {
	return slices.ContainsFunc(l.words, func(w string) bool {
		return strings.TrimSuffix(w, "s") != strings.TrimSuffix(first, "s") && slices.Contains(words, w)
	})
}

func moneyPath(path string) bool {
	folders := strings.Fields("billing subscription subscriptions order orders checkout pricing tax wallet ledger " + moneyNames)
	return slices.ContainsFunc(wordsOf(path, nil), func(w string) bool { return slices.Contains(folders, w) })
}
