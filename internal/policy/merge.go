package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/money"
)

// The rules of merging. They are as stable as those of a policy's form.
const (
	idExtendsNested = "extends-nested"
	idExtendsPool   = "extends-pool"
	idExtendsPrice  = "extends-price"
	idExtendsTask   = "extends-task"
)

// Merge gives the policy of a repository tightened by that of its
// organisation. Where both say something the stricter counts, so that what the
// merged policy decides is never below what either of them would. The
// organisation's is a whole policy: what it leaves out has its usual meaning.
// What the repository's leaves out is the organisation's, if it says extends:.
//
//   - must_frontier: unites; an id may stand there twice.
//   - tasks: the higher tier, critical where either says so, and the catchers
//     that both name. A task that only one knows is as that one says.
//   - table: and default: each policy places by its own, and the higher place
//     counts: a row that lowers counts only as far as the other lets it.
//   - override: a label of both lowers, to the higher of its tiers; a label of
//     one only raises. Only who may lower in both may.
//   - flag: only whose flags count in both.
//   - budget: the smaller amount, the larger reserve, fail before continue or
//     skip. escalation: and handoff: the smaller bound.
//   - skip:, reuse:, attested: only what both say. enforce: unless neither does.
//   - pool: what the repository names and the organisation offers at that
//     tier or a dearer one, never with less effort. baseline: and prices: the
//     organisation's. A repository's own price could empty every ceiling.
//   - services: lists are kept apart; the wider scope counts.
//   - tests: and owners: the repository's.
//
// Every value keeps its place, which names its file. Findings are errors,
// and then there is no file, or warnings beside one.
func Merge(org, own *File) (*File, diag.Findings) {
	m := merger{org: org, own: own}
	if org.Extends != nil {
		return nil, diag.Findings{NestedExtends(org)}
	}
	f := m.file()
	m.findings.Sort()
	if slices.ContainsFunc(m.findings, func(d diag.Finding) bool { return d.Severity == diag.Error }) {
		return nil, m.findings
	}
	return f, m.findings
}

// NestedExtends says that a policy that is extended extends another one.
func NestedExtends(org *File) diag.Finding {
	return diag.Finding{
		Position: org.Extends.Pos, Severity: diag.Error, ID: idExtendsNested,
		Message: fmt.Sprintf("a policy that is extended may extend no other one, and this one extends %s; put both into one file", org.Extends),
	}
}

type merger struct {
	org, own *File
	findings diag.Findings
}

func (m *merger) report(pos diag.Position, severity diag.Severity, id, format string, args ...any) {
	m.findings = append(m.findings, diag.Finding{Position: pos, Severity: severity, ID: id, Message: fmt.Sprintf(format, args...)})
}

func (m *merger) file() *File {
	org, own := m.org, m.own
	f := &File{
		Name: own.Name, Extends: own.Extends, Keys: own.Keys,
		Enforce:      org.Enforce || own.Enforce && !own.leavesOut("enforce"),
		Reuse:        org.Reuse && own.Reuse,
		ReviewBy:     sooner(org.ReviewBy, own.ReviewBy),
		ReviewError:  org.ReviewError || own.ReviewError,
		Pool:         m.pool(),
		Baseline:     org.Baseline,
		Tasks:        m.tasks(),
		MustFrontier: slices.Concat(org.MustFrontier, own.MustFrontier),
		Skip:         m.skip(),
		Override:     m.override(),
		Flag:         m.flagRule(),
		Escalation:   Escalation{MaxAttempts: min(org.Escalation.MaxAttempts, own.Escalation.MaxAttempts)},
		Budget:       m.budget(),
		Attested:     m.attested(),
		Prices:       m.prices(),
		Tests:        own.Tests,
	}
	f.Owners, f.Handoff = own.Owners, Handoff{MaxTokens: min(org.Handoff.MaxTokens, own.Handoff.MaxTokens)}
	if own.leavesOut("owners") {
		f.Owners = org.Owners
	}
	if own.leavesOut("handoff") {
		f.Handoff = org.Handoff
	}
	m.place(f)
	m.services(f)
	return f
}

