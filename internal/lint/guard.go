package lint

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// conditions gives what must hold before a call runs: if: of its step, of its
// job, and of the jobs that it needs.
func (f Workflow) conditions(c workflow.Call) []string {
	var list []string
	for _, n := range []*yamltree.Node{c.Step.If, c.Job.If} {
		if n != nil {
			list = append(list, n.Text)
		}
	}
	for _, j := range f.needed(c.Job) {
		if j.If != nil {
			list = append(list, j.If.Text)
		}
	}
	return list
}

// maxNeeded bounds how many jobs before a job are looked at, the nearest first.
const maxNeeded = 64

// needed gives the jobs that must succeed before a job.
func (f Workflow) needed(of *workflow.Job) []*workflow.Job {
	return remember(f.memory, func(m *memory) map[*workflow.Job][]*workflow.Job { return m.needed }, of, func() []*workflow.Job { return f.findNeeded(of) })
}

func (f Workflow) findNeeded(of *workflow.Job) []*workflow.Job {
	var jobs []*workflow.Job
	byID := f.jobsByID()
	for open := []*workflow.Job{of}; len(open) > 0 && len(jobs) < maxNeeded; open = open[1:] {
		for _, id := range wordsAt(open[0].Node, "needs") {
			if j := byID[id]; j != nil && !slices.Contains(jobs, j) {
				jobs, open = append(jobs, j), append(open, j)
			}
		}
	}
	return jobs
}

// anybody is a person whom an event names and whom nobody has chosen.
const anybody = `github\.(?:event\.(?:comment|issue|pull_request|review|discussion|sender)(?:\.user)?\.login|(?:triggering_)?actor)`

func (f Workflow) jobsByID() map[string]*workflow.Job {
	return remember(f.memory, func(m *memory) map[*workflow.File]map[string]*workflow.Job { return m.byID }, f.File, func() map[string]*workflow.Job {
		byID := map[string]*workflow.Job{}
		for i := range f.File.Jobs {
			byID[f.File.Jobs[i].ID] = &f.File.Jobs[i]
		}
		return byID
	})
}

var (
	// guardClause finds a person, a label or a repository in one operand of a
	// condition.
	guardClause = lazily(`(?i)author_association|github\.(?:triggering_)?actor\b|\b(?:sender|user|owner)\.login|event\.label\b|\.labels\b|'labeled'|head\.repo\b|head_repository|workflow_run\.(?:pull_requests|actor)|workflow_run\.event\s*==\s*'(?:push|schedule|workflow_dispatch|release|merge_group)'`)
	// permissionCheck finds a step that looks up what somebody may do.
	permissionCheck = lazily(`(?i)author_association|collaborators?/|CollaboratorPermission|checkMembership|memberships/|check-user-permission|check-(?:actor-)?permissions?|has-permission|require.*permission|permission-check|check-write-access`)
	// sameStranger finds a comparison of two people of one event: a stranger may
	// be both of them.
	sameStranger = lazily(`(?i)` + anybody + `\s*==\s*` + anybody + `\s*\)*\s*$`)
	// thisRepository is the owner of the repository in which it runs: a demand
	// on that keeps copies of the repository out, and nobody who comments here.
	thisRepository = lazily(`(?i)github\.event\.repository\.owner\.login`)
	operands       = lazily(`&&|\|\|`)
	resultOf       = lazily(`\b(?:needs|steps)\.`)
)

// guarded says whether something on the way to a call keeps strangers out: a
// condition on who it was, on a label or on the repository; an environment,
// which may ask for approval; a step that looks up permissions. What cannot be
// seen from here counts as a guard.
func (f Workflow) guarded(c workflow.Call) bool {
	return len(f.unguarded(c)) == 0
}

// unguarded gives the open events on which nothing keeps strangers out.
func (f Workflow) unguarded(c workflow.Call) []workflow.Trigger {
	if f.guardedByJob(c) {
		return nil
	}
	return slices.DeleteFunc(f.open(c), func(t workflow.Trigger) bool {
		return slices.ContainsFunc(f.conditions(c), func(condition string) bool { return guardsOn(condition, t.Event) })
	})
}

// guardsOn says whether a condition keeps strangers out on an event: every arm
// of it that the event can take has to.
func guardsOn(condition, event string) bool {
	condition = thisRepository().ReplaceAllString(condition, "this")
	return holds(condition, false, func(operand string) bool {
		if m := oneEventTest().FindStringSubmatch(operand); m != nil && event != "workflow_call" {
			return (m[1] == "==") != (m[2] == event) // it is not taken
		}
		if !mayHold(operand, event) {
			return true
		}
		return guardsBy(func(o string) bool { return guardClause().MatchString(o) && !sameStranger().MatchString(o) })(operand)
	})
}

