package task

import (
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/change"
)

// maxNames bounds the names in one line.
const maxNames = 8

// notable words what a reviewer should not overlook, in an order that does
// not depend on the files'.
func notable(in Input) []string {
	c := in.Change
	lines := []string{breakingLine(in)}
	lines = append(lines, sensitiveLines(c.Files)...)
	lines = append(lines, kindLine(c.Files, kindWorkflow, "Workflows, which run with the repository's permissions"))
	lines = append(lines, kindLine(c.Files, kindMigration, "Database migrations"))
	lines = append(lines, dependencyLines(c.Files)...)
	lines = append(lines, publicLines(c.Files)...)
	lines = append(lines, removedTests(c.Files), testHint(c.Files), opaque(c.Files))
	return slices.DeleteFunc(lines, func(s string) bool { return s == "" })
}

func kindLine(files []change.File, kind fileKind, words string) string {
	var names []string
	for _, f := range files {
		if kindOf(f.Path) == kind || f.OldPath != "" && kindOf(f.OldPath) == kind {
			names = append(names, f.Path)
		}
	}
	return named(words, names)
}

// named ends a line with the names it is about, "" where there are none.
func named(words string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	var parts []string
	for _, n := range names[:min(len(names), maxNames)] {
		parts = append(parts, codePath(n))
	}
	if more := len(names) - maxNames; more > 0 {
		parts = append(parts, fmt.Sprintf("%d more", more))
	}
	return words + ": " + list(parts) + "."
}

var testName = lazily(`^\s*(?:func (Test\w+|Fuzz\w+)\(|(?:async )?def (test_\w+)\(|(?:it|test)(?:\.\w+)?\(["'\x60]([^"'\x60]{1,120})["'\x60])`)

// removedTests names tests that are gone: whole files, and declarations that
// do not come back anywhere in the change.
func removedTests(files []change.File) string {
	var gone, back []string
	for _, f := range files {
		if kindOf(f.Path) != kindTest {
			continue
		}
		if f.Status == change.Removed {
			gone = append(gone, f.Path)
			continue
		}
		for l := range f.Lines() {
			m := testName().FindStringSubmatch(l.Text)
			if m == nil {
				continue
			}
			name := m[1] + m[2] + m[3]
			switch l.Op {
			case change.Delete:
				gone = append(gone, name)
			case change.Add:
				back = append(back, name)
			}
		}
	}
	return named("Tests removed", minus(gone, back))
}

func testHint(files []change.File) string {
	code, tests := 0, 0
	for _, f := range files {
		switch kindOfFile(f) {
		case kindCode:
			if f.Status != change.Removed && f.Additions > 0 {
				code++
			}
		case kindTest:
			if f.Status != change.Removed {
				tests++
			}
		}
	}
	switch {
	case code > 0 && tests == 0:
		return fmt.Sprintf("No test changes with %s of code.", plural(code, "file"))
	case code > 0:
		return fmt.Sprintf("Tests: %s beside %s of code.", plural(tests, "file"), plural(code, "file"))
	}
	return ""
}

// opaque names what nobody can read in the diff.
func opaque(files []change.File) string {
	var names []string
	for _, f := range files {
		if f.Withheld && !f.Binary {
			names = append(names, f.Path)
		}
	}
	return named("Changed, and the source shows no patch", names)
}
