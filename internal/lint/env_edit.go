package lint

import (
	"strings"

	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// throughEnv gives the edits that put a stranger's words into a variable of
// the step. They are nil where it takes a person: another shell than bash, an
// expression that is more than the words, quotes or a here document around
// it, or a name that is taken.
func (f Workflow) throughEnv(c workflow.Call, s strange) []Edit {
	if s.via != "" {
		return f.byVariable(c, s)
	}
	name := variableFor(s.path)
	bare := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s.text, "${{"), "}}"))
	use, ok := f.quotedUse(s, name)
	if !ok || !strings.EqualFold(bare, s.path) || !f.isBash(c) {
		return nil
	}
	replace := Edit{Start: s.pos, End: f.At(s.pos.Line, s.end), Text: use}
	if value := workflow.Value(c.Step.Env, name); value != nil {
		if value.Text != s.text {
			return nil
		}
		return []Edit{replace}
	}
	add, ok := f.addEnv(c, name+": "+s.text)
	if !ok {
		return nil
	}
	return []Edit{add, replace}
}

// byVariable is throughEnv where the words stand in a variable already.
func (f Workflow) byVariable(c workflow.Call, s strange) []Edit {
	bare := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s.text, "${{"), "}}"))
	use, ok := f.quotedUse(s, s.via)
	if !ok || !strings.EqualFold(bare, "env."+s.via) || strings.Contains(s.via, "-") || !f.isBash(c) {
		return nil
	}
	return []Edit{{Start: s.pos, End: f.At(s.pos.Line, s.end), Text: use}}
}

// variableFor names a variable after the last words of a context.
func variableFor(path string) string {
	parts := strings.Split(strings.ReplaceAll(path, ".*", ""), ".")
	return strings.ToUpper(strings.Join(parts[max(1, len(parts)-2):], "_"))
}

// isBash says whether the step runs in the shell that a Linux or macOS runner
// takes by itself.
func (f Workflow) isBash(c workflow.Call) bool {
	for _, n := range []*yamltree.Node{f.File.Root, c.Job.Node} {
		if workflow.Value(n.Entries, "defaults") != nil {
			return false
		}
	}
	shell := workflow.Value(c.Step.Node.Entries, "shell")
	runner := workflow.Value(c.Job.Node.Entries, "runs-on")
	linux := runner != nil && (strings.HasPrefix(runner.Text, "ubuntu-") || strings.HasPrefix(runner.Text, "macos-"))
	return linux && (shell == nil || shell.Text == "bash" || shell.Text == "sh")
}

// quotedUse gives the variable as it has to stand there, with quotes where
// there are none yet.
func (f Workflow) quotedUse(s strange, name string) (string, bool) {
	if s.run.Style != yamltree.Literal && s.run.Style != yamltree.Plain || strings.Contains(s.run.Text, "<<") {
		return "", false
	}
	if s.run.Style == yamltree.Plain && s.pos.Line != s.run.Pos.Line {
		return "", false
	}
	double := false
	start := 0
	if s.pos.Line == s.run.Pos.Line {
		start = s.run.Pos.Col - 1
	}
	for _, c := range f.Line(s.pos.Line)[start : s.pos.Col-1] {
		switch c {
		case '\'', '\\', '`', '#':
			return "", false
		case '"':
			double = !double
		}
	}
	if remember(f.memory, func(m *memory) map[*yamltree.Node]bool { return m.spans }, s.run, func() bool { return spansLines(s.run.Text) }) {
		return "", false
	}
	if double {
		return "${" + name + "}", true
	}
	return `"${` + name + `}"`, true
}

// spansLines says whether some line of a script leaves a quote open, so that
// what stands on the next one cannot be told from that line alone.
func spansLines(script string) bool {
	for line := range strings.Lines(script) {
		if strings.Count(line, `"`)%2 != 0 || strings.Count(line, "'")%2 != 0 {
			return true
		}
	}
	return false
}

// addEnv gives the edit that adds a variable to a step.
func (f Workflow) addEnv(c workflow.Call, assignment string) (Edit, bool) {
	if c.Step.Node.Style == yamltree.Flow {
		return Edit{}, false
	}
	for _, e := range c.Step.Node.Entries {
		switch {
		case e.Key == "env" && len(c.Step.Env) > 0 && e.Value.Style != yamltree.Flow && c.Step.Env[0].Pos.Line > e.Pos.Line:
			at := c.Step.Env[0].Pos
			return Edit{Start: at, End: at, Text: assignment + f.newline() + strings.Repeat(" ", at.Col-1)}, true
		case e.Key == "env":
			return Edit{}, false
		}
	}
	for _, e := range c.Step.Node.Entries {
		if e.Key == "run" {
			indent := f.newline() + strings.Repeat(" ", e.Pos.Col-1)
			return Edit{Start: e.Pos, End: e.Pos, Text: "env:" + indent + "  " + assignment + indent}, true
		}
	}
	return Edit{}, false
}

// newline is the line ending of the text.
func (s Source) newline() string {
	if strings.Contains(s.Text, "\r\n") {
		return "\r\n"
	}
	return "\n"
}
