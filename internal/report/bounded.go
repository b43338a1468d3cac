package report

import (
	"fmt"
	"strings"
)

// bounded collects pieces of text up to a number of bytes. What no longer
// fits is counted, so that the reader learns of it; a piece is never cut.
type bounded struct {
	text    strings.Builder
	left    int
	omitted int
}

func newBounded(limit int) *bounded { return &bounded{left: limit} }

// add takes a piece, or counts it.
func (b *bounded) add(piece string) {
	if b.omitted > 0 || len(piece) > b.left {
		b.omitted++
		return
	}
	b.left -= len(piece)
	b.text.WriteString(piece)
}

func (b *bounded) addf(format string, args ...any) { b.add(fmt.Sprintf(format, args...)) }

// string gives the text, and a sentence on what is not in it. The sentence
// stands in a paragraph of its own: in a table it would be a row.
func (b *bounded) string() string {
	if b.omitted == 0 {
		return b.text.String()
	}
	return b.text.String() + fmt.Sprintf("\n%s not shown here, to keep this short.\n", count(b.omitted, "more line"))
}
