package signal

import (
	"slices"
	"testing"
)

func TestShapesOfABrief(t *testing.T) {
	t.Parallel()
	const fix = "fix nil pointer in internal/report/table.go:88: `panic: index out of range`; return an empty row when cells is nil"
	in := func(text string, trusted bool, files ...string) Input {
		i := brief(text, trusted)
		if len(files) > 0 {
			i.HasChange, i.Change = true, paths(files...).Change
		}
		return i
	}
	for name, c := range map[string]struct {
		in   Input
		want []Shape
	}{
		"place, message and cure":               {in(fix, true), []Shape{OnePlaceFix}},
		"the message in a fence":                {in("In a/b.py, return 0 for an empty list.\n```\nZeroDivisionError: division by zero\n```", true), []Shape{OnePlaceFix}},
		"a change of that file":                 {in(fix, true, "internal/report/table.go"), []Shape{OnePlaceFix}},
		"a change of the file by its full path": {in("In b.go, return 0: it says \"panic: x\"", true, "a/b.go"), []Shape{OnePlaceFix}},
		"a change of one more file":             {in(fix, true, "internal/report/table.go", "a.go"), nil},
		"a change of another file":              {in(fix, true, "a.go"), nil},
		"anybody's words":                       {in(fix, false), nil},
		"a second file":                         {in(fix+" and update a.go", true), nil},
		"no message":                            {in("fix the row in internal/report/table.go: return an empty row", true), nil},
		"no cure":                               {in("fix nil pointer in internal/report/table.go:88: `panic: index out of range`", true), nil},
		"a vague word":                          {in(fix+" or something", true), nil},
		"a symptom beside it":                   {in(fix+" everywhere", true), nil},
		"a summary of what went before":         {in("Summarise the thread for the next shift", true), []Shape{ContextSummary}},
		"a recap":                               {in("recap the conversation so far", true), []Shape{ContextSummary}},
		"to sum up a handoff":                   {in("sum up the handoff notes", true), []Shape{ContextSummary}},
		"a summary by anybody":                  {in("Summarise the thread", false), nil},
		"a summary and a fix":                   {in("summarise the discussion and fix the parser", true), nil},
		"a summary of a file":                   {in("summarise the history in CHANGELOG.md", true), nil},
		"a feature that sums up":                {in("add a button that can summarise the thread", true), nil},
		"a message alone":                       {in("```\npanic: x in a.go:1\n```", true), nil},
	} {
		if got := briefShapes(c.in); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestWordsLeanToADomain(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"fix typo in README": "docs", "bump x from 1.2 to 1.3": "config", "add tests for parseDate": "tests", "rename the method": "refactor", "colours": ""} {
		best, most := "", 0
		for d, n := range wordsDomain(text) {
			if n > most {
				best, most = string(d), n
			}
		}
		if best != want {
			t.Errorf("%q: %v, want %q", text, wordsDomain(text), want)
		}
	}
}
