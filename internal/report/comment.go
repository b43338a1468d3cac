package report

import (
	"strings"
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
