package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/money"
)

// spendWeeks is how far back a linter looks into a ledger.
const spendWeeks = 4

// lintSpend sums up what the last weeks cost. It is nil where the ledger has
// nothing of them whose cost is known, which is not "nothing was spent".
func lintSpend(ctx context.Context, address string, now time.Time) (*lint.Spend, []string, error) {
	at, err := ledger.ParseAddress(address)
	if err != nil {
		return nil, nil, usage("--ledger: %v", err)
	}
	if at.Kind != ledger.KindFile {
		return nil, nil, usage("--ledger %.200s: lint reads a folder, file:DIR", address)
	}
	records, problems := ledger.ReadDir(ctx, at.Dir.Path(), now.AddDate(0, 0, -7*spendWeeks))
	var warnings []string
	for _, p := range problems {
		warnings = append(warnings, "a part of the ledger was not read: "+p.Error())
	}
	spend := spendOf(records)
	if spend == nil {
		warnings = append(warnings, fmt.Sprintf("the ledger %.200q has no run of the last %d weeks whose cost is known", address, spendWeeks))
	}
	return spend, warnings, nil
}

// spendOf takes medians. A run with a task whose cost is not known has no
// known cost, and a task that called several models counts for none of them.
func spendOf(records []ledger.Record) *lint.Spend {
	runs := map[string][]money.Nano{}
	unknown := map[string]bool{}
	models := map[lint.ModelSpend][]money.Nano{}
	for _, r := range records {
		run := fmt.Sprintf("%s %s %d", r.Repository, r.RunID, r.RunAttempt)
		cost, err := money.ParseNano(string(r.Cost))
		if err != nil {
			unknown[run] = true
			continue
		}
		runs[run] = append(runs[run], cost)
		if key, ok := calledModel(r); ok {
			models[key] = append(models[key], cost)
		}
	}
	spend := &lint.Spend{Weeks: spendWeeks}
	var totals []money.Nano
	for run, costs := range runs {
		if !unknown[run] {
			totals = append(totals, sumOf(costs))
		}
	}
	if spend.Sessions = len(totals); spend.Sessions == 0 {
		return nil
	}
	spend.MedianRun = median(totals)
	for key, costs := range models {
		key.Tasks, key.Median = len(costs), median(costs)
		spend.Models = append(spend.Models, key)
	}
	slices.SortFunc(spend.Models, func(a, b lint.ModelSpend) int {
		return cmp.Or(cmp.Compare(a.Task, b.Task), cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.Model, b.Model))
	})
	return spend
}

// calledModel names the one model that a task called; false where it called
// none, or several.
func calledModel(r ledger.Record) (lint.ModelSpend, bool) {
	if len(r.Attempts) == 0 || r.Reused != nil {
		return lint.ModelSpend{}, false
	}
	for _, a := range r.Attempts {
		if a.Provider != r.Attempts[0].Provider || a.Model != r.Attempts[0].Model {
			return lint.ModelSpend{}, false
		}
	}
	return lint.ModelSpend{Task: r.Task, Provider: r.Attempts[0].Provider, Model: r.Attempts[0].Model}, true
}

func sumOf(costs []money.Nano) money.Nano {
	var sum money.Nano
	for _, c := range costs {
		sum += c
	}
	return sum
}

// median of an even number is the mean of the two in the middle, rounded down.
func median(costs []money.Nano) money.Nano {
	sorted := slices.Sorted(slices.Values(costs))
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}
