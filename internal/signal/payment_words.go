package signal

import "slices"

func paymentWords() Signal {
	return Signal{
		ID:      "payment-words",
		Summary: "the words speak of somebody's money",
		Why:     "a wrong amount is money lost or owed, and a customer notices it before a test does",
		Example: `"customers see yesterday's balance after a transfer", "buyers are charged twice"`,
		Fix:     "words only raise; say what is meant without the words of money where none is touched",
		Needs:   []Need{NeedsWords},
		Fire: func(in Input) []Hit {
			return wordHits("payment-words", in.read(), func(r reading) []string { return r.money() })
		},
	}
}

var (
	// moneyTerms mean money by themselves.
	moneyTerms = phrases("invoice|invoices|invoicing|refund|refunds|refunded|refunding|payment|payments|payout|payouts|billing|overdraft|overdrafts|chargeback|chargebacks|iban|payroll"+
		"|paypal|adyen|braintree|coupon|coupons|surcharge|paywall|invoiced|payee|payer|remittance|stripe|paddle|pricing|currency|currencies", "charged|billed|paid|charge|bill|charges|bills ..3 twice", "double charge|charged|charges|charging|billing|billed|payment", "credit|debit|gift card|cards",
		"bank account|accounts|transfer|transfers|statement|statements|details", "money|wire transfer|transfers|back", "account balance|balances|statement|statements|credit", "negative|outstanding|current|available|wallet balance|balances",
		"checkout flow|page|form|session|sessions|total|totals|button|process|cart|price|link|links", "at checkout", "shopping cart|carts", "cart total|totals|items|price", "currency|currencies conversion|code|codes|format|rounding|amount|symbol|rate",
		"exchange rate|rates", "sales|value tax|taxes", "tax|taxes rate|rates|id|amount|rounding|calculation|line|lines|provider|region|inclusive|exempt", "vat rate|number|id|amount", "price|prices|pricing change|list|table|rule|rules|set|sets|plan|plans|tier|tiers|rounding|calculation|total|page|per",
		"discount|discounts code|codes|rule|amount|percentage|applied|stacking", "subscription|subscriptions plan|plans|fee|fees|price|renewal|renewals|billing|cancellation|upgrade|tier|cycle", "free trial|trials", "loyalty|store|account credit|credits|points",
		"interest rate|rates|accrual|payment|payments", "late|service|transaction|processing|shipping fee|fees|total|totals|cost|costs", "rounding ..3 cents|total|totals|price|prices|amount|amounts|invoice|tax", "cents|amount ..2 rounding|rounded", "amount due|owed|charged|paid",
		"stripe|paddle|mollie|polar customer|customers|webhook|webhooks|checkout|connect|payment|payments|subscription|price|invoice|charge|account", "general|customer ledger", "ledger entry|entries|balance", "wallet|wallets top|balance|credit|funds", "purchase|purchases|order|orders total|totals|price|amount|refund|paid",
		"gross|net price|amount|total|revenue", "over|under charged|charge|charges|billed", "overcharged|overcharge|undercharged|overbilled", "price|prices of|for|in|on", "past due", "proration|prorated|prorate", "dunning")
	// moneyNouns may mean money, and do so near a word for who has it, or near
	// another one.
	moneyNouns = phrases("balance|balances|wallet|wallets|receipt|receipts|paid|pay|pays|paying|unpaid|subscription|subscriptions|fee|fees|tax|taxes|vat|price|prices|pricing|discount|discounts|currency|currencies|deposit|deposits|withdrawal|withdrawals|withdraw" +
		"|checkout|ledger|cents|money|funds|purchase|purchases|purchased|amount|amounts|credits|tip|tips|overdrawn|charged|transfer|transfers|transferred|statement|statements|interest|renewal|renewals|trial|trials|order|orders|cart|carts|debit|debited|cost|costs|stripe|rounding")
	// moneyBuyers have money. moneyUsers may be anybody: near them a word must be
	// one of soundNouns.
	moneyBuyers = phrases("customer|customers|buyer|buyers|merchant|merchants|cardholder|cardholders|subscriber|subscribers|shopper|shoppers|seller|sellers|donor|donors|tenant|tenants|guest|guests")
	moneyUsers  = phrases("user|users|account|accounts|client|clients|member|members|people|they|organization|organizations|team|teams")
	soundNouns  = phrases("balance|balances|wallet|wallets|paid|pay|pays|paying|unpaid|fee|fees|tax|taxes|price|prices|discount|discounts|withdrawal|withdrawals|overdrawn|charged|debited|money|purchase|purchases|purchased|cents|currency|receipt|receipts")
)

// nearby is how many words apart two words still speak of one thing.
const nearby = 10

// money gives the words that speak of money. A long body always has one that
// may; it is asked for what means money by itself.
func (r reading) money() []string {
	if r.kind == told {
		return moneyTerms().found(r.tokens)
	}
	parts := withParts(r.words, r.tokens)
	return dropRepeated(slices.Concat(moneyTerms().found(r.tokens), moneyTerms().found(parts),
		near(r.tokens, moneyBuyers(), moneyNouns()), near(r.tokens, moneyUsers(), soundNouns())))
}

// near gives the pairs of words of two vocabularies that stand close together.
func near(tokens []token, a, b vocabulary) []string {
	var found []string
	lastA, lastB := -1, -1
	for i, t := range tokens {
		isA, isB := a.at(tokens, i) > 0, b.at(tokens, i) > 0
		switch {
		case isA && lastB >= 0 && i-lastB <= nearby:
			found = append(found, t.word+" … "+tokens[lastB].word)
		case isB && lastA >= 0 && i-lastA <= nearby:
			found = append(found, tokens[lastA].word+" … "+t.word)
		}
		if isA {
			lastA = i
		}
		if isB {
			lastB = i
		}
		if len(found) >= maxDistinct {
			break
		}
	}
	return found
}
