package sanitize

import (
	"regexp"
	"testing"
)

// A model's own suggestion block would be a button that commits it, at lines
// that no code of ours has checked.
func TestMarkdownOffersNothingToApply(t *testing.T) {
	t.Parallel()
	offered := regexp.MustCompile("(?im)^[ >*+0-9.-]*(```+|~~~+)[ \t]*suggestion")
	for _, source := range []string{
		"```suggestion\nrm -rf /\n```", "~~~Suggestion\nx\n~~~", "> ```suggestion\n> x\n> ```", "- ```suggestion\n  x\n  ```",
		"````suggestion\n```\nx\n```\n````", "``` suggestion extra\nx\n```", "```suggestion\nunclosed",
	} {
		if !offered.MatchString(source) {
			t.Errorf("the test does not know %q", source)
		}
		if out := Markdown(source, Links{}); offered.MatchString(out) {
			t.Errorf("%q became %q", source, out)
		}
	}
	if out := Markdown("```go\nx\n```", Links{}); !regexp.MustCompile("^```go\n").MatchString(out) {
		t.Errorf("other code lost its language: %q", out)
	}
}
