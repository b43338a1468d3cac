package lint

import (
	"cmp"
	"slices"

	"github.com/tierwise/tierwise/internal/diag"
)

// Hit is one place where a rule fires.
type Hit struct {
	Pos diag.Position
	// End is the column after the last byte of what is meant, on the line of
	// Pos; 0 means the word at Pos.
	End int
	// As is a severity above the rule's own; the zero value leaves it.
	As      diag.Severity
	Message string // what is wrong here, and what to do next; untrusted words quoted and short
	Edits   []Edit // what --fix does; nil where it takes a person
}

// Edit replaces what stands from Start up to End, which is exclusive, by Text.
// Both are in one file. Equal places insert.
type Edit struct {
	Start, End diag.Position
	Text       string
}

// Finding is a hit with its rule.
type Finding struct {
	diag.Finding
	End   int
	Edits []Edit
}

// NotExamined says that a rule could not look at a file.
type NotExamined struct {
	Rule string `json:"rule"`
	File string `json:"file"`
	Need Need   `json:"need"`
}

// Report is what a linter found. All lists are sorted.
type Report struct {
	Findings    []Finding
	Suppressed  []Suppressed
	NotExamined []NotExamined
	Files       []string // that were looked at
}

// Count gives the number of findings of a severity or worse.
func (r Report) Count(least diag.Severity) int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity >= least {
			n++
		}
	}
	return n
}

func (r Report) sorted() Report {
	slices.SortStableFunc(r.Findings, compare)
	slices.SortStableFunc(r.Suppressed, func(a, b Suppressed) int { return compare(a.Finding, b.Finding) })
	slices.SortFunc(r.NotExamined, func(a, b NotExamined) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Need, b.Need))
	})
	slices.Sort(r.Files)
	return r
}

func compare(a, b Finding) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
		cmp.Compare(a.ID, b.ID), cmp.Compare(a.Message, b.Message))
}
