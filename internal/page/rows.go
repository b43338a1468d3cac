package page

import "golang.org/x/net/html"

// bars is a chart of rows: a name, a drawing and its figure. All rows share one
// scale. Names are words of the page, so that long ones break and do not push.
type bars struct {
	label string // what the chart shows, for those who do not see it
	axis  scale
	rows  []barRow
}

type barRow struct {
	group string // rows of one group stand under its name
	name  *html.Node
	value *html.Node
	marks []*html.Node
}

func (b bars) node() *html.Node {
	list := lines("ul", "bars")
	before := ""
	for _, r := range b.rows {
		if r.group != before {
			list.AppendChild(element("li", "bar-group", name(r.group, "")))
			list.AppendChild(text("\n"))
		}
		before = r.group
		list.AppendChild(element("li", "",
			element("div", "bar-name", r.name), b.drawing(r.marks), element("div", "bar-value", r.value)))
		list.AppendChild(text("\n"))
	}
	with(list, "aria-label", b.label)
	return element("div", "chart", list, b.foot())
}

// drawing lays the marks over the scale's lines. What it shows, the row's
// figure and the table below say in words.
func (b bars) drawing(marks []*html.Node) *html.Node {
	svg := shape("svg", "track", "width", "100%", "height", "18", "aria-hidden", "true")
	for _, tick := range b.axis.ticks() {
		x := b.axis.at(tick)
		svg.AppendChild(shape("line", "grid", "x1", x, "x2", x, "y1", "0", "y2", "18"))
	}
	for _, m := range marks {
		svg.AppendChild(m)
	}
	return svg
}

func (b bars) foot() *html.Node {
	svg := shape("svg", "track", "width", "100%", "height", "16", "aria-hidden", "true")
	ticks := b.axis.ticks()
	for i, tick := range ticks {
		anchor := "middle"
		switch i {
		case 0:
			anchor = "start"
		case len(ticks) - 1:
			anchor = "end"
		}
		label := shape("text", "tick", "x", b.axis.at(tick), "y", "12", "text-anchor", anchor)
		label.AppendChild(text(b.axis.label(tick)))
		svg.AppendChild(label)
	}
	return element("div", "bar-foot", svg)
}

// key is a line of a legend.
type key struct {
	sign  *html.Node
	words string
}

func legend(keys ...key) *html.Node {
	list := element("ul", "legend")
	for _, k := range keys {
		svg := shape("svg", "", "width", "18", "height", "12", "aria-hidden", "true")
		svg.AppendChild(k.sign)
		list.AppendChild(element("li", "", svg, text(" "+k.words)))
	}
	return list
}

func swatch(class, words string) key {
	return key{shape("rect", class, "x", "2", "y", "0", "width", "12", "height", "12"), words}
}

func tierKeys(tiers []string) []key {
	keys := make([]key, 0, len(tiers))
	for _, t := range tiers {
		keys = append(keys, swatch(lane(t), tierWord(t)))
	}
	return keys
}

func intervalKey() key { return key{keyWhisker(), "95 % interval"} }

func keyWhisker() *html.Node {
	g := element("g", "whisker", shape("line", "", "x1", "2", "x2", "16", "y1", "6", "y2", "6"))
	for _, x := range []string{"2", "16"} {
		g.AppendChild(shape("line", "", "x1", x, "x2", x, "y1", "2", "y2", "10"))
	}
	return g
}

func dotKey(words string) key {
	return key{shape("circle", "dot", "cx", "8", "cy", "6", "r", "5"), words}
}
