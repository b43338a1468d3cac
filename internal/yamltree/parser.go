package yamltree

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/tierwise/tierwise/internal/diag"
	"gopkg.in/yaml.v3"
)

type parser struct {
	file     string
	data     []byte
	lines    []int // where each begins
	findings diag.Findings
	anchors  bool                // aliases are read
	open     map[*yaml.Node]bool // what an alias repeats just now
	nodes    int                 // built so far, what aliases repeat included
	// last is where the latest place was: nodes come in the order of the
	// file, so the next one on a long line is found from there.
	last cursor
}

func newParser(file string, data []byte, anchors bool) *parser {
	return &parser{file: file, data: data, lines: lineStarts(data), anchors: anchors, open: map[*yaml.Node]bool{}}
}

// cursor is one place of a line: column counts letters, col bytes.
type cursor struct {
	line, column, col int
	text              []byte
}

func (p *parser) report(pos diag.Position, id, format string, args ...any) {
	p.findings = append(p.findings, diag.Finding{Position: pos, Severity: diag.Error, ID: id, Message: fmt.Sprintf(format, args...)})
}

// documents reads the first document and refuses a second one.
func (p *parser) documents() *Node {
	decoder := yaml.NewDecoder(bytes.NewReader(p.data))
	first, err := next(decoder)
	switch {
	case errors.Is(err, io.EOF):
		p.report(p.at(1, 1), "empty", "the file is empty or has only comments")
		return nil
	case err != nil:
		p.syntax(err)
		return nil
	}
	if isNothing(first) {
		p.report(p.at(1, 1), "empty", "the file is empty or has only comments")
		return nil
	}
	switch second, err := next(decoder); {
	case err == nil:
		p.report(p.at(second.Line, second.Column), "second-document", "a second document begins; only one is read")
	case !errors.Is(err, io.EOF):
		p.syntax(err)
		return nil
	}
	if pos, tooMany := p.repeats(first); p.anchors && tooMany {
		p.report(pos, "too-many-values", "aliases repeat more than %d values", maxRepeated)
		return nil
	}
	return p.node(first, 0)
}

// next gives the content of the next document, io.EOF after the last one. The
// library is frozen and panics on some broken input; that is one more way to
// be unreadable.
func next(decoder *yaml.Decoder) (content *yaml.Node, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("unreadable: %v", cause)
		}
	}()
	var document yaml.Node
	if err := decoder.Decode(&document); err != nil {
		return nil, err
	}
	if document.Kind != yaml.DocumentNode || len(document.Content) != 1 {
		return nil, errors.New("unreadable document")
	}
	return document.Content[0], nil
}

func isNothing(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Tag == "!!null" && n.Anchor == ""
}

// at turns the library's place, whose column counts letters, into ours, whose
// column counts bytes.
func (p *parser) at(line, column int) diag.Position {
	line = min(max(line, 1), len(p.lines))
	if p.last.line != line || p.last.column > column {
		p.last = cursor{line: line, column: 1, col: 1, text: p.line(line)}
	}
	for p.last.column < column && p.last.col <= len(p.last.text) {
		_, width := utf8.DecodeRune(p.last.text[p.last.col-1:])
		p.last.col += width
		p.last.column++
	}
	return diag.Position{File: p.file, Line: line, Col: p.last.col}
}

// line gives a line by its 1-based number, without its ending.
func (p *parser) line(number int) []byte {
	text, _, _ := bytes.Cut(p.data[p.lines[number-1]:], []byte("\n"))
	return bytes.TrimSuffix(text, []byte("\r"))
}
