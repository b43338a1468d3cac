package task

import (
	"fmt"
	"slices"
	"sort"
)

// TokenCount counts the tokens of a text.
type TokenCount func(text string) int64

// Sealed cleans every text, brings the document within so many tokens, and
// sets its digest. What grows with the size of a change alone has at most a
// share of them: a large change by itself does not fill a handoff. Of the rest
// the least important parts go first: what models wrote, then files, signals,
// open questions, decisions, all but the first problem of a refusal, results,
// and last the refusals; Cut counts what went. It is an error where not even
// the head of the document fits.
func (h Handoff) Sealed(most int64, count TokenCount) (Handoff, error) {
	h = h.cleaned()
	h.Schema = HandoffSchema
	for _, part := range handoffParts() {
		if part.share > 0 {
			bare := part.without(h, part.length(h)).Tokens(count)
			h = part.least(h, func(h Handoff) bool { return h.Tokens(count)-bare <= most/part.share })
		}
	}
	for _, part := range handoffParts() {
		h = part.least(h, func(h Handoff) bool { return h.Tokens(count) <= most })
	}
	if tokens := h.Tokens(count); tokens > most {
		return Handoff{}, fmt.Errorf("its head alone has %d tokens, more than the %d of handoff.max_tokens", tokens, most)
	}
	digest, err := h.digest()
	h.Digest = digest
	return h, err
}

// The parts that are measured anew by every step.
const (
	partFiles   = "files"
	partSignals = "signals"
)

// handoffPart is a part that may be cut, item by item.
type handoffPart struct {
	name   string
	share  int64 // at most one in so many tokens of the bound; 0 for no such bound
	length func(Handoff) int
	// without gives the document without n items of the part.
	without func(h Handoff, n int) Handoff
}

// least cuts as few items as it takes to fit.
func (p handoffPart) least(h Handoff, fits func(Handoff) bool) Handoff {
	if fits(h) {
		return h
	}
	n := p.length(h)
	return p.cut(h, min(n, sort.Search(n, func(cut int) bool { return fits(p.cut(h, cut)) })))
}

// cut takes n items away and counts them.
func (p handoffPart) cut(h Handoff, n int) Handoff {
	h = p.without(h, n)
	h.Cut = slices.Clone(h.Cut)
	for i := range h.Cut {
		if h.Cut[i].Part == p.name {
			h.Cut[i].Items += n
			return h
		}
	}
	if n > 0 {
		h.Cut = append(h.Cut, HandoffCut{p.name, n})
	}
	return h
}

// handoffParts lists the parts, the least important first. Of what models
// wrote, of results and of refusals the oldest go first; of the rest the last.
func handoffParts() []handoffPart {
	return []handoffPart{
		{"model texts", 0, modelTexts, withoutModelTexts},
		{partFiles, 8, func(h Handoff) int { return len(h.Files) }, func(h Handoff, n int) Handoff { h.Files = shorter(h.Files, n); return h }},
		{partSignals, 8, func(h Handoff) int { return len(h.Facts.Signals) }, func(h Handoff, n int) Handoff {
			h.Facts.Signals = shorter(h.Facts.Signals, n)
			return h
		}},
		{"given signals", 8, func(h Handoff) int { return len(h.GivenFacts.Signals) }, func(h Handoff, n int) Handoff {
			h.GivenFacts.Signals = shorter(h.GivenFacts.Signals, n)
			return h
		}},
		{"given questions", 8, func(h Handoff) int { return len(h.GivenQuestions) }, func(h Handoff, n int) Handoff {
			h.GivenQuestions = shorter(h.GivenQuestions, n)
			return h
		}},
		{"questions", 8, func(h Handoff) int { return len(h.Questions) }, func(h Handoff, n int) Handoff {
			h.Questions = shorter(h.Questions, n)
			return h
		}},
		{"decisions", 4, func(h Handoff) int { return len(h.Decisions) }, func(h Handoff, n int) Handoff {
			h.Decisions = shorter(h.Decisions, n)
			return h
		}},
		{"problems", 0, moreProblems, withoutProblems},
		{"results", 0, func(h Handoff) int { return len(h.Results) }, func(h Handoff, n int) Handoff { h.Results = h.Results[n:]; return h }},
		{"refusals", 0, func(h Handoff) int { return len(h.Refused) }, func(h Handoff, n int) Handoff { h.Refused = h.Refused[n:]; return h }},
	}
}

func shorter[T any](list []T, n int) []T { return list[: len(list)-n : len(list)-n] }

func modelTexts(h Handoff) int {
	n := 0
	for _, r := range h.Results {
		n += one(r.ModelText)
	}
	for _, r := range h.Refused {
		n += one(r.ModelText)
	}
	return n
}

