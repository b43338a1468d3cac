package report

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
)

// maxComment is the most characters of an issue comment; over 65,536 the API
// answers 422 "Body is too long". Bytes are counted here, which are never
// fewer.
const maxComment = 65536

// Comment gives the body of the sticky comment: the marker, the facts, then
// each task's output in what is left. The details stay in the run summary.
// The marker is the caller's, one line, and carries nothing to be trusted.
func Comment(s Session, marker string) string {
	head := strings.TrimSpace(marker) + "\n"
	body := s.core(maxComment / 2)
	text := head + body
	return text + s.outputs(maxComment-len(text))
}

// AuxiliaryMarker begins the sticky comment of auxiliary tasks, which keeps the
// answers of earlier runs. It carries nothing to be trusted.
const AuxiliaryMarker = "<!-- tierwise -->"

// Sticky is what one sticky comment tells, and the marker that it is known by.
type Sticky struct {
	Marker  string
	Session Session
}

// Stickies parts a session by the comments that tell of it. The critical
// path has one of its own, known by the tasks that it is about and by the step
// that speaks: no other step may put its words in the place of NO REVIEW
// HAPPENED, be it one with the same tasks or another leg of the matrix. A comment
// all of whose tasks stood aside is not written, so that the earlier one stays.
func Stickies(s Session) []Sticky {
	var critical, rest []dispatch.Result
	for _, r := range s.Results {
		if r.Task.CriticalPath {
			critical = append(critical, r)
		} else {
			rest = append(rest, r)
		}
	}
	var all []Sticky
	for _, part := range []struct {
		marker  string
		results []dispatch.Result
	}{{criticalMarker(critical, s.Place), critical}, {AuxiliaryMarker, rest}} {
		if slices.ContainsFunc(part.results, func(r dispatch.Result) bool { return !s.stoodAside(r) }) {
			one := s
			one.Results = part.results
			all = append(all, Sticky{part.marker, one})
		}
	}
	return all
}

// criticalMarker names the tasks, or their digest where a name has no place in a
// marker, and the step by a digest: its names are words of whoever wrote the
// workflow.
func criticalMarker(results []dispatch.Result, place []string) string {
	var ids []string
	for _, r := range results {
		ids = append(ids, r.Task.ID)
	}
	slices.Sort(ids)
	names := strings.Join(ids, ", ")
	if !regexp.MustCompile(`^[a-z0-9_, -]{1,500}$`).MatchString(names) {
		names = digest(ids)
	}
	if len(place) > 0 {
		names += " at " + digest(place)[:12]
	}
	return "<!-- tierwise: " + names + " -->"
}

// WantsComment says whether a session calls for a comment under the input
// comment: never, always, over-budget or on-findings. What is not one of
// these calls for none.
func WantsComment(s Session, when string) bool {
	switch when {
	case "always":
		return true
	case "over-budget":
		return s.overBudget()
	case "on-findings":
		return s.hasFindings() || len(s.noReview()) > 0
	default:
		return false
	}
}

// overBudget says that the ceiling refused a call or was passed.
func (s Session) overBudget() bool {
	for _, r := range s.Results {
		if r.OverBudget {
			return true
		}
	}
	return s.RunBudget != nil && s.RunSpent > *s.RunBudget
}

func (s Session) hasFindings() bool {
	for _, r := range s.Results {
		if len(r.Output.Findings) > 0 || r.Output.Dropped > 0 {
			return true
		}
	}
	return false
}
