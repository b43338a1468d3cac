package report

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// Output is one output of the action.
type Output struct{ Name, Value string }

// Bounds of outputs. All outputs of a job share 1 MB, counted as UTF-16
// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs),
// so each of the two long ones has less than a quarter of that.
const (
	maxJSONOutput = 100_000
	maxReason     = 500
)

// Outputs gives the outputs of the action, in the order of action.yml. All
// but results are those of one task: the only one, or the most severe of
// several by could-not-run, partial, findings, skipped, clean; of equal ones
// the critical path first, then the first. A session that only routed has no
// costs to give. An error means that something could not be written as JSON.
func Outputs(s Session) ([]Output, error) {
	if len(s.Results) == 0 {
		return nil, nil
	}
	results, err := resultsJSON(s)
	if err != nil {
		return nil, err
	}
	r := mostSevere(s.Results)
	decision, err := decisionOutput(r.Decision)
	if err != nil {
		return nil, err
	}
	m, _ := model(r)
	outputs := []Output{
		{"results", results},
		{"tier", tierWord(ran(r))},
		{"model", m.Model},
		{"provider", m.Provider},
		{"reason", reasonOutput(r)},
		{"status", string(r.Status)},
	}
	if r.Status != "" {
		outputs = append(outputs, costOutputs(r)...)
	}
	return append(outputs, Output{"decision", decision}), nil
}

func costOutputs(r dispatch.Result) []Output {
	u := spent(r)
	return []Output{
		{"cost-usd", plainCost(r.Cost)},
		{"baseline-usd", plainCost(r.Baseline)},
		{"saved-usd", plainCost(r.Saved)},
		{"saved-percent", savedPercent(r)},
		{"input-tokens", tokens(u, u.InputTokens)},
		{"cache-read-tokens", tokens(u, u.CacheReadInputTokens)},
		{"cache-write-tokens", tokens(u, u.CacheCreationInputTokens+u.CacheCreation1hInputTokens)},
		{"output-tokens", tokens(u, u.OutputTokens)},
		{"priced", priced(r)},
	}
}

func mostSevere(results []dispatch.Result) dispatch.Result {
	worst := results[0]
	for _, r := range results[1:] {
		a, b := severityRank(r.Status), severityRank(worst.Status)
		if a > b || a == b && r.Task.CriticalPath && !worst.Task.CriticalPath {
			worst = r
		}
	}
	return worst
}

func severityRank(s dispatch.Status) int {
	switch s {
	case dispatch.CouldNotRun:
		return 5
	case dispatch.Partial:
		return 4
	case dispatch.Findings:
		return 3
	case dispatch.Skipped:
		return 2
	case dispatch.Clean:
		return 1
	default:
		return 0
	}
}

func savedPercent(r dispatch.Result) string {
	if !inside(r) {
		return "unknown"
	}
	p, ok := percent(r.Saved.Nano, r.Baseline.Nano)
	if !ok {
		return "unknown"
	}
	return p
}

func tokens(u money.Usage, n int64) string {
	if !u.Known {
		return "unknown"
	}
	return strconv.FormatInt(n, 10)
}

// priced says whether every attempt has a cost, some, or none.
func priced(r dispatch.Result) string {
	n := 0
	for _, a := range r.Attempts {
		if a.Cost.State == money.Priced {
			n++
		}
	}
	switch {
	case r.Cost.State == money.Priced:
		return "true"
	case n > 0:
		return "partial"
	default:
		return "false"
	}
}

// reasonOutput is one line without any sign that a shell would obey: workflow
// authors paste outputs into scripts, and a reason may name a file of the
// change.
func reasonOutput(r dispatch.Result) string {
	text := strings.Join(decisive(r.Decision), ", ")
	if r.Reason != "" {
		text = strings.TrimPrefix(text+", "+r.Reason, ", ")
	}
	return inert(text, maxReason)
}

func inert(s string, most int) string {
	var out strings.Builder
	n := 0
	visible, _ := sanitize.StripInvisible(s)
	for _, r := range visible {
		if n == most {
			break
		}
		n++
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" -_./,:%+@=", r):
			out.WriteRune(r)
		default:
			out.WriteRune(' ')
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// decisionOutput is the decision as JSON within its bound: where it is over,
// the reasons that decided nothing and the models not taken go first, then
// the rest is cut to its form, and "cut" says so.
func decisionOutput(d route.Decision) (string, error) {
	full := toJSON(d)
	text, err := encodeLine(full)
	if err != nil || len(text) <= maxJSONOutput {
		return string(text), err
	}
	text, err = encodeLine(shortened(full))
	return string(text), err
}

// shortened keeps at most ten short decisive reasons and no lists beside.
func shortened(d decisionJSON) decisionJSON {
	const mostReasons, mostText = 10, 300
	reasons := make([]reasonJSON, 0, mostReasons)
	for _, r := range d.Reasons {
		if r.Decisive && len(reasons) < mostReasons {
			r.Rule, r.Text = inert(r.Rule, mostText), inert(r.Text, mostText)
			if r.Change != nil {
				r.Change = &changeJSON{inert(r.Change.File, mostText), r.Change.Line}
			}
			reasons = append(reasons, r)
		}
	}
	d.Reasons, d.Cut = reasons, true
	d.MoreSignals, d.Signals = d.MoreSignals+len(d.Signals), []firedJSON{}
	d.Catchers, d.Override, d.Considered, d.NotExamined = []catcherJSON{}, []overrideJSON{}, []consideredJSON{}, []string{}
	d.Catch.Text = inert(d.Catch.Text, mostText)
	d.Skipped, d.Unavailable, d.Counterfactual = inert(d.Skipped, mostText), inert(d.Unavailable, mostText), inert(d.Counterfactual, mostText)
	d.Refused, d.Hint = inert(d.Refused, mostText), inert(d.Hint, mostText)
	return d
}
