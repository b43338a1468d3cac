package report

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
)

type resultJSON struct {
	Status   string        `json:"status"`
	Tier     string        `json:"tier"`    // that did the work
	Decided  string        `json:"decided"` // that the policy gave
	Model    string        `json:"model"`
	Provider string        `json:"provider"`
	Reason   string        `json:"reason"`
	Cost     string        `json:"cost_usd"`
	Baseline string        `json:"baseline_usd"`
	Saved    string        `json:"saved_usd"`
	Tokens   tokenCounts   `json:"tokens"` // counts, or "unknown"
	Attempts []attemptJSON `json:"attempts"`
	Priced   string        `json:"priced"`
	Reused   *reusedJSON   `json:"reused,omitempty"`
	Recorded *recordedJSON `json:"recorded,omitempty"`
}

type attemptJSON struct {
	Tier     string      `json:"tier"`
	Provider string      `json:"provider"`
	Model    string      `json:"model"`
	Served   string      `json:"served"`
	Tries    int         `json:"tries"`
	Tokens   tokenCounts `json:"tokens"`
	Cost     string      `json:"cost_usd"`
	Problems []string    `json:"problems"`
	Released bool        `json:"released"`
}

type tokensJSON struct {
	Input      int64 `json:"input"`
	CacheRead  int64 `json:"cache_read"`
	CacheWrite int64 `json:"cache_write"`
	Output     int64 `json:"output"`
	Reasoning  int64 `json:"reasoning"`
}

// resultsJSON is every task by its id, in the order of the session. Where it
// would pass its bound the attempts are left out.
func resultsJSON(s Session) (string, error) {
	text, err := objectJSON(s.Results, resultOf)
	if err != nil || len(text) <= maxJSONOutput {
		return text, err
	}
	return objectJSON(s.Results, func(r dispatch.Result) resultJSON {
		short := resultOf(r)
		short.Attempts, short.Reason = []attemptJSON{}, inert(short.Reason, 60)
		return short
	})
}

func objectJSON(results []dispatch.Result, of func(dispatch.Result) resultJSON) (string, error) {
	var out strings.Builder
	out.WriteString("{")
	for i, r := range results {
		key, err := json.Marshal(r.Task.ID)
		if err != nil {
			return "", fmt.Errorf("encode results: %w", err)
		}
		value, err := encodeLine(of(r))
		if err != nil {
			return "", err
		}
		if i > 0 {
			out.WriteString(",")
		}
		fmt.Fprintf(&out, "%s:%s", key, value)
	}
	return out.String() + "}", nil
}

func resultOf(r dispatch.Result) resultJSON {
	m, _ := model(r)
	out := resultJSON{
		Status:   string(r.Status),
		Tier:     tierWord(ran(r)),
		Decided:  tierWord(decidedTier(r.Decision)),
		Model:    m.Model,
		Provider: m.Provider,
		Reason:   reasonOutput(r),
		Cost:     plainCost(r.Cost),
		Baseline: plainCost(r.Baseline),
		Saved:    plainCost(r.Saved),
		Tokens:   tokensOf(spent(r)),
		Attempts: make([]attemptJSON, 0, len(r.Attempts)),
		Priced:   priced(r),
		Reused:   reusedOf(r),
		Recorded: recordedOf(r),
	}
	for _, a := range r.Attempts {
		out.Attempts = append(out.Attempts, attemptOf(a))
	}
	return out
}

func decidedTier(d route.Decision) policy.Tier {
	if d.Observed && d.Would != 0 {
		return d.Would
	}
	return d.Tier
}

func attemptOf(a dispatch.Attempt) attemptJSON {
	problems := make([]string, 0, len(a.Problems))
	for _, p := range a.Problems {
		problems = append(problems, inert(p.ID, maxName))
	}
	return attemptJSON{
		Tier: tierWord(a.Model.Tier), Provider: a.Model.Provider, Model: a.Model.Model, Served: inert(a.ServedModel, maxName),
		Tries: len(a.Tries), Tokens: tokensOf(attemptUsage(a)), Cost: plainCost(a.Cost), Problems: problems, Released: a.Released,
	}
}

func tokensOf(u money.Usage) tokenCounts {
	if !u.Known {
		return tokenCounts{}
	}
	return tokenCounts{true, tokensJSON{u.InputTokens, u.CacheReadInputTokens, u.CacheCreationInputTokens + u.CacheCreation1hInputTokens, u.OutputTokens, u.ReasoningOutputTokens}}
}
