package dispatch

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

const (
	// maxExcerpt bounds what a handoff has of one model's text, in characters.
	maxExcerpt = 1200
	// maxToldProblems bounds what it has of one verifier's answer.
	maxToldProblems = 10
	// maxHandoffPrompt bounds a handoff inside a prompt, in tokens, whatever the
	// policy allows a document: the bounds of prompts leave so much room.
	maxHandoffPrompt = 10_000
)

// Handoff tells what was found, decided, refused and done, for who comes next.
// about has the document's identity and what an earlier step handed over; its
// results stand first. clean takes secrets out of a text. Whoever passes the
// document on seals it.
func Handoff(about task.Handoff, results []Result, clean func(string) string) task.Handoff {
	h := about
	h.Decisions, h.Refused, h.Results = slices.Clone(h.Decisions), slices.Clone(h.Refused), slices.Clone(h.Results)
	for i, r := range results {
		if i == 0 {
			h = withFacts(h, r.Decision.Facts)
		}
		h.Questions = append(h.Questions, questions(r)...)
		h.Decisions = slices.DeleteFunc(h.Decisions, func(old task.HandoffDecision) bool { return old.Task == r.Task.ID })
		h.Decisions = append(h.Decisions, decisionsOf(r)...)
		h.Refused = append(h.Refused, refusals(r)...)
		if r.Status != "" {
			h.Results = slices.DeleteFunc(h.Results, func(old task.HandoffResult) bool { return old.Task == r.Task.ID })
			h.Results = append(h.Results, resultOf(r))
		}
	}
	if len(results) == 1 {
		h.Task, h.Tier, h.Model = results[0].Task.ID, tierWord(results[0].Tier), results[0].Model.Model
	}
	h.Questions = distinct(h.Questions)
	h.GivenQuestions = slices.DeleteFunc(distinct(h.GivenQuestions), func(q string) bool { return slices.Contains(h.Questions, q) })
	return redacted(h.Capped(), clean)
}

// withFacts puts the classes of files last, which every reader of the change
// can tell by itself. It tells the ambiguity where somebody or something said of it: what
// stands for "nobody said" would raise the next step for nothing.
func withFacts(h task.Handoff, f signal.Facts) task.Handoff {
	own := f.Own()
	h.Facts = task.HandoffFacts{Domains: own.Domains, Scope: own.Scope, Ambiguity: own.Ambiguity}
	h.GivenFacts = f.Handed
	if f.Founded.Ambiguity == 0 && own.Ambiguity == task.Medium {
		h.Facts.Ambiguity = 0
	}
	var classes []task.HandoffSignal
	for _, hit := range f.Hits {
		told := task.HandoffSignal{ID: hit.Signal, File: hit.File, Line: hit.Line}
		if slices.Contains(f.Handed.Signals, told) {
			continue
		}
		if signal.IsClass(hit.Signal) {
			classes = append(classes, told)
		} else {
			h.Facts.Signals = append(h.Facts.Signals, told)
		}
	}
	h.Facts.Signals = append(h.Facts.Signals, classes...)
	return h
}

// questions are what nobody could look at or answer.
func questions(r Result) []string {
	var open []string
	for _, what := range r.Decision.Facts.Incomplete {
		open = append(open, "the change is known to be incomplete: "+what)
	}
	for _, c := range r.Decision.Catch.Results {
		if c.Catcher == "" {
			open = append(open, fmt.Sprintf("nobody would notice that %s is bad by %s", r.Task.ID, c.Failure))
		}
	}
	for _, f := range r.LeftOut {
		open = append(open, fmt.Sprintf("%s did not read %s: %s", r.Task.ID, f.Path, f.Why))
	}
	for _, what := range r.Decision.Facts.NotExamined {
		open = append(open, "not examined: "+what)
	}
	return open
}

// decisionsOf gives the reasons, those that decide first.
func decisionsOf(r Result) []task.HandoffDecision {
	var decisive, others []task.HandoffDecision
	for _, reason := range r.Decision.Reasons {
		told := task.HandoffDecision{Task: r.Task.ID, Rule: reason.Rule, Tier: tierWord(reason.Tier), Text: reasonText(reason)}
		if reason.Decisive {
			decisive = append(decisive, told)
		} else {
			others = append(others, told)
		}
	}
	return append(decisive, others...)
}

func reasonText(r route.Reason) string {
	if r.Lock {
		return r.Text + " (locked)"
	}
	return r.Text
}

func refusals(r Result) []task.HandoffRefusal {
	var all []task.HandoffRefusal
	for _, a := range r.Attempts {
		if a.Released || len(a.Problems) == 0 {
			continue
		}
		told := task.HandoffRefusal{Task: r.Task.ID, Tier: tierWord(a.Model.Tier), Model: a.Model.Model, ModelText: a.said}
		for _, p := range a.Problems[:min(len(a.Problems), maxToldProblems)] {
			told.Problems = append(told.Problems, task.HandoffProblem(p))
		}
		if more := len(a.Problems) - maxToldProblems; more > 0 {
			told.Problems = append(told.Problems, task.HandoffProblem{ID: "more", Text: plural(more, "more problem")})
		}
		all = append(all, told)
	}
	return all
}

