package signal

import (
	"slices"
	"strings"
	"testing"
)

func TestADangerInALongLineIsFound(t *testing.T) {
	t.Parallel()
	for _, at := range []int{0, 500, longLine - 10, longLine, 5 * longLine, 100_000} {
		text := "+" + strings.Repeat("x ", at/2) + `"Action": "*"` + strings.Repeat(" y", 200_000)
		if len(accessWidened().Hits(hunkOf("iam/a.json", text))) == 0 {
			t.Errorf("quiet at %d", at)
		}
	}
}

func TestChoicesAreCutOutsideOfBrackets(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{
		`a|b`:            {`a`, `b`},
		`(?i)a(?:b|c)|d`: {`(?i)a(?:b|c)`, `(?i)d`},
		`[|]x|\|y|\[z|w`: {`[|]x`, `\|y`, `\[z`, `w`},
		`["'(]a|b`:       {`["'(]a`, `b`},
		`a`:              {`a`},
	}
	for expr, want := range tests {
		if got := choicesOf(expr); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", expr, got, want)
		}
	}
}
