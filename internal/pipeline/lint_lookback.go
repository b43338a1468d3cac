package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/github"
)

// LookBack adds what the policies extend and, on a pull request that changes
// the policy, what that would have done to those merged before it; nil where
// nothing changes. A policy that is broken at the head is told by the linter.
func (h *LintHead) LookBack(ctx context.Context, client *github.Client, ev event.Event, r PullChangeRequest) (s *backtest.ChangeSummary, warnings []string, err error) {
	h.World.Extended, warnings = LintExtended(ctx, Extending{File: r.Given, Fetch: FetchBy(client).Once()}, h.Files)
	if ev.PullRequest == nil {
		return nil, warnings, nil
	}
	repo := github.Repo{Owner: ev.Repository.Owner, Name: ev.Repository.Name}
	base, found, err := client.File(ctx, repo, r.Policy, ev.PullRequest.Base.SHA)
	if err != nil {
		return nil, warnings, fmt.Errorf("read the policy at the base: %w", err)
	}
	at := slices.IndexFunc(h.Files, func(f LintFile) bool { return f.Name == r.Policy })
	if same := at >= 0 && found && bytes.Equal(base, h.Files[at].Data); same || at < 0 && !found {
		return nil, warnings, nil
	}
	r.Pull = *ev.PullRequest
	changed, err := PolicyChangeOfPull(ctx, client, repo, r)
	var broken *BrokenPolicyError
	switch {
	case errors.As(err, &broken):
		return nil, append(warnings, "what this change of the policy would have done is not known: "+broken.Error()), nil
	case err != nil:
		return nil, warnings, fmt.Errorf("look back over merged pull requests: %w", err)
	}
	h.World.PolicyChange = LintChange(r.Policy, changed)
	return &changed, warnings, nil
}
