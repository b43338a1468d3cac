package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/tierwise/tierwise/internal/weekly"
)

func totalColumns(first string) []column {
	return []column{words(first), figures("Tasks"), figures("Cost"), figures("Cost of the compared"), figures("All-frontier"), figures("Saved"), figures("Saved share"), figures("Left out")}
}

func totalCells(path string, t weekly.Total) []*html.Node {
	share := nothing()
	if t.Compared > 0 {
		share = percent(path+".saved_share", t.SavedPart)
	}
	return []*html.Node{
		number(path+".records", t.Records), cost(path, t), compared(path+".compared_cost_usd", t.ComparedCost, t), compared(path+".baseline_usd", t.Baseline, t), compared(path+".saved_usd", t.Saved, t),
		share, leftOut(path, t),
	}
}

func leftOut(path string, t weekly.Total) *html.Node {
	if t.Unpriced+t.Unknown == 0 {
		return span("muted", "none")
	}
	return span("", number(path+".unpriced", t.Unpriced), " unpriced, ", number(path+".unknown", t.Unknown), " unknown")
}

// byDay is the spend of each day by tier under the all-frontier line.
func byDay(n weekly.Numbers) *html.Node {
	const id, heading = "days", "Spend by day and tier"
	if n.Spend.Records == 0 {
		return section(id, heading, paragraph("muted", "Nothing was spent in this window."))
	}
	chart := newDays(n.ByDay)
	explained := append([]any{"Bars are what was spent where that is known, at the tier where a whole task ended; "}, lineWords(n.Spend)...)
	if chart.span > 1 {
		explained = append(explained, fmt.Sprintf(" Each bar is %d days.", chart.span))
	}
	keys := append(tierKeys(tiersOf(n)), key{shape("line", "all-frontier", "x1", "0", "x2", "18", "y1", "6", "y2", "6"), "all-frontier, of the tasks that could be compared"})
	return section(id, heading, paragraph("muted", explained...), legend(keys...), chart.node(), dayTable(n))
}

// lineWords say what the all-frontier line is of. Bars may hold more: the cost
// of tasks of which nobody knows what the baseline model would have cost.
func lineWords(t weekly.Total) []any {
	if t.Compared == 0 {
		return []any{"no task of this window could be compared with the baseline model, so there is no line."}
	}
	words := []any{
		"the line is the same work, all at the baseline model, of the ", number("spend.compared", t.Compared), " of ", counted("spend.records", t.Records, "task"),
		" that could be compared. These cost ", usd("spend.compared_cost_usd", t.ComparedCost), " of the ", usd("spend.cost_usd", t.Cost), " in the bars.",
	}
	if t.Compared < t.Records {
		words = append(words, " The others are not in the line: a bar that stands above it need not have been dearer.")
	}
	return words
}

func tiersOf(n weekly.Numbers) []string {
	var list []string
	for _, t := range tiers() {
		for _, g := range n.ByTier {
			if g.Name == t {
				list = append(list, t)
			}
		}
	}
	return list
}

func dayTable(n weekly.Numbers) *html.Node {
	t := table{caption: "Spend by day and tier", short: 14, columns: []column{words("Day"), figures("Tasks"), figures("Cost")}}
	shown := tiersOf(n)
	for _, tier := range shown {
		t.columns = append(t.columns, figures(tierWord(tier)))
	}
	t.columns = append(t.columns, figures("Cost of the compared"), figures("All-frontier"), figures("Saved"), figures("Left out"))
	for i, d := range n.ByDay {
		path := fmt.Sprintf("by_day.%d", i)
		row := []*html.Node{day(d.Day), number(path+".records", d.Records), cost(path, d.Total)}
		for _, tier := range shown {
			row = append(row, tierCell(path, d, tier, n.ByTier))
		}
		t.rows = append(t.rows, append(row, compared(path+".compared_cost_usd", d.ComparedCost, d.Total), compared(path+".baseline_usd", d.Baseline, d.Total), compared(path+".saved_usd", d.Saved, d.Total), leftOut(path, d.Total)))
	}
	return t.node()
}

// tierCell is what a tier spent on a day. $0 stands there only where nothing
// can have been left out of it.
func tierCell(path string, d weekly.Day, tier string, all []weekly.Group) *html.Node {
	for i, t := range d.ByTier {
		if t.Tier != tier {
			continue
		}
		if t.Cost == "0" && d.Unpriced+d.Unknown > 0 && leavesOut(tier, all) {
			return unknown()
		}
		return usd(fmt.Sprintf("%s.by_tier.%d.cost_usd", path, i), t.Cost)
	}
	return nothing()
}

func leavesOut(tier string, all []weekly.Group) bool {
	for _, g := range all {
		if g.Name == tier {
			return g.Unpriced+g.Unknown > 0
		}
	}
	return false
}

// mostRows is how many rows a chart draws; its table has all.
const mostRows = 24

// byTask is what a task cost on each model, as measured.
func byTask(n weekly.Numbers) *html.Node {
	const id, heading = "costs", "Cost a task, by model"
	if len(n.ModelCosts) == 0 {
		return section(id, heading, paragraph("muted", "No task of this window has a model and a known cost."))
	}
	drawn := n.ModelCosts[:min(len(n.ModelCosts), mostRows)]
	explained := "The mean of a task where it began, refused answers and failed tries included, as measured; with fewer than two there is no interval."
	if slices.ContainsFunc(n.ModelCosts, func(m weekly.ModelCost) bool { return m.Recorded }) {
		explained += " Recorded: another program did it and nothing was verified, so that its success is not known; a log of several models stands in no row."
	}
	if len(drawn) < len(n.ModelCosts) {
		explained += fmt.Sprintf(" The first %d of %d are drawn.", len(drawn), len(n.ModelCosts))
	}
	return section(id, heading, paragraph("muted", explained), legend(append(tierKeys(servedTiers(drawn)), intervalKey())...), costBars(drawn).node(), costTable(n.ModelCosts))
}

