// Package diag is the vocabulary of every complaint about a file: where it
// is, how bad it is, which rule says so. It imports nothing of ours.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Position is a place in a file. Line and Col are 1-based and count bytes
// within the line; zero means that the place is not known.
type Position struct {
	File string
	Line int
	Col  int
}

// String gives "file:line:col", without the parts that are not known.
func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	default:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
	}
}

// Severity says how bad a finding is.
type Severity int

// The severities, mildest first.
const (
	Note Severity = iota
	Warning
	Error
)

// String gives the lower-case word.
func (s Severity) String() string {
	return [...]string{"note", "warning", "error"}[s]
}

// Finding is one complaint. ID is the kebab-case name of the rule, stable and
// never reused.
type Finding struct {
	Position
	Severity Severity
	ID       string
	Message  string
}

// String gives "file:line:col: message [id]".
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s [%s]", f.Position, f.Message, f.ID)
}

// Findings is a list of complaints. As an error it prints one on each line.
type Findings []Finding

// Error joins the findings, one on each line.
func (fs Findings) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

// Sort orders findings by file, line, column, rule and message.
func (fs Findings) Sort() {
	slices.SortFunc(fs, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.ID, b.ID), cmp.Compare(a.Message, b.Message))
	})
}

// Err gives the findings as an error, or nil where there are none.
func (fs Findings) Err() error {
	if len(fs) == 0 {
		return nil
	}
	return fs
}
