package route

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

// answer is the catch test with the reason that it gives, if any.
type answer struct {
	Catch
	uncaught *Reason
}

// asked takes step 3: would a bad output be caught before it causes a
// problem? Where other reasons have made it frontier the question is not
// asked. Yet where those reasons alone did so (something of it stands below),
// and nothing would catch, that is a second cause, and it is named: without it
// the explanation would promise a cheaper tier that the next run would refuse.
func asked(in Input, tier policy.Tier, something bool) answer {
	switch {
	case in.TaskID == "":
		return answer{Catch: Catch{Text: "the dispatcher releases the output; needed would be: " + neededForBrief}}
	case judges(in):
		return answer{Catch: Catch{Text: "critical path", Results: notAsked(in.Task)}}
	case in.Task == nil:
		return answer{Catch: Catch{Text: "frontier already"}}
	}
	results, uncovered := examine(in)
	a := answer{Catch: Catch{Text: "frontier already", Results: results}}
	if something {
		a.uncaught = uncaughtReason(in, uncovered)
	}
	if something && tier < policy.Frontier {
		a.Catch = Catch{Asked: true, Caught: len(uncovered) == 0, Results: results, Text: catchText(in, results, uncovered)}
	}
	return a
}

// notAsked gives the ways to be bad of a task on the critical path: what its
// verifier proves, and what nothing is asked to catch.
func notAsked(t *task.Task) []CatchResult {
	if t == nil {
		return nil
	}
	var results []CatchResult
	for _, f := range t.Failures {
		r := CatchResult{Failure: f.ID, Proof: NotAsked, Text: "on the critical path nobody is asked to catch: it stays frontier"}
		if f.Verified {
			r = verified(f)
		}
		results = append(results, r)
	}
	return results
}

func verified(f task.Failure) CatchResult {
	return CatchResult{Failure: f.ID, Catcher: task.CatcherVerifier, Proof: Confirmed, Text: "its verifier runs before release"}
}

const neededForBrief = "a verifier, an approving review that the base branch requires, or required checks"

// belowFrontier says that something would be left, and below frontier, if the
// reasons at frontier were gone.
func belowFrontier(reasons []Reason) bool {
	return slices.ContainsFunc(reasons, func(r Reason) bool { return r.Tier < policy.Frontier })
}

// examine answers for each way in which the output can be bad.
func examine(in Input) (results []CatchResult, uncovered []string) {
	failures := in.Task.Failures
	if len(failures) == 0 {
		failures = []task.Failure{{ID: "bad in a way that the task does not name"}}
	}
	for _, f := range failures {
		r := cover(in, f)
		results = append(results, r)
		if r.Catcher == "" {
			uncovered = append(uncovered, f.ID)
		}
	}
	return results, uncovered
}

// cover finds the first catcher that the failure allows, the policy names and
// the evidence supports. The verifier needs no name in the policy: it runs
// before every release. The local form is code of this program that copies
// from the change; what a verifier proves of a model, it cannot do by
// construction.
func cover(in Input, f task.Failure) CatchResult {
	if f.Verified {
		return verified(f)
	}
	row, _ := in.Policy.Task(in.TaskID)
	var why []string
	for _, claim := range row.CaughtBy {
		if !slices.Contains(f.CaughtBy, claim.Kind) {
			continue
		}
		proof, text := prove(in, claim)
		if proof.Covers() {
			return CatchResult{Failure: f.ID, Catcher: claim.Kind, Proof: proof, Text: text}
		}
		why = append(why, text)
	}
	if len(why) == 0 {
		why = []string{"caught_by: names no catcher for it" + couldBe(f.CaughtBy)}
	}
	return CatchResult{Failure: f.ID, Proof: Absent, Text: strings.Join(why, "; ")}
}

func couldBe(list []task.Catcher) string {
	if len(list) == 0 {
		return ""
	}
	words := make([]string, len(list))
	for i, c := range list {
		words[i] = string(c)
	}
	return " (could be " + strings.Join(words, " or ") + ")"
}

func uncaughtReason(in Input, uncovered []string) *Reason {
	if len(uncovered) == 0 {
		return nil
	}
	row, _ := in.Policy.Task(in.TaskID)
	return &Reason{
		Rule: "uncaught", Tier: policy.Frontier, Policy: row.Pos,
		Text: "nothing would catch an output that is " + strings.Join(uncovered, " or "),
	}
}

// catchText names the uncovered failures, or who covers.
func catchText(in Input, results []CatchResult, uncovered []string) string {
	var parts []string
	for _, r := range results {
		if (r.Catcher == "") == (len(uncovered) > 0) && !slices.Contains(parts, r.Text) {
			text := r.Text
			if r.Catcher == "" {
				text = fmt.Sprintf("%s: %s", r.Failure, r.Text)
			}
			parts = append(parts, text)
		}
	}
	return strings.Join(slices.Compact(append(parts, notes(in, results)...)), "; ")
}

// notes gives what is to be said of the evidence. Where it was only assumed,
// that is said only if an answer rests on it.
func notes(in Input, results []CatchResult) []string {
	if in.Evidence.Source == "assumed" && !slices.ContainsFunc(results, func(r CatchResult) bool { return r.Proof == Assumed }) {
		return nil
	}
	return in.Evidence.Notes
}

// Uncovered gives the ways to be bad of a task that nothing would catch, by a
// policy and what is known of its catchers: what step 3 asks, without a change.
func Uncovered(f *policy.File, t task.Task, e Evidence) []string {
	_, uncovered := examine(Input{Policy: f, TaskID: t.ID, Task: &t, Evidence: e})
	return uncovered
}
