package diag

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPositionsLeaveOutWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	tests := []struct {
		pos  Position
		want string
	}{
		{Position{File: "a.yml", Line: 3, Col: 7}, "a.yml:3:7"},
		{Position{File: "a.yml", Line: 3}, "a.yml:3"},
		{Position{File: "a.yml"}, "a.yml"},
		{Position{File: "a.yml", Col: 7}, "a.yml"},
	}
	for _, tt := range tests {
		if got := tt.pos.String(); got != tt.want {
			t.Errorf("%#v prints as %q, want %q", tt.pos, got, tt.want)
		}
	}
}

func TestSeveritiesAreWordsInOrder(t *testing.T) {
	t.Parallel()
	var words []string
	for _, s := range []Severity{Note, Warning, Error} {
		words = append(words, s.String())
	}
	if diff := cmp.Diff([]string{"note", "warning", "error"}, words); diff != "" || Note > Warning || Warning > Error {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFindingsAreOneErrorOrNone(t *testing.T) {
	t.Parallel()
	if err := (Findings{}).Err(); err != nil {
		t.Errorf("no findings give %v, want nil", err)
	}
	err := Findings{
		{Position: Position{"a.yml", 12, 7}, Severity: Error, ID: "unknown-key", Message: `unknown key "x"`},
		{Position: Position{File: "b.yml"}, Severity: Note, ID: "empty", Message: "the file is empty"},
	}.Err()
	const want = "a.yml:12:7: unknown key \"x\" [unknown-key]\nb.yml: the file is empty [empty]"
	if err == nil || err.Error() != want {
		t.Errorf("Err() = %v, want\n%s", err, want)
	}
	var findings Findings
	if !errors.As(err, &findings) || len(findings) != 2 {
		t.Error("the findings cannot be had back from the error")
	}
}

// TestSortHasOneResult shuffles: the order must not hang on how findings came.
func TestSortHasOneResult(t *testing.T) {
	t.Parallel()
	want := Findings{
		{Position: Position{"a", 1, 2}, ID: "x", Message: "m"},
		{Position: Position{"a", 1, 10}, ID: "x", Message: "m"},
		{Position: Position{"a", 1, 10}, ID: "x", Message: "n"},
		{Position: Position{"a", 1, 10}, ID: "y", Message: "a"},
		{Position: Position{"a", 9, 1}, ID: "a", Message: "a"},
		{Position: Position{"a", 10, 1}, ID: "a", Message: "a"},
		{Position: Position{"b", 1, 1}, ID: "a", Message: "a"},
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		got := slices.Clone(want)
		random.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		got.Sort()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
}
