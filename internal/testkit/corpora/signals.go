package main

import (
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// signals is section (f): how often each signal fires, where it should and
// where it should not.
func (p *page) signals() {
	for _, w := range []words{noWords, asTitle} {
		p.title("f. signals, " + w.String())
		critical, easy, plain := p.those(row.ofOwnCode), p.those(row.easy), p.those(row.plain)
		var lines [][]string
		for _, s := range signal.All() {
			fired := func(o outcome) bool { return slices.Contains(o.signals, s.ID) }
			lines = append(lines, []string{
				s.ID, p.part(p.rows, w, fired), p.part(critical, w, fired), p.part(easy, w, fired), p.part(plain, w, fired),
			})
		}
		p.table("signal | all | critical | easy | code without evidence", lines)
		p.security(w, critical, slices.Concat(easy, plain))
	}
}

// security scores the signals that bring a domain with much at stake: precision
// is over the critical commits and those without any evidence.
func (p *page) security(w words, critical, harmless []row) {
	var lines [][]string
	add := func(name string, fired func(outcome) bool) {
		right, wrong := p.how(critical, w, fired), p.how(harmless, w, fired)
		if right+wrong > 0 {
			lines = append(lines, []string{name, number(float64(right) / float64(right+wrong)), number(float64(right) / float64(max(1, len(critical)))), fmt.Sprint(right), fmt.Sprint(wrong)})
		}
	}
	var ids []string
	for _, s := range signal.All() {
		if slices.Contains(s.Domains, task.Security) || slices.Contains(s.Domains, task.Schema) {
			ids = append(ids, s.ID)
			add(s.ID, func(o outcome) bool { return slices.Contains(o.signals, s.ID) })
		}
	}
	add("any of them", func(o outcome) bool {
		return slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(o.signals, id) })
	})
	add("at frontier", atFrontier)
	fmt.Fprintf(&p.out, "signals of domain security or schema: right on critical, wrong on easy and on code without evidence\n")
	p.table("signal | precision | recall | right | wrong", lines)
}

func (p *page) how(rows []row, w words, is func(outcome) bool) int {
	n := 0
	for _, r := range rows {
		if is(p.found[r.SHA][w]) {
			n++
		}
	}
	return n
}
