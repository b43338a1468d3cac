package policy

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// text reads text that is not empty. A plain number or date must be quoted,
// so that nobody wonders whether 1.20 is 1.2.
func (r *reader) text(n *yamltree.Node, what string) string {
	if !r.is(n, yamltree.Scalar, what) {
		return ""
	}
	switch {
	case n.Tag != "!!str":
		r.report(n.Pos, idWrongType, "%s is %s, expected text; quote it if it is meant so", what, describe(n))
		return ""
	case strings.TrimSpace(n.Text) == "":
		r.report(n.Pos, idEmpty, "%s is empty", what)
		return ""
	}
	return n.Text
}

// texts reads a list of different texts.
func (r *reader) texts(n *yamltree.Node, what string) []string {
	return r.each(r.list(n, what), func(item *yamltree.Node) string { return r.text(item, "an entry of "+what) })
}

// words reads different words out of a permitted few.
func (r *reader) words(items []*yamltree.Node, what, id string, permitted []string) []string {
	return r.each(items, func(item *yamltree.Node) string { return r.word(item, what, id, permitted) })
}

// each reads every item, leaves out those that were refused, and reports
// those that stand twice.
func (r *reader) each(items []*yamltree.Node, read func(*yamltree.Node) string) []string {
	var values []string
	for _, item := range items {
		value := read(item)
		if value == "" {
			continue
		}
		if slices.Contains(values, value) {
			r.report(item.Pos, idDuplicate, "%.60q stands in the list twice", value)
			continue
		}
		values = append(values, value)
	}
	return values
}

// word reads one of a permitted few. what names the kind of word: "tier".
func (r *reader) word(n *yamltree.Node, what, id string, permitted []string) string {
	word := r.text(n, what)
	if word == "" {
		return ""
	}
	if !slices.Contains(permitted, word) {
		r.report(n.Pos, id, "unknown %s %s", what, expected(word, permitted))
		return ""
	}
	return word
}

// flag reads true or false, and gives the fallback for a key that is absent.
func (r *reader) flag(n *yamltree.Node, what string, fallback bool) bool {
	if n == nil || !r.is(n, yamltree.Scalar, what) {
		return fallback
	}
	if n.Tag != "!!bool" || n.Text != "true" && n.Text != "false" {
		r.report(n.Pos, idWrongType, "%s is %s, expected true or false", what, describe(n))
		return fallback
	}
	return n.Text == "true"
}

// integer reads a plain decimal number between two bounds. YAML's other ways
// to write one (010 is eight, 0x10, 1_000) are refused.
func (r *reader) integer(n *yamltree.Node, what string, least, most, fallback int64) int64 {
	if n == nil || !r.is(n, yamltree.Scalar, what) {
		return fallback
	}
	value, err := strconv.ParseInt(n.Text, 10, 64)
	switch {
	case n.Tag != "!!int" || err != nil || strconv.FormatInt(value, 10) != n.Text:
		r.report(n.Pos, idInvalidNumber, "%s is %s, expected a whole number in plain digits, such as %d", what, describe(n), fallback)
	case value < least || value > most:
		r.report(n.Pos, idOutOfRange, "%s is %d, expected %d to %d", what, value, least, most)
	default:
		return value
	}
	return fallback
}

// number gives the text of a plain or quoted decimal number.
func (r *reader) number(n *yamltree.Node, what string) (string, bool) {
	if !r.is(n, yamltree.Scalar, what) {
		return "", false
	}
	if n.Tag != "!!int" && n.Tag != "!!float" && n.Tag != "!!str" {
		r.report(n.Pos, idWrongType, "%s is %s, expected a number", what, describe(n))
		return "", false
	}
	return n.Text, true
}

// dollars reads an amount over zero; nil where none was set.
func (r *reader) dollars(n *yamltree.Node, what string) *money.Nano {
	text, ok := r.number(n, what)
	if !ok {
		return nil
	}
	amount, err := money.ParseNano(text)
	if err != nil {
		r.report(n.Pos, idInvalidAmount, "%s: %v", what, err)
		return nil
	}
	if amount <= 0 {
		r.report(n.Pos, idOutOfRange, "%s is %.40s, expected more than 0; leave the key out for no ceiling", what, text)
		return nil
	}
	return &amount
}

// rate reads a price in dollars per million tokens; nil where none was set.
// Zero is a price: of a model that one runs oneself.
func (r *reader) rate(n *yamltree.Node, what string) *money.Pico {
	text, ok := r.number(n, what)
	if !ok {
		return nil
	}
	price, err := money.ParsePico(text)
	if err != nil {
		r.report(n.Pos, idInvalidAmount, "%s: %v", what, err)
		return nil
	}
	return &price
}

// date reads YYYY-MM-DD, a day that the calendar has.
func (r *reader) date(n *yamltree.Node, what string) string {
	if !r.is(n, yamltree.Scalar, what) {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, n.Text); err != nil {
		r.report(n.Pos, idInvalidDate, "%s is %s, expected a day of the calendar as YYYY-MM-DD", what, quoted(n.Text))
		return ""
	}
	return n.Text
}
