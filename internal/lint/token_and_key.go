package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

func tokenAndKey() Rule {
	return Rule{
		ID:       "token-and-key",
		Severity: diag.Note,
		Summary:  "one job holds a model's key and a token that may write",
		Why:      "What a change makes a model say is then one step from what the job may do. Two jobs keep them apart: one has the key and reads, the other writes and has no key.",
		Fix:      "Give the job with the key read permissions alone, hand its answer over as an artifact, and let a second job without a key write.",
		Bad:      Example{Text: strings.Replace(exampleWorkflow("          prompt: Write the changelog entry.\n"), "{ contents: read }", "{ contents: write }", 1)},
		Good:     Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n")},
		Workflow: func(f Workflow, _ World) []Hit {
			var hits []Hit
			done := map[*workflow.Job]bool{} // what lets a job write is the same for all of its calls
			for _, c := range f.byHand() {
				if done[c.Job] {
					continue
				}
				strange := f.reaching(c, func(t workflow.Trigger) bool { return !slices.Contains(trustedEvents(), t.Event) })
				if len(strange) == 0 || !f.holdsKey(c) {
					continue
				}
				done[c.Job] = true
				if h, ok := f.mayWrite(c); ok {
					hits = append(hits, h)
				}
			}
			return once(hits)
		},
	}
}

var writeToken = lazily(`(?i)^(?:github|gh)?[_-]?(?:token|pat)$`)

// holdsKey says whether a call is given a secret that is no token of the
// platform's.
func (f Workflow) holdsKey(c workflow.Call) bool {
	for _, entries := range [][]yamltree.Entry{c.Step.With, c.Step.Env, c.Job.Env, f.File.Env} {
		for _, e := range entries {
			if !writeToken().MatchString(e.Key) && len(f.secretsOf(e.Value)) > 0 {
				return true
			}
		}
	}
	return false
}

// mayWrite finds what lets a job write: the permissions that count for it, or
// a token of a person's. Where nothing is said, the repository's settings
// decide, which do not stand here.
func (f Workflow) mayWrite(c workflow.Call) (Hit, bool) {
	granted := c.Job.Permissions
	if granted == nil {
		granted = f.File.Permissions
	}
	const advice = "in one job with a model's key: split it into a job that has the key and reads, and one that writes without it"
	if granted != nil && granted.Text == "write-all" {
		return Hit{Pos: granted.Pos, End: f.Span(granted), As: diag.Warning, Message: "write-all stands " + advice}, true
	}
	if p, ok := f.personalToken(c); ok {
		return Hit{Pos: p.pos, End: p.end, As: diag.Warning, Message: fmt.Sprintf("%.60s, a token of its own, stands %s", p.text, advice)}, true
	}
	e, ok := heaviest(granted)
	if !ok {
		return Hit{}, false
	}
	h := Hit{Pos: e.Pos, End: f.Span(e.Value), Message: fmt.Sprintf("%s: write stands %s", e.Key, advice)}
	if e.Value.Pos.Line != e.Pos.Line {
		h.End = 0
	}
	if slices.Index(permissionsByReach(), e.Key) < seriousReach {
		h.As = diag.Warning
	}
	return h, true
}

// permissionsByReach lists permissions by what can be done with writing, the gravest
// first. The first seriousReach change what runs or what is shipped.
func permissionsByReach() []string {
	return []string{"contents", "actions", "packages", "deployments", "statuses", "checks", "pull-requests", "issues", "discussions", "repository-projects", "pages", "security-events"}
}

const seriousReach = 6

func heaviest(granted *yamltree.Node) (yamltree.Entry, bool) {
	if granted == nil {
		return yamltree.Entry{}, false
	}
	for _, name := range permissionsByReach() {
		for _, e := range granted.Entries {
			if e.Key == name && e.Value.Text == "write" {
				return e, true
			}
		}
	}
	return yamltree.Entry{}, false
}

// personalToken finds a secret that is given as a token of the platform to
// any step of the job.
func (f Workflow) personalToken(c workflow.Call) (place, bool) {
	if p, ok := f.tokenIn(c.Job.Env); ok {
		return p, true
	}
	for i := range c.Job.Steps {
		for _, entries := range [][]yamltree.Entry{c.Job.Steps[i].With, c.Job.Steps[i].Env} {
			if p, ok := f.tokenIn(entries); ok {
				return p, true
			}
		}
	}
	return place{}, false
}

func (f Workflow) tokenIn(entries []yamltree.Entry) (place, bool) {
	for _, e := range entries {
		if !writeToken().MatchString(e.Key) {
			continue
		}
		if p, ok := first(f.secretsOf(e.Value)); ok {
			return p, true
		}
	}
	return place{}, false
}
