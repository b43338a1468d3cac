package report

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/lint"
)

// LintSchema names the shape of what LintJSON writes. Keys are added and never
// change their meaning.
const LintSchema = "tierwise-lint/1"

// lintJSON is what a linter found, as programs read it. Lines and columns are
// 1-based, columns count bytes, and ends are exclusive.
type lintJSON struct {
	Schema      string            `json:"schema"`
	Version     string            `json:"version"`
	Files       []string          `json:"files"` // that were looked at
	Counts      lintCounts        `json:"counts"`
	Findings    []lintFinding     `json:"findings"` // by file, line, column
	Suppressed  []lintSuppressed  `json:"suppressed"`
	NotExamined []lintNotExamined `json:"not_examined"`
	Unread      []string          `json:"unread"` // what of the repository was not read, and why
}

type lintCounts struct {
	Error      int `json:"error"`
	Warning    int `json:"warning"`
	Note       int `json:"note"`
	Suppressed int `json:"suppressed"`
}

type lintFinding struct {
	Rule     string     `json:"rule"`
	Severity string     `json:"severity"` // error, warning or note
	File     string     `json:"file"`     // as it was named
	Line     int        `json:"line"`
	Col      int        `json:"col"`
	EndCol   int        `json:"end_col"` // on the same line
	Message  string     `json:"message"`
	Edits    []lintEdit `json:"edits"` // what --fix does; empty where it takes a person
}

type lintEdit struct {
	Start lintPlace `json:"start"`
	End   lintPlace `json:"end"` // equal places insert
	Text  string    `json:"text"`
}

type lintPlace struct {
	Line int `json:"line"`
	Col  int `json:"col"`
}

type lintSuppressed struct {
	lintFinding
	Until  string `json:"until"` // YYYY-MM-DD, the last day
	Reason string `json:"reason"`
}

type lintNotExamined struct {
	Rule string `json:"rule"`
	File string `json:"file"`
	Need string `json:"need"` // tree, platform, ledger, workflows or change
	Why  string `json:"why"`
}

// LintJSON writes what a linter found as one JSON document. Lists are never
// null.
func LintJSON(w io.Writer, l Linted) error {
	doc := lintJSON{
		Schema: LintSchema, Version: l.Version, Files: append([]string{}, l.Files...),
		Counts:   lintCounts{l.exactly(diag.Error), l.exactly(diag.Warning), l.exactly(diag.Note), len(l.Suppressed)},
		Findings: []lintFinding{}, Suppressed: []lintSuppressed{}, NotExamined: []lintNotExamined{}, Unread: append([]string{}, l.Unread...),
	}
	for _, f := range l.Findings {
		doc.Findings = append(doc.Findings, l.finding(f))
	}
	for _, s := range l.Suppressed {
		doc.Suppressed = append(doc.Suppressed, lintSuppressed{l.finding(s.Finding), s.Until, s.Reason})
	}
	for _, n := range l.NotExamined {
		doc.NotExamined = append(doc.NotExamined, lintNotExamined{n.Rule, n.File, string(n.Need), needWords(n.Need)})
	}
	data, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the findings: %w", err)
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

func (l Linted) finding(f lint.Finding) lintFinding {
	out := lintFinding{
		Rule: f.ID, Severity: f.Severity.String(), File: f.File, Line: f.Line, Col: f.Col,
		EndCol: endOf(f, l.source(f.File).Line(f.Line)), Message: f.Message, Edits: []lintEdit{},
	}
	for _, e := range f.Edits {
		out.Edits = append(out.Edits, lintEdit{lintPlace{e.Start.Line, e.Start.Col}, lintPlace{e.End.Line, e.End.Col}, e.Text})
	}
	return out
}
