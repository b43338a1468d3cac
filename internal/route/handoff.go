package route

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/policy"
)

// NearBoundPercent is the share of its bound from which on a handoff is near
// it. What was handed over then was cut, or the next one will be, and what is
// left is long to read: small models lose the thread of long contexts first.
const NearBoundPercent = 80

// HandoffFacts is the size of the handoff that was given, in tokens. The zero
// value is no handoff. Its words are untrusted, and so is its size: both only
// raise. Refused says that one was given and not used: what it would have said
// is unknown, and whoever can damage it must gain nothing by that.
type HandoffFacts struct {
	Tokens, Bound int64
	Refused       bool
}

func (h HandoffFacts) nearBound() bool {
	return h.Bound > 0 && h.Tokens >= (h.Bound*NearBoundPercent+99)/100
}

// handoff keeps a document near its bound from the smallest models, and the
// work whose document was refused.
func handoff(in Input) []Reason {
	switch {
	case in.Handoff.Refused:
		return []Reason{{Rule: "handoff-refused", Tier: policy.Mid, Text: "a handoff was given and refused, so nobody knows what it would have raised"}}
	case !in.Handoff.nearBound():
		return nil
	}
	return []Reason{{
		Rule: "handoff-near-bound", Tier: policy.Mid,
		Text: fmt.Sprintf("the handoff has %d tokens, and its bound is %d (handoff.max_tokens)", in.Handoff.Tokens, in.Handoff.Bound),
	}}
}