func servedTiers(all []weekly.ModelCost) []string {
	var list []string
	for _, t := range tiers() {
		for _, m := range all {
			if m.Tier == t {
				list = append(list, t)
				break
			}
		}
	}
	return list
}

func modelName(provider, model string) *html.Node {
	return name(strings.Trim(provider+"/"+model, "/"), "no model")
}

// measuredName marks what another program did: its success nobody verified.
func measuredName(m weekly.ModelCost) *html.Node {
	is := modelName(m.Provider, m.Model)
	if m.Recorded {
		return span("", is, ", recorded")
	}
	return is
}

func costBars(all []weekly.ModelCost) bars {
	largest := 0.0
	for _, m := range all {
		for _, amount := range []string{m.Mean, m.High} {
			if value, known := size(amount); known {
				largest = max(largest, value)
			}
		}
	}
	b := bars{label: "Cost a task by task and model, in dollars", axis: amounts(largest)}
	for i, m := range all {
		path := fmt.Sprintf("model_costs.%d", i)
		b.rows = append(b.rows, barRow{
			group: m.Task, name: measuredName(m),
			value: usd(path+".mean_usd", m.Mean), marks: costMarks(path, m, b.axis),
		})
	}
	return b
}

func costMarks(path string, m weekly.ModelCost, axis scale) []*html.Node {
	mean, known := size(m.Mean)
	if !known {
		return nil
	}
	words := fmt.Sprintf("%s on %s/%s: %s", line(m.Task, maxName), line(m.Provider, maxName), line(m.Model, maxName), dollars(m.Mean))
	marks := []*html.Node{mark(bar(axis, 0, mean, "bar "+lane(m.Tier)), path+".mean_usd", m.Mean, words)}
	low, lowKnown := size(m.Low)
	high, highKnown := size(m.High)
	if lowKnown && highKnown {
		marks = append(marks, whisker(axis, low, high))
	}
	return marks
}

func costTable(all []weekly.ModelCost) *html.Node {
	t := table{caption: "Cost a task as measured, beside the list price for a million tokens", short: 12, columns: []column{
		words("Task"), words("Model"), words("Tier"), figures("Tasks"), figures("Mean"), figures("95 % interval"), figures("Median"), figures("Success"), figures("List price in / out"),
	}}
	for i, m := range all {
		path := fmt.Sprintf("model_costs.%d", i)
		spread := unknown()
		if m.Low != "unknown" {
			spread = span("", usd(path+".low_usd", m.Low), " – ", usd(path+".high_usd", m.High))
		}
		model := measuredName(m)
		if m.DearerThan != "" {
			model = span("", model, element("span", "left-out below", run("lower list price, dearer task than ", name(m.DearerThan, ""))...))
		}
		t.rows = append(t.rows, []*html.Node{
			name(m.Task, "no task"), model, text(tierWord(m.Tier)), number(path+".records", m.Records), usd(path+".mean_usd", m.Mean), spread,
			usd(path+".median_usd", m.Median), success(path+".success", m.Success),
			span("", usd(path+".list_input_usd", m.ListInput), " / ", usd(path+".list_output_usd", m.ListOutput)),
		})
	}
	return t.node()
}

func success(path string, s weekly.Share) *html.Node {
	if s.Of == 0 {
		return unknown()
	}
	return span("", percent(path+".share", s.Share), " (", interval(path, s), ")")
}

// groups are the totals by name.
func groups(n weekly.Numbers) *html.Node {
	var tables []*html.Node
	for _, g := range []struct {
		path, heading, what, none string
		all                       []weekly.Group
	}{
		{"by_tier", "By tier", "Tier", "no tier", n.ByTier},
		{"by_task", "By task", "Task", "no task", n.ByTask},
		{"by_model", "By model", "Model", "no model", n.ByModel},
		{"by_repository", "By repository", "Repository", "no repository", n.ByRepository},
		{"by_agent", "By agent", "Agent", "", n.ByAgent},
	} {
		if len(g.all) > 0 {
			tables = append(tables, groupTable(g.path, g.heading, g.what, g.none, g.all))
		}
	}
	if tables == nil {
		return nil
	}
	where := paragraph("muted", "A whole task counts at the tier and the model where it ended. All-frontier and saved are of the tasks that could be compared; what these cost stands beside.")
	return section("groups", "Where it went", append([]*html.Node{where}, tables...)...)
}

// own is the name of what has none in a ledger: this program, among agents.
func own(path string) string {
	if path == "by_agent" {
		return "tierwise"
	}
	return ""
}

func groupTable(path, heading, what, none string, all []weekly.Group) *html.Node {
	t := table{caption: heading, columns: totalColumns(what), short: 10}
	for i, g := range all {
		at := fmt.Sprintf("%s.%d", path, i)
		is := name(cmp.Or(g.Name, own(path)), none)
		if g.Rest > 0 {
			is = span("", number(at+".rest", g.Rest), " more")
		}
		t.rows = append(t.rows, append([]*html.Node{is}, totalCells(at, g.Total)...))
	}
	return t.node()
}
