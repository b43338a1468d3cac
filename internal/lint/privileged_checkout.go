package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/workflow"
)

func privilegedCheckout() Rule {
	return Rule{
		ID:       "privileged-checkout",
		Severity: diag.Warning,
		Summary:  "a job with secrets checks out what a stranger wrote",
		Why:      "The checkout is where the model works and what its tools read: a settings file, a hook or a build script of the pull request then runs beside the key. This is how most keys are lost in CI.",
		Fix:      "Check out the base, and read the change through the API or into a folder of its own (path:).",
		Bad:      Example{Text: exampleCheckout("          ref: ${{ github.event.pull_request.head.sha }}\n")},
		Good:     Example{Text: exampleCheckout("          ref: ${{ github.event.pull_request.base.sha }}\n")},
		Workflow: func(f Workflow, _ World) []Hit {
			var hits []Hit
			heads := map[*workflow.Job][]place{}
			for _, c := range f.byHand() {
				if _, known := heads[c.Job]; !known {
					heads[c.Job] = f.headsIn(c.Job)
				}
				open := f.open(c)
				if len(heads[c.Job]) == 0 || len(open) == 0 || f.headIsKnown(c, open) {
					continue
				}
				for _, p := range heads[c.Job] {
					hits = append(hits, f.taken(c, p, open))
				}
			}
			return once(hits)
		},
	}
}

func exampleCheckout(ref string) string {
	return `name: review
on: pull_request_target
permissions: { contents: read }
concurrency: review-${{ github.event.pull_request.number }}
jobs:
  review:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@0123456789012345678901234567890123456789 # v6
        with:
` + ref + `      - uses: anthropics/claude-code-action@0123456789012345678901234567890123456789 # v1
        with:
          anthropic_api_key: ${{ secrets.ANTHROPIC_API_KEY }}
          claude_args: --model claude-opus-5-5 --max-turns 5
          prompt: Review the change.
`
}

func (f Workflow) taken(c workflow.Call, p place, open []workflow.Trigger) Hit {
	h := Hit{Pos: p.pos, End: p.end, Message: fmt.Sprintf(
		"%.60q puts a stranger's files beside the secrets of %s: check out the base, or the head into path: of its own", p.text, eventNames(open))}
	if !asksWhoActs(c) && !f.guarded(c) {
		h.As = diag.Error
	}
	return h
}

var aboutHead = lazily(`(?i)head\.repo\b|head_repository|event\.label\b|\.labels\b|'labeled'|pull_request\.(?:author_association|user\.login)|issue\.(?:author_association|user\.login)|workflow_run\.(?:pull_requests|actor)|workflow_run\.event\s*==\s*'(?:push|schedule|workflow_dispatch|release|merge_group)'`)

// headIsKnown says whether a condition speaks of the change itself: its
// repository, its author or a label on it. Who wrote a comment says nothing of
// whose files are checked out.
func (f Workflow) headIsKnown(c workflow.Call, open []workflow.Trigger) bool {
	if slices.ContainsFunc(f.conditions(c), guardsBy(aboutHead().MatchString)) || hasEnvironment(c.Job) {
		return true
	}
	byActor := !slices.ContainsFunc(open, func(t workflow.Trigger) bool { return t.Event != "pull_request_target" })
	return byActor && f.guarded(c)
}

var (
	headCommit  = lazily(`(?i)pull_request\.head\.sha|workflow_run\.head_sha|workflow_run\.head_commit\.id|refs/pull/|\boutputs\.[a-z0-9_-]*head[a-z0-9_-]*`)
	headBranch  = lazily(`(?i)pull_request\.head\.ref|github\.head_ref|workflow_run\.head_branch`)
	headOwner   = lazily(`(?i)head\.repo\.|head_repository`)
	commandHead = lazily(`\bgh\s+pr\s+checkout\b|\bgit\s+(?:fetch|pull)\b[^\n;&|]*\bpull/|\bgit\s+(?:checkout|switch|reset|merge)\b[^\n;&|]*(?:head\.sha|head_sha|FETCH_HEAD)`)
)

// headsIn finds the places of a job where the head of a pull request is
// checked out.
func (f Workflow) headsIn(j *workflow.Job) []place {
	var list []place
	for i := range j.Steps {
		if p, ok := f.takesHead(&j.Steps[i]); ok {
			list = append(list, p)
		}
	}
	return list
}

// takesHead finds the place where a step checks out the head of a pull
// request over the workspace. A branch name without the fork's repository is a
// branch of this repository, which takes a person who may push.
func (f Workflow) takesHead(s *workflow.Step) (place, bool) {
	if s.Run != nil {
		found := f.pieces(s.Run, commandHead())
		return first(found)
	}
	if s.Uses == nil || !strings.HasPrefix(strings.ToLower(s.Uses.Text), "actions/checkout@") {
		return place{}, false
	}
	if path := workflow.Value(s.With, "path"); path != nil && strings.Trim(path.Text, "./") != "" {
		return place{}, false
	}
	ref, repository := workflow.Value(s.With, "ref"), workflow.Value(s.With, "repository")
	if found := f.pieces(ref, headCommit()); len(found) > 0 {
		return found[0], true
	}
	if repository == nil || !headOwner().MatchString(repository.Text) {
		return place{}, false
	}
	if found := f.pieces(ref, headBranch()); len(found) > 0 {
		return found[0], true
	}
	return first(f.pieces(repository, expressionIn()))
}

func first(list []place) (place, bool) {
	if len(list) == 0 {
		return place{}, false
	}
	return list[0], true
}
