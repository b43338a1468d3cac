package lint

import (
	"testing"
)

func TestDispatch(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, words string
		want        Verdict
		annotation  string
	}{
		{"a clear brief goes", "Fix the typo in docs/setup.md.", Go, "[scope: single-file] [domain: docs] [ambiguity: low]"},
		{"an annotated one needs no suggestion", "Fix the typo in docs/setup.md. [domain: docs]", Go, ""},
		{"a vague brief asks", "Tidy the importer up a bit.", Ask, "[scope: …] [domain: feature] [ambiguity: low]"},
		{"an empty brief asks", "", Ask, ""},
		{"declared unclear, it goes to frontier", "Find out why it hangs sometimes. [ambiguity: high]", Go, ""},
		{"an annotation that cannot be read blocks", "Fix the typo in docs/setup.md. [scope: one]", Block, "[scope: single-file] [domain: docs] [ambiguity: low]"},
		{"an error outweighs a question", "Tidy it up somehow. [scope: one]", Block, "[scope: …] [domain: feature] [ambiguity: low]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := Brief{Source: NewSource("brief", []byte(tt.words))}
			d := DispatchOf(b, CheckBrief(b, World{Today: exampleDay, Known: known()}))
			if d.Verdict != tt.want || d.Annotation != tt.annotation {
				t.Errorf("got %q, %q; want %q, %q (%q)", d.Verdict, d.Annotation, tt.want, tt.annotation, d.Why)
			}
			if (len(d.Why) == 0) != (d.Verdict == Go) {
				t.Errorf("%s says why: %q", d.Verdict, d.Why)
			}
		})
	}
}
