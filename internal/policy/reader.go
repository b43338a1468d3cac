package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// reader walks the tree of one policy and collects what is wrong. Its methods
// take a node that may be nil, for a key that is not there, and then give the
// zero value; what is wrong is reported and reads as the zero value too, since
// a file with findings is refused whole.
type reader struct {
	known    Known
	sections func(what string, keys []string) // is told of each section, where not nil
	findings diag.Findings
	// custom are the tasks that this file adds, known once tasks: is read.
	custom []string
	// partial says that the file extends another one: what it leaves out stays
	// unsaid, and gets no default here.
	partial bool
}

func (r *reader) report(pos diag.Position, id, format string, args ...any) {
	r.findings = append(r.findings, diag.Finding{Position: pos, Severity: diag.Error, ID: id, Message: fmt.Sprintf(format, args...)})
}

// section is a mapping whose keys were checked.
type section struct {
	pos   diag.Position
	nodes map[string]*yamltree.Node // looked up by name, never ranged over
}

// get gives the value of a key, nil where it is not there.
func (s section) get(key string) *yamltree.Node { return s.nodes[key] }

// section checks that n is a mapping with permitted keys, and that the keys
// marked with a leading "+" are there. what names it in a finding.
func (r *reader) section(n *yamltree.Node, what string, keys ...string) section {
	s := section{nodes: map[string]*yamltree.Node{}}
	if r.sections != nil {
		r.sections(what, keys)
	}
	if !r.is(n, yamltree.Mapping, what) {
		return s
	}
	s.pos = n.Pos
	var permitted, required []string
	for _, key := range keys {
		name, must := strings.CutPrefix(key, "+")
		permitted = append(permitted, name)
		if must {
			required = append(required, name)
		}
	}
	for _, e := range n.Entries {
		if r.permit(e, permitted) {
			s.nodes[e.Key] = e.Value
		}
	}
	for _, name := range required {
		if s.nodes[name] == nil {
			r.report(n.Pos, idMissingKey, "%s has no key %q, which it needs", what, name)
		}
	}
	return s
}

func (r *reader) permit(e yamltree.Entry, permitted []string) bool {
	if slices.Contains(permitted, e.Key) {
		return true
	}
	if !isBaseURL(e.Key) { // reported on its own, wherever it stands
		r.report(e.Pos, idUnknownKey, "unknown key %s", expected(e.Key, permitted))
	}
	return false
}

// is reports a node of another kind. A node that could not be read has its
// finding already.
func (r *reader) is(n *yamltree.Node, kind yamltree.Kind, what string) bool {
	if n == nil || n.Kind == yamltree.Unread {
		return false
	}
	if n.Kind != kind {
		r.report(n.Pos, idWrongType, "%s is %s, expected %s", what, describe(n), kind)
		return false
	}
	return true
}

// describe names what stands there in a person's words.
func describe(n *yamltree.Node) string {
	if n.Kind != yamltree.Scalar {
		return n.Kind.String()
	}
	switch n.Tag {
	case "!!null":
		return "empty"
	case "!!bool":
		return "a yes or no (" + n.Text + ")"
	case "!!int", "!!float":
		return fmt.Sprintf("a number (%.40s)", n.Text)
	case "!!timestamp":
		return "a date"
	default:
		return fmt.Sprintf("text (%.40q)", n.Text)
	}
}

// list gives the items of a list that has at least one.
func (r *reader) list(n *yamltree.Node, what string) []*yamltree.Node {
	if !r.is(n, yamltree.List, what) {
		return nil
	}
	if len(n.Items) == 0 {
		r.report(n.Pos, idEmpty, "%s: the list is empty; leave the key out or fill it", what)
	}
	return n.Items
}

// optionalList gives the items of a list that may be empty, where that is a
// way to say "none".
func (r *reader) optionalList(n *yamltree.Node, what string) []*yamltree.Node {
	if !r.is(n, yamltree.List, what) {
		return nil
	}
	return n.Items
}
