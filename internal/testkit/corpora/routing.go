package main

import (
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/money"
)

// easy is section (c): routine work that may go down.
func (p *page) easy() {
	p.title("c. docs, tests and config without evidence of criticality, as the diff of a trusted brief, at efficient or below")
	rows := p.those(row.easy)
	lines := [][]string{p.low("all", rows)}
	for _, kind := range backtest.Kinds() {
		if own := p.those(func(r row) bool { return r.easy() && r.Label4 == kind }); len(own) > 0 {
			lines = append(lines, p.low(string(kind), own))
		}
	}
	for _, repo := range groups(rows, func(r row) string { return r.Repo }) {
		lines = append(lines, p.low(repo, p.those(func(r row) bool { return r.easy() && r.Repo == repo })))
	}
	p.table("class or repository | efficient or below | natural mix | at frontier | locked", lines)
	var up []row
	for _, r := range rows {
		if !routine(p.found[r.SHA][asBrief]) {
			up = append(up, r)
		}
	}
	p.tally(fmt.Sprintf("what kept the other %d up (decisive rules; one commit may have several)", len(up)), up, func(o outcome) []string { return o.carried }, asBrief)
	p.tally("the signals that fired in them", up, func(o outcome) []string { return o.signals }, asBrief)
}

func (p *page) low(name string, rows []row) []string {
	return []string{
		name, p.part(rows, asBrief, routine), p.weighted(rows, asBrief, routine), p.part(rows, asBrief, atFrontier), p.part(rows, asBrief, isLocked),
	}
}

func (p *page) weighted(rows []row, w words, is func(outcome) bool) string {
	var part, all int64
	for _, r := range rows {
		all += r.milli()
		if is(p.found[r.SHA][w]) {
			part += r.milli()
		}
	}
	if all == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(all))
}

func (p *page) tally(title string, rows []row, of func(outcome) []string, w words) {
	n := map[string]int{}
	for _, r := range rows {
		for _, word := range of(p.found[r.SHA][w]) {
			n[word]++
		}
	}
	fmt.Fprintf(&p.out, "%s:\n", title)
	for _, c := range counts(n) {
		fmt.Fprintf(&p.out, "  %5d  %s\n", c.n, c.word)
	}
}

// locked is section (d): the share of everything that is locked, and by what.
func (p *page) locked() {
	p.title("d. locked, of the label stratum, by what locks")
	rows := p.those(func(r row) bool { return r.Stratum == "label" })
	var lines [][]string
	add := func(name string, is func(outcome) bool) {
		lines = append(lines, []string{
			name, p.part(rows, asTitle, is), p.weighted(rows, asTitle, is), p.part(rows, noWords, is), p.weighted(rows, noWords, is), p.part(rows, asBrief, is), p.weighted(rows, asBrief, is),
		})
	}
	add("at frontier", atFrontier)
	add("locked", isLocked)
	for _, rule := range p.rules(rows) {
		add("  "+rule, func(o outcome) bool { return slices.Contains(o.locks, rule) })
	}
	add("at efficient or below", routine)
	p.table("share of everything | title | natural | none | natural | trusted brief | natural", lines)
}

func (p *page) rules(rows []row) []string {
	var all []string
	for _, r := range rows {
		for w := range allWords {
			all = append(all, p.found[r.SHA][w].locks...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// saving is section (e): what routing would save on the natural mix.
func (p *page) saving() {
	p.title("e. projected saving on the natural mix (label stratum, weighted)")
	rows := p.those(func(r row) bool { return r.Stratum == "label" })
	var lines [][]string
	for w := range allWords {
		var cost, baseline, left int64
		for _, r := range rows {
			s := p.found[r.SHA][w].spend
			if s.Cost.State != money.Priced || s.Baseline.State != money.Priced {
				left++
				continue
			}
			cost += int64(s.Cost.Nano) / 1000 * r.milli()
			baseline += int64(s.Baseline.Nano) / 1000 * r.milli()
		}
		percent := "-"
		if baseline > 0 {
			percent = fmt.Sprintf("%.1f %%", 100*float64(baseline-cost)/float64(baseline))
		}
		lines = append(lines, []string{w.String(), money.Nano(cost).Dollars(), money.Nano(baseline).Dollars(), percent, fmt.Sprint(left)})
	}
	p.table("words | cost | all on the baseline | saved | unpriced", lines)
}
