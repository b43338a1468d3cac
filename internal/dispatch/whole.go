package dispatch

import (
	"strings"

	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/task"
)

// wholeFiles shows files as they are at the head, at most three fifths of what
// the prompt may have: the diff comes after them. A file is shown as it is or
// not at all: an edit names its text, and what was taken out of it for the
// prompt could not be found again, or would be found in the wrong place. Only
// what was shown may be edited.
func (p *plan) wholeFiles(c *composer, in task.Input) {
	p.head = map[string]string{}
	left := c.left * 3 / 5
	for _, path := range in.HeadOrder {
		text, why := c.whole(path, in.Head[path])
		cost := EstimateTokens(text)
		if why == "" && cost > left {
			why = "the prompt's bound was reached"
		}
		if why != "" {
			p.leftOut = append(p.leftOut, LeftOut{Path: path, Why: "may not be edited: " + why})
			continue
		}
		left -= cost
		p.head[path] = in.Head[path]
		c.add("file at the head", text)
	}
}

// shown is what a task works on once its plan is made: what was not shown may
// not be edited. Whoever asks for an earlier answer asks by this input.
func (p plan) shown(t task.Task, in task.Input) task.Input {
	if t.NeedsFiles {
		in.Head = p.head
	}
	return in
}

// whole gives a file's block, or says why it is not shown.
func (c *composer) whole(path, text string) (block, why string) {
	if sanitize.DeniedPath(path) {
		return "", "it holds secrets by its name"
	}
	visible := strings.TrimPrefix(text, "\ufeff")
	if _, hidden := sanitize.StripInvisible(visible); hidden > 0 {
		return "", "it holds hidden characters"
	}
	if clean := c.redact(path, visible); clean != visible {
		return "", "it holds what looks like a secret"
	}
	if clean := c.redact("", path); clean != path {
		return "", "its name holds what looks like a secret"
	}
	return "path: " + path + "\n" + visible, ""
}
