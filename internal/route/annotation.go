package route

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

func domainWords(domains []task.Domain) string {
	words := make([]string, len(domains))
	for i, d := range domains {
		words[i] = string(d)
	}
	return strings.Join(words, " ")
}

// hint tries what a trusted hand could say of a brief: what the untrusted
// annotation in it says, and low ambiguity where nobody said how clear it is.
// It is given only where that would really go lower. What raises stays: an
// annotation changes the place alone.
func hint(in Input, raised []Reason, out outcome) string {
	if in.TaskID != "" {
		return ""
	}
	a := in.Facts.Untrusted
	if mayBeLow(in.Facts) {
		a.Ambiguity = task.Low
	}
	in = trusting(in, a)
	tier := climb(in, slices.Concat(place(in), raised), nil).tier
	if a.Empty() || tier >= out.tier {
		return ""
	}
	return fmt.Sprintf("%s with the annotation %q, if it comes by annotation or trust-brief", tier, brackets(a))
}

// trusting gives the input as it would be if the annotation were trusted. What
// files and words found stays; only the default for an unknown ambiguity goes.
func trusting(in Input, a task.Annotation) Input {
	f := &in.Facts
	f.Founded.Scope = max(f.Founded.Scope, a.Scope)
	if len(f.Founded.Domains) == 0 {
		f.Founded.Domains = a.Domains
	}
	if mayBeLow(*f) {
		f.Founded.Ambiguity, f.Ambiguity = task.Low, task.Low
		f.Inferred.Ambiguity = task.Low
	}
	return in
}

// mayBeLow says that the ambiguity is Medium because nobody said anything of
// it. What a vague word raised, no annotation takes back.
func mayBeLow(f signal.Facts) bool {
	vague := slices.ContainsFunc(f.Hits, leavesOpen)
	return f.Founded.Ambiguity == 0 && f.Ambiguity == task.Medium && f.Untrusted.Ambiguity < task.Medium && !vague
}

// brackets writes an annotation as people pass it.
func brackets(a task.Annotation) string {
	var parts []string
	if a.Scope != 0 {
		parts = append(parts, "[scope: "+a.Scope.String()+"]")
	}
	for _, d := range a.Domains {
		parts = append(parts, "[domain: "+string(d)+"]")
	}
	if a.Ambiguity != 0 {
		parts = append(parts, "[ambiguity: "+a.Ambiguity.String()+"]")
	}
	return strings.Join(parts, " ")
}
