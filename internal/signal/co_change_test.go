package signal

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCompanions(t *testing.T) {
	t.Parallel()
	var mass []string
	for i := range maxPastFiles {
		mass = append(mass, fmt.Sprintf("f%d", i))
	}
	mass = append(mass, "a", "z")
	tests := []struct {
		name string
		past [][]string
		want map[string][]string
	}{
		{"five times", slices.Repeat([][]string{{"a", "b"}}, 5), map[string][]string{"a": {"b"}}},
		{"four times", slices.Repeat([][]string{{"a", "b"}}, 4), map[string][]string{}},
		{"a path that is listed twice counts once", slices.Repeat([][]string{{"a", "b", "b"}}, 3), map[string][]string{}},
		{"six of ten", slices.Concat(slices.Repeat([][]string{{"a", "b"}}, 6), slices.Repeat([][]string{{"a"}}, 4)), map[string][]string{"a": {"b"}}},
		{"six of eleven", slices.Concat(slices.Repeat([][]string{{"a", "b"}}, 6), slices.Repeat([][]string{{"a"}}, 5)), map[string][]string{}},
		{"the most frequent first", slices.Concat(slices.Repeat([][]string{{"a", "b", "c"}}, 5), [][]string{{"a", "c"}}), map[string][]string{"a": {"c", "b"}}},
		{"commits that touch everything", slices.Repeat([][]string{mass}, 9), map[string][]string{}},
		{"other files", slices.Repeat([][]string{{"b", "c"}}, 9), map[string][]string{}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, Companions(tt.past, []string{"a"})); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
	}
}

func TestACompanionInTheChangeSilencesNothing(t *testing.T) {
	t.Parallel()
	in := withCompanions("mail/a.go", "mail/b.go")
	in.Change.Files = append(in.Change.Files, file("mail/a.go"))
	want := []Hit{{Signal: "co-change", File: "pay/charge.go", Text: "used to change together with mail/a.go, mail/b.go (not in this change)"}}
	if diff := cmp.Diff(want, coChange().Hits(in)); diff != "" {
		t.Error(diff)
	}
}