func resultOf(r Result) task.HandoffResult {
	told := task.HandoffResult{Task: r.Task.ID, Status: string(r.Status), Tier: tierWord(r.Tier)}
	if wrote := slices.ContainsFunc(r.Attempts, func(a Attempt) bool { return a.Released }); wrote {
		told.Model, told.ModelText = r.Model.Model, excerpt(spoken(r.Output))
	}
	return told
}

// spoken is a model's output in words.
func spoken(out task.Output) string {
	var b strings.Builder
	b.WriteString(out.Markdown)
	for _, f := range out.Findings {
		fmt.Fprintf(&b, "\n- %s, %s:%d: %s", f.Severity, f.Path, f.Line, f.Title)
	}
	return b.String()
}

func excerpt(text string) string {
	runes := []rune(text)
	if len(runes) <= maxExcerpt {
		return text
	}
	return string(runes[:maxExcerpt-1]) + "…"
}

func tierWord(t policy.Tier) string {
	if t == 0 {
		return ""
	}
	return t.String()
}

func distinct(texts []string) []string {
	var kept []string
	for _, text := range texts {
		if !slices.Contains(kept, text) {
			kept = append(kept, text)
		}
	}
	return kept
}

// redacted cleans every text that a stranger or a model may have written.
// Hidden characters go first: they would part a secret that reads whole once
// they are gone.
func redacted(h task.Handoff, secrets func(string) string) task.Handoff {
	clean := func(text string) string {
		visible, _ := sanitize.StripInvisible(text)
		return secrets(visible)
	}
	h.Facts.Signals, h.Files = slices.Clone(h.Facts.Signals), slices.Clone(h.Files)
	for i := range h.Facts.Signals {
		h.Facts.Signals[i].File = clean(h.Facts.Signals[i].File)
	}
	h.GivenFacts.Signals = slices.Clone(h.GivenFacts.Signals)
	for i := range h.GivenFacts.Signals {
		h.GivenFacts.Signals[i].File = clean(h.GivenFacts.Signals[i].File)
	}
	for i := range h.Decisions {
		h.Decisions[i].Text = clean(h.Decisions[i].Text)
	}
	for _, list := range [][]string{h.Questions, h.GivenQuestions} {
		for i := range list {
			list[i] = clean(list[i])
		}
	}
	for i := range h.Files {
		h.Files[i] = clean(h.Files[i])
	}
	for i, r := range h.Refused {
		h.Refused[i].ModelText, h.Refused[i].Problems = clean(r.ModelText), slices.Clone(r.Problems)
		for j, p := range h.Refused[i].Problems {
			h.Refused[i].Problems[j].Text = clean(p.Text)
		}
	}
	for i := range h.Results {
		h.Results[i].ModelText = clean(h.Results[i].ModelText)
	}
	return h
}

// said keeps the start of a model's answer for a handoff: hidden characters
// and secrets go first, so that the cut leaves no half of one.
func (d *Dispatcher) said(text string) string {
	visible, _ := sanitize.StripInvisible(head(text, 4*4*maxExcerpt))
	return excerpt(d.withoutSecrets(visible))
}

// handoffBound is the bound of a handoff inside a prompt, in tokens.
func (d *Dispatcher) handoffBound() int64 { return min(d.Pool.Handoff.MaxTokens, maxHandoffPrompt) }

// passOn gives the blocks for the next attempt: the document, and apart from
// it what models wrote. Where the bound holds no document, the verifier's last
// words go alone.
func (d *Dispatcher) passOn(r Result, in task.Input) []block {
	if len(r.Attempts) == 0 {
		return nil
	}
	last := r.Attempts[len(r.Attempts)-1]
	r.Tier, r.Model = last.Model.Tier, last.Model
	h := Handoff(task.Handoff{Files: paths(in)}, []Result{r}, d.withoutSecrets)
	if len(h.Refused) == 0 {
		return nil
	}
	h, err := h.Sealed(d.handoffBound(), EstimateTokens)
	if err != nil {
		return []block{{"why an earlier answer was refused", problemText(last.Problems)}}
	}
	return blocksOf(h, "handoff from an earlier attempt", "refused answers of earlier models")
}

func blocksOf(h task.Handoff, ours, theirs string) []block {
	var blocks []block
	for _, b := range []block{{ours, h.Text()}, {theirs, h.ModelText()}} {
		if b.text != "" {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

func paths(in task.Input) []string {
	var all []string
	for _, f := range in.Change.Files {
		all = append(all, f.Paths()...)
	}
	return all
}
