package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// decisionJSON is a decision as programs read it. The order of the fields is
// the order of the bytes; what is not known is null, never a zero.
type decisionJSON struct {
	Tier       string         `json:"tier"`
	Model      *string        `json:"model"` // null: no model has a part in it
	Locked     bool           `json:"locked"`
	Annotation annotations    `json:"annotation"`
	Reasons    []reasonJSON   `json:"reasons"`
	Catchers   []catcherJSON  `json:"catchers"`
	Override   []overrideJSON `json:"override"`
	Estimate   string         `json:"estimate"` // dollars at the upper bound, "unpriced" or "unknown"
	Baseline   modelJSON      `json:"baseline"`

	Task           string           `json:"task"`
	Provider       *string          `json:"provider"`
	Skipped        string           `json:"skipped"`
	Observed       bool             `json:"observed"`
	Would          string           `json:"would"`
	Unavailable    string           `json:"unavailable"`
	Refused        string           `json:"refused,omitempty"` // why nothing may run at all
	Catch          catchJSON        `json:"catch"`
	Complete       bool             `json:"complete"`
	Signals        []firedJSON      `json:"signals"`                // those that fired, whatever they led to
	MoreSignals    int              `json:"more_signals,omitempty"` // that fired and are not listed
	NotExamined    []string         `json:"not_examined"`
	Considered     []consideredJSON `json:"considered"`
	LocalForWant   bool             `json:"local_for_want_of_key"`
	Hint           string           `json:"hint"` // how a trusted hand could have it go lower
	Counterfactual string           `json:"counterfactual"`
	Cut            bool             `json:"cut,omitempty"` // reasons were left out to hold a bound
}

type annotations struct {
	Declared *annotationJSON `json:"declared"` // null: nothing was declared
	Inferred annotationJSON  `json:"inferred"`
}

type annotationJSON struct {
	Scope     *string       `json:"scope"`
	Domain    *string       `json:"domain"` // the best guess: it never routes
	Domains   []task.Domain `json:"domains"`
	Ambiguity *string       `json:"ambiguity"`
}

type reasonJSON struct {
	Rule     string      `json:"rule"`
	Tier     string      `json:"tier"`
	Decisive bool        `json:"decisive"`
	Policy   *policyJSON `json:"policy"`
	Change   *changeJSON `json:"change"`
	Text     string      `json:"text"`
}

type policyJSON struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Col  int    `json:"col"`
}

type changeJSON struct {
	File string `json:"file"`
	Line int    `json:"line"` // 0: the whole file
}

type catcherJSON struct {
	Failure string       `json:"failure"`
	Catcher task.Catcher `json:"catcher"` // "": nobody
	Proof   route.Proof  `json:"proof"`
	Text    string       `json:"text"`
}

type overrideJSON struct {
	Label      string `json:"label"`
	Task       string `json:"task"`
	Tier       string `json:"tier"`
	Direction  string `json:"direction"`
	Accepted   bool   `json:"accepted"`
	Actor      string `json:"actor"`
	Permission string `json:"permission"`
	Head       string `json:"head"`
	At         string `json:"at"` // "" where not known
	Reason     string `json:"reason"`
	Text       string `json:"text"`
}

type modelJSON struct {
	Provider string `json:"provider"`
	Model    string `json:"model"`
}

type catchJSON struct {
	Asked  bool   `json:"asked"`
	Caught bool   `json:"caught"`
	Text   string `json:"text"`
}

type consideredJSON struct {
	Provider string `json:"provider"`
	Model    string `json:"model"`
	Why      string `json:"why"`
}

// DecisionJSON writes a decision as one line of JSON. The same decision gives
// the same bytes.
func DecisionJSON(w io.Writer, d route.Decision) error {
	return writeLine(w, toJSON(d))
}

// BatchLine writes a decision as DecisionJSON does, after the id of the input
// that it answers and before what a dispatcher should do with it.
func BatchLine(w io.Writer, id string, d route.Decision, v lint.Dispatch) error {
	return writeLine(w, struct {
		ID string `json:"id"`
		decisionJSON
		Dispatch dispatchJSON `json:"dispatch"`
	}{id, toJSON(d), dispatchOf(d, v)})
}

