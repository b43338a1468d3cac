package workflow

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// view is what one call sees: its inputs, its variables, its command line.
type view struct {
	f       *File
	j       *Job
	s       *Step
	with    []yamltree.Entry
	version string
	command *invocation
	places  *places
	code    *yamltree.Node      // a program that is no shell's
	alone   bool                // the program asks one vendor
	chain   int                 // how many variables of the script led here
	body    func() (span, bool) // the one model that the script puts into a body
}

func (v view) call(a Agent) Call {
	c := Call{
		Agent: a, Job: v.j, Step: v.s, Model: v.named(a.Models), Limited: v.named(a.Limits) != nil, Elsewhere: a.Resells || v.elsewhere(a.Elsewhere),
		Timed:   get(v.s.Node, "timeout-minutes") != nil || get(v.j.Node, "timeout-minutes") != nil || v.command != nil && v.command.timed,
		Prompts: v.nodes(a.Prompts), PromptFiles: v.nodes(a.PromptFiles), Keys: v.nodes(a.Keys),
	}
	for _, s := range append(append([]Setting{}, a.Models...), a.Limits...) {
		if e, ok := entry(v.with, s.With); ok && v.unread(s) {
			c.Unread = append(c.Unread, e)
		}
	}
	c.Models = v.values(c.Model)
	c.Pinned = v.ownServer(a.Elsewhere) || v.named(a.Deployments) != nil
	c.Task = v.task(a, c)
	return c
}

func entry(list []yamltree.Entry, key string) (yamltree.Entry, bool) {
	for _, e := range list {
		if strings.EqualFold(e.Key, key) && key != "" {
			return e, true
		}
	}
	return yamltree.Entry{}, false
}

// inputOf gives an input: their names count without case.
func inputOf(list []yamltree.Entry, key string) *yamltree.Node {
	if e, ok := entry(list, key); ok {
		return e.Value
	}
	return nil
}

// followed gives the variable of the file that is the whole of a value.
func (v view) followed(n *yamltree.Node) *yamltree.Node {
	for range maxHops {
		inner, ok := strings.CutPrefix(strings.TrimSpace(n.Text), "${{")
		name, isEnv := strings.CutPrefix(strings.TrimSpace(strings.TrimSuffix(inner, "}}")), "env.")
		if _, isName := variableName("$" + name); !ok || !isEnv || !isName {
			return n
		}
		next := v.environment(name)
		if next == nil || next.Kind != yamltree.Scalar || strings.TrimSpace(next.Text) == "" || (resolver{view: v}).rewritten(name) {
			return n
		}
		n = next
	}
	return n
}

// unread says whether this version of the action no longer reads a setting.
func (v view) unread(s Setting) bool { return s.Before > 0 && major(v.version) >= s.Before }

// named gives what the first of some settings says that says anything.
func (v view) named(settings []Setting) *Named {
	for _, s := range settings {
		if n := v.look(s); n != nil {
			return n
		}
	}
	return nil
}

// look gives what a setting says, nil where it says nothing.
func (v view) look(s Setting) *Named {
	switch {
	case v.unread(s):
		return nil
	case s.Arg > 0:
		return v.argument(s.Arg)
	case s.Body:
		return v.inRequest()
	case s.With != "":
		return v.input(s)
	case s.Env != "":
		return v.variable(s)
	case v.command != nil:
		return v.flagIn(v.s.Run, v.command.args, s)
	}
	return nil
}

func (v view) argument(number int) *Named {
	if v.command == nil || len(v.command.args) < number {
		return nil
	}
	return v.word(v.s.Run, v.command.args[number-1], 0)
}

// input reads a key under with:.
func (v view) input(s Setting) *Named {
	n := inputOf(v.with, s.With)
	if n == nil || n.Kind != yamltree.Scalar || strings.TrimSpace(n.Text) == "" {
		return nil
	}
	if s.Flag == "" && s.JSON == "" {
		return v.inScalar(n, s)
	}
	followed := v.followed(n)
	named := v.inScalar(followed, s)
	if named != nil && followed != n {
		named.Shared = true
	}
	return named
}

// inScalar reads a setting in the text of an input.
func (v view) inScalar(n *yamltree.Node, s Setting) *Named {
	switch {
	case s.Flag != "" && strings.HasPrefix(strings.TrimSpace(n.Text), "["):
		if strings.Contains(n.Text, `"`+s.Flag) {
			return v.computed(n)
		}
		return nil
	case s.Flag != "":
		return v.flagIn(n, arguments(n.Text), s)
	case s.JSON != "":
		return v.inJSON(n, s)
	case s.File || s.Key != "" && strings.Contains(n.Text, s.Key):
		return v.computed(n)
	case s.Key != "":
		return nil
	}
	return v.scalar(n)
}

// scalar is a value that is the whole of what is said.
func (v view) scalar(n *yamltree.Node) *Named {
	text := strings.TrimSpace(n.Text)
	if text == "" || n.Kind != yamltree.Scalar {
		return nil
	}
	named := v.piece(n, strings.Index(n.Text, text), strings.Index(n.Text, text)+len(text))
	named.Expression = strings.Contains(text, "${{")
	return named
}

