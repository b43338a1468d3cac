package signal

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

func TestATestInsideCodeAddsToTheCode(t *testing.T) {
	t.Parallel()
	below := file("src/lib.rs")
	below.Hunks = []change.Hunk{{OldStart: 80, NewStart: 80, Section: "mod tests {", Lines: []change.Line{{Op: change.Add, Text: "x", NewLine: 81}}}}
	moved := inFile("src/lib.go", "#[test]")
	moved.OldPath = "src/lib.rs"
	tests := []struct {
		name string
		file change.File
		want int // the line of the test, -1 for none
	}{
		{"a Rust test", inFile("src/lib.rs", "    #[test]"), 7},
		{"an asynchronous Rust test", inFile("src/lib.rs", "#[tokio::test(flavor = \"x\")]"), 7},
		{"lines below a module of tests", below, 80},
		{"a Zig test", inFile("src/main.zig", `test "adds" {`), 7},
		{"a D test", inFile("src/app.d", "unittest"), 7},
		{"a test in a TypeScript source", inFile("src/a.ts", "if (import.meta.vitest) {"), 7},
		{"lines that are not shown", change.File{Path: "a.rs", Withheld: true, Additions: 4}, 0},
		{"one path of a rename has such tests", moved, 7},
		{"plain code", inFile("src/lib.rs", "fn test_value() {}"), -1},
		{"a language without such tests", inFile("src/main.go", "#[test]"), -1},
	}
	for _, tt := range tests {
		facts := Measure(of(tt.file))
		at := slices.IndexFunc(facts.Hits, func(h Hit) bool { return h.Signal == string(Test) })
		if (at >= 0) != (tt.want >= 0) || at >= 0 && facts.Hits[at].Line != tt.want {
			t.Errorf("%s: %+v", tt.name, facts.Hits)
		}
		if !slices.Contains(facts.Domains, task.Feature) {
			t.Errorf("%s: it is no longer code: %v", tt.name, facts.Domains)
		}
	}
}

func TestTextNamedLikeAnImageIsCodeToo(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]Class{Code, Asset}, Classes(inFile("logo.png", "<?php"), Marks{})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Class{Asset}, Classes(change.File{Path: "logo.png", Withheld: true}, Marks{})); diff != "" {
		t.Error(diff)
	}
}

func TestEveryClassHasARank(t *testing.T) {
	t.Parallel()
	for path := range classTable(t) {
		if rank := riskRank(file(path), Marks{}); rank < 0 {
			t.Errorf("%s stands before what is hot: %d", path, rank)
		}
	}
}
