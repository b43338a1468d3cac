// Package yamltree reads YAML into a tree in which everything knows its
// place. It reads the plain part of the language: mappings, lists and
// scalars of one document. What can hide, repeat or multiply values (aliases,
// merge keys, duplicate keys, further documents, explicit tags) is refused.
package yamltree

import (
	"bytes"

	"github.com/tierwise/tierwise/internal/diag"
)

// The bounds of a file.
const (
	maxBytes = 1 << 20
	maxDepth = 100
	// maxRepeated bounds how many values aliases repeat. Written out, a file of
	// maxBytes has at most half as many values as it has bytes.
	maxRepeated = 100_000
)

// Kind says what a node is.
type Kind int

// The kinds. Unread stands where a finding says why nothing could be read; a
// reader of the tree passes over it in silence.
const (
	Unread Kind = iota
	Scalar
	List
	Mapping
)

// String gives the word that a person uses for it.
func (k Kind) String() string {
	return [...]string{"unread", "a single value", "a list", "a mapping"}[k]
}

// Style is how a scalar is written, or a list or mapping that stands in
// brackets.
type Style int

// The styles. Plain is also that of a list or mapping in lines of its own.
const (
	Plain Style = iota
	SingleQuoted
	DoubleQuoted
	Literal // |
	Folded  // >
	Flow    // a list or mapping in brackets
)

// Node is one value. Text is a scalar's text after quotes and folding, and
// before any reading as a number: "010" stays "010". Tag is what a plain
// scalar looks like to YAML 1.2 ("!!str", "!!int", "!!float", "!!bool",
// "!!null", "!!timestamp"); a quoted one is "!!str".
type Node struct {
	Pos     diag.Position
	Kind    Kind
	Style   Style
	Text    string
	Tag     string
	Items   []*Node // of a List
	Entries []Entry // of a Mapping, in the order of the file, keys unique
}

// Entry is one key of a mapping with its value.
type Entry struct {
	Key   string
	Pos   diag.Position
	Value *Node
}

// Parse reads one document. Every finding has a place and a rule. The node is
// nil where nothing could be read; where there are findings beside a node, it
// is what could be read, so that a reader can report its own findings too.
func Parse(file string, data []byte) (*Node, diag.Findings) {
	return parse(file, data, false)
}

// ParseAnchored is Parse for files of a form that is not ours and that may use
// anchors, as GitHub's workflows do
// (https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations#yaml-anchors-and-aliases):
// an alias reads as what its anchor holds, at the anchor's place. What grows
// out of bounds that way is refused.
func ParseAnchored(file string, data []byte) (*Node, diag.Findings) {
	return parse(file, data, true)
}

func parse(file string, data []byte, anchors bool) (*Node, diag.Findings) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if findings := checkBytes(file, data); len(findings) > 0 {
		return nil, findings
	}
	p := newParser(file, data, anchors)
	root := p.documents()
	p.findings.Sort()
	return root, p.findings
}
