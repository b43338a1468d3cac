package report

import (
	"io"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
)

// dispatchJSON is what a hook reads before it sends a brief anywhere.
type dispatchJSON struct {
	Verdict    lint.Verdict `json:"verdict"` // go, ask or block
	Why        []string     `json:"why"`
	Annotation string       `json:"annotation"` // to add to the brief, "" where there is none to suggest
}

// dispatchOf blocks also where the decision names nobody who could do the
// work: to go without a model is not to go.
func dispatchOf(d route.Decision, v lint.Dispatch) dispatchJSON {
	out := dispatchJSON{Verdict: v.Verdict, Why: append([]string{}, v.Why...), Annotation: v.Annotation}
	why := d.Refused
	if why == "" && d.Skipped == "" && d.Model == nil && d.Tier != policy.Local {
		why = "no model can do it: " + d.Unavailable
	}
	if why != "" {
		out.Verdict, out.Why = lint.Block, append([]string{why}, out.Why...)
	}
	return out
}

// briefJSON is one brief as "lint --brief --json" answers it, on one line.
type briefJSON struct {
	File string `json:"file"`
	dispatchJSON
	Tier        string             `json:"tier"`
	Provider    *string            `json:"provider"`
	Model       *string            `json:"model"`
	Locked      bool               `json:"locked"`
	Findings    []briefFindingJSON `json:"findings"`
	NotExamined []lint.NotExamined `json:"not_examined"`
	Decision    decisionJSON       `json:"decision"`
}

type briefFindingJSON struct {
	Line     int    `json:"line"`
	Col      int    `json:"col"`
	EndCol   int    `json:"end_col"`
	Severity string `json:"severity"`
	Rule     string `json:"rule"`
	Message  string `json:"message"`
}

// BriefJSON writes what was found in a brief, the verdict and the decision as
// one line of JSON.
func BriefJSON(w io.Writer, name string, r lint.Report, v lint.Dispatch, d route.Decision) error {
	decision := toJSON(d)
	out := briefJSON{
		File: name, dispatchJSON: dispatchOf(d, v), Tier: decision.Tier, Provider: decision.Provider, Model: decision.Model, Locked: d.Locked,
		Findings: make([]briefFindingJSON, len(r.Findings)), NotExamined: append([]lint.NotExamined{}, r.NotExamined...), Decision: decision,
	}
	for i, f := range r.Findings {
		out.Findings[i] = briefFindingJSON{f.Line, f.Col, f.End, f.Severity.String(), f.ID, f.Message}
	}
	return writeLine(w, out)
}
