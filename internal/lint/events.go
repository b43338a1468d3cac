package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// openEvents are those that a person without any right on a repository can
// raise, and whose runs hold its secrets all the same. A fork's pull_request,
// and what follows from it, gets none.
// https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
func openEvents() []string {
	return []string{"discussion", "discussion_comment", "issue_comment", "issues", "pull_request_target", "workflow_run"}
}

// trustedEvents are raised only by people who may write, or by a clock.
func trustedEvents() []string {
	return []string{"deployment", "deployment_status", "merge_group", "push", "release", "repository_dispatch", "schedule", "workflow_call", "workflow_dispatch"}
}

// chosenTypes are activities that only people with the triage role or more
// can do: https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization
func chosenTypes() []string {
	return []string{"answered", "assigned", "deleted", "demilestoned", "labeled", "locked", "milestoned", "pinned", "review_requested", "transferred", "unassigned", "unlabeled", "unlocked", "unpinned"}
}

// byHand gives the calls of workflows that a person writes. What gh aw compiles
// has checks, groups and pins of its own, and a change in its output is lost.
func (f Workflow) byHand() []workflow.Call {
	return slices.DeleteFunc(slices.Clone(f.Calls), func(c workflow.Call) bool { return c.Agent.ID == "gh-aw" })
}

// open gives the open events that reach a call: those that neither the types
// of the trigger nor the conditions on the way keep out.
func (f Workflow) open(c workflow.Call) []workflow.Trigger {
	return f.reaching(c, func(t workflow.Trigger) bool {
		types := typesOf(t)
		return slices.Contains(openEvents(), t.Event) && (len(types) == 0 || !within(types, chosenTypes()))
	})
}

// reaching gives the triggers that reach a call and for which keep holds.
func (f Workflow) reaching(c workflow.Call, keep func(workflow.Trigger) bool) []workflow.Trigger {
	var list []workflow.Trigger
	for _, t := range f.File.On {
		if keep(t) && f.admits(c, t.Event) {
			list = append(list, t)
		}
	}
	return list
}

var eventTest = lazily(`github\.event_name\s*(==|!=)\s*'([a-z_]+)'`)

// admits says whether the conditions of a call let an event through, as far
// as they name events, or ask for what its payload lacks.
func (f Workflow) admits(c workflow.Call, event string) bool {
	for _, condition := range f.conditions(c) {
		if !mayHold(condition, event) {
			return false
		}
		named := false
		is := false
		for _, m := range eventTest().FindAllStringSubmatch(condition, -1) {
			same := m[2] == event
			if m[1] == "!=" && same {
				return false
			}
			named = named || m[1] == "=="
			is = is || m[1] == "==" && same
		}
		if named && !is {
			return false
		}
	}
	return true
}

// typesOf gives the activities that a trigger names, nil where it takes the
// usual ones.
func typesOf(t workflow.Trigger) []string { return wordsAt(t.Node, "types") }

// wordsAt gives the words under a key: one, or a list of them.
func wordsAt(n *yamltree.Node, key string) []string {
	if n == nil {
		return nil
	}
	value := workflow.Value(n.Entries, key)
	if value == nil {
		return nil
	}
	if value.Kind == yamltree.Scalar {
		return []string{value.Text}
	}
	var words []string
	for _, item := range value.Items {
		words = append(words, item.Text)
	}
	return words
}

func within(some, all []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(all, s) })
}

func eventNames(triggers []workflow.Trigger) string {
	var names []string
	for _, t := range triggers {
		names = append(names, t.Event)
	}
	return strings.Join(names, ", ")
}

// endOf gives the column after a word that stands at a place, quotes
// included; 0 where another thing stands there.
func (s Source) endOf(pos diag.Position, word string) int {
	line := s.Line(pos.Line)
	if pos.Col < 1 || pos.Col > len(line) {
		return 0
	}
	for _, written := range []string{word, `"` + word + `"`, `'` + word + `'`} {
		if strings.HasPrefix(line[pos.Col-1:], written) {
			return pos.Col + len(written)
		}
	}
	return 0
}

// has says whether any of some expressions is found in a text.
func has(text string, expressions ...func() *regexp.Regexp) bool {
	return slices.ContainsFunc(expressions, func(e func() *regexp.Regexp) bool { return e().MatchString(text) })
}