// sooner gives the earlier of two days; none is later than any.
func sooner(a, b string) string {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

// place keeps both tables. Two tables cannot become one: a row that raises in
// one policy may stand below the default of the other, where it would lower.
func (m *merger) place(f *File) {
	above := Placing{Name: m.org.Name, Default: m.org.Default, Table: m.org.Table}
	if m.own.leavesOut("default") && m.own.leavesOut("table") {
		f.Default, f.Table = above.Default, above.Table
		f.Above = slices.Concat(m.own.Above, m.org.Above)
		return
	}
	f.Default, f.Table = m.own.Default, m.own.Table
	f.Above = slices.Concat(m.own.Above, []Placing{above}, m.org.Above)
}

// services are what the repository's folders are. Where the organisation
// names some too, both lists count.
func (m *merger) services(f *File) {
	f.AlsoServices = slices.Concat(m.own.AlsoServices, m.org.AlsoServices)
	f.Services = m.own.Services
	switch {
	case len(f.Services) == 0:
		f.Services = m.org.Services
	case len(m.org.Services) > 0:
		f.AlsoServices = append(f.AlsoServices, m.org.Services)
	}
}

func (m *merger) skip() Skip {
	if m.own.leavesOut("skip") {
		return m.org.Skip
	}
	a, b := m.org.Skip, m.own.Skip
	return Skip{Drafts: a.Drafts && b.Drafts, Only: both(a.Only, b.Only), Actors: both(a.Actors, b.Actors), Pos: b.Pos}
}

// both gives what stands in two lists, in the order of the second.
func both(a, b []string) []string {
	var list []string
	for _, word := range b {
		if slices.Contains(a, word) {
			list = append(list, word)
		}
	}
	return list
}

func (m *merger) budget() Budget {
	if m.own.leavesOut("budget") {
		return m.org.Budget
	}
	a, b := m.org.Budget, m.own.Budget
	return Budget{
		Run: smaller(a.Run, b.Run), PullRequest: smaller(a.PullRequest, b.PullRequest), Day: smaller(a.Day, b.Day), ActorDay: smaller(a.ActorDay, b.ActorDay),
		CriticalReserve: max(a.CriticalReserve, b.CriticalReserve),
		OnCritical:      failFirst(a.OnCritical, b.OnCritical), OnAuxiliary: failFirst(a.OnAuxiliary, b.OnAuxiliary),
		Pos: firstPlace(b.Pos, a.Pos),
	}
}

// smaller gives the lower of two ceilings; nil is none.
func smaller(a, b *money.Nano) *money.Nano {
	if a == nil || b != nil && *b < *a {
		return b
	}
	return a
}

func failFirst(a, b string) string {
	if a == "fail" {
		return a
	}
	return b
}

func firstPlace(a, b diag.Position) diag.Position {
	if a.Line == 0 {
		return b
	}
	return a
}

// attested counts where both vouch: the organisation knows its rules, and the
// repository knows whether it is under them.
func (m *merger) attested() []Attestation {
	if m.own.leavesOut("attested") {
		return m.org.Attested
	}
	var list []Attestation
	for _, a := range m.own.Attested {
		if slices.ContainsFunc(m.org.Attested, func(b Attestation) bool { return b.Catcher == a.Catcher }) {
			list = append(list, a)
		}
	}
	return list
}

// prices are those of the organisation's contract alone: where a repository
// could say what a model costs, it could say next to nothing, and no ceiling
// would hold.
func (m *merger) prices() []Price {
	for _, p := range m.own.Prices {
		m.report(p.Pos, diag.Warning, idExtendsPrice, "the price of %s does not count: %s says what models cost; add it there", quoted(p.Provider+"/"+p.Model), m.org.Name)
	}
	return slices.Clone(m.org.Prices)
}

// pool gives, tier by tier, what the repository chooses of what it is offered.
func (m *merger) pool() []Model {
	var models []Model
	for _, tier := range []Tier{Frontier, Mid, Efficient} {
		chosen := m.own.Models(tier)
		if len(chosen) == 0 && m.own.Extends != nil {
			models = append(models, m.org.Models(tier)...)
			continue
		}
		for _, c := range chosen {
			if offer, ok := m.offer(c); ok {
				models = append(models, narrowed(offer, c))
			}
		}
	}
	if !slices.ContainsFunc(models, func(c Model) bool { return c.Tier == Frontier }) {
		m.report(m.poolPlace(), diag.Error, idExtendsPool, "no frontier model is left in the pool: %s offers %s; name one of these", m.org.Name, names(m.org.Models(Frontier)))
	}
	return models
}

// offer finds the entry under which the organisation permits a model: of the
// same tier, or else of the nearest dearer one.
func (m *merger) offer(c Model) (Model, bool) {
	var offers []Model
	for _, o := range m.org.Pool {
		if o.ID() == c.ID() && o.Tier >= c.Tier {
			offers = append(offers, o)
		}
	}
	if len(offers) == 0 {
		m.report(c.Pos, diag.Warning, idExtendsPool, "%s is left out of the tier %s: %s offers it neither there nor above; it offers %s", c.ID(), c.Tier, m.org.Name, names(m.org.Models(c.Tier)))
		return Model{}, false
	}
	return slices.MinFunc(offers, func(a, b Model) int { return cmp.Compare(a.Tier, b.Tier) }), true
}

// narrowed is the repository's entry within the organisation's: no less
// effort, no longer an answer.
func narrowed(offer, c Model) Model {
	c.Effort = moreEffort(offer.Effort, c.Effort)
	c.MaxOutputTokens = min(offer.MaxOutputTokens, c.MaxOutputTokens)
	return c
}

// moreEffort gives the higher of two efforts. A model's own default, which ""
// stands for, is not known; vendors document it as high.
func moreEffort(a, b string) string {
	rank := func(effort string) int {
		if effort == "" {
			effort = "high"
		}
		return slices.Index(efforts(), effort)
	}
	if rank(b) > rank(a) || rank(b) == rank(a) && a == "" {
		return b
	}
	return a
}

func (m *merger) poolPlace() diag.Position {
	if models := m.own.Models(Frontier); len(models) > 0 {
		return models[0].Pos
	}
	if m.own.Extends != nil {
		return m.own.Extends.Pos
	}
	return diag.Position{File: m.own.Name, Line: 1, Col: 1}
}

func names(models []Model) string {
	if len(models) == 0 {
		return "none"
	}
	ids := make([]string, len(models))
	for i, c := range models {
		ids[i] = c.ID()
	}
	return strings.Join(ids, ", ")
}
