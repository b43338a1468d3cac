package page

import (
	"fmt"

	"golang.org/x/net/html"

	"github.com/tierwise/tierwise/internal/weekly"
)

// three are the numbers that matter first.
func three(n weekly.Numbers) *html.Node {
	return lines("div", "three", spend(n.Spend), sessions(n.Sessions), efficiency(n.Efficiency))
}

// card is one of the three: what it is, the number, and what stands behind it.
func card(heading string, big *html.Node, details ...*html.Node) *html.Node {
	children := append([]*html.Node{element("h2", "", text(heading)), element("p", "big", big)}, details...)
	return lines("section", "card", children...)
}

func spend(t weekly.Total) *html.Node {
	details := []*html.Node{paragraph("", counted("spend.records", t.Records, "task"))}
	if t.Compared > 0 {
		details = append(details, paragraph("", "saved ", usd("spend.saved_usd", t.Saved), " (", percent("spend.saved_share", t.SavedPart), ") against ",
			usd("spend.baseline_usd", t.Baseline), " all-frontier, with ", usd("spend.compared_cost_usd", t.ComparedCost), " spent, over ", counted("spend.compared", t.Compared, "task")))
	}
	if t.Unpriced+t.Unknown > 0 {
		details = append(details, paragraph("left-out", "left out: ", number("spend.unpriced", t.Unpriced), " unpriced, ", number("spend.unknown", t.Unknown), " unknown"))
	}
	return card("Total spend", cost("spend", t), details...)
}

func sessions(s weekly.Sessions) *html.Node {
	return card("Average cost a session", usd("sessions.mean_usd", s.Mean),
		paragraph("", "median ", usd("sessions.median_usd", s.Median), ", 95th percentile ", usd("sessions.p95_usd", s.P95)),
		paragraph("", "over ", number("sessions.priced", s.Priced), " of ", counted("sessions.sessions", s.Sessions, "session"), " with every cost known"))
}

func efficiency(e weekly.Efficiency) *html.Node {
	const heading = "Routing efficiency"
	if e.Right.Of == 0 {
		return card(heading, unknown(),
			paragraph("", "none of ", counted("efficiency.coverage.of", e.Coverage.Of, "task"), " reviewed"),
			paragraph("", "Say what was right with ", element("code", "", text("/flag <task> right"))))
	}
	return card(heading, part("efficiency.right", e.Right),
		paragraph("", "95 % interval ", interval("efficiency.right", e.Right)),
		paragraph("", ofWhole("efficiency.right", e.Right), " reviewed were right; ", number("efficiency.cheaper", e.Cheaper), " too dear, ",
			number("efficiency.frontier", e.Frontier), " too cheap"),
		paragraph("", "coverage ", part("efficiency.coverage", e.Coverage), ": ", ofWhole("efficiency.coverage", e.Coverage), " tasks"))
}

// gaps says what the totals leave out, and what stands beside them.
func gaps(n weekly.Numbers) *html.Node {
	var list []*html.Node
	add := func(count int, pieces ...any) {
		if count > 0 {
			list = append(list, element("li", "", run(pieces...)...))
		}
	}
	g := n.Gaps
	add(g.Unpriced, counted("gaps.unpriced", g.Unpriced, "task"), " without a price: ", models(g.UnpricedModels))
	add(g.Unknown, counted("gaps.unknown", g.Unknown, "task"), " whose usage was not reported: unknown, not $0")
	add(g.Unfinished, counted("gaps.unfinished", g.Unfinished, "task"), " begun and never finished: what they spent is unknown, ", bound(g))
	add(g.Unread, counted("gaps.unread", g.Unread, "line"), " of the ledger could not be read and count for nothing")
	add(g.FlagsAstray, counted("gaps.flags_astray", g.FlagsAstray, "flag"), " about no record of this window")
	add(n.Overrides.FlagsRefused, counted("overrides.flags_refused", n.Overrides.FlagsRefused, "flag"), " refused: their authors may not flag by this policy")
	add(n.Reuse.Reused, counted("reuse.reused", n.Reuse.Reused, "task"), " from kept answers, which spared about ", spared(n.Reuse))
	add(n.Observed.Records, counted("observed.records", n.Observed.Records, "task"), " only observed; ", observed(n.Observed))
	add(n.Efficiency.LeftOut, counted("efficiency.left_out", n.Efficiency.LeftOut, "finished task"), " that nothing here routed, observed or recorded: not in routing efficiency, coverage and placement")
	if list == nil {
		return nil
	}
	return section("gaps", "What the totals leave out", lines("ul", "facts", list...))
}

func bound(g weekly.Gaps) *html.Node {
	if g.Unbounded >= g.Unfinished {
		return span("", "and ", number("gaps.unbounded", g.Unbounded), " of them have no bound")
	}
	most := span("", "at most ", usd("gaps.unfinished_bound_usd", g.UnfinishedBound), " if each call was tried once") // a try that broke may bill, too
	if g.Unbounded > 0 {
		return span("", most, ", and ", number("gaps.unbounded", g.Unbounded), " have no bound")
	}
	return most
}

func spared(r weekly.Reuse) *html.Node {
	switch {
	case r.Unknown >= r.Reused:
		return unknown()
	case r.Unknown > 0:
		return span("", usd("reuse.avoided_usd", r.Avoided), " beside ", number("reuse.unknown", r.Unknown), " of unknown size")
	default:
		return usd("reuse.avoided_usd", r.Avoided)
	}
}

func observed(o weekly.Observed) *html.Node {
	if o.Compared == 0 {
		return span("", "none of them can be compared with what the policy leads to")
	}
	return span("", "of the ", number("observed.compared", o.Compared), " that can be compared, ", usd("observed.cost_usd", o.Cost), " was spent where the policy leads to ", usd("observed.would_usd", o.Would))
}

func models(all []weekly.NameCount) *html.Node {
	const most = 5
	list := span("")
	for i, one := range all[:min(len(all), most)] {
		if i > 0 {
			list.AppendChild(text(", "))
		}
		list.AppendChild(span("", name(one.Name, "no model"), " (", number(fmt.Sprintf("gaps.unpriced_models.%d.count", i), one.Count), ")"))
	}
	if len(all) > most {
		list.AppendChild(text(fmt.Sprintf(", and %d more models", len(all)-most)))
	}
	return list
}
