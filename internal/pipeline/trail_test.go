package pipeline

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/signal"
)

// trees is a repository of which only the trees and the marks are known.
type trees struct {
	paths map[string][]string // by commit
	marks map[string]string
	asked []string
	read  []string
}

func (t *trees) Tree(_ context.Context, rev string) ([]string, error) {
	t.asked = append(t.asked, rev)
	return t.paths[rev], nil
}

func (t *trees) Read(rev, _ string) ([]byte, bool, error) {
	t.read = append(t.read, rev)
	return []byte(t.marks[rev]), true, nil
}

func past(base, head string, files ...change.File) signal.Input {
	return signal.Input{Change: change.Change{Base: base, Head: head, Files: files}}
}

func newTrail(paths map[string][]string) (*trail, *trees) {
	repo := &trees{paths: paths, marks: map[string]string{}}
	return &trail{trees: repo, contents: repo}, repo
}

func (t *trail) mustBase(tb testing.TB, in signal.Input) signal.Input {
	tb.Helper()
	if err := t.base(context.Background(), &in); err != nil {
		tb.Fatal(err)
	}
	return in
}

func TestAWalkReadsOneTreeAndUndoesTheRest(t *testing.T) {
	t.Parallel()
	tr, repo := newTrail(map[string][]string{"c": {"a/go.mod", "b/x.go", "b/package.json"}})
	first := tr.mustBase(t, past("c", "d"))
	second := tr.mustBase(t, past("b", "c",
		change.File{Path: "b/package.json", Status: change.Added}, change.File{Path: "old/go.mod", Status: change.Removed},
		change.File{Path: "gone.go", Status: change.Removed}, change.File{Path: "a/go.mod", OldPath: "z/go.mod", Status: change.Renamed}))
	got := [][]string{first.Tree, first.Manifests, second.Tree, second.Manifests}
	want := [][]string{
		{"a/go.mod", "b/package.json", "b/x.go"},
		{"a/go.mod", "b/package.json"},
		{"b/x.go", "gone.go", "old/go.mod", "z/go.mod"},
		{"old/go.mod", "z/go.mod"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"c"}, repo.asked); diff != "" {
		t.Error(diff)
	}
}

func TestAJumpReadsTheTreeAnew(t *testing.T) {
	t.Parallel()
	tr, repo := newTrail(map[string][]string{"c": {"go.mod"}, "x": {"web/package.json"}})
	tr.mustBase(t, past("c", "d"))
	if diff := cmp.Diff([]string{"web/package.json"}, tr.mustBase(t, past("x", "y")).Tree); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"c", "x"}, repo.asked); diff != "" {
		t.Error(diff)
	}
}

func TestOfACommitThatIsNotWholeNothingIsKnownAndTheNextIsReadAnew(t *testing.T) {
	t.Parallel()
	tr, repo := newTrail(map[string][]string{"c": {"go.mod"}, "a": {"old/go.mod"}})
	tr.mustBase(t, past("c", "d"))
	cut := past("b", "c")
	cut.Change.Incomplete = []string{"the commit is too large"}
	if got := tr.mustBase(t, cut); got.Tree != nil || got.Manifests != nil {
		t.Errorf("the tree of an unread commit: %v", got.Tree)
	}
	if diff := cmp.Diff([]string{"old/go.mod"}, tr.mustBase(t, past("a", "b")).Tree); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"c", "a"}, repo.asked); diff != "" {
		t.Error(diff)
	}
}

func TestATreeWithoutAManifestIsKnownToBeSo(t *testing.T) {
	t.Parallel()
	tr, _ := newTrail(map[string][]string{"a": {"README.md"}})
	if got := tr.mustBase(t, past("a", "b")); got.Manifests == nil || len(got.Manifests) > 0 {
		t.Errorf("%#v", got.Manifests)
	}
}

func TestMarksAreReadAgainOnlyWhereACommitChangedThem(t *testing.T) {
	t.Parallel()
	tr, repo := newTrail(nil)
	repo.marks["c"], repo.marks["a"] = "gen/** linguist-generated", ""
	generated := func(in signal.Input) bool {
		_, set := tr.mustBase(t, in).Marks.Attributes.Value("gen/x.go", "linguist-generated")
		return set
	}
	got := []bool{
		generated(past("c", "d")), generated(past("b", "c", change.File{Path: "x.go", Status: change.Modified})),
		generated(past("a", "b", change.File{Path: ".gitattributes", Status: change.Added})),
	}
	if !slices.Equal(got, []bool{true, true, false}) {
		t.Errorf("marked: %v", got)
	}
	if diff := cmp.Diff([]string{"c", "a"}, repo.read); diff != "" {
		t.Error(diff)
	}
}

func TestTokensAreTheOldSideReadAndTheAddedLinesWritten(t *testing.T) {
	t.Parallel()
	line := func(op change.Op) change.Line { return change.Line{Op: op, Text: "0123456789"} }
	hunks := []change.Hunk{{Lines: []change.Line{line(change.Context), line(change.Delete), line(change.Add)}}}
	ch := change.Change{Files: []change.File{{Path: "a.go", Hunks: hunks}, {Path: "go.sum", Hunks: hunks}}}
	facts := signal.Facts{Hits: []signal.Hit{{Signal: "code", File: "a.go"}, {Signal: "lock-file", File: "go.sum"}}}
	got := []Tokens{tokensOf(change.Change{}, signal.Facts{}, "0123456789"), tokensOf(ch, facts, "")}
	if diff := cmp.Diff([]Tokens{{Prompt: 4}, {Prompt: 10, Output: 5}}, got); diff != "" {
		t.Error(diff)
	}
}
