package yamltree

import (
	"github.com/tierwise/tierwise/internal/diag"
	"gopkg.in/yaml.v3"
)

// node copies what the library read, less what is refused.
func (p *parser) node(from *yaml.Node, depth int) *Node {
	if p.anchors && from.Kind == yaml.AliasNode && from.Alias != nil {
		return p.repeated(from, depth)
	}
	n := &Node{Pos: p.at(from.Line, from.Column), Style: styleOf(from.Style)}
	p.nodes++
	if !p.plain(from, n.Pos, depth) {
		return n
	}
	switch from.Kind {
	case yaml.ScalarNode:
		n.Kind, n.Text, n.Tag = Scalar, from.Value, from.ShortTag()
	case yaml.SequenceNode:
		n.Kind = List
		for _, item := range from.Content {
			n.Items = append(n.Items, p.node(item, depth+1))
		}
	case yaml.MappingNode:
		n.Kind = Mapping
		n.Entries = p.entries(from, depth)
	}
	return n
}

// repeated gives what an anchor holds, in the place of an alias. One that
// stands inside of its own anchor would never end.
func (p *parser) repeated(alias *yaml.Node, depth int) *Node {
	if p.open[alias.Alias] {
		pos := p.at(alias.Line, alias.Column)
		p.report(pos, "alias", "alias *%.40s stands inside of what it repeats", alias.Value)
		return &Node{Pos: pos}
	}
	p.open[alias.Alias] = true
	defer delete(p.open, alias.Alias)
	return p.node(alias.Alias, depth+1)
}

func styleOf(s yaml.Style) Style {
	switch {
	case s&yaml.SingleQuotedStyle != 0:
		return SingleQuoted
	case s&yaml.DoubleQuotedStyle != 0:
		return DoubleQuoted
	case s&yaml.LiteralStyle != 0:
		return Literal
	case s&yaml.FoldedStyle != 0:
		return Folded
	case s&yaml.FlowStyle != 0:
		return Flow
	default:
		return Plain
	}
}

// plain reports the parts of the language that are not read.
func (p *parser) plain(from *yaml.Node, pos diag.Position, depth int) bool {
	switch {
	case depth > maxDepth:
		p.report(pos, "too-deep", "values are nested deeper than %d levels", maxDepth)
	case from.Kind == yaml.AliasNode:
		p.report(pos, "alias", "alias *%.40s: aliases are not read, write the value out", from.Value)
	case from.Anchor != "" && !p.anchors:
		p.report(pos, "anchor", "anchor &%.40s: anchors are not read, write the value where it is needed", from.Anchor)
	case from.Style&yaml.TaggedStyle != 0:
		p.report(pos, "explicit-tag", "tag %.40s: tags are not read, write the value alone", from.Tag)
	default:
		return true
	}
	return false
}

// entries keeps the first of duplicate keys, each of which is reported.
func (p *parser) entries(from *yaml.Node, depth int) []Entry {
	var entries []Entry
	first := map[string]diag.Position{}
	for i := 0; i+1 < len(from.Content); i += 2 {
		key, pos := from.Content[i], p.at(from.Content[i].Line, from.Content[i].Column)
		value := p.node(from.Content[i+1], depth+1)
		if !p.plain(key, pos, depth) || !p.keyed(key, pos) {
			continue
		}
		if earlier, again := first[key.Value]; again {
			p.report(pos, "duplicate-key", "key %.60q stands here a second time, first at line %d", key.Value, earlier.Line)
			continue
		}
		first[key.Value] = pos
		entries = append(entries, Entry{Key: key.Value, Pos: pos, Value: value})
	}
	return entries
}

func (p *parser) keyed(key *yaml.Node, pos diag.Position) bool {
	switch {
	case key.Tag == "!!merge":
		p.report(pos, "merge-key", "merge key <<: values are not merged, write them out")
	case key.Kind != yaml.ScalarNode:
		p.report(pos, "complex-key", "a key is text, not a list or a mapping")
	case key.Value == "":
		p.report(pos, "complex-key", "a key is missing before the colon")
	default:
		return true
	}
	return false
}
