package page

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/weekly"
)

func monday() time.Time { return time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC) }

func priced(n money.Nano) money.Cost { return money.Cost{State: money.Priced, Nano: n} }

// names are what a ledger says of itself; a hostile one says anything.
type names struct{ repository, task, model, agent string }

func honest(n int) names {
	return names{
		fmt.Sprintf("acme/%s", []string{"shop", "payments", "web", "infrastructure"}[n%4]),
		[]string{"docs", "tests", "changelog", "code-review", "pr-summary"}[n%5], []string{"claude-haiku-4-5", "claude-sonnet-5", "claude-opus-4-8"}[n%3], "",
	}
}

// fact is the nth of a made-up week in which everything happens.
func fact(n int, called names) ledger.Fact {
	tier := []policy.Tier{policy.Efficient, policy.Mid, policy.Frontier}[n%3]
	amount := []money.Nano{16_200_000, 41_000_000, 310_000_000}[n%3] + money.Nano(n*7919%9_000_000)
	f := ledger.Fact{
		Repository: called.repository, PullRequest: n%90 + 1, Started: monday().Add(time.Duration(n*37%(7*24)) * time.Hour), Task: called.task, Agent: called.agent,
		Status: "clean", Decided: tier, Used: tier, Provider: "anthropic", Model: called.model, Cost: priced(amount), Baseline: priced(330_000_000), Saved: priced(330_000_000 - amount),
		Would: money.Cost{State: money.Unknown}, Avoided: money.Cost{State: money.Unknown}, Bound: priced(500_000_000),
		Expected: 1000, Most: 4000, Actual: int64(900 + n%300), Class: []string{"code", "docs"}[n%2], PricesAsOf: "2026-11-01", PolicyDigest: "sha256:ab", Attempts: 1,
	}
	binary.BigEndian.PutUint64(f.ID[:], uint64(n)+1)
	binary.BigEndian.PutUint64(f.Session[:], uint64(n/3)+1)
	f.First = ledger.Step{Tier: tier, Provider: f.Provider, Model: f.Model, Cost: f.Cost}
	switch {
	case n%3 == 0 && n%4 == 0:
		f.Next, f.Refusals, f.Used = ledger.Step{Tier: policy.Mid, Provider: f.Provider, Model: "claude-sonnet-5", Cost: priced(41_000_000)}, 1, policy.Mid
	case n%41 == 1:
		f.Status, f.Cost, f.Baseline, f.Saved, f.First = ledger.Begun, money.Cost{State: money.Unknown}, money.Cost{State: money.Unknown}, money.Cost{State: money.Unknown}, ledger.Step{}
	case n%37 == 2:
		f.Cost, f.Saved, f.First.Cost = money.Cost{State: money.Unknown}, money.Cost{State: money.Unknown}, money.Cost{State: money.Unknown}
	case n%43 == 4:
		f.Cost, f.Saved, f.First.Cost, f.Model = money.Cost{State: money.Unpriced}, money.Cost{State: money.Unknown}, money.Cost{State: money.Unpriced}, "house-model"
	case n%29 == 5:
		f.Used, f.Provider, f.Model, f.Cost, f.Saved, f.First = policy.Local, "", "", priced(0), priced(330_000_000), ledger.Step{}
	case n%31 == 6:
		f.Reused, f.Avoided, f.Cost = true, priced(16_000_000), priced(0)
	case n%31 == 7:
		f.Agent, f.Observed, f.Would = "claude-code", true, priced(amount/2)
	}
	switch n % 17 {
	case 3:
		f.Raised = 1
	case 5:
		f.Lowered = 1
	case 9:
		f.Refused = 1
	}
	return f
}

func flagOf(f ledger.Fact, v ledger.Verdict) ledger.Flag {
	return ledger.NewFlag(ledger.Flag{
		Repository: f.Repository, Record: hex.EncodeToString(f.ID[:]), Task: f.Task, PullRequest: f.PullRequest, Verdict: v,
		Source: "comment", Reference: "1", At: monday().Add(time.Hour).Format(time.RFC3339),
	})
}

func price(_, model string) (in, out money.Pico, ok bool) {
	switch model {
	case "claude-haiku-4-5":
		return 1_000_000, 5_000_000, true
	case "claude-opus-4-8":
		return 5_000_000, 25_000_000, true
	default:
		return 0, 0, false
	}
}

// week gives the numbers of so many facts over so many days.
func week(records, over int, call func(n int) names) weekly.Numbers {
	s := weekly.New(weekly.Options{From: monday(), To: monday().AddDate(0, 0, over), SampleSize: 5, Price: price})
	for n := range records {
		f := fact(n, call(n))
		s.Add(f)
		if n%6 == 0 {
			s.AddFlag(flagOf(f, []ledger.Verdict{ledger.Right, ledger.Right, ledger.Cheaper, ledger.Right, ledger.Right, ledger.Right, ledger.Frontier}[n/6%7]))
		}
		if n%71 == 10 {
			s.Dispute(flagOf(f, ledger.Right))
		}
	}
	if records > 1 {
		s.Unread(2)
		s.RefusedFlags(1)
		s.AddFlag(flagOf(fact(1_000_000, honest(0)), ledger.Right))
		s.Note("the price list was last checked on 2026-01-01, 323 days ago: prices may have changed")
	}
	return s.Numbers()
}

// fullWeek has something in every part of the page.
func fullWeek() weekly.Numbers {
	n := week(420, 7, honest)
	n.Suggestions = append(n.Suggestions, weekly.Suggestion{
		Kind: "lower", Task: "tests", From: "frontier", To: "efficient", Text: "tests: 41 of 44 (95 % interval 82–98 %) frontier runs flagged cheaper: move to efficient",
		Share: weekly.Share{Hits: 41, Of: 44, Share: 0.9318, Low: 0.8178, High: 0.9765},
		Patch: "--- a/routing-policy.yml\n+++ b/routing-policy.yml\n@@ -12,3 +12,3 @@\n   - id: tests\n-    tier: frontier\n+    tier: efficient\n",
	})
	n.Review = weekly.Review{Due: "2026-11-20", State: "overdue", Days: -5, Changes: []string{"2 models of the pool have a new price"}}
	return n
}
