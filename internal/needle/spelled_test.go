package needle

import (
	"regexp"
	"slices"
	"testing"
)

func possible(expr, text string) bool {
	e := Of(regexp.MustCompile(expr))
	return e.MatchString(text) && e.Possible(Fold(text))
}

func TestEveryMatchHoldsANeedle(t *testing.T) {
	t.Parallel()
	tests := []struct{ expr, text string }{
		{`\bchmod\b.*777`, "RUN chmod -R 777 /srv"},
		{`(?i)public_?access["']?\s*[:=]\s*(?:true|enabled)`, `PublicAccess: Enabled`},
		{`(?i)public_?access["']?\s*[:=]\s*(?:true|enabled)`, `public_access = true`},
		{`^(?:post|put|patch)\s+'`, "patch '/orders'"},
		{`gr[ae]y|colou?r`, "the grey one"},
		{`gr[ae]y|colou?r`, "the color"},
		{`^\s*[a-z]+\s*$`, "anything"},
		{`(?:ab){2}c*`, "xababx"},
		{`a|`, "nothing of it"},
	}
	for _, tt := range tests {
		if !possible(tt.expr, tt.text) {
			t.Errorf("%q does not find %q: needles %v", tt.expr, tt.text, Of(regexp.MustCompile(tt.expr)).needles)
		}
	}
}

func TestNeedlesAreFewAndLong(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{
		`\b(?:app|router)\.(?:get|post)\(`: {"app.get(", "app.post(", "router.get(", "router.post("},
		`(?i)\bCHMOD\b`:                    {"chmod"},
		`public|public-read`:               {"public"},
		`\d+`:                              nil,
	}
	for expr, want := range tests {
		var got []string
		for _, word := range slices.Concat(Of(regexp.MustCompile(expr)).needles...) {
			got = append(got, word.text)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) && len(got)+len(want) > 0 {
			t.Errorf("%q: %q, want %q", expr, got, want)
		}
	}
}
