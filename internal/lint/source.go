package lint

import (
	"bytes"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// Source is a text with its lines.
type Source struct {
	Name  string // the path as given
	Text  string
	lines []string
}

// NewSource splits a text into lines. A byte order mark is no part of the
// first one, as for a reader of YAML.
func NewSource(name string, data []byte) Source {
	text := string(bytes.TrimPrefix(data, []byte("\ufeff")))
	return Source{Name: name, Text: text, lines: strings.Split(text, "\n")}
}

// Lines is how many lines there are.
func (s Source) Lines() int { return len(s.lines) }

// Line gives a line by its 1-based number without its ending, "" outside of
// the text.
func (s Source) Line(number int) string {
	if number < 1 || number > len(s.lines) {
		return ""
	}
	return strings.TrimSuffix(s.lines[number-1], "\r")
}

// At gives the place of a line and a column of this text.
func (s Source) At(line, col int) diag.Position {
	return diag.Position{File: s.Name, Line: line, Col: col}
}

// Find gives the first place at or after from where words stands on a line.
func (s Source) Find(from diag.Position, words string) (pos diag.Position, end int, ok bool) {
	return s.findUntil(from, len(s.lines), words)
}

// findUntil is Find up to a line, inclusive.
func (s Source) findUntil(from diag.Position, last int, words string) (pos diag.Position, end int, ok bool) {
	col := max(from.Col, 1)
	for line := max(from.Line, 1); line <= min(last, len(s.lines)); line++ {
		text := s.Line(line)
		if col-1 <= len(text) {
			if i := strings.Index(text[col-1:], words); i >= 0 {
				return s.At(line, col+i), col + i + len(words), true
			}
		}
		col = 1
	}
	return diag.Position{}, 0, false
}

// Span gives the column after the last byte of a scalar as it is written,
// quotes included; 0 where it goes over several lines or is written in
// another way than it reads.
func (s Source) Span(n *yamltree.Node) int {
	if n == nil || n.Kind != yamltree.Scalar {
		return 0
	}
	line := s.Line(n.Pos.Line)
	written := n.Text
	switch n.Style {
	case yamltree.Plain:
	case yamltree.SingleQuoted:
		written = "'" + strings.ReplaceAll(n.Text, "'", "''") + "'"
	case yamltree.DoubleQuoted:
		written = `"` + n.Text + `"`
	default:
		return 0
	}
	if n.Pos.Col < 1 || n.Pos.Col-1 > len(line) || !strings.HasPrefix(line[n.Pos.Col-1:], written) {
		return 0
	}
	return n.Pos.Col + len(written)
}
