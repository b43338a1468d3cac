package page

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// dollars shows an amount of the numbers. A sum that no integer holds is shown
// with all its digits.
func dollars(amount string) string {
	amount = line(amount, maxName)
	if amount == "unpriced" || amount == "unknown" {
		return amount
	}
	switch n, err := money.ParseNano(amount); {
	case err != nil && amount == "":
		return "unknown"
	case err != nil:
		return grouped("$" + amount)
	case n == 0:
		return "$0"
	default:
		return grouped(n.Dollars())
	}
}

func thousands(n int) string { return grouped(strconv.Itoa(n)) }

// grouped sets commas between the thousands of the first run of digits.
func grouped(s string) string {
	from := strings.IndexAny(s, "0123456789")
	if from < 0 {
		return s
	}
	to := from
	for to < len(s) && s[to] >= '0' && s[to] <= '9' {
		to++
	}
	digits := s[from:to]
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return s[:from] + digits + s[to:]
}

// Bounds of a stranger's words, in characters.
const (
	maxName   = 120
	maxPhrase = 600
)

// name shows a name of the ledger: one bounded line, with what is invisible
// written out, and apart from its neighbours where it runs from right to left.
func name(s, none string) *html.Node {
	if strings.TrimSpace(s) == "" {
		return span("unknown", none)
	}
	shown := line(s, maxName)
	is := element("bdi", "name")
	for i, piece := range strings.SplitAfter(shown, "/") {
		if i > 0 {
			is.AppendChild(element("wbr", "")) // a good place to break a path
		}
		is.AppendChild(text(piece))
	}
	return is
}

// phrase is a sentence that may hold names of the ledger.
func phrase(s string) *html.Node { return element("bdi", "", text(line(s, maxPhrase))) }

func line(s string, most int) string {
	shown, _ := sanitize.ShowInvisible(strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " "))
	if utf8.RuneCountInString(shown) <= most {
		return shown
	}
	return string([]rune(shown)[:most-1]) + "…"
}

// lane is a tier's class, for its colour.
func lane(tier string) string {
	switch tier {
	case "local", "efficient", "mid", "frontier":
		return "t-" + tier
	default:
		return "t-none"
	}
}

func tierWord(tier string) string {
	if tier == "" {
		return "no tier"
	}
	return line(tier, maxName)
}

// day is a date of the numbers on one line.
func day(s string) *html.Node { return span("nowrap", line(s, maxName)) }
