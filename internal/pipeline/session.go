package pipeline

import (
	"slices"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// Session joins what is known with what was done, for the report.
func (w *Work) Session(results []dispatch.Result, spent money.Nano, s Settings, m Models, e Edge, version string) report.Session {
	session := report.Session{
		Results: results, Repository: w.Repository, Branch: w.Branch, PullNumber: w.PullNumber, Change: w.Change,
		PolicyName: w.Policy.Name, PolicyNotes: w.Notes, BaselineModel: w.Policy.Baseline.Model,
		Incomplete: w.Change.Incomplete,
		Links:      sanitize.Links{Repository: w.Repository},
		RunSpent:   spent, RunBudget: w.Policy.Budget.Run,
		Observed: !w.Policy.Enforce, Warnings: w.Warnings, Version: version, Handoff: report.Handoff{Given: w.given},
		StoodAside: w.stoodAside(),
	}
	if stale, text := m.Catalogue.Stale(today(e)); stale {
		session.StaleNote = text
	}
	for _, l := range w.Policy.Override.Labels {
		session.Labels = append(session.Labels, l.Name)
	}
	session.BreakEven = w.breakEvens(results)
	for _, r := range results {
		w.addResult(&session, r, s, m, e)
	}
	return session
}

// breakEvens compares for the tasks of this session, at the tiers where they
// stand today and for the models that are asked today, by the records of this
// repository.
func (w *Work) breakEvens(results []dispatch.Result) []ledger.BreakEven {
	here := slices.DeleteFunc(slices.Clone(w.Past), func(r ledger.Record) bool { return r.Repository != w.Repository })
	return slices.DeleteFunc(ledger.BreakEvens(here), func(b ledger.BreakEven) bool {
		return !slices.ContainsFunc(results, func(r dispatch.Result) bool { return beganSo(r, b) })
	})
}

// beganSo says that a comparison is about the task of a result, and about the
// model that it begins with. Where none is decided any will do.
func beganSo(r dispatch.Result, b ledger.BreakEven) bool {
	m := r.Decision.Model
	return r.Task.ID == b.Task && r.Decision.Tier == b.From && (m == nil || m.Provider == b.Provider && m.Model == b.Model)
}

// addResult adds what one result means for the whole: price rows, what
// routing would have cost, and whether a missing review was accepted.
func (w *Work) addResult(session *report.Session, r dispatch.Result, s Settings, m Models, e Edge) {
	for _, a := range r.Attempts {
		session.Prices = m.addPrice(session.Prices, a.Model.Provider, a.Model.Model, e)
		if a.ServedModel != "" {
			// What served it set the price.
			session.Prices = m.addPrice(session.Prices, a.Model.Provider, a.ServedModel, e)
		}
	}
	if len(r.Attempts) > 0 {
		session.Prices = m.addPrice(session.Prices, w.Policy.Baseline.Provider, w.Policy.Baseline.Model, e)
	}
	if r.Recorded != nil {
		session.Prices = m.addPrice(session.Prices, r.Recorded.Choice.Provider, r.Recorded.Choice.Model, e)
	}
	if r.Task.CriticalPath && s.MissingKey == dispatch.MissingKeySkip && r.MissingKey {
		if session.AllowNoReview == nil {
			session.AllowNoReview = map[string]bool{}
		}
		session.AllowNoReview[r.Task.ID] = true
	}
	if would, ok := w.would(r, m, e); ok {
		session.Would = append(session.Would, would)
	}
}

func (m Models) addPrice(rows []money.Row, provider, model string, e Edge) []money.Row {
	row, ok := m.Catalogue.Lookup(provider, model, e.Now())
	if !ok {
		return rows
	}
	for _, r := range rows {
		if r.Provider == row.Provider && r.Model == row.Model {
			return rows
		}
	}
	return append(rows, row)
}

// stoodAside says why auxiliary tasks did not run where an earlier run may
// have spoken of the same head. A merge group has a head of its own: a check
// that is required there would be waited for in vain.
func (w *Work) stoodAside() string {
	if w.PullNumber == 0 {
		return ""
	}
	return w.SkipAuxiliary
}
