package survey

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/route"
)

// reviewDays is when the policy is looked at again: a quarter ahead.
const reviewDays = 90

// ownerDays is how long a new policy may stand without an owner.
const ownerDays = 30

// Policy writes the policy that fits what was seen, with comments that say
// why. It names only what is here; what was not looked at is left to the
// built-in choice.
func Policy(r Repository, s Seen) []byte {
	w := &writer{}
	w.head(r, s)
	w.pool(provider(s))
	w.tasks(r.Platform)
	w.table(s)
	w.mustFrontier(s)
	w.rest(s)
	w.tests(r.Platform, s)
	return []byte(w.String())
}

type writer struct{ strings.Builder }

func (w *writer) say(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func (w *writer) head(r Repository, s Seen) {
	w.say("# yaml-language-server: $schema=https://raw.githubusercontent.com/tierwise/tierwise/main/docs/routing-policy.schema.json")
	w.say("# Which AI task of this repository's workflows runs on which model.")
	w.say("# The idea: a task goes to the cheapest model whose mistakes would be caught.")
	w.say("# Written by \"tierwise init\" for what it saw here; it is yours now.")
	for _, line := range seenLines(s) {
		w.say("# %s", oneLine(line))
	}
	w.version(r, s)
	w.say("# false only observes: everything runs on the baseline model, and the summary\n# says what routing would have done and saved. A good first week.")
	w.say("enforce: true\n")
	if len(s.Owners) > 0 {
		w.say("owners: %s", list(s.Owners))
	} else {
		w.say("# owners: [\"@your/team\"]")
	}
	if day, err := time.Parse(time.DateOnly, r.Today); err == nil {
		w.say("review_by: %s", day.AddDate(0, 0, reviewDays).Format(time.DateOnly))
	}
	w.say("")
}

// version begins the policy. Where nobody is known to answer for it, lint is
// asked to wait: the file is new, and who reads it can say who.
func (w *writer) version(r Repository, s Seen) {
	if day, err := time.Parse(time.DateOnly, r.Today); err == nil && len(s.Owners) == 0 {
		w.say("#\n# Who answers for this file? Nothing here says it. Name them under owners, and\n# take the next line out: lint asks again when its day is over.")
		w.say("# tierwise: ignore owner-missing until %s: init found nobody to name", day.AddDate(0, 0, ownerDays).Format(time.DateOnly))
	}
	w.say("version: 1\n")
}

// seenLines tells what the choices below rest on.
func seenLines(s Seen) []string {
	var lines []string
	var languages []string
	for _, l := range s.Languages[:min(len(s.Languages), 5)] {
		languages = append(languages, fmt.Sprintf("%s (%d)", l.Name, l.Files))
	}
	if len(languages) > 0 {
		lines = append(lines, "Files seen: "+strings.Join(languages, ", ")+".")
	}
	if n := len(s.Manifests); n > 0 {
		lines = append(lines, fmt.Sprintf("Manifests: %s.", firstOf(s.Manifests, 4)))
	}
	for _, c := range s.Calls[:min(len(s.Calls), 6)] {
		model := "no model named"
		if c.Model != nil {
			model = c.Model.Text
		}
		lines = append(lines, fmt.Sprintf("AI step: %s, %s (%s).", c.Step.Pos, c.Agent.ID, model))
	}
	return lines
}

func firstOf(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// oneLine keeps a hostile name inside its comment.
func oneLine(text string) string {
	quoted := strconv.QuoteToGraphic(text)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

// list writes names as YAML reads them.
func list(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = strconv.Quote(n)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// tasks names only catchers that the branch confirms, where the platform was
// asked.
func (w *writer) tasks(p *lint.Platform) {
	review, checks := catchers(p)
	told := "[verifier, advisory]"
	if review {
		told = "[verifier, advisory, required-review]"
	}
	w.say("# Where each task starts. Below frontier somebody has to catch a bad output;\n# caught_by names who, and what the branch requires is looked up, not believed.")
	w.say("tasks:\n  code-review:     { critical_path: true }\n  security-scan:   { critical_path: true }")
	w.say("  changelog:       { tier: efficient, caught_by: %s }", told)
	w.say("  release-notes:   { tier: efficient, caught_by: %s }", told)
	w.say("  failure-summary: { tier: efficient, caught_by: [verifier, advisory] }")
	w.say("  pr-summary:      { tier: efficient, caught_by: [verifier, advisory] }")
	if review {
		w.say("  docs:            { tier: efficient, caught_by: [verifier, required-review] }")
	} else {
		w.say("  docs:            { tier: frontier }    # the base branch requires no approving review: nobody would catch it")
	}
	switch {
	case p == nil:
		w.say("  # tests: { tier: efficient, caught_by: [verifier, { required-checks: [\"name of the check\"] }, required-review] }")
		w.say("  tests:           { tier: frontier }    # name the required check that runs them, in the line above")
	case review && len(checks) > 0:
		w.say("  tests:           { tier: efficient, caught_by: [verifier, { required-checks: %s }, required-review] }", list(checks))
	default:
		w.say("  tests:           { tier: frontier }    # no required check and review would catch bad ones")
	}
	w.say("")
}

// catchers says whether an approving review may be named, and which checks the
// branch requires. Where it is not known, a review is named: it is looked up
// at every run.
func catchers(p *lint.Platform) (review bool, checks []string) {
	if p == nil {
		return true, nil
	}
	if p.Evidence.ChecksProof == route.Confirmed {
		checks = p.Evidence.RequiredChecks
	}
	return p.Evidence.RequiredReview != route.Absent, checks
}

func (w *writer) table(s Seen) {
	w.say("# Places a brief that names no task, before an agent is sent out. A row below\n# default lowers and must fit everything that is known; the others raise.")
	w.say("table:")
	w.say("  - when: { scope: multi-file, domain: [docs, config, tests], ambiguity: low }\n    tier: efficient")
	w.say("  - when: { scope: cross-service }\n    tier: frontier")
	w.say("  - when: { domain: [security, schema] }\n    tier: frontier")
	w.say("  - when: { ambiguity: high }\n    tier: frontier")
	w.say("default: mid\n")
	if len(s.Services) > 0 {
		w.say("# Folders that hold one service each: a change in two of them is cross-service.")
		w.say("services: %s\n", list(s.Services))
	}
}

func (w *writer) mustFrontier(s Seen) {
	w.say("# Subjects that stay frontier for tasks that judge or write, whatever labels\n# and budgets say. Keep it short.")
	w.say("must_frontier:")
	w.entry("auth", "a wrong check lets people in", s.Auth, "[auth, session, crypto, secret]")
	w.entry("injection", "input that becomes code runs with your rights", folders{}, "[injection]")
	w.entry("payments", "money moves", s.Payments, "[payment, payment-words]")
	w.entry("schema", "there is no way back on production data", s.Schema, "[migration, schema-change]")
	w.entry("checks", "a check that is gone is not missed until it is needed", folders{}, "[guard-removed, check-disabled, access-widened, weakened-test]")
	w.entry("supply", "what is fetched and what may be done with it runs before any of your checks", folders{}, "[permission, supply-chain]")
	w.say("  - id: policy\n    why: it decides everything else\n    paths: [routing-policy.yml]\n    signals: [policy-change, owners]\n")
}

func (w *writer) entry(id, why string, f folders, signals string) {
	w.say("  - id: %s\n    why: %s", id, why)
	if len(f.Patterns) > 0 {
		w.say("    paths: %s", list(f.Patterns))
	}
	w.say("    signals: %s", signals)
}

func (w *writer) rest(s Seen) {
	w.say("# When tasks off the critical path do not run at all. A review is never skipped.")
	w.say("skip: { drafts: false, only: [lock-files], actors: %s }\n", list(s.Bots))
	w.say("handoff: { max_tokens: 2000 }\n")
	w.say("# Labels that ask for a tier. Up counts for everybody; down only for these\n# people, with a reason, never for the author and never for what is locked.")
	w.say("override:\n  labels: { \"tier:frontier\": frontier, \"tier:mid\": mid, \"tier:efficient\": efficient }")
	w.say("  allow: [admin, maintain]\n  self_lower: false\n  require_reason: true\n")
	w.say("escalation: { max_attempts: 3 }\n")
	w.say("# In dollars, counted before every call at its upper bound.")
	w.say("budget: { run_usd: 2.00, on_exceeded: { critical: fail, auxiliary: skip } }\n")
}

// tests holds the policy to its promises on files that are here.
func (w *writer) tests(p *lint.Platform, s Seen) {
	w.say("# The policy's own tests: which tier a change to these files must get.")
	w.say("tests:")
	example := s.Auth.Example
	for _, f := range []folders{s.Payments, s.Schema} {
		if example == "" {
			example = f.Example
		}
	}
	if example == "" {
		example = "routing-policy.yml"
	}
	w.test(example, "code-review", "frontier")
	w.test(example, "docs", "frontier")
	w.test(example, "failure-summary", "efficient")
	if guide := s.Guide; guide != "" {
		tier := "frontier"
		if review, _ := catchers(p); review {
			tier = "efficient"
		}
		w.test(guide, "docs", tier)
		w.test(guide, "changelog", "efficient")
	}
}

func (w *writer) test(path, task, tier string) {
	w.say("  - { paths: [%s], task: %s, expect: %s }", strconv.Quote(path), task, tier)
}
