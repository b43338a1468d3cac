package lint

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

func catcherUnconfirmed() Rule {
	platform := &Platform{Evidence: route.Evidence{Source: "file", Branch: "main", RequiredReview: route.Absent, ChecksProof: route.Confirmed}}
	return Rule{
		ID:       "catcher-unconfirmed",
		Severity: diag.Note,
		Summary:  "the base branch's rules do not confirm a catcher that the policy claims",
		Why:      "A required review and required checks are rules of the branch, and they are looked up there, not believed. A claim that does not hold makes the task frontier, at its price.",
		Fix:      "Require the review or the check on the base branch, take the catcher out of caught_by:, or vouch for it under attested: where the platform does not show it.",
		Needs:    []Need{NeedsPlatform},
		Bad:      Example{Text: minimal("tasks:\n  docs: { tier: efficient, caught_by: [verifier, required-review] }\n"), World: World{Platform: platform}},
		Good: Example{
			Text: minimal("tasks:\n  docs: { tier: efficient, caught_by: [verifier, required-review] }\n"),
			World: World{Platform: &Platform{Evidence: route.Evidence{
				Source: "file", Branch: "main", RequiredReview: route.Confirmed, ChecksProof: route.Confirmed,
			}}},
		},
		Policy: unconfirmedCatchers,
	}
}

func unconfirmedCatchers(p Policy, w World) []Hit {
	var hits []Hit
	for _, row := range p.File.Tasks {
		t, ok := w.taskOf(row)
		if !ok || !p.owns(row.Pos) || row.Tier >= policy.Frontier || t.Judges() {
			continue // no catcher is asked for
		}
		for _, claim := range row.CaughtBy {
			if claim.Kind != task.CatcherRequiredReview && claim.Kind != task.CatcherRequiredChecks {
				continue
			}
			if proof, text := route.Prove(p.File, w.Platform.Evidence, claim); !proof.Covers() {
				hits = append(hits, unconfirmed(p, w, row, claim, proof, text))
			}
		}
	}
	return hits
}

// unconfirmed says what follows: frontier where nobody else covers.
func unconfirmed(p Policy, w World, row policy.Task, claim policy.Catcher, proof route.Proof, text string) Hit {
	h := Hit{Pos: claim.Pos}
	if n := p.nodeAt(claim.Pos); n != nil {
		h.End = p.Span(n)
	}
	follows := "another catcher is all that covers"
	if open := w.uncaught(p, row, w.Platform.Evidence); len(open) > 0 {
		follows = row.ID + " goes frontier"
	}
	if proof == route.Absent {
		h.As = diag.Warning
		h.Message = fmt.Sprintf("%s, so %s: require it there, or take it out of caught_by", text, follows)
		return h
	}
	h.Message = fmt.Sprintf("%s, so %s: let the token read the branch's rules, or vouch for it under attested", text, follows)
	return h
}
