package task

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnnotationMistakes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []AnnotationMistake
	}{
		{"none", "Fix it. [scope: single-file]\n", nil},
		{"a mistake has its line", "Fix it.\n[scope: one]\n", []AnnotationMistake{{2, `unknown scope "one", expected one of single-file, multi-file, cross-service`}}},
		{
			"two on one line stand together", "[scope: one] [ambiguity: none]",
			[]AnnotationMistake{{1, `unknown scope "one", expected one of single-file, multi-file, cross-service; unknown ambiguity "none", expected one of low, medium, high`}},
		},
		{"what is fenced is data, and its lines count", "```\n[scope: one]\n```\n[scope: two]\n", []AnnotationMistake{{4, `unknown scope "two", expected one of single-file, multi-file, cross-service`}}},
		{"carriage returns end lines with newlines", "a\r\n[scope: one]\r\n", []AnnotationMistake{{2, `unknown scope "one", expected one of single-file, multi-file, cross-service`}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, AnnotationMistakes(tt.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if got := len(AnnotationMistakes(strings.Repeat("[scope: one]\n", 1000))); got != maxAnnotationErrors {
		t.Errorf("%d mistakes of a hostile text, want %d", got, maxAnnotationErrors)
	}
}
