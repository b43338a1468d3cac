package workflow

import (
	"strings"

	"github.com/tierwise/tierwise/internal/yamltree"
)

const (
	maxHops   = 8  // how many names lead to one value
	maxValues = 20 // how many values are told of one model
)

// resolver finds what a computed value may be, as far as the file says it.
type resolver struct {
	view
	hops int
}

// values gives what a named value may be: itself where it stands there, the
// literals that lead to it where it is computed, nothing where the file does
// not say.
func (v view) values(n *Named) []Named {
	if n == nil || n.opaque {
		return nil
	}
	v.places = &places{source: v.f.source} // those of the script are asked for again
	found := resolver{view: v}.of(*n)
	return found[:min(len(found), maxValues)]
}

func (r resolver) of(n Named) []Named {
	if !n.Expression {
		return []Named{n}
	}
	if r.hops++; r.hops > maxHops {
		return nil
	}
	text := strings.TrimSpace(n.Text)
	at := strings.Index(n.Text, text)
	if inner, ok := strings.CutPrefix(text, "${{"); ok && strings.HasSuffix(inner, "}}") && strings.Count(text, "${{") == 1 {
		return r.either(n, at+len("${{"), at+len(text)-len("}}"))
	}
	return r.shell(n, text, at)
}

// shell reads ${x:-literal}: what a shell takes where the variable is empty.
func (r resolver) shell(n Named, text string, at int) []Named {
	inner, ok := strings.CutPrefix(text, "${")
	name, literal, both := strings.Cut(strings.TrimSuffix(inner, "}"), ":-")
	if !ok || !both || !strings.HasSuffix(inner, "}") || !isPlain(literal) {
		return nil
	}
	if _, isName := variableName("$" + name); !isName {
		return nil
	}
	if set := r.sets(name); set.times > 1 || set.times == 1 && set.value.text != name+"="+text {
		return nil // a script gives it another value in between
	}
	if found, known := r.variableNamed(name); known {
		return found
	}
	from := at + len("${") + len(name) + len(":-")
	value := n.part(from, from+len(literal))
	value.When = join(n.When, "$"+name+" is empty")
	return []Named{value}
}

// either reads a || b || 'c': each that may be the value, up to the first that
// surely is.
func (r resolver) either(n Named, from, to int) []Named {
	var found []Named
	when := n.When
	for _, o := range operandsOf(n.Text, from, to, "||") {
		values, sure, name := r.operand(n, o)
		for _, v := range values {
			v.When = join(when, v.When)
			found = append(found, v)
		}
		if sure || name == "" {
			return found
		}
		when = join(when, name)
	}
	return found
}

// operand reads one side of ||. Name says in words what must be for the next
// one to count, "" where that cannot be said.
func (r resolver) operand(n Named, o span) (values []Named, sure bool, name string) {
	o = trimmed(n.Text, o)
	text := n.Text[o.from:o.to]
	if text == "" {
		return nil, false, ""
	}
	if sides := operandsOf(n.Text, o.from, o.to, "&&"); len(sides) > 1 {
		values, _, _ = r.operand(n, sides[len(sides)-1])
		for i := range values {
			values[i].When = join("a condition holds", values[i].When)
		}
		return values, false, "no condition before it holds"
	}
	switch {
	case text[0] == '(' && text[len(text)-1] == ')':
		return r.either(n, o.from+1, o.to-1), false, "what stands before it is empty"
	case text[0] == '\'' && len(text) > 2 && text[len(text)-1] == '\'' && !strings.Contains(text[1:len(text)-1], "'"):
		value := n.part(o.from+1, o.to-1)
		value.When = ""
		return []Named{value}, true, ""
	}
	return r.context(text)
}

// context reads env.x, matrix.x, inputs.x; of others only the name is known.
func (r resolver) context(text string) (values []Named, sure bool, name string) {
	if strings.Trim(text, "._-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" || !strings.Contains(text, ".") {
		return nil, false, ""
	}
	empty := text[:min(len(text), 60)] + " is empty"
	lower := strings.ToLower(text)
	switch {
	case strings.HasPrefix(lower, "env."):
		values, sure = r.variableNamed(text[len("env."):])
	case strings.HasPrefix(lower, "matrix."):
		values = r.matrix(strings.Split(text[len("matrix."):], "."))
		sure = len(values) > 0
	case strings.HasPrefix(lower, "inputs."):
		values = r.byDefault(text, text[len("inputs."):])
	case strings.HasPrefix(lower, "github.event.inputs."):
		values = r.byDefault(text, text[len("github.event.inputs."):])
	}
	return values, sure, empty
}

// variableNamed reads a variable of the file. It is not sure where a script of
// the job writes it anew for the steps that follow.
func (r resolver) variableNamed(name string) (values []Named, sure bool) {
	node := r.environment(name)
	if node == nil || node.Kind != yamltree.Scalar || r.rewritten(name) {
		return nil, false
	}
	named := r.scalar(node)
	if named == nil {
		return nil, false
	}
	named.Shared = Value(r.s.Env, name) == nil
	return r.of(*named), true
}

// rewritten says whether a script of the job hands a variable to the steps
// that follow.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-environment-variable
func (r resolver) rewritten(name string) bool { return r.j.scripts().handed[name] }

// byDefault gives what an input is that nobody gives.
func (r resolver) byDefault(written, name string) []Named {
	inputs := []*yamltree.Node{get(r.f.Root, "inputs")}
	for _, t := range r.f.On {
		inputs = append(inputs, get(t.Node, "inputs"))
	}
	var found []Named
	for _, n := range inputs {
		value := get(get(n, name), "default")
		if value == nil || value.Kind != yamltree.Scalar {
			continue
		}
		if named := r.scalar(value); named != nil && !named.Expression {
			named.When, named.Shared = written[:min(len(written), 60)]+" is not given", true
			found = append(found, *named)
		}
	}
	return found
}

// part is a piece of a value, at its place where that is known.
func (n Named) part(from, to int) Named {
	piece := Named{Text: n.Text[from:to], Pos: n.Pos, Shared: n.Shared, When: n.When}
	if n.End > 0 {
		piece.Pos.Col, piece.End = n.Pos.Col+from, n.Pos.Col+to
	}
	return piece
}

// join puts two conditions together.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " and " + b
}

// operandsOf splits a part of an expression at an operator that stands in no
// brackets and in no quotes.
func operandsOf(text string, from, to int, operator string) []span {
	var list []span
	depth, quoted := 0, false
	for i := from; i < to; i++ {
		switch c := text[i]; {
		case c == '\'':
			quoted = !quoted
		case quoted:
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case depth == 0 && strings.HasPrefix(text[i:to], operator):
			list = append(list, span{from, i})
			from = i + len(operator)
			i = from - 1
		}
	}
	return append(list, span{from, to})
}

func trimmed(text string, o span) span {
	for o.from < o.to && strings.IndexByte(" \t\r\n", text[o.from]) >= 0 {
		o.from++
	}
	for o.to > o.from && strings.IndexByte(" \t\r\n", text[o.to-1]) >= 0 {
		o.to--
	}
	return o
}

// isPlain says that a text can be the name of a model and is nothing that a
// shell would read in another way.
func isPlain(text string) bool {
	return text != "" && strings.Trim(text, "/:@._-[]0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
