package pipeline

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/tierwise/tierwise/internal/route"
)

// evidenceFile is the form of --evidence: what a person knows of the base
// branch's rules. An absent required_review is unknown.
type evidenceFile struct {
	Branch              string   `json:"branch"`
	RequiredReview      *bool    `json:"required_review"`
	DismissStaleReviews bool     `json:"dismiss_stale_reviews"`
	RequiredChecks      []string `json:"required_checks"`
	// Public says that anybody may open a pull request. It matters to the
	// linter alone.
	Public bool `json:"public"`
}

// ParseEvidence reads the JSON of --evidence:
//
//	{"branch": "main", "required_review": true, "dismiss_stale_reviews": true, "required_checks": ["test"]}
//
// Unknown keys are an error.
func ParseEvidence(data []byte) (route.Evidence, error) {
	e, _, err := parseEvidence(data)
	return e, err
}

func parseEvidence(data []byte) (e route.Evidence, public bool, err error) {
	var f evidenceFile
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		return route.Evidence{}, false, usage("evidence: %v", fmt.Errorf("read JSON: %w", err))
	}
	e = route.Evidence{Source: "file", Branch: f.Branch, DismissStale: f.DismissStaleReviews, RequiredReview: route.Unseen, ChecksProof: route.Unseen}
	if f.RequiredReview != nil {
		e.RequiredReview = route.Absent
		if *f.RequiredReview {
			e.RequiredReview = route.Confirmed
		}
	}
	if f.RequiredChecks != nil {
		e.RequiredChecks, e.ChecksProof = f.RequiredChecks, route.Confirmed
	}
	return e, f.Public, nil
}
