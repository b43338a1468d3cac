package page

import (
	"fmt"

	"golang.org/x/net/html"

	"github.com/tierwise/tierwise/internal/weekly"
)

func suggestions(all []weekly.Suggestion) *html.Node {
	if len(all) == 0 {
		return nil
	}
	list := lines("ol", "suggestions")
	for _, s := range all {
		item := element("li", "", paragraph("", phrase(s.Text)))
		if s.Patch != "" {
			item.AppendChild(with(element("pre", "", text(patch(s.Patch))), "tabindex", "0", "aria-label", "change to the policy"))
		}
		list.AppendChild(item)
		list.AppendChild(text("\n"))
	}
	return section("suggestions", "Suggestions", list)
}

// hindsight shows the shares that people's flags give, with their intervals.
func hindsight(n weekly.Numbers) *html.Node {
	const id, heading = "efficiency", "Was the tier right?"
	e, p := n.Efficiency, n.Placement
	if e.Coverage.Of == 0 {
		return section(id, heading, paragraph("muted", "No task of this window was routed and finished by a tier, so there is nothing to review."))
	}
	rows := []struct {
		path, words string
		share       weekly.Share
	}{
		{"efficiency.right", "Right, of the reviewed", e.Right},
		{"efficiency.coverage", "Reviewed, of all that was routed", e.Coverage},
		{"placement.efficient", "Efficient or below, of all that was routed", p.Efficient},
		{"placement.reviewed_efficient", "Efficient or below, of the reviewed", p.ReviewedEfficient},
		{"placement.should", "Should have been, of the reviewed", p.Should},
	}
	chart := bars{label: "Routing efficiency and placement, in percent", axis: shares()}
	t := table{caption: "Routing efficiency and placement", columns: []column{words("Share"), figures("Value"), figures("95 % interval"), figures("Of")}}
	for _, r := range rows {
		chart.rows = append(chart.rows, barRow{name: text(r.words), value: part(r.path, r.share), marks: shareMarks(r.path, r.share)})
		t.rows = append(t.rows, []*html.Node{text(r.words), part(r.path, r.share), intervalOf(r.path, r.share), ofWhole(r.path, r.share)})
	}
	return section(id, heading, paragraph("muted", dollarWeighted(e)...), legend(dotKey("share"), intervalKey()), chart.node(), t.node())
}

func intervalOf(path string, s weekly.Share) *html.Node {
	if s.Of == 0 {
		return unknown()
	}
	return interval(path, s)
}

func dollarWeighted(e weekly.Efficiency) []any {
	if e.Right.Of == 0 {
		return []any{"Nobody has said yet. What is not reviewed counts neither as right nor as wrong."}
	}
	if amount, known := size(e.ReviewedUSD); !known || amount <= 0 {
		return []any{"Weighted by dollars: unknown, no reviewed task has a known cost above $0."}
	}
	return []any{
		"Weighted by dollars: ", percent("efficiency.right_usd_share", e.RightPart), ", ", usd("efficiency.right_usd", e.RightUSD), " of ",
		usd("efficiency.reviewed_usd", e.ReviewedUSD), " reviewed.",
	}
}

// escalations are the shares that went up a tier, against the share at which
// starting higher costs the same.
func escalations(all []weekly.Escalation) *html.Node {
	const id, heading = "escalations", "Escalations against their break-even"
	if len(all) == 0 {
		return section(id, heading, paragraph("muted", "No task of this window went up a tier, so there is nothing to compare."))
	}
	chart := bars{label: "Escalated share with its break-even, in percent", axis: shares()}
	for i, e := range all[:min(len(all), mostRows)] {
		path := fmt.Sprintf("escalations.%d", i)
		chart.rows = append(chart.rows, barRow{
			group: e.Task, name: modelName(e.Provider, e.Model),
			value: part(path+".share", e.Share), marks: append(shareMarks(path+".share", e.Share), evenMark(path, e)),
		})
	}
	even := key{shape("line", "even", "x1", "9", "x2", "9", "y1", "0", "y2", "12"), "break-even: above it, starting higher is cheaper"}
	return section(id, heading, legend(dotKey("escalated"), intervalKey(), even), chart.node(), escalationTable(all))
}

