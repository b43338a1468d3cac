package route

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

// Prove says how sure a catcher is that a policy claims, and why. It is for
// the catchers that the platform confirms; the others hang on the task.
func Prove(f *policy.File, e Evidence, claim policy.Catcher) (Proof, string) {
	return prove(Input{Policy: f, Evidence: e}, claim)
}

// prove holds a claim of the policy against the evidence.
func prove(in Input, claim policy.Catcher) (Proof, string) {
	switch claim.Kind {
	case task.CatcherAdvisory:
		if tells(in) {
			return Confirmed, "it is only read, in the summary or in a comment beside its source"
		}
		return Absent, "advisory is for tasks that tell"
	case task.CatcherRequiredReview:
		return proveReview(in)
	case task.CatcherRequiredChecks:
		return proveChecks(in, claim.Checks)
	case task.CatcherVerifier:
		return Absent, "its verifier does not prove this"
	}
	return Absent, fmt.Sprintf("unknown catcher %q", claim.Kind)
}

func proveReview(in Input) (Proof, string) {
	e := in.Evidence
	if text, ok := attested(in, task.CatcherRequiredReview, e.RequiredReview); ok {
		return Attested, "an approving review is required" + onBranch(e) + ", attested: " + text
	}
	if !e.RequiredReview.Covers() {
		return orUnseen(e.RequiredReview), "required-review" + onBranch(e) + " is " + string(orUnseen(e.RequiredReview))
	}
	text := "an approving review is required" + onBranch(e) + " (" + string(e.RequiredReview) + ")"
	if !e.DismissStale && e.RequiredReview == Confirmed {
		text += ", and survives a new push"
	}
	return e.RequiredReview, text
}

// proveChecks wants every named check to be required there.
func proveChecks(in Input, names []string) (Proof, string) {
	e := in.Evidence
	if len(names) == 0 {
		return Absent, "required-checks names no check"
	}
	list := strings.Join(names, ", ")
	if text, ok := attested(in, task.CatcherRequiredChecks, e.ChecksProof); ok {
		return Attested, fmt.Sprintf("checks %s are required%s, attested: %s", list, onBranch(e), text)
	}
	if !e.ChecksProof.Covers() {
		return orUnseen(e.ChecksProof), fmt.Sprintf("required-checks %s%s: %s", list, onBranch(e), orUnseen(e.ChecksProof))
	}
	if e.ChecksProof == Assumed {
		return Assumed, fmt.Sprintf("checks %s are required (assumed)", list)
	}
	for _, name := range names {
		if !slices.Contains(e.RequiredChecks, name) {
			return Absent, fmt.Sprintf("check %s is not required%s", name, onBranch(e))
		}
	}
	return e.ChecksProof, fmt.Sprintf("checks %s are required%s (%s)", list, onBranch(e), e.ChecksProof)
}

// attested gives the owner's word where the platform does not show the
// answer. Where it shows that there is no such rule, the word does not count.
func attested(in Input, c task.Catcher, seen Proof) (string, bool) {
	if seen != Unseen && seen != "" {
		return "", false
	}
	for _, a := range in.Policy.Attested {
		if a.Catcher == c {
			return a.Text, true
		}
	}
	return "", false
}

// orUnseen reads a proof that nobody filled in as unknown.
func orUnseen(p Proof) Proof {
	if p == "" {
		return Unseen
	}
	return p
}

func onBranch(e Evidence) string {
	if e.Branch == "" {
		return ""
	}
	return " on " + e.Branch
}
