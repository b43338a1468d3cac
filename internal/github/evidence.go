package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/route"
)

// Evidence says what the rules of a branch require before a change gets in.
// Rulesets can be confirmed. Classic protection shows its required checks and
// not its reviews, so reviews on a protected branch without a ruleset are
// unknown; on an unprotected branch they are absent. Who may bypass the rules
// is never shown. A lookup that fails leaves unknown with a note; only a run
// that must stop (cancelled, rate limit) is an error.
func (c *Client) Evidence(ctx context.Context, repo Repo, branch string) (route.Evidence, error) {
	e := route.Evidence{Source: "github", Branch: branch, RequiredReview: route.Unseen, ChecksProof: route.Unseen}
	rules, more, rulesErr := pagesMore[branchRule](ctx, c, readRules, repo.path("/rules/branches/%s", branch), 100, 3)
	if rulesErr == nil && more {
		rulesErr = errors.New("the branch has more rules than were read")
	}
	found, err := addRules(&e, rules)
	rulesErr = errors.Join(rulesErr, err)
	var b protectedBranch
	_, branchErr := c.get(ctx, readBranch, repo.path("/branches/%s", branch), &b)
	if branchErr == nil && b.Protected == nil {
		branchErr = fmt.Errorf("%s: the answer does not say", readBranch)
	}
	for _, err := range []error{rulesErr, branchErr} {
		if mustStop(ctx, err) {
			return route.Evidence{}, err
		}
		if err != nil {
			e.Notes = append(e.Notes, fmt.Sprintf("not examined: %v", err))
		}
	}
	e.RequiredChecks = append(e.RequiredChecks, b.checks()...)
	slices.Sort(e.RequiredChecks)
	e.RequiredChecks = slices.Compact(e.RequiredChecks)
	conclude(&e, found, rulesErr == nil && branchErr == nil, b.Protected != nil && *b.Protected)
	return e, nil
}

// mustStop says that the whole run cannot go on.
func mustStop(ctx context.Context, err error) bool {
	var limit *LimitError
	return err != nil && (ctx.Err() != nil || errors.Is(err, ErrRateLow) || errors.As(err, &limit))
}

// conclude turns what was seen, and whether all was seen, into proofs.
func conclude(e *route.Evidence, reviews, sawAll, protected bool) {
	switch {
	case reviews:
		e.RequiredReview = route.Confirmed
	case sawAll && !protected:
		e.RequiredReview = route.Absent
	case sawAll:
		e.Notes = append(e.Notes, "the branch is protected; whether by required reviews is not shown to a workflow token")
	}
	switch {
	case len(e.RequiredChecks) > 0:
		e.ChecksProof = route.Confirmed
	case sawAll:
		e.ChecksProof = route.Absent
	}
	if reviews || len(e.RequiredChecks) > 0 {
		e.Notes = append(e.Notes, "who may bypass these rules is not shown to a workflow token")
	}
}

// branchRule is one active rule of any ruleset over the branch
// (https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch).
type branchRule struct {
	Type       string          `json:"type"`
	Parameters json.RawMessage `json:"parameters"`
}

// addRules reads the rules that catch. Reviews says that at least one
// approval is required.
func addRules(e *route.Evidence, rules []branchRule) (reviews bool, err error) {
	for _, r := range rules {
		switch r.Type {
		case "pull_request":
			var p struct {
				Count   int  `json:"required_approving_review_count"`
				Dismiss bool `json:"dismiss_stale_reviews_on_push"`
			}
			if err := json.Unmarshal(r.Parameters, &p); err != nil {
				return reviews, fmt.Errorf("%s: read rule pull_request: %w", readRules, err)
			}
			reviews = reviews || p.Count >= 1
			e.DismissStale = e.DismissStale || p.Count >= 1 && p.Dismiss
		case "required_status_checks":
			var p struct {
				Checks []statusCheck `json:"required_status_checks"`
			}
			if err := json.Unmarshal(r.Parameters, &p); err != nil {
				return reviews, fmt.Errorf("%s: read rule required_status_checks: %w", readRules, err)
			}
			for _, k := range p.Checks {
				e.RequiredChecks = append(e.RequiredChecks, k.Context)
			}
		}
	}
	return reviews, nil
}

type statusCheck struct {
	Context string `json:"context"`
}

// protectedBranch is what a branch shows of its classic protection
// (https://docs.github.com/en/rest/branches/branches#get-a-branch).
type protectedBranch struct {
	Protected  *bool `json:"protected"`
	Protection struct {
		StatusChecks *struct {
			Enforcement string        `json:"enforcement_level"`
			Contexts    []string      `json:"contexts"`
			Checks      []statusCheck `json:"checks"`
		} `json:"required_status_checks"`
	} `json:"protection"`
}

func (b protectedBranch) checks() []string {
	s := b.Protection.StatusChecks
	if b.Protected == nil || !*b.Protected || s == nil || s.Enforcement == "off" {
		return nil
	}
	names := slices.Clone(s.Contexts)
	for _, k := range s.Checks {
		names = append(names, k.Context)
	}
	return names
}
