package lex

import (
	"slices"
	"strings"
	"testing"
)

// whole reads both versions to their ends before it compares.
func whole(path, before, after string) Sameness {
	b, ok := read(path, before)
	a, too := read(path, after)
	if !ok || !too || !slices.Equal(b.tokens, a.tokens) {
		return Sameness{}
	}
	return Sameness{Code: true, Comments: slices.Equal(b.comments, a.comments)}
}

// FuzzCompareSaysWhatTwoWholeReadingsSay changes a piece in the middle of a
// text.
func FuzzCompareSaysWhatTwoWholeReadingsSay(f *testing.F) {
	pieces := []string{
		"// a note\n", "# a note\n", "/* one\ntwo */", "x = 1\n", "\n", "  ", "\"text\"", "\"", "'", "`", "//go:build linux\n", "# type: ignore\n", "import \"C\"\n",
		"/* @tag */", "-- 'x'\n", "\\'", "```\n", "// ```\n", "=begin\nnote\n=end\n", "\"\"\"doc\"\"\"", "{", "}", "\r\n", "é", "/*", "*/",
	}
	for i, first := range pieces {
		for j, second := range pieces {
			f.Add(byte(i+j), first+"x\n", first, second, "y\n"+first+"\nz = 2 // end\n")
		}
	}
	names := [...]string{"a.go", "a.rs", "a.rb", "a.py", "a.sql", "a.ts", "a.yml", "a.tf", "Dockerfile", "a.c"}
	f.Fuzz(func(t *testing.T, name byte, head, was, is, tail string) {
		path := names[int(name)%len(names)]
		before, after := head+was+tail, head+is+tail
		if got, want := Compare(path, before, after), whole(path, before, after); got != want {
			t.Fatalf("%s: %+v, want %+v, between %q and %q", path, got, want, before, after)
		}
	})
}

func TestTheSharedEndIsReadUnderBothWatches(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x = 1 // note\n", 50)
	for name, tail := range map[string]string{"it can be read": "y = 2\n", "it cannot": "import \"C\"\n", "it never ends": "/* open"} {
		before, after := "// one\n"+long+tail, "// two\n"+long+tail
		if got, want := Compare("a.go", before, after), whole("a.go", before, after); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}
