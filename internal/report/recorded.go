package report

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
)

const (
	recordedTitle = "RECORDED ONLY"
	recordedAlarm = "another program did it; whether anything was reviewed is not known here, and this step is no sign of it"
)

// recorded says that the session is about the work of another program.
func (s Session) recorded() bool { return len(s.Results) > 0 && s.Results[0].Recorded != nil }

// recordedCritical gives the critical tasks of which nobody here knows whether
// they were done.
func (s Session) recordedCritical() []dispatch.Result {
	var all []dispatch.Result
	for _, r := range s.Results {
		if r.Recorded != nil && r.Task.CriticalPath {
			all = append(all, r)
		}
	}
	return all
}

func (s Session) recordedHeadline(t totals) string {
	if !s.recorded() {
		return ""
	}
	text := fmt.Sprintf("tierwise, recording only: %s by %s, %s", count(len(s.Results), "task"), name(s.Results[0].Recorded.Agent), t.costWords())
	switch to := s.Results[0].Recorded; {
	case to.Would.State != money.Priced:
	case to.Choice.Model == "":
		text += "; the policy leads to " + choiceWords(*to)
	default:
		text += fmt.Sprintf("; the policy leads to %s, about %s by estimate", choiceWords(*to), dollars(to.Would.Nano))
	}
	return text
}

func choiceWords(to dispatch.Recorded) string {
	if to.Choice.Model == "" {
		return phrase(to.NoChoice)
	}
	return name(to.Choice.Model)
}

// recordedLines say whose figures these are, and what the policy leads to.
func (s Session) recordedLines() string {
	var lines []string
	for _, r := range s.Results {
		if r.Recorded == nil {
			continue
		}
		lines = append(lines, fmt.Sprintf("Read from the log of %s, which says of itself: %s. Nothing was routed, called or verified here.", name(r.Recorded.Agent), outcomeWords(r.Recorded.Outcome)),
			claimWords(r), wouldBeWords(*r.Recorded, decidedTier(r.Decision).String()))
	}
	return strings.Join(lines, "\n")
}

func outcomeWords(outcome string) string {
	if outcome == "unknown" || outcome == "" {
		return "nothing on how it ended"
	}
	return name(outcome)
}

// claimWords sets the agent's own figure beside ours.
func claimWords(r dispatch.Result) string {
	ours, theirs := r.Cost, r.Recorded.Claimed
	text := fmt.Sprintf("Cost: %s by our price list, %s by the agent's own account", shownCost(ours), shownCost(theirs))
	if ours.State == money.Priced && theirs.State == money.Priced && ours.Nano != theirs.Nano {
		text += fmt.Sprintf(", which is %s %s", dollars(abs(theirs.Nano-ours.Nano)), or(theirs.Nano > ours.Nano, "more", "less"))
	}
	return text + "."
}

func abs(n money.Nano) money.Nano {
	if n < 0 {
		return -n
	}
	return n
}

func wouldBeWords(to dispatch.Recorded, tier string) string {
	if to.Choice.Model == "" {
		return fmt.Sprintf("By the policy: %s.", phrase(to.NoChoice))
	}
	if to.Would.State != money.Priced {
		return fmt.Sprintf("By the policy: %s, %s; what it would have cost is %s.", tier, name(to.Choice.Model), shownCost(to.Would))
	}
	return fmt.Sprintf("By the policy: %s, %s, about %s. This is an estimate: the same tokens at its list price, and another model counts, caches and writes otherwise.",
		tier, name(to.Choice.Model), dollars(to.Would.Nano))
}

// recordedRows are what each model used.
func (s Session) recordedRows(b *bounded) {
	if s.StaleNote != "" {
		b.addf("- %s\n\n", sentenceEnd(phrase(s.StaleNote)))
	}
	b.add("| Task | Model | Requests | In / cached / out | Cache written | Cost |\n|---|---|---:|---:|---:|---:|\n")
	for _, r := range s.Results {
		for i, a := range r.Attempts {
			u := attemptUsage(a)
			model := "not known"
			if a.Model.Model != "" {
				model = name(a.Model.ID())
			}
			b.addf("| %s | %s | %s | %s | %s | %s |\n", name(r.Task.ID), model, requestWords(r.Recorded.Requests[i]), usageWords(u), written(u), shownCost(a.Cost))
		}
	}
	b.add("\n- \"In\" is uncached input and what was written to a cache; \"cached\" was read from one; \"out\" includes reasoning.\n")
	b.add("- What has no price is unpriced, and usage that was not reported is unknown; neither is counted as zero.\n")
	b.add("- All-frontier and the policy's choice would have counted other tokens: another model's tokenizer may count the same text differently, by a third and more.\n")
}

// requestWords count what the log tells apart.
func requestWords(n dispatch.Requests) string {
	if n.Sum {
		return "not known"
	}
	return thousands(int64(n.Count))
}

type recordedJSON struct {
	Agent   string `json:"agent"`
	Outcome string `json:"outcome"` // by the agent's own account
	Claimed string `json:"claimed_usd"`
	// Choice is the model that the policy leads to, "" for none.
	Choice         string `json:"choice"`
	ChoiceProvider string `json:"choice_provider"`
	Would          string `json:"would_usd"` // an estimate
}

func recordedOf(r dispatch.Result) *recordedJSON {
	if r.Recorded == nil {
		return nil
	}
	to := r.Recorded
	return &recordedJSON{inert(to.Agent, maxName), inert(to.Outcome, maxName), plainCost(to.Claimed), to.Choice.Model, to.Choice.Provider, plainCost(to.Would)}
}
