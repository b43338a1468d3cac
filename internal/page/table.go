package page

import (
	"strconv"

	"golang.org/x/net/html"
)

// column is the head of a column; those of numbers stand to the right.
type column struct {
	head    string
	numbers bool
}

func words(head string) column   { return column{head: head} }
func figures(head string) column { return column{head: head, numbers: true} }

// table is data for people who read rather than look. The first cell of a row
// names it.
type table struct {
	caption string
	columns []column
	rows    [][]*html.Node
	short   int // rows that stand open; the others are a click away
}

func (t table) node() *html.Node {
	if t.short == 0 || len(t.rows) <= t.short {
		return t.part(t.caption, t.rows)
	}
	rest := t.rows[t.short:]
	more := strconv.Itoa(len(rest)) + " more"
	return element("div", "",
		t.part(t.caption, t.rows[:t.short]), text("\n"),
		element("details", "", element("summary", "", text("Show "+more)), t.part(t.caption+", "+more, rest)))
}

// part is a table in a region of its own, which scrolls where it is too wide:
// the page does not, and the caption stays.
func (t table) part(caption string, rows [][]*html.Node) *html.Node {
	head := element("tr", "")
	for _, c := range t.columns {
		head.AppendChild(with(element("th", class(c), text(c.head)), "scope", "col"))
	}
	body := lines("tbody", "")
	for _, cells := range rows {
		body.AppendChild(t.row(cells))
		body.AppendChild(text("\n"))
	}
	is := with(lines("table", "", element("thead", "", head), body), "aria-label", caption)
	region := with(element("div", "scroll", is), "role", "region", "tabindex", "0", "aria-label", caption)
	return element("div", "", paragraph("caption", caption), region)
}

func (t table) row(cells []*html.Node) *html.Node {
	row := element("tr", "")
	for i, cell := range cells {
		if i == 0 {
			row.AppendChild(with(element("th", class(t.columns[i]), cell), "scope", "row"))
			continue
		}
		row.AppendChild(element("td", class(t.columns[i]), cell))
	}
	return row
}

func class(c column) string {
	if c.numbers {
		return "number"
	}
	return ""
}
