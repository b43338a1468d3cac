package policy

import (
	"errors"
	"regexp"
	"regexp/syntax"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/needle"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// mustFrontier reads the subjects that stay frontier.
func (r *reader) mustFrontier(n *yamltree.Node) []MustFrontier {
	var entries []MustFrontier
	first := map[string]diag.Position{}
	for _, item := range r.optionalList(n, "must_frontier") {
		entry, idPos := r.subject(item)
		if earlier, again := first[entry.ID]; again && entry.ID != "" {
			r.report(idPos, idDuplicate, "id %q stands here a second time, first at line %d", entry.ID, earlier.Line)
		}
		first[entry.ID] = idPos
		entries = append(entries, entry)
	}
	return entries
}

func (r *reader) subject(n *yamltree.Node) (entry MustFrontier, idPos diag.Position) {
	s := r.section(n, "an entry of must_frontier", "+id", "+why", "paths", "content", "signals", "domains", "tasks")
	entry = MustFrontier{
		ID:      r.id(s.get("id"), "id"),
		Why:     r.text(s.get("why"), "why"),
		Paths:   r.patterns(r.list(s.get("paths"), "paths"), "paths"),
		Content: r.expressions(s.get("content")),
		Signals: r.signals(s.get("signals")),
		Domains: r.domains(s.get("domains")),
		Tasks:   r.each(r.list(s.get("tasks"), "tasks"), r.taskID),
		Pos:     s.pos,
	}
	if n.Kind == yamltree.Mapping && s.get("paths") == nil && s.get("content") == nil && s.get("signals") == nil && s.get("domains") == nil {
		r.report(n.Pos, idNoCondition, "this entry can never hit; give it paths, content, signals or domains")
	}
	if idNode := s.get("id"); idNode != nil {
		idPos = idNode.Pos
	}
	return entry, idPos
}

// expressions reads RE2, https://github.com/google/re2/wiki/Syntax: an
// expression of that kind cannot be made to run forever.
func (r *reader) expressions(n *yamltree.Node) []needle.Expression {
	var expressions []needle.Expression
	r.each(r.list(n, "content"), func(item *yamltree.Node) string {
		text := r.text(item, "an expression of content")
		if text == "" {
			return ""
		}
		expression, err := regexp.Compile(text)
		if err != nil {
			r.report(item.Pos, idInvalidRegexp, "%s is not a regular expression (RE2): %s", quoted(text), cause(err))
			return ""
		}
		expressions = append(expressions, needle.Of(expression))
		return text
	})
	return expressions
}

// cause words what is wrong without the expression, which may be hostile.
func cause(err error) string {
	var bad *syntax.Error
	if errors.As(err, &bad) {
		return bad.Code.String()
	}
	return "it cannot be read"
}

func (r *reader) signals(n *yamltree.Node) []string {
	return r.words(r.list(n, "signals"), "signal", idUnknownSignal, r.known.Signals)
}