// computed says that something is said there that cannot be read.
func (v view) computed(n *yamltree.Node) *Named {
	return &Named{Text: n.Text, Pos: n.Pos, Expression: true, opaque: true}
}

func (v view) piece(n *yamltree.Node, from, to int) *Named {
	named := &Named{Text: n.Text[from:to], Pos: n.Pos}
	if pos, end, ok := v.places.within(n, from, to); ok {
		named.Pos, named.End = pos, end
	}
	return named
}

// flagIn reads a flag of a command line that stands in a scalar.
func (v view) flagIn(n *yamltree.Node, args []word, s Setting) *Named {
	value, at, ok := flag(args, s.Flag, s.Key)
	if ok && s.File {
		return v.computed(n)
	}
	if ok {
		return v.word(n, value, at)
	}
	for k, w := range args {
		if w.isFlags() && (k == 0 || !slices.Contains(valued(), args[k-1].text)) {
			return v.computed(n)
		}
	}
	return nil
}

// valued lists flags whose next word is surely their value, and no flags.
func valued() []string {
	return []string{
		"--model", "-m", "--fallback-model", "--max-turns", "--max-budget-usd", "--system-prompt", "--append-system-prompt", "--allowedTools",
		"--allowed-tools", "--disallowedTools", "--disallowed-tools", "--mcp-config", "--output-format", "--permission-mode", "-p", "--print", "--prompt",
		"--message", "--sandbox", "-C", "-c", "-o",
	}
}

// word is a word of a command line, from a byte on. A word that is one
// variable is what that variable says, where the file says it.
func (v view) word(n *yamltree.Node, w word, at int) *Named {
	text := strings.Trim(w.text[at:], `"'`)
	if name, ok := variableName(text); ok && w.expands {
		if set := v.sets(name); set.times > 0 {
			return v.assigned(n, set, text)
		}
		if named := v.variable(Setting{Env: name}); named != nil {
			return named
		}
	}
	at += strings.Index(w.text[at:], text)
	named := &Named{Text: text, Pos: n.Pos, Expression: w.expands}
	piece := word{from: w.from[:at+len(text)]}
	if from, to, ok := piece.whole(at); ok {
		if pos, end, ok := v.places.within(n, from, to); ok {
			named.Pos, named.End = pos, end
		}
	}
	return named
}

// variableName reads $x and ${x}.
func variableName(text string) (string, bool) {
	name, ok := strings.CutPrefix(text, "$")
	if !ok {
		return "", false
	}
	if inner, ok := strings.CutPrefix(name, "{"); ok {
		name = strings.TrimSuffix(inner, "}")
	}
	if name == "" || strings.Trim(name, "_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "", false
	}
	return name, true
}

// variable reads an environment variable: in front of the command, then of
// the step, the job, the workflow.
func (v view) variable(s Setting) *Named {
	if v.command != nil {
		for _, w := range v.command.sets {
			if strings.HasPrefix(w.text, s.Env+"=") && len(w.text) > len(s.Env)+1 {
				return v.word(v.s.Run, w, len(s.Env)+1)
			}
		}
		if set := v.sets(s.Env); set.times > 0 && (set.exported || v.environment(s.Env) != nil) {
			return v.assigned(v.s.Run, set, s.Env)
		}
	}
	n := v.environment(s.Env)
	if n == nil {
		return nil
	}
	if s.File {
		return v.computed(n)
	}
	v.places = &places{source: v.f.source} // those of the script are asked for again
	named := v.scalar(n)
	if named != nil {
		named.Shared = Value(v.s.Env, s.Env) == nil
	}
	return named
}

func (v view) environment(name string) *yamltree.Node {
	for _, entries := range [][]yamltree.Entry{v.s.Env, v.j.Env, v.f.Env} {
		if n := Value(entries, name); n != nil {
			return n
		}
	}
	return nil
}

// elsewhere says whether one of some settings is set, and not to false.
func (v view) elsewhere(settings []Setting) bool {
	for _, s := range settings {
		if s.Flag != "" && s.Key == "" && s.With == "" {
			if v.command != nil && has(v.command.args, s.Flag) {
				return true
			}
			continue
		}
		if n := v.look(s); n != nil && (!n.Expression || s.JSON == "") && n.Text != "false" && n.Text != "0" {
			return true
		}
	}
	return false
}

// nodes gives the values of settings under with: and env:.
func (v view) nodes(settings []Setting) []*yamltree.Node {
	var nodes []*yamltree.Node
	for _, s := range settings {
		n := inputOf(v.with, s.With)
		if s.Env != "" {
			n = v.environment(s.Env)
		}
		if n != nil && n.Kind == yamltree.Scalar && strings.TrimSpace(n.Text) != "" {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// wordPlace gives the place of a word of the script.
func (v view) wordPlace(w word) (diag.Position, int) {
	if from, to, ok := w.whole(0); ok {
		if pos, end, ok := v.places.within(v.s.Run, from, to); ok {
			return pos, end
		}
	}
	return v.s.Run.Pos, 0
}

// lastPlace is where the program's own name ends: a flag can be added there
// whatever comes behind it.
func (v view) lastPlace() diag.Position {
	pos, end := v.wordPlace(v.command.name)
	if end == 0 {
		return diag.Position{}
	}
	pos.Col = end
	return pos
}
