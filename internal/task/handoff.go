package task

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// HandoffSchema names the shape of a handoff.
const HandoffSchema = "tierwise-handoff/1"

// Handoff is what one task, tier or step passes to the next: a document, not a
// conversation. Its facts, decisions and problems are words of ours about a
// stranger's change; what a model wrote stands in the ModelText fields alone.
// A document that was read back may have been written by anybody who can write
// its file: it is data, may raise a tier and never lowers one. A worked
// example, in its canonical form but for the line breaks:
//
//	{"schema": "tierwise-handoff/1", "repository": "acme/widgets", "pull_request": 7, …
//	 "refused": [{"task": "changelog", "tier": "efficient", "model": "claude-haiku-5-5",
//	   "problems": [{"id": "invented-path", "text": "…"}], "model_text": "…"}], … "digest": "9f…"}
type Handoff struct {
	Schema       string            `json:"schema"`
	Repository   string            `json:"repository"`
	PullRequest  int               `json:"pull_request"`  // 0 where there is none
	Base         string            `json:"base_sha"`      // "" where there is no base
	Head         string            `json:"head_sha"`      // "" where there is no head
	ChangeDigest string            `json:"change_digest"` // of the patch as it was read
	PolicyDigest string            `json:"policy_digest"` // of the policy that decided
	Task         string            `json:"task"`          // "" for a document of several tasks
	Tier         string            `json:"tier"`          // that did Task, "" for none
	Model        string            `json:"model"`         // that did Task, "" for none
	Facts        HandoffFacts      `json:"facts"`
	Decisions    []HandoffDecision `json:"decisions"` // those that decide first
	Questions    []string          `json:"questions"` // what nobody could look at
	Files        []string          `json:"files"`     // paths that the change touches
	Refused      []HandoffRefusal  `json:"refused"`   // oldest first
	Results      []HandoffResult   `json:"results"`   // oldest first
	// What an earlier step told, as far as it is not found here too. It was
	// not checked, and never becomes this step's own.
	GivenFacts     HandoffFacts `json:"given_facts"`
	GivenQuestions []string     `json:"given_questions"`
	// Cut says what the bound left out, a word and a number each.
	Cut    []HandoffCut `json:"cut"`
	Digest string       `json:"digest"` // of all the rest
}

// HandoffFacts are the facts that were found.
type HandoffFacts struct {
	Domains   []Domain        `json:"domains"` // sorted
	Scope     Scope           `json:"scope"`
	Ambiguity Ambiguity       `json:"ambiguity"`
	Signals   []HandoffSignal `json:"signals"`
}

// HandoffSignal is one place where a signal fired. File is "" where words
// fired it, Line 0 where the whole file did.
type HandoffSignal struct {
	ID   string `json:"id"`
	File string `json:"file"`
	Line int    `json:"line"`
}

// HandoffDecision is one reason of a decision, by its rule.
type HandoffDecision struct {
	Task string `json:"task"`
	Rule string `json:"rule"`
	Tier string `json:"tier"`
	Text string `json:"text"`
	// Given says that an earlier step told it and nobody checked it.
	Given bool `json:"given"`
}

// HandoffRefusal is one answer that a verifier refused, and why.
type HandoffRefusal struct {
	Task      string           `json:"task"`
	Tier      string           `json:"tier"`
	Model     string           `json:"model"`
	Problems  []HandoffProblem `json:"problems"`
	ModelText string           `json:"model_text"` // the start of what a model wrote
	Given     bool             `json:"given"`      // as in HandoffDecision
}

// HandoffProblem is one reason of a verifier.
type HandoffProblem struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// HandoffResult is what became of one task.
type HandoffResult struct {
	Task      string `json:"task"`
	Status    string `json:"status"`
	Tier      string `json:"tier"`
	Model     string `json:"model"`      // "" where no model wrote it
	ModelText string `json:"model_text"` // the start of what a model wrote
	Given     bool   `json:"given"`      // as in HandoffDecision
}

// HandoffCut counts the items of one part that the bound left out.
type HandoffCut struct {
	Part  string `json:"part"`
	Items int    `json:"items"`
}

// About says why a document cannot be used for what this run has read: it must
// be about the same repository, pull request, head and patch, under the same
// policy. The base may have moved on: the patch is what was worked on.
func (h Handoff) About(run Handoff) error {
	for _, same := range []struct{ what, theirs, ours string }{
		{"repository", h.Repository, run.Repository},
		{"pull request", strconv.Itoa(h.PullRequest), strconv.Itoa(run.PullRequest)},
		{"head", h.Head, run.Head},
		{"change", h.ChangeDigest, run.ChangeDigest},
		{"policy", h.PolicyDigest, run.PolicyDigest},
	} {
		if same.theirs != handoffLine(same.ours, maxHandoffName) {
			return fmt.Errorf("it is about another %s: %.40q, and this run has %.40q", same.what, same.theirs, same.ours)
		}
	}
	return nil
}

// Continued gives a document of another step that goes on with what this one
// has of earlier work, all of it marked as given: whoever could write the file
// could have written it. Facts, signals and files are measured anew.
func (h Handoff) Continued(next Handoff) Handoff {
	next.Decisions, next.Refused, next.Results = slices.Clone(h.Decisions), slices.Clone(h.Refused), slices.Clone(h.Results)
	for i := range next.Decisions {
		next.Decisions[i].Given = true
	}
	for i := range next.Refused {
		next.Refused[i].Given = true
	}
	for i := range next.Results {
		next.Results[i].Given = true
	}
	next.GivenQuestions = slices.Concat(h.GivenQuestions, h.Questions)
	for _, cut := range h.Cut {
		if carried(cut.Part) {
			next.Cut = append(next.Cut, cut)
		}
	}
	return next
}

// carried says that a part is known, and not measured anew: its name is shown.
func carried(part string) bool {
	return part != partFiles && part != partSignals && slices.ContainsFunc(handoffParts(), func(p handoffPart) bool { return p.name == part })
}

// Told is all that a document says of the work, its own step's words and
// those of the steps before it.
func (h Handoff) Told() []HandoffFacts { return []HandoffFacts{h.GivenFacts, h.Facts} }

// JSON is the canonical form: one spelling for one document, by which it is
// compared and digested.
func (h Handoff) JSON() ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(h.listed()); err != nil {
		return nil, fmt.Errorf("encode handoff: %w", err)
	}
	return out.Bytes(), nil
}

// listed writes an empty list as one, never as null.
func (h Handoff) listed() Handoff {
	h.Facts.Domains, h.Facts.Signals = some(h.Facts.Domains), some(h.Facts.Signals)
	h.GivenFacts.Domains, h.GivenFacts.Signals = some(h.GivenFacts.Domains), some(h.GivenFacts.Signals)
	h.GivenQuestions = some(h.GivenQuestions)
	h.Decisions, h.Questions, h.Files = some(h.Decisions), some(h.Questions), some(h.Files)
	refused := make([]HandoffRefusal, len(h.Refused))
	for i, r := range h.Refused {
		r.Problems = some(r.Problems)
		refused[i] = r
	}
	h.Refused, h.Results, h.Cut = refused, some(h.Results), some(h.Cut)
	return h
}

func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// digest is the SHA-256, in hexadecimal, over the canonical form with an empty
// digest.
func (h Handoff) digest() (string, error) {
	h.Digest = ""
	data, err := h.JSON()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}
