package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/sanitize"
)

// critical is section (b): what must be at frontier, and what is not.
func (p *page) critical() {
	p.title("b. critical commits of own code (strong, not circular) at frontier")
	rows := p.those(row.ofOwnCode)
	lines := [][]string{p.frontier("all", rows)}
	for _, kind := range kinds(rows) {
		lines = append(lines, p.frontier(kind, p.those(func(r row) bool { return r.ofOwnCode() && slices.Contains(r.Strong, kind) })))
	}
	for _, repo := range groups(rows, func(r row) string { return r.Repo }) {
		lines = append(lines, p.frontier(repo, p.those(func(r row) bool { return r.ofOwnCode() && r.Repo == repo })))
	}
	p.table("kind or repository | with the subject as title | without words | locked, title | locked, without words", lines)
	for _, w := range []words{noWords, asTitle} {
		p.missed(rows, w)
	}
}

func (p *page) frontier(name string, rows []row) []string {
	return []string{name, p.part(rows, asTitle, atFrontier), p.part(rows, noWords, atFrontier), p.part(rows, asTitle, isLocked), p.part(rows, noWords, isLocked)}
}

func kinds(rows []row) []string {
	var all []string
	for _, r := range rows {
		all = append(all, r.Strong...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// maxFiles bounds the files of one miss that are named.
const maxFiles = 6

func (p *page) missed(rows []row, w words) {
	rows = slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return atFrontier(p.found[r.SHA][w]) })
	fmt.Fprintf(&p.out, "\nmisses, %s: %d\n", w, len(rows))
	if p.misses > 0 {
		rows = rows[:min(len(rows), p.misses)]
	}
	for _, r := range rows {
		o := p.found[r.SHA][w]
		fmt.Fprintf(&p.out, "  %s %.12s [%s] %s, fired: %s\n    %s\n    %s\n", r.Repo, r.SHA, strings.Join(r.Strong, " "), o.tier,
			strings.Join(o.signals, " "), sanitize.LogLine(r.Subject), sanitize.LogLine(fileNames(r)))
	}
}

func fileNames(r row) string {
	var names []string
	for _, f := range r.Files[:min(len(r.Files), maxFiles)] {
		names = append(names, fmt.Sprintf("%s +%d -%d", f.Path, f.Add, f.Del))
	}
	if more := len(r.Files) - maxFiles; more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, ", ")
}