func writeLine(w io.Writer, v any) error {
	line, err := encodeLine(v)
	if err != nil {
		return err
	}
	if _, err := w.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// encodeLine gives JSON that may stand in a log.
func encodeLine(v any) ([]byte, error) {
	line, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode JSON: %w", err)
	}
	return noCommand(line), nil
}

// noCommand takes what a runner would obey out of JSON: it looks for "##["
// anywhere in a line and takes it for a command, so the second sign is
// written as its escape, which every reader of JSON undoes.
func noCommand(text []byte) []byte {
	return bytes.ReplaceAll(text, []byte("##["), []byte(`#\u0023[`))
}

func toJSON(d route.Decision) decisionJSON {
	out := decisionJSON{
		Tier:        tierWord(d.Tier),
		Locked:      d.Locked,
		Annotation:  annotations{declaredJSON(d.Facts), inferredJSON(d.Facts)},
		Reasons:     reasonList(d.Reasons),
		Catchers:    make([]catcherJSON, 0, len(d.Catch.Results)),
		Override:    overrideList(d.Override),
		Estimate:    plainCost(d.Estimate),
		Baseline:    modelJSON{d.Baseline.Provider, d.Baseline.Model},
		Task:        d.TaskID,
		Skipped:     d.Skipped,
		Observed:    d.Observed,
		Would:       wouldWord(d),
		Unavailable: d.Unavailable,
		Refused:     d.Refused,
		Catch:       catchJSON{d.Catch.Asked, d.Catch.Caught, d.Catch.Text},
		Complete:    d.Facts.Complete,
		Signals:     signalList(d.Facts.Hits),
		MoreSignals: max(0, len(d.Facts.Hits)-maxSignals),
		NotExamined: append([]string{}, d.Facts.NotExamined...),
		Considered:  make([]consideredJSON, 0, len(d.Considered)),

		LocalForWant:   d.LocalForWantOfKey,
		Hint:           d.Hint,
		Counterfactual: d.Counter,
	}
	if d.Model != nil {
		out.Model, out.Provider = &d.Model.Model, &d.Model.Provider
	}
	for _, c := range d.Catch.Results {
		out.Catchers = append(out.Catchers, catcherJSON(c))
	}
	for _, c := range d.Considered {
		out.Considered = append(out.Considered, consideredJSON{c.Model.Provider, c.Model.Model, c.Why})
	}
	return out
}

func reasonList(reasons []route.Reason) []reasonJSON {
	list := make([]reasonJSON, 0, len(reasons))
	for _, r := range reasons {
		list = append(list, reasonJSON{r.Rule, tierWord(r.Tier), r.Decisive, policyJSONOf(r.Policy), changeJSONOf(r), r.Text})
	}
	return list
}

func overrideList(audits []route.Audit) []overrideJSON {
	list := make([]overrideJSON, 0, len(audits))
	for _, a := range audits {
		list = append(list, overrideJSON{a.Label, a.Task, tierWord(a.Tier), a.Direction, a.Accepted, a.Actor, a.Permission, a.Head, a.At, a.Reason, a.Text})
	}
	return list
}

// wouldWord is what routing would have chosen, where it only observes.
func wouldWord(d route.Decision) string {
	if !d.Observed {
		return ""
	}
	return tierWord(d.Would)
}

func tierWord(t policy.Tier) string {
	if t == 0 {
		return ""
	}
	return t.String()
}

func policyJSONOf(p diag.Position) *policyJSON {
	if p.Line == 0 {
		return nil
	}
	return &policyJSON{p.File, p.Line, p.Col}
}

func changeJSONOf(r route.Reason) *changeJSON {
	if r.File == "" {
		return nil
	}
	return &changeJSON{r.File, r.Line}
}

func declaredJSON(f signal.Facts) *annotationJSON {
	if f.Declared.Empty() {
		return nil
	}
	a := annotationOf(f.Declared)
	return &a
}

func inferredJSON(f signal.Facts) annotationJSON {
	a := annotationOf(f.Inferred)
	a.Domain = known(string(f.Domain))
	return a
}

func annotationOf(a task.Annotation) annotationJSON {
	return annotationJSON{
		Scope:     known(scopeWord(a.Scope)),
		Domains:   append([]task.Domain{}, a.Domains...),
		Ambiguity: known(ambiguityWord(a.Ambiguity)),
	}
}

func known(word string) *string {
	if word == "" {
		return nil
	}
	return &word
}