func one(text string) int {
	if text == "" {
		return 0
	}
	return 1
}

func withoutModelTexts(h Handoff, n int) Handoff {
	h.Results, h.Refused = slices.Clone(h.Results), slices.Clone(h.Refused)
	drop := func(text *string) {
		if n > 0 && *text != "" {
			*text = ""
			n--
		}
	}
	for i := range h.Results {
		drop(&h.Results[i].ModelText)
	}
	for i := range h.Refused {
		drop(&h.Refused[i].ModelText)
	}
	return h
}

// moreProblems counts the problems beside the first of each refusal.
func moreProblems(h Handoff) int {
	n := 0
	for _, r := range h.Refused {
		n += max(0, len(r.Problems)-1)
	}
	return n
}

func withoutProblems(h Handoff, n int) Handoff {
	h.Refused = slices.Clone(h.Refused)
	for i, r := range h.Refused {
		cut := min(n, max(0, len(r.Problems)-1))
		h.Refused[i].Problems = shorter(r.Problems, cut)
		n -= cut
	}
	return h
}

// Capped brings every list within its own bound: those that are too long lose
// what would be cut first. Sealed does so too; it saves the cleaning of what
// will not be kept.
func (h Handoff) Capped() Handoff {
	for _, part := range handoffParts() {
		if over := part.length(h) - maxHandoffItems; over > 0 {
			h = part.cut(h, over)
		}
	}
	return h
}

// cleaned brings every text and list within its own bound.
func (h Handoff) cleaned() Handoff {
	h = h.Capped()
	h.Repository, h.Base, h.Head = handoffLine(h.Repository, maxHandoffName), handoffLine(h.Base, maxHandoffName), handoffLine(h.Head, maxHandoffName)
	h.ChangeDigest, h.PolicyDigest = handoffLine(h.ChangeDigest, maxHandoffName), handoffLine(h.PolicyDigest, maxHandoffName)
	h.Task, h.Tier, h.Model = handoffLine(h.Task, maxHandoffName), handoffLine(h.Tier, maxHandoffName), handoffLine(h.Model, maxHandoffName)
	h.Facts, h.GivenFacts = h.Facts.cleaned(), h.GivenFacts.cleaned()
	h.Decisions, h.Refused, h.Results = slices.Clone(h.Decisions), slices.Clone(h.Refused), slices.Clone(h.Results)
	for i, d := range h.Decisions {
		h.Decisions[i] = HandoffDecision{handoffLine(d.Task, maxHandoffName), handoffLine(d.Rule, maxHandoffName), handoffLine(d.Tier, maxHandoffName), handoffLine(d.Text, maxHandoffText), d.Given}
	}
	h.GivenQuestions = handoffLines(h.GivenQuestions, maxHandoffText)
	h.Questions, h.Files = handoffLines(h.Questions, maxHandoffText), handoffLines(h.Files, maxHandoffPath)
	for i, r := range h.Refused {
		h.Refused[i] = r.cleaned()
	}
	for i, r := range h.Results {
		h.Results[i] = HandoffResult{
			handoffLine(r.Task, maxHandoffName), handoffLine(r.Status, maxHandoffName), handoffLine(r.Tier, maxHandoffName),
			handoffLine(r.Model, maxHandoffName), handoffModel(r.ModelText, maxHandoffModel), r.Given,
		}
	}
	return h
}

func (f HandoffFacts) cleaned() HandoffFacts {
	f.Domains = slices.Compact(slices.Sorted(slices.Values(f.Domains)))
	f.Signals = slices.Clone(f.Signals)
	for i, s := range f.Signals {
		f.Signals[i] = HandoffSignal{handoffLine(s.ID, maxHandoffName), handoffLine(s.File, maxHandoffPath), max(0, s.Line)}
	}
	return f
}

func (r HandoffRefusal) cleaned() HandoffRefusal {
	problems := make([]HandoffProblem, 0, len(r.Problems))
	for _, p := range r.Problems[:min(len(r.Problems), maxHandoffItems)] {
		problems = append(problems, HandoffProblem{handoffLine(p.ID, maxHandoffName), handoffLine(p.Text, maxHandoffText)})
	}
	return HandoffRefusal{
		handoffLine(r.Task, maxHandoffName), handoffLine(r.Tier, maxHandoffName), handoffLine(r.Model, maxHandoffName),
		problems, handoffModel(r.ModelText, maxHandoffModel), r.Given,
	}
}

func handoffLines(texts []string, most int) []string {
	clean := make([]string, len(texts))
	for i, text := range texts {
		clean[i] = handoffLine(text, most)
	}
	return clean
}