// guardedByJob says whether the job, one that it needs, or a step before the
// call asks who it was.
func (f Workflow) guardedByJob(c workflow.Call) bool {
	if hasEnvironment(c.Job) {
		return true
	}
	if first := f.firstAsking(c.Job); first < len(c.Job.Steps) && first < stepIndex(c) {
		return true
	}
	asked := slices.ContainsFunc(f.conditions(c), resultOf().MatchString)
	return slices.ContainsFunc(f.needed(c.Job), func(j *workflow.Job) bool {
		return hasEnvironment(j) || asked && j.Uses != nil || f.asksAnywhere(j)
	})
}

// firstAsking gives the index of the first step that looks up what somebody may
// do, the number of steps where there is none.
func (f Workflow) firstAsking(j *workflow.Job) int {
	return remember(f.memory, func(m *memory) map[*workflow.Job]int { return m.asking }, j, func() int {
		for i := range j.Steps {
			if permissionCheck().MatchString(allText(j.Steps[i].Node)) {
				return i
			}
		}
		return len(j.Steps)
	})
}

func (f Workflow) asksAnywhere(j *workflow.Job) bool {
	return remember(f.memory, func(m *memory) map[*workflow.Job]bool { return m.asks }, j, func() bool {
		return permissionCheck().MatchString(allText(j.Node))
	})
}

// stepIndex gives the index of a call's step in its job, the number of steps
// where it is none of them.
func stepIndex(c workflow.Call) int {
	for i := range c.Job.Steps {
		if &c.Job.Steps[i] == c.Step {
			return i
		}
	}
	return len(c.Job.Steps)
}

// guardsBy says of a condition whether one of its operands demands what is
// found, and does not only exclude somebody.
func guardsBy(found func(string) bool) func(string) bool {
	return func(condition string) bool {
		return slices.ContainsFunc(operands().Split(condition, -1), func(o string) bool {
			o = strings.TrimLeft(o, " \t\n({$")
			demands := !strings.HasPrefix(o, "!") && !strings.Contains(o, "!=") || strings.Contains(o, "fork")
			return demands && found(o)
		})
	}
}

func hasEnvironment(j *workflow.Job) bool {
	return j.Node != nil && workflow.Value(j.Node.Entries, "environment") != nil
}

// allText joins every scalar of a tree.
func allText(n *yamltree.Node) string {
	var b strings.Builder
	var walk func(*yamltree.Node)
	walk = func(n *yamltree.Node) {
		if n == nil {
			return
		}
		b.WriteString(n.Text + "\n")
		for _, item := range n.Items {
			walk(item)
		}
		for _, e := range n.Entries {
			walk(e.Value)
		}
	}
	walk(n)
	return b.String()
}

// asksWhoActs says whether an action looks up itself whether the actor may
// write, before it calls a model. The base action does not, and opencode does
// not where it is given the workflow's own token.
// https://github.com/anthropics/claude-code-action/blob/main/docs/security.md
// https://github.com/openai/codex-action/blob/main/action.yml
// https://github.com/anomalyco/opencode/blob/dev/github/index.ts
// https://github.com/All-Hands-AI/OpenHands/blob/main/.github/workflows/openhands-resolver.yml
func asksWhoActs(c workflow.Call) bool {
	if c.Step.Uses == nil {
		return false
	}
	switch action, _, _ := strings.Cut(strings.ToLower(c.Step.Uses.Text), "@"); action {
	case "anthropics/claude-code-action", "openai/codex-action":
		return true
	case "all-hands-ai/openhands/.github/workflows/openhands-resolver.yml", "openhands/openhands/.github/workflows/openhands-resolver.yml":
		return true
	case "anomalyco/opencode/github", "sst/opencode/github":
		return workflow.Value(c.Step.With, "use_github_token") == nil
	default:
		return c.Fork && strings.HasSuffix(action, "/claude-code-action") // as far as anybody knows, it is as the original
	}
}

// letsEveryoneIn gives the input that turns that question off, nil where none
// does.
func letsEveryoneIn(c workflow.Call) (name string, value *yamltree.Node) {
	if !asksWhoActs(c) {
		return "", nil
	}
	for _, input := range []string{"allowed_non_write_users", "allow-users", "allowed_bots"} {
		if n := workflow.Value(c.Step.With, input); n != nil && strings.TrimSpace(n.Text) == "*" {
			return input, n
		}
	}
	return "", nil
}
