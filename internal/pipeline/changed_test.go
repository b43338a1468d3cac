package pipeline

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

func TestWhatChangedForTheModelsOfAPolicy(t *testing.T) {
	t.Parallel()
	row := func(input money.Pico, from, to string) money.Row {
		return money.Row{Provider: "acme", Model: "m", From: from, To: to, Rates: money.Rates{Input: input, Output: 5 * input}}
	}
	day := func(month int) time.Time { return time.Date(2026, time.Month(month), 15, 0, 0, 0, 0, time.UTC) }
	for name, c := range map[string]struct {
		model policy.Model
		rows  []money.Row
		want  []string
	}{
		"nothing":              {policy.Model{Provider: "acme", Model: "m"}, []money.Row{row(2_000_000, "", "")}, nil},
		"cheaper":              {policy.Model{Provider: "acme", Model: "m"}, []money.Row{row(2_000_000, "", "2026-10-01"), row(1_000_000, "2026-10-01", "")}, []string{"price: acme/m costs $1 / $5 a million tokens, and cost $2 / $10 a million tokens"}},
		"a price that is new":  {policy.Model{Provider: "acme", Model: "m"}, []money.Row{row(1_000_000, "2026-10-01", "")}, []string{"price: acme/m has a price since then: $1 / $5 a million tokens"}},
		"a price that is gone": {policy.Model{Provider: "acme", Model: "m"}, []money.Row{row(1_000_000, "", "2026-10-01")}, []string{"price: acme/m has no price any more"}},
		"no price at all":      {policy.Model{Provider: "acme", Model: "m"}, nil, nil},
		"a change of long ago": {policy.Model{Provider: "acme", Model: "m"}, []money.Row{row(2_000_000, "", "2026-02-01"), row(1_000_000, "2026-02-01", "")}, nil},
		"a model of no vendor": {policy.Model{}, nil, nil},
		"a model that has ended": {policy.Model{Provider: "anthropic", Model: "claude-opus-4-20250514"}, nil, []string{
			"model: anthropic/claude-opus-4-20250514 has not answered since 2026-06-15", "model: claude-opus-5-5 is newer than anthropic/claude-opus-4-20250514",
		}},
	} {
		prices := money.Catalogue{}.With(c.rows...)
		file := &policy.File{Pool: []policy.Model{c.model, c.model}, Baseline: c.model}
		if diff := cmp.Diff(c.want, Changed(file, prices, day(8), day(11))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestTheReviewBeforeIsAQuarterEarlier(t *testing.T) {
	t.Parallel()
	at, ok := LastReview(&policy.File{ReviewBy: "2027-02-15"})
	if !ok || at.Format(time.DateOnly) != "2026-11-15" {
		t.Errorf("%v, %t", at, ok)
	}
	if _, ok := LastReview(&policy.File{}); ok {
		t.Error("a review of no day")
	}
}
