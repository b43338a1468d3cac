package page

import (
	"fmt"
	"strconv"
	"time"

	"golang.org/x/net/html"

	"github.com/tierwise/tierwise/internal/weekly"
)

// Measures of the chart of days, in pixels. Its width is that of the page.
const (
	plotTop    = 12
	plotHeight = 200
	plotFoot   = 38
	mostBars   = 62 // days that get a bar each; of more, several share one
	mostLabels = 7
)

// days is the chart of spend: a bar a day, parted by tier, under the line of
// the same work all at the baseline.
type days struct {
	all  []weekly.Day
	span int // days a bar
	axis scale
}

func newDays(all []weekly.Day) days {
	d := days{all: all, span: max(1, (len(all)+mostBars-1)/mostBars)}
	largest := 0.0
	for i := range d.count() {
		height, _ := d.spent(i)
		line, _ := d.baseline(i)
		largest = max(largest, height, line)
	}
	d.axis = amounts(largest)
	return d
}

func (d days) count() int { return (len(d.all) + d.span - 1) / d.span }

func (d days) of(bar int) []weekly.Day {
	return d.all[bar*d.span : min(len(d.all), (bar+1)*d.span)]
}

func (d days) spent(bar int) (sum float64, ok bool) {
	for _, day := range d.of(bar) {
		value, known := size(day.Cost)
		sum, ok = sum+value, ok || known
	}
	return sum, ok
}

func (d days) baseline(bar int) (sum float64, ok bool) {
	for _, day := range d.of(bar) {
		if value, known := size(day.Baseline); known && day.Compared > 0 {
			sum, ok = sum+value, true
		}
	}
	return sum, ok
}

func (d days) node() *html.Node {
	svg := shape("svg", "plot", "width", "100%", "height", strconv.Itoa(plotTop+plotHeight+plotFoot), "role", "img",
		"aria-label", "Spend by day and tier, with the all-frontier line. The table below has the figures.")
	d.grid(svg)
	for bar := range d.count() {
		d.stack(svg, bar)
		d.unknown(svg, bar)
		d.name(svg, bar)
	}
	d.line(svg)
	return element("div", "chart", svg)
}

func (d days) y(value float64) string {
	return places(plotTop+plotHeight*(1-d.axis.of(value)), 2)
}

func (d days) grid(svg *html.Node) {
	for _, tick := range d.axis.ticks() {
		svg.AppendChild(shape("line", "grid", "x1", "0", "x2", "100%", "y1", d.y(tick), "y2", d.y(tick)))
		label := shape("text", "tick", "x", "-8", "y", d.y(tick), "dy", "4", "text-anchor", "end")
		label.AppendChild(text(d.axis.label(tick)))
		svg.AppendChild(label)
	}
}

// stack is one bar, the cheapest tier at the foot.
func (d days) stack(svg *html.Node, bar int) {
	const fill = 0.64 // of the room of a bar
	x, width := (float64(bar)+(1-fill)/2)/float64(d.count()), fill/float64(d.count())
	base := 0.0
	for _, tier := range tiers() {
		value := d.tierSpent(bar, tier)
		if value <= 0 {
			continue
		}
		height := plotHeight * (d.axis.of(base+value) - d.axis.of(base))
		rect := shape("rect", "bar "+lane(tier), "x", percents(x), "width", percents(width), "y", d.y(base+value), "height", places(height, 2))
		base += value
		svg.AppendChild(d.marked(rect, bar, tier))
	}
}

func tiers() []string { return []string{"local", "efficient", "mid", "frontier", ""} }

func (d days) tierSpent(bar int, tier string) (sum float64) {
	for _, day := range d.of(bar) {
		for _, t := range day.ByTier {
			if value, known := size(t.Cost); known && t.Tier == tier {
				sum += value
			}
		}
	}
	return sum
}

// marked gives a part of a bar its figure. A bar of several days has none: it
// is a sum of the page's own.
func (d days) marked(rect *html.Node, bar int, tier string) *html.Node {
	if d.span > 1 {
		return rect
	}
	for at, t := range d.all[bar].ByTier {
		if t.Tier == tier {
			words := fmt.Sprintf("%s, %s: %s", d.all[bar].Day, tierWord(tier), dollars(t.Cost))
			return mark(rect, fmt.Sprintf("by_day.%d.by_tier.%d.cost_usd", bar, at), t.Cost, words)
		}
	}
	return rect
}

// unknown marks a bar of which nothing is known: it is not one of $0.
func (d days) unknown(svg *html.Node, bar int) {
	records, left := 0, 0
	for _, day := range d.of(bar) {
		records, left = records+day.Records, left+day.Unpriced+day.Unknown
	}
	if records == 0 || left < records {
		return
	}
	label := shape("text", "tick", "x", d.middle(bar), "y", strconv.Itoa(plotTop+plotHeight-6), "text-anchor", "middle")
	label.AppendChild(text("?"))
	label.AppendChild(element("title", "", text(line(d.of(bar)[0].Day, maxName)+": unknown")))
	svg.AppendChild(label)
}

// line is the all-frontier line. It breaks where nothing was compared.
func (d days) line(svg *html.Node) {
	var points, drawn []*html.Node
	before := -1
	for bar := range d.count() {
		value, ok := d.baseline(bar)
		if !ok {
			continue
		}
		point := shape("circle", "all-frontier", "cx", d.middle(bar), "cy", d.y(value), "r", "3.5")
		if d.span == 1 {
			mark(point, fmt.Sprintf("by_day.%d.baseline_usd", bar), d.all[bar].Baseline, d.all[bar].Day+", all-frontier: "+dollars(d.all[bar].Baseline))
		}
		points = append(points, point)
		if before == bar-1 && before >= 0 {
			was, _ := d.baseline(before)
			drawn = append(drawn, shape("line", "all-frontier", "x1", d.middle(before), "x2", d.middle(bar), "y1", d.y(was), "y2", d.y(value)))
		}
		before = bar
	}
	for _, n := range append(drawn, points...) {
		svg.AppendChild(n)
	}
}

func (d days) middle(bar int) string { return percents((float64(bar) + 0.5) / float64(d.count())) }

// every is how many bars share one label.
func every(bars int) int { return (bars + mostLabels - 1) / mostLabels }

// name writes a bar's first day below it, on as many bars as there is room
// for, and the month where it begins.
func (d days) name(svg *html.Node, bar int) {
	if bar%every(d.count()) != 0 {
		return
	}
	day, err := time.Parse(time.DateOnly, d.of(bar)[0].Day)
	if err != nil {
		return // an axis without a label is still an axis
	}
	date := day.Format("2")
	if bar == 0 || day.Day() <= d.span*every(d.count()) {
		date = day.Format("2 Jan")
	}
	for i, words := range []string{day.Format("Mon"), date} {
		label := shape("text", "tick", "x", d.middle(bar), "y", strconv.Itoa(plotTop+plotHeight+16+14*i), "text-anchor", "middle")
		label.AppendChild(text(words))
		svg.AppendChild(label)
	}
}
