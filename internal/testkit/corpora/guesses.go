package main

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/backtest"
)

// guesses is section (a): the best guess against the author's own label.
func (p *page) guesses() {
	rows := p.those(row.labelled)
	for _, w := range []words{asTitle, noWords} {
		p.title("a. best guess against the author's label, " + w.String())
		balanced, natural := p.confusion(rows, w, func(row) int64 { return 1 }), p.confusion(rows, w, row.milli)
		p.scores("balanced", balanced)
		p.scores("natural mix", natural)
		p.table("balanced, author \\ guess | code | config | docs | tests", cells(balanced))
	}
	p.title("a. by repository: macro-F1 balanced and natural, with the title and without words")
	var lines [][]string
	for _, repo := range groups(rows, func(r row) string { return r.Repo }) {
		line := []string{repo}
		own := p.those(func(r row) bool { return r.labelled() && r.Repo == repo })
		for _, w := range []words{asTitle, noWords} {
			for _, weight := range []func(row) int64{func(row) int64 { return 1 }, row.milli} {
				c := p.confusion(own, w, weight)
				line = append(line, number(c.MacroF1()))
			}
		}
		lines = append(lines, line)
	}
	p.table("repository | title, balanced | title, natural | none, balanced | none, natural", lines)
}

func (w words) String() string {
	return [...]string{"without words", "subject as title", "subject as trusted brief"}[w]
}

func (p *page) confusion(rows []row, w words, weight func(row) int64) backtest.Confusion {
	var c backtest.Confusion
	for _, r := range rows {
		c.Add(r.Label4, p.found[r.SHA][w].kind, weight(r))
	}
	return c
}

func (p *page) scores(name string, c backtest.Confusion) {
	fmt.Fprintf(&p.out, "%s: macro-F1 %.3f, accuracy %.3f\n", name, c.MacroF1(), c.Accuracy())
	var lines [][]string
	for _, s := range c.Scores() {
		lines = append(lines, []string{"  " + string(s.Kind), number(s.Precision), number(s.Recall), number(s.F1)})
	}
	p.table("  kind | precision | recall | F1", lines)
}

func cells(c backtest.Confusion) [][]string {
	var lines [][]string
	for _, said := range backtest.Kinds() {
		line := []string{string(said)}
		for _, guessed := range backtest.Kinds() {
			line = append(line, fmt.Sprint(c.Cell(said, guessed)))
		}
		lines = append(lines, line)
	}
	return lines
}
