package yamltree

import (
	"gopkg.in/yaml.v3"

	"github.com/tierwise/tierwise/internal/diag"
)

// expansion counts what aliases multiply before anything of it is built. Each
// anchor is counted once, so that a file of a few lines which stands for
// millions of values costs no more than its lines.
type expansion struct {
	sizes map[*yaml.Node]int  // of what an anchor holds, aliases followed
	open  map[*yaml.Node]bool // what is being counted: an alias inside of its own anchor adds nothing here
	total int                 // what the aliases passed so far repeat
	over  *yaml.Node          // the alias that went beyond maxRepeated
}

// repeats says where aliases repeat more than maxRepeated values; not ok where
// they do not.
func (p *parser) repeats(root *yaml.Node) (diag.Position, bool) {
	e := expansion{sizes: map[*yaml.Node]int{}, open: map[*yaml.Node]bool{}}
	e.walk(root)
	if e.over == nil {
		return diag.Position{}, false
	}
	return p.at(e.over.Line, e.over.Column), true
}

// walk goes through what is written, in the order of the file.
func (e *expansion) walk(n *yaml.Node) {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		e.total = min(e.total+e.size(n.Alias), maxRepeated+1)
		if e.total > maxRepeated && e.over == nil {
			e.over = n
		}
		return
	}
	for _, child := range n.Content {
		if e.over != nil {
			return
		}
		e.walk(child)
	}
}

// size counts the values of a node with its aliases followed, up to one more
// than maxRepeated.
func (e *expansion) size(n *yaml.Node) int {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return e.size(n.Alias)
	}
	if known, ok := e.sizes[n]; ok {
		return known
	}
	if e.open[n] {
		return 0
	}
	e.open[n] = true
	count := 1
	for _, child := range n.Content {
		if count = min(count+e.size(child), maxRepeated+1); count > maxRepeated {
			break
		}
	}
	delete(e.open, n)
	if n.Anchor != "" {
		e.sizes[n] = count
	}
	return count
}
