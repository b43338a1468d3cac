package sanitize

import (
	"cmp"
	"slices"
	"strings"
)

// span is a stretch of bytes to replace, and the name of the rule that says so.
type span struct {
	from, to int
	rule     string
}

// merge sorts spans and joins those that overlap; the one that starts first,
// and of those the longest, gives its name.
func merge(spans []span) []span {
	slices.SortStableFunc(spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to), cmp.Compare(a.rule, b.rule))
	})
	var merged []span
	for _, s := range spans {
		if last := len(merged) - 1; last >= 0 && s.from < merged[last].to {
			merged[last].to = max(merged[last].to, s.to)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// replace puts what place gives in the stead of each span. The spans must have
// been merged.
func replace(s string, spans []span, place func(span) string) string {
	if len(spans) == 0 {
		return s
	}
	var b strings.Builder
	from := 0
	for _, sp := range spans {
		b.WriteString(s[from:sp.from])
		b.WriteString(place(sp))
		from = sp.to
	}
	b.WriteString(s[from:])
	return b.String()
}