func evenMark(path string, e weekly.Escalation) *html.Node {
	x := shares().at(e.Bound)
	line := shape("line", "even", "x1", x, "x2", x, "y1", "-1", "y2", "19")
	return mark(line, path+".break_even", exact(e.Bound), fmt.Sprintf("break-even %.0f %%", 100*e.Bound))
}

func escalationTable(all []weekly.Escalation) *html.Node {
	t := table{caption: "Escalations against their break-even", short: 12, columns: []column{
		words("Task"), words("From → to"), words("Model"), figures("Escalated"), figures("Of"), figures("95 % interval"), figures("Break-even"),
		figures("Cost from"), figures("Cost to"), figures("Left out"), words("Verdict"),
	}}
	for i, e := range all {
		path := fmt.Sprintf("escalations.%d", i)
		t.rows = append(t.rows, []*html.Node{
			name(e.Task, "no task"), text(tierWord(e.From) + " → " + tierWord(e.To)), modelName(e.Provider, e.Model), part(path+".share", e.Share),
			ofWhole(path+".share", e.Share), intervalOf(path+".share", e.Share), rough(path+".break_even", e.Bound), usd(path+".cost_from_usd", e.CostFrom),
			usd(path+".cost_to_usd", e.CostTo), number(path+".left_out", e.LeftOut), verdict(e),
		})
	}
	return t.node()
}

func verdict(e weekly.Escalation) *html.Node {
	switch {
	case e.Dearer:
		return element("strong", "", text("start at "+tierWord(e.To)))
	case e.Share.High > e.Bound:
		return text("not clear")
	default:
		return text("escalating pays")
	}
}

// overrides are the labels by which people moved a tier.
func overrides(o weekly.Overrides) *html.Node {
	const id, heading = "overrides", "Overrides by label"
	if len(o.ByTask) == 0 {
		return section(id, heading, paragraph("muted", "No label moved a tier in this window."))
	}
	sum := paragraph("muted", number("overrides.raised", o.Raised), " raised, ", number("overrides.lowered", o.Lowered), " lowered, ", number("overrides.refused", o.Refused), " refused.")
	return section(id, heading, sum, legend(swatch("l-raised", "raised"), swatch("l-lowered", "lowered"), swatch("l-refused", "refused")),
		overrideBars(o.ByTask[:min(len(o.ByTask), mostRows)]).node(), overrideTable(o.ByTask))
}

func overrideBars(all []weekly.TaskLabels) bars {
	largest := 0
	for _, l := range all {
		largest = max(largest, l.Raised+l.Lowered+l.Refused)
	}
	b := bars{label: "Labels by task", axis: counts(largest)}
	for i, l := range all {
		row := barRow{name: element("strong", "", name(l.Task, "no task")), value: text(thousands(l.Raised + l.Lowered + l.Refused))}
		from := 0
		for _, part := range []struct {
			field string
			n     int
		}{{"raised", l.Raised}, {"lowered", l.Lowered}, {"refused", l.Refused}} {
			if part.n > 0 {
				shape := bar(b.axis, float64(from), float64(from+part.n), "bar l-"+part.field)
				row.marks = append(row.marks, mark(shape, fmt.Sprintf("overrides.by_task.%d.%s", i, part.field), fmt.Sprint(part.n), thousands(part.n)+" "+part.field))
			}
			from += part.n
		}
		b.rows = append(b.rows, row)
	}
	return b
}

func overrideTable(all []weekly.TaskLabels) *html.Node {
	t := table{caption: "Labels by task", short: 12, columns: []column{words("Task"), figures("Raised"), figures("Lowered"), figures("Refused")}}
	for i, l := range all {
		path := fmt.Sprintf("overrides.by_task.%d", i)
		t.rows = append(t.rows, []*html.Node{name(l.Task, "no task"), number(path+".raised", l.Raised), number(path+".lowered", l.Lowered), number(path+".refused", l.Refused)})
	}
	return t.node()
}
