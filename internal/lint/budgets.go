package lint

import (
	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/money"
)

func budgetMissing() Rule {
	return Rule{
		ID:       "budget-missing",
		Severity: diag.Warning,
		Summary:  "no ceiling bounds what one run may cost",
		Why:      "A diff of a size that nobody thought of, or a loop of retries, is found on the bill. A ceiling is counted before every call, at its upper bound.",
		Fix:      "Write run_usd under budget:, some times what a usual run costs.",
		Bad:      Example{Text: minimal("")},
		Good:     Example{Text: minimal("budget: { run_usd: 2.00 }\n")},
		Policy: func(p Policy, _ World) []Hit {
			if p.File.Budget.Run != nil {
				return nil
			}
			return []Hit{p.onKey("budget", "nothing bounds what one run may cost: add budget: { run_usd: 2.00 }, or what a run of yours may cost")}
		},
	}
}

// leastSessions is how many runs a median needs to speak of.
const leastSessions = 5

func budgetBelowMedian() Rule {
	spend := &Spend{Weeks: 4, Sessions: 80, MedianRun: 310_000_000}
	return Rule{
		ID:       "budget-below-median",
		Severity: diag.Warning,
		Summary:  "a ceiling is so low that a usual run hits it",
		Why: "A ceiling is there for the run that nobody thought of. One below what half of the runs of the last weeks cost skips tasks every day, " +
			"and stops reviews: people learn to pass over it.",
		Fix:    "Raise the ceiling to some times the median, or move tasks to a cheaper tier.",
		Needs:  []Need{NeedsLedger},
		Bad:    Example{Text: minimal("budget: { run_usd: 0.25 }\n"), World: World{Spend: spend}},
		Good:   Example{Text: minimal("budget: { run_usd: 2.00 }\n"), World: World{Spend: spend}},
		Policy: lowBudgets,
	}
}

func lowBudgets(p Policy, w World) []Hit {
	if w.Spend.Sessions < leastSessions {
		return nil
	}
	b := p.File.Budget
	var hits []Hit
	for _, c := range []struct {
		key    string
		amount *money.Nano
	}{{"run_usd", b.Run}, {"pull_request_usd", b.PullRequest}, {"day_usd", b.Day}, {"actor_day_usd", b.ActorDay}} {
		n := p.under("budget", c.key)
		if n == nil || c.amount == nil || *c.amount > w.Spend.MedianRun {
			continue
		}
		hits = append(hits, p.onValue(n, "%s is %s, and the median of %s in the last %s cost %s: a usual run hits the ceiling; raise it",
			c.key, dollars(*c.amount), counted(w.Spend.Sessions, "run"), counted(w.Spend.Weeks, "week"), w.Spend.MedianRun.Dollars()))
	}
	return hits
}
