package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

func noLimit() Rule {
	return Rule{
		ID:       "no-limit",
		Severity: diag.Note,
		Summary:  "nothing bounds how many turns an agent takes, or what it spends",
		Why: "An agent works until it thinks that it is done. One that goes round in circles spends until the job is stopped, which without a timeout is after six hours. " +
			"A timeout alone bounds time, not money, and is a note.",
		Fix:      "Give a bound of turns or of dollars where the agent takes one, and a timeout where it does not.",
		Bad:      Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n          claude_args: --model claude-haiku-5-5\n")},
		Good:     Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n          claude_args: --model claude-haiku-5-5 --max-turns 5\n")},
		Workflow: unboundCalls,
	}
}

func unboundCalls(f Workflow, w World) []Hit {
	var hits []Hit
	for _, c := range f.calls(w) {
		if c.Limited || !c.Agent.Loops || c.Agent.Routes {
			continue
		}
		h := Hit{Pos: c.Pos, End: c.End}
		if !c.Timed && !f.File.Action {
			h.As = diag.Warning
		}
		switch {
		case f.formerLimit(c, &h):
		case c.Agent.LimitFix != workflow.Setting{}:
			if h.As < diag.Warning && f.namedInFile(c, w) && c.Agent.LimitFix.JSON != "" {
				continue // the file may bound it
			}
			h.Message, h.Edits = f.bound(c, w)
			if h.As < diag.Warning {
				h.Edits = nil // the job has a bound, and a tight one of turns may break it
			}
		case c.Timed || f.File.Action || f.namedInFile(c, w):
			continue // nothing more can be said here
		default:
			h.Message = fmt.Sprintf("nothing stops %s before the job does, after six hours: add timeout-minutes", c.Name())
			h.Edits = f.beside(c.Step.Node, "timeout-minutes: 15")
		}
		hits = append(hits, h)
	}
	return hits
}

// formerLimit speaks of a bound that the version in use no longer reads.
func (f Workflow) formerLimit(c workflow.Call, h *Hit) bool {
	for _, e := range c.Unread {
		if strings.Contains(e.Key, "turns") {
			h.Pos, h.End = e.Pos, e.Pos.Col+len(e.Key)
			h.Message = fmt.Sprintf("%s no longer reads %s since v1, and nothing bounds its turns: write --max-turns in claude_args", c.Name(), e.Key)
			h.Edits = f.asClaudeArgs(c, e, "--max-turns")
			return true
		}
	}
	return false
}

// bound says how this agent is bound, and adds that.
//
// What an input says is written over the file of the repository that may say
// the same, and more.
func (f Workflow) bound(c workflow.Call, w World) (string, []Edit) {
	fix := c.Agent.LimitFix
	switch {
	case fix.With == "":
		return fmt.Sprintf("nothing bounds the turns of %s: add %s", c.Name(), fix.Flag), f.afterProgram(c, fix.Flag+" "+turnsFor(c))
	case fix.JSON != "":
		edits := f.inWith(c, `settings: '{"model": {"maxSessionTurns": 25}}'`)
		unless := ""
		if w.Tree == nil || f.namedInFile(c, w) {
			edits, unless = nil, fmt.Sprintf(", unless %s does", c.Agent.Config[0])
		}
		if workflow.Value(c.Step.With, fix.With) != nil {
			edits = nil
		}
		return fmt.Sprintf("nothing bounds the turns of %s: set %s in %s%s", c.Name(), fix.JSON, fix.With, unless), edits
	case c.Major() == 0:
		return fmt.Sprintf("nothing bounds the turns of %s: add max_turns", c.Name()), f.inWith(c, `max_turns: "`+turnsFor(c)+`"`)
	}
	return fmt.Sprintf("nothing bounds the turns of %s: add %s to %s", c.Name(), fix.Flag, fix.With), f.inArgs(c, fix.With, fix.Flag+" "+turnsFor(c))
}

// turnsFor is a bound that work which goes well does not reach: what only
// judges or tells needs fewer turns than what writes code, or does whatever a
// comment asks for.
func turnsFor(c workflow.Call) string {
	switch c.Task {
	case "changelog", "code-review", "failure-summary", "pr-summary", "release-notes", "security-scan":
		return "50"
	default:
		return "100"
	}
}

