package page

import (
	"fmt"
	"strconv"

	"golang.org/x/net/html"

	"github.com/tierwise/tierwise/internal/weekly"
)

// A figure is a number of the report with its place in the JSON form, so that
// the two can be compared, and its exact value beside the rounded one.
func figure(path, value, shown string) *html.Node {
	return with(element("data", "", text(shown)), "data-figure", path, "value", line(value, maxName))
}

// mark gives a shape of a chart its place, its exact value and words to point
// at.
func mark(shape *html.Node, path, value, words string) *html.Node {
	shape.AppendChild(element("title", "", text(line(words, maxPhrase))))
	return with(shape, "data-figure", path, "data-value", line(value, maxName))
}

// usd shows an amount of the numbers: "unknown" and "unpriced" as they are.
func usd(path, amount string) *html.Node {
	shown := dollars(amount)
	is := figure(path, amount, shown)
	if shown == "unknown" || shown == "unpriced" {
		with(is, "class", "unknown")
	}
	return is
}

func number(path string, n int) *html.Node { return figure(path, strconv.Itoa(n), thousands(n)) }

// counted is a number with its word in the right form.
func counted(path string, n int, word string) *html.Node {
	if n != 1 {
		word += "s"
	}
	return span("", number(path, n), " "+word)
}

func exact(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func percent(path string, share float64) *html.Node {
	return figure(path, exact(share), fmt.Sprintf("%.1f %%", 100*share))
}

// rough is a percentage without decimals, for the ends of an interval.
func rough(path string, share float64) *html.Node {
	return figure(path, exact(share), fmt.Sprintf("%.0f %%", 100*share))
}

// part is a share of a whole. With nothing to divide it is unknown.
func part(path string, s weekly.Share) *html.Node {
	if s.Of == 0 {
		return unknown()
	}
	return percent(path+".share", s.Share)
}

// ofWhole is "41 of 44".
func ofWhole(path string, s weekly.Share) *html.Node {
	return span("", number(path+".hits", s.Hits), " of ", number(path+".of", s.Of))
}

func interval(path string, s weekly.Share) *html.Node {
	return span("nowrap", rough(path+".low", s.Low), " – ", rough(path+".high", s.High))
}

func unknown() *html.Node { return span("unknown", "unknown") }

func nothing() *html.Node { return span("unknown", "–") }

// cost is the sum of a total. Where all of its records are left out,
// nothing is known of it: that is not $0.
func cost(path string, t weekly.Total) *html.Node {
	if t.Records > 0 && t.Unpriced+t.Unknown >= t.Records {
		return unknown()
	}
	return usd(path+".cost_usd", t.Cost)
}

// compared shows an amount that is over compared records alone.
func compared(path, amount string, t weekly.Total) *html.Node {
	switch {
	case t.Compared > 0:
		return usd(path, amount)
	case t.Records > 0:
		return unknown()
	default:
		return nothing()
	}
}
