package report

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

// words draws hostile text: pieces of the poison in any order, and long runs.
func words(rng *rand.Rand) string {
	pieces := strings.Split(poison, "\n")
	var out strings.Builder
	for range rng.IntN(6) {
		piece := pieces[rng.IntN(len(pieces))]
		if rng.IntN(20) == 0 {
			piece = strings.Repeat(piece, 1+rng.IntN(500))
		}
		out.WriteString(piece)
		out.WriteString([]string{"", " ", "\n", "\n\n", "\r\n", "|", "`", "\\"}[rng.IntN(8)])
	}
	return out.String()
}

func randomCost(rng *rand.Rand) money.Cost {
	switch rng.IntN(4) {
	case 0:
		return money.Cost{State: money.Unpriced, Note: words(rng)}
	case 1:
		return money.Cost{State: money.Unknown, Note: words(rng)}
	default:
		return usd(money.Nano(rng.Int64N(5_000_000_000)))
	}
}

func randomResult(rng *rand.Rand) dispatch.Result {
	statuses := []dispatch.Status{dispatch.Clean, dispatch.Findings, dispatch.Skipped, dispatch.Partial, dispatch.CouldNotRun}
	r := dispatch.Result{
		Task:   task.Task{ID: words(rng), CriticalPath: rng.IntN(2) == 0},
		Status: statuses[rng.IntN(len(statuses))], Reason: words(rng), Tier: policy.Tiers()[rng.IntN(4)],
		Decision: route.Decision{
			Tier: policy.Tiers()[rng.IntN(4)], Locked: rng.IntN(2) == 0, Observed: rng.IntN(4) == 0, Would: policy.Efficient,
			Catch: route.Catch{Asked: rng.IntN(2) == 0, Caught: rng.IntN(2) == 0, Text: words(rng), Results: []route.CatchResult{{Failure: words(rng), Catcher: task.CatcherRequiredReview, Text: words(rng)}}},
		},
		Output:    task.Output{Markdown: words(rng), Patch: words(rng)},
		Notes:     []string{words(rng)},
		FilesRead: rng.IntN(9), FilesTotal: rng.IntN(9), Warnings: []string{words(rng)},
	}
	for range rng.IntN(4) {
		r.Decision.Reasons = append(r.Decision.Reasons, route.Reason{Rule: words(rng), Tier: policy.Mid, Decisive: true, File: words(rng), Line: rng.IntN(9), Text: words(rng)})
		r.Decision.Override = append(r.Decision.Override, route.Audit{Label: words(rng), Actor: words(rng), Head: words(rng), Text: words(rng)})
		r.Output.Findings = append(r.Output.Findings, task.Finding{Path: words(rng), Line: 1 + rng.IntN(9), Severity: task.Severity(1 + rng.IntN(5)), Title: words(rng), Body: words(rng), Suggestion: words(rng)})
		r.LeftOut = append(r.LeftOut, dispatch.LeftOut{Path: words(rng), Why: words(rng)})
	}
	r.Decision.Facts.Notes, r.Decision.Hint = []string{words(rng)}, words(rng)
	r.Output.Dropped = rng.IntN(3)
	if rng.IntN(5) == 0 {
		r.Decision.Refused = words(rng)
	}
	if rng.IntN(3) > 0 {
		r.Cost, r.Baseline = randomCost(rng), randomCost(rng)
		r.Saved = money.Cost{State: r.Baseline.State, Nano: r.Baseline.Nano - r.Cost.Nano}
		if r.Cost.State != money.Priced {
			r.Outside = words(rng) + "outside"
		}
		u := money.Usage{Known: rng.IntN(3) > 0, InputTokens: rng.Int64N(1e6), OutputTokens: rng.Int64N(1e6)}
		m := policy.Model{Tier: r.Tier, Provider: words(rng), Model: words(rng)}
		r.Attempts = []dispatch.Attempt{{Model: m, ServedModel: words(rng), Cost: r.Cost, Tries: []dispatch.Try{{Usage: u, Cost: r.Cost, Error: words(rng)}}, Released: true}}
		r.Model = m
	} else {
		r.Cost, r.Outside = usd(0), "no model was called"
	}
	return r
}

func randomSession(rng *rand.Rand) Session {
	s := Session{
		Branch: words(rng), PolicyName: words(rng), PolicyNotes: []string{words(rng)}, Labels: []string{words(rng)}, BaselineModel: words(rng),
		StaleNote: words(rng), Incomplete: []string{words(rng)}, Warnings: []string{words(rng)}, EvidenceText: words(rng), PullNumber: rng.IntN(3), Version: words(rng),
		Prices: []money.Row{{Provider: words(rng), Model: words(rng), Source: words(rng)}}, Observed: rng.IntN(4) == 0, Interrupted: rng.IntN(4) == 0,
	}
	for range 1 + rng.IntN(6) {
		s.Results = append(s.Results, randomResult(rng))
	}
	return s
}

func TestAnySessionGivesASafePage(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 11))
	for i := range 150 {
		s := randomSession(rng)
		page := summary(t, s)
		if len(page) > 1<<20 {
			t.Errorf("session %d: %d bytes", i, len(page))
		}
		checkPage(t, s, page)
		comment := Comment(s, "<!-- tierwise -->")
		if len(comment) > 65536 {
			t.Errorf("session %d: a comment of %d bytes", i, len(comment))
		}
		checkPage(t, s, strings.TrimPrefix(comment, "<!-- tierwise -->\n"))
		if t.Failed() {
			t.Fatalf("session %d", i)
		}
	}
}

func TestTotalsAreTheSumOfTheirParts(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 5))
	for range 2000 {
		s := Session{}
		var cost, baseline, saved money.Nano
		unpriced, unknown := 0, 0
		for range rng.IntN(12) {
			r := randomResult(rng)
			s.Results = append(s.Results, r)
			switch r.Cost.State {
			case money.Priced:
				cost += r.Cost.Nano
			case money.Unpriced:
				unpriced++
			default:
				unknown++
			}
			if inside(r) {
				baseline += r.Baseline.Nano
				saved += r.Baseline.Nano - r.Cost.Nano
			}
		}
		got := s.totals()
		if got.cost.Nano != cost || got.cost.Unpriced != unpriced || got.cost.Unknown != unknown || got.baseline != baseline || got.saved != saved {
			t.Fatalf("totals %+v, want %d, %d unpriced, %d unknown, baseline %d, saved %d", got, cost, unpriced, unknown, baseline, saved)
		}
	}
}
