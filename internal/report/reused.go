package report

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
)

// reusedLine names the tasks whose earlier answer stands, outside the saved
// figures: what was avoided is an estimate of ours, and nothing was measured.
func (s Session) reusedLine() string {
	var items []string
	for _, r := range s.Results {
		if r.Reused != nil {
			items = append(items, fmt.Sprintf("%s (from the %s, %s)", name(r.Task.ID), placeWord(r.Reused.From), avoidedWords(r.Reused.Avoided)))
		}
	}
	return sentence("Reused from an earlier run at this patch, verified again, outside the saved figures: ", items, ", ", ".")
}

func placeWord(from string) string {
	if from == "comment" {
		return "sticky comment"
	}
	return name(from)
}

func avoidedWords(c money.Cost) string {
	if c.State != money.Priced {
		return "$0, what was avoided has no price"
	}
	return "$0, avoided about " + dollars(c.Nano) + " by our estimate"
}

type reusedJSON struct {
	Key     string `json:"key"`
	From    string `json:"from"`
	Avoided string `json:"avoided_usd"` // an estimate
}

func reusedOf(r dispatch.Result) *reusedJSON {
	if r.Reused == nil {
		return nil
	}
	return &reusedJSON{Key: r.Reused.Key, From: r.Reused.From, Avoided: plainCost(r.Reused.Avoided)}
}
