package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/lint"
)

// maxLintFetched bounds the files that one event has read through the API, a
// request each.
const maxLintFetched = 100

// LintHead is what there is to lint at the head of an event, read through the
// API as data: nothing of it is checked out and nothing of it runs.
type LintHead struct {
	LintCheckout
	World lint.World
	// Unread says which files were not read, and why. Nobody knows what they
	// hold.
	Unread []string
}

// LintEvent reads the policy, the workflows and the composite actions at the
// head of an event, and what the platform says of the branch. sha is for
// events that name no head.
func LintEvent(ctx context.Context, client *github.Client, ev event.Event, sha, policyPath string, now time.Time) (LintHead, error) {
	h := lintReader{client: client, repo: github.Repo{Owner: ev.Repository.Owner, Name: ev.Repository.Name}, sha: lintedHead(ev, sha)}
	paths, complete, err := client.Tree(ctx, h.repo, h.sha)
	if err != nil {
		return LintHead{}, fmt.Errorf("list the files at the head: %w", err)
	}
	if !complete {
		h.Unread = append(h.Unread, "the platform did not list every file at the head")
	}
	if err := h.read(ctx, lintPaths(paths, policyPath)); err != nil {
		return LintHead{}, err
	}
	h.LintCheckout.read = readLintWorkflows(h.Files)
	if err := h.readConfigs(ctx, paths); err != nil {
		return LintHead{}, err
	}
	if h.World, err = LintWorld(now); err != nil {
		return LintHead{}, err
	}
	h.World.Policy = policyOf(h.Files, policyPath)
	if len(h.Unread) == 0 {
		h.World.Tree, h.World.Workflows = &lint.Tree{Paths: slices.Sorted(slices.Values(paths))}, workflowsOf(h.LintCheckout.read)
		h.World.Configs = h.configs
	}
	evidence, err := client.Evidence(ctx, h.repo, lintedBranch(ev))
	if err != nil {
		return LintHead{}, fmt.Errorf("read the rules of branch %s: %w", lintedBranch(ev), err)
	}
	h.World.Platform = &lint.Platform{Evidence: evidence, Public: !ev.Repository.Private}
	return h.LintHead, nil
}

func lintedHead(ev event.Event, sha string) string {
	switch {
	case ev.PullRequest != nil:
		return ev.PullRequest.Head.SHA
	case ev.MergeGroup != nil:
		return ev.MergeGroup.Head.SHA
	default:
		return sha
	}
}

func lintedBranch(ev event.Event) string {
	switch {
	case ev.PullRequest != nil:
		return ev.PullRequest.Base.Name
	case ev.MergeGroup != nil:
		return ev.MergeGroup.Base.Name
	default:
		return ev.Repository.DefaultBranch
	}
}

// lintPaths chooses what a linter reads, the policy first.
func lintPaths(paths []string, policyPath string) []string {
	var chosen []string
	for _, p := range paths {
		if (isWorkflowPath(p) || isAgenticPath(p)) && strings.HasPrefix(p, workflowsFolder+"/") || isActionPath(p) && strings.HasPrefix(p, actionsFolder+"/") {
			chosen = append(chosen, p)
		}
	}
	slices.Sort(chosen)
	if slices.Contains(paths, policyPath) {
		chosen = append([]string{policyPath}, chosen...)
	}
	return chosen
}

type lintReader struct {
	LintHead
	client *github.Client
	repo   github.Repo
	sha    string
}

// readConfigs fetches the settings of agents that may name a model, where a
// workflow calls the agent: a request each.
func (h *lintReader) readConfigs(ctx context.Context, paths []string) error {
	h.configs = map[string]string{}
	for _, name := range lint.ConfigFiles() {
		if !slices.Contains(paths, name) || !h.calledWith(name) {
			continue
		}
		data, found, err := h.client.File(ctx, h.repo, name, h.sha)
		switch {
		case ctx.Err() != nil || errors.Is(err, github.ErrRateLow):
			return fmt.Errorf("read %.200q at the head: %w", name, err)
		case err != nil:
			h.Unread = append(h.Unread, fmt.Sprintf("%.200q: %v", name, err))
		case found:
			h.configs[name] = string(data)
		}
	}
	return nil
}

// calledWith says whether a workflow calls an agent that reads these settings.
func (h *lintReader) calledWith(config string) bool {
	for _, r := range h.LintCheckout.read {
		for _, c := range r.workflow.Calls {
			if slices.Contains(c.Agent.Config, config) {
				return true
			}
		}
	}
	return false
}

// read fetches the files. One that cannot be had is told; a platform that is
// short of requests stops it all.
func (h *lintReader) read(ctx context.Context, paths []string) error {
	if more := len(paths) - maxLintFetched; more > 0 {
		h.Unread = append(h.Unread, fmt.Sprintf("what one run reads is %d files, and there are %d more", maxLintFetched, more))
		paths = paths[:maxLintFetched]
	}
	for _, name := range paths {
		data, found, err := h.client.File(ctx, h.repo, name, h.sha)
		switch {
		case ctx.Err() != nil || errors.Is(err, github.ErrRateLow):
			return fmt.Errorf("read %.200q at the head: %w", name, err)
		case err != nil:
			h.Unread = append(h.Unread, fmt.Sprintf("%.200q: %v", name, err))
		case found && (!isActionPath(name) && !isAgenticPath(name) || holdsLint(name, data)):
			h.Files = append(h.Files, LintFile{Name: name, Data: data})
		}
	}
	return nil
}
