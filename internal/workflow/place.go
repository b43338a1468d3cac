package workflow

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// source is the text of the file, for places inside of values: a tree knows
// where a value begins, and not where its third line does.
type source struct {
	name  string
	lines []string
}

func newSource(name string, data []byte) source {
	text := strings.TrimPrefix(string(data), "\ufeff")
	return source{name: name, lines: strings.Split(text, "\n")}
}

// places finds places inside of values. It goes on from the nearest one before,
// so that many of one long script do not each begin at its first line.
type places struct {
	source source
	node   *yamltree.Node
	known  []known // by offset
	// lost is the offset from which on the value cannot be followed in the
	// file, 0 where there is none.
	lost int
}

// known is the place of an offset of the value.
type known struct {
	offset int
	cursor cursor
}

// before gives the nearest known place at or before an offset of a value.
func (p *places) before(n *yamltree.Node, offset int) known {
	if p.node != n {
		p.node, p.known, p.lost = n, []known{{0, p.source.begin(n)}}, 0
	}
	i, found := slices.BinarySearchFunc(p.known, offset, func(k known, offset int) int { return cmp.Compare(k.offset, offset) })
	if !found {
		i--
	}
	return p.known[i]
}

// keep remembers a place, where it is the last one.
func (p *places) keep(k known) {
	if k.offset > p.known[len(p.known)-1].offset {
		p.known = append(p.known, k)
	}
}

// within gives the place of the bytes from..to of a scalar's text, end being
// the column after the last one. It is not ok where they do not stand in the
// file in one piece on one line.
func (p *places) within(n *yamltree.Node, from, to int) (pos diag.Position, end int, ok bool) {
	if n == nil || n.Kind != yamltree.Scalar || from < 0 || to <= from || to > len(n.Text) {
		return diag.Position{}, 0, false
	}
	at := p.before(n, from)
	if p.lost > 0 && from >= p.lost {
		return diag.Position{}, 0, false
	}
	if !at.cursor.pass(n.Text[at.offset:from], n.Style) || !at.cursor.space() {
		p.lost = from
		return diag.Position{}, 0, false
	}
	at.offset = from
	p.keep(at)
	words := n.Text[from:to]
	if !strings.HasPrefix(at.cursor.rest(), words) {
		return diag.Position{}, 0, false
	}
	return diag.Position{File: p.source.name, Line: at.cursor.line, Col: at.cursor.col + 1}, at.cursor.col + 1 + len(words), true
}

// begin is where a scalar's text begins: after its opening quote, or on the
// line below | and >.
func (s source) begin(n *yamltree.Node) cursor {
	c := cursor{lines: s.lines, line: n.Pos.Line, col: n.Pos.Col - 1}
	if strings.HasPrefix(c.rest(), "&") { // an anchor
		c.col += len(c.rest()) - len(strings.TrimLeft(strings.TrimLeft(c.rest(), "&0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-"), " \t"))
	}
	switch n.Style {
	case yamltree.Literal, yamltree.Folded:
		c.line, c.col = c.line+1, 0
	case yamltree.SingleQuoted, yamltree.DoubleQuoted:
		c.col++
	}
	return c
}

// cursor walks over the lines of the file. Line is 1-based, col 0-based.
type cursor struct {
	lines     []string
	line, col int
}

func (c *cursor) rest() string {
	if c.line < 1 || c.line > len(c.lines) || c.col > len(c.lines[c.line-1]) || c.col < 0 {
		return ""
	}
	return c.lines[c.line-1][c.col:]
}

// space passes white space and line ends up to the next byte that is none.
func (c *cursor) space() bool {
	for c.line <= len(c.lines) {
		rest := c.rest()
		if trimmed := strings.TrimLeft(rest, " \t\r"); trimmed != "" {
			c.col += len(rest) - len(trimmed)
			return true
		}
		c.line, c.col = c.line+1, 0
	}
	return false
}

// pass moves over the bytes of a value as they are written. White space is
// matched with any other: folding turns line ends into spaces.
func (c *cursor) pass(text string, style yamltree.Style) bool {
	for i := range len(text) {
		if strings.IndexByte(" \t\r\n", text[i]) >= 0 {
			continue
		}
		if !c.space() || !c.byte(text[i], style) {
			return false
		}
	}
	return true
}

// byte passes one byte, which quotes may write in another way.
func (c *cursor) byte(want byte, style yamltree.Style) bool {
	rest := c.rest()
	switch {
	case style == yamltree.DoubleQuoted && rest[0] == '\\':
		return c.escaped(want)
	case style == yamltree.SingleQuoted && strings.HasPrefix(rest, "''"):
		c.col += 2
		return want == '\''
	}
	c.col++
	return rest[0] == want
}

// escaped passes \" and its like. \n and \t are white space, and what follows
// them is the byte that is looked for.
func (c *cursor) escaped(want byte) bool {
	rest := c.rest()
	switch {
	case len(rest) < 2: // the line goes on below
		c.line, c.col = c.line+1, 0
	case rest[1] == 'n' || rest[1] == 't' || rest[1] == 'r' || rest[1] == ' ':
		c.col += 2
	case rest[1] == want && strings.IndexByte(`"\/`, want) >= 0:
		c.col += 2
		return true
	default:
		return false
	}
	return c.space() && c.byte(want, yamltree.DoubleQuoted)
}