func (f Workflow) afterProgram(c workflow.Call, flag string) []Edit {
	if c.Args.Line == 0 {
		return nil
	}
	return f.instead(c.Args, c.Args.Col, c.Args.Col, " "+flag)
}

// inArgs adds a flag at the end of an input, or the input.
func (f Workflow) inArgs(c workflow.Call, key, flag string) []Edit {
	i := slices.IndexFunc(c.Step.With, func(e yamltree.Entry) bool { return e.Key == key })
	if i < 0 && (c.Major() < 1 || len(c.Unread) > 0) {
		return nil // an older version may not read it, or another rule writes it
	}
	if i < 0 {
		return f.inWith(c, key+": "+flag)
	}
	e := c.Step.With[i]
	if strings.Count(e.Value.Text, `"`)%2+strings.Count(e.Value.Text, `'`)%2 > 0 {
		return nil
	}
	switch end := f.Span(e.Value); e.Value.Style {
	case yamltree.Literal, yamltree.Folded:
		return f.lastLine(e, flag)
	case yamltree.Plain:
		if end > 0 && e.Value.Text != "" {
			return f.instead(e.Value.Pos, end, end, " "+flag)
		}
	case yamltree.SingleQuoted, yamltree.DoubleQuoted:
		if end > 0 {
			return f.instead(e.Value.Pos, end-1, end-1, " "+flag)
		}
	}
	return nil
}

// lastLine adds a line at the end of a block.
func (f Workflow) lastLine(e yamltree.Entry, text string) []Edit {
	last := 0
	for n := e.Value.Pos.Line + 1; n <= f.Lines(); n++ {
		line := f.Line(n)
		content := strings.TrimLeft(line, " ")
		if content == "" {
			continue
		}
		if len(line)-len(content) < e.Pos.Col {
			break
		}
		last = n
	}
	if last == 0 || strings.HasSuffix(f.Line(last), `\`) {
		return nil
	}
	line := f.Line(last)
	indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
	return f.instead(f.At(last, 1), len(line)+1, len(line)+1, f.newLine(last)+indent+text)
}

// newLine is how the file ends its lines.
func (f Workflow) newLine(n int) string {
	if n-1 < len(f.lines) && strings.HasSuffix(f.lines[n-1], "\r") {
		return "\r\n"
	}
	return "\n"
}

// inWith adds a key as the first one under with:, above the comments that the
// next one has.
func (f Workflow) inWith(c workflow.Call, line string) []Edit {
	for _, e := range c.Step.Node.Entries {
		if e.Key != "with" || len(e.Value.Entries) == 0 {
			continue
		}
		first := e.Value.Entries[0].Pos
		if e.Value.Style == yamltree.Flow {
			return f.instead(first, first.Col, first.Col, line+", ")
		}
		return f.below(e.Pos.Line, first, line)
	}
	return nil
}

// beside adds a key behind the first one of a step.
func (f Workflow) beside(n *yamltree.Node, line string) []Edit {
	if n == nil || len(n.Entries) < 2 {
		return nil
	}
	first, second := n.Entries[0], n.Entries[1].Pos
	if n.Style == yamltree.Flow {
		return f.instead(second, second.Col, second.Col, line+", ")
	}
	if first.Value.Kind != yamltree.Scalar || first.Value.Pos.Line != first.Pos.Line || f.Span(first.Value) == 0 {
		return nil
	}
	return f.below(first.Pos.Line, second, line)
}

// below adds a line under another one, as deep as a key that stands further
// down.
func (f Workflow) below(n int, key diag.Position, line string) []Edit {
	above := f.Line(n)
	if key.Line <= n || strings.Trim(f.Line(key.Line)[:key.Col-1], " ") != "" {
		return nil
	}
	at := f.At(n, len(above)+1)
	return f.instead(at, at.Col, at.Col, f.newLine(n)+strings.Repeat(" ", key.Col-1)+line)
}
