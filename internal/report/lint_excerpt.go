package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tierwise/tierwise/internal/sanitize"
)

// Bounds of an excerpt, in columns of a terminal.
const (
	maxExcerpt = 110
	tabWidth   = 4
)

// cell is one character as it is shown: what is not seen is written out, so
// that it moves nothing and hides nothing.
type cell struct {
	shown string
	width int
	col   int // the 1-based byte of the line that it begins at
}

// excerpt shows a line and, below it, a caret under the bytes from col up to
// end. A long line is cut around the caret.
func excerpt(text string, col, end int) (line, caret string) {
	cells := cellsOf(text)
	first, last := len(cells), len(cells)
	for i, c := range cells {
		if c.col <= col {
			first = i
		}
		if c.col < end {
			last = i + 1
		}
	}
	if col > len(text) {
		first = len(cells)
	}
	from, to := window(cells, first, max(last, first))
	var shown strings.Builder
	if from > 0 {
		shown.WriteString("…")
	}
	for _, c := range cells[from:to] {
		shown.WriteString(c.shown)
	}
	if to < len(cells) {
		shown.WriteString("…")
	}
	before := widthOf(cells[from:min(first, to)])
	if from > 0 {
		before++
	}
	under := widthOf(cells[min(first, to):min(max(last, first), to)])
	return shown.String(), strings.Repeat(" ", before) + "^" + strings.Repeat("~", max(0, under-1))
}

// window chooses which cells are shown: the whole line where it fits, else as
// much before the caret as leaves room for what it is about.
func window(cells []cell, first, last int) (from, to int) {
	if widthOf(cells) <= maxExcerpt {
		return 0, len(cells)
	}
	room := max(maxExcerpt/3, maxExcerpt-widthOf(cells[first:last])-maxExcerpt/4)
	for from = first; from > 0 && room >= cells[from-1].width; from-- {
		room -= cells[from-1].width
	}
	for used := 0; from+to < len(cells) && used+cells[from+to].width <= maxExcerpt; to++ {
		used += cells[from+to].width
	}
	return from, from + to
}

func cellsOf(text string) []cell {
	var cells []cell
	column, risky := 0, false
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		c := cell{shown: text[at : at+size], width: runeWidth(r), col: at + 1}
		switch {
		case r == '\t':
			c.width = tabWidth - column%tabWidth
			c.shown = strings.Repeat(" ", c.width)
		case r == utf8.RuneError && size == 1:
			c.shown, c.width = fmt.Sprintf("<%02X>", text[at]), 4
		case hidden(r):
			c.shown = fmt.Sprintf("<U+%04X>", r)
			c.width = len(c.shown)
		case r == '[' && risky:
			// "##[" begins a command of the runner, wherever it stands.
			c.shown, c.width = `\[`, 2
		}
		risky = r == '#' || risky && r >= utf8.RuneSelf
		cells, column, at = append(cells, c), column+c.width, at+size
	}
	return cells
}

// hidden says that a character is not seen or not to be printed.
func hidden(r rune) bool {
	_, removed := sanitize.StripInvisible(string(r))
	return removed > 0
}

func widthOf(cells []cell) int {
	n := 0
	for _, c := range cells {
		n += c.width
	}
	return n
}

// runeWidth is how many columns a terminal gives a character: none to a mark
// on the one before it, two to the wide ones of East Asia and to pictures
// (Unicode, UAX #11).
func runeWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case r >= 0x1100 && r <= 0x115F, r >= 0x2E80 && r <= 0x303E, r >= 0x3041 && r <= 0x33FF, r >= 0x3400 && r <= 0x4DBF,
		r >= 0x4E00 && r <= 0xA4CF, r >= 0xAC00 && r <= 0xD7A3, r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE6F,
		r >= 0xFF01 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6, r >= 0x1F300 && r <= 0x1F64F, r >= 0x1F680 && r <= 0x1F6FF,
		r >= 0x1F900 && r <= 0x1FAFF, r >= 0x20000 && r <= 0x3FFFD:
		return 2
	default:
		return 1
	}
}
