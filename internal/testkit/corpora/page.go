package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/tierwise/tierwise/internal/policy"
)

// page is everything that is printed, in the order of the sections.
type page struct {
	rows   []row
	found  map[string]measured
	lost   []string
	policy string
	misses int
	out    strings.Builder
}

func write(w io.Writer, p page) error {
	p.rows = slices.DeleteFunc(slices.Clone(p.rows), func(r row) bool { _, ok := p.found[r.SHA]; return !ok })
	p.head()
	p.guesses()
	p.critical()
	p.easy()
	p.locked()
	p.saving()
	p.signals()
	_, err := io.WriteString(w, p.out.String())
	return err
}

func (p *page) head() {
	fmt.Fprintf(&p.out, "%d commits measured, policy %s.\n", len(p.rows), p.policy)
	for _, l := range p.lost {
		fmt.Fprintf(&p.out, "LOST %s\n", l)
	}
	p.out.WriteString("Words: none; title (the subject without its type, untrusted); brief (the same, trusted).\n")
}

func (p *page) title(text string) { fmt.Fprintf(&p.out, "\n== %s\n", text) }

// table writes rows of cells in columns.
func (p *page) table(head string, rows [][]string) {
	t := tabwriter.NewWriter(&p.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, strings.ReplaceAll(head, " | ", "\t"))
	for _, cells := range rows {
		fmt.Fprintln(t, strings.Join(cells, "\t"))
	}
	t.Flush() //nolint:errcheck // a builder takes everything
}

// those gives the rows that are wanted.
func (p *page) those(want func(row) bool) []row {
	var rows []row
	for _, r := range p.rows {
		if want(r) {
			rows = append(rows, r)
		}
	}
	return rows
}

// part gives how many of the rows are, and their share.
func (p *page) part(rows []row, w words, is func(outcome) bool) string {
	n := 0
	for _, r := range rows {
		if is(p.found[r.SHA][w]) {
			n++
		}
	}
	return ratio(n, len(rows))
}

func ratio(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%d/%d %5.1f %%", n, of, 100*float64(n)/float64(of))
}

func number(f float64) string { return fmt.Sprintf("%.3f", f) }

func atFrontier(o outcome) bool { return o.tier == policy.Frontier }
func routine(o outcome) bool    { return o.tier <= policy.Efficient }
func isLocked(o outcome) bool   { return o.locked }

// count is one word and how often it came.
type count struct {
	word string
	n    int
}

// counts sorts by number and then by word.
func counts(of map[string]int) []count {
	var list []count
	for _, word := range slices.Sorted(maps.Keys(of)) {
		list = append(list, count{word, of[word]})
	}
	slices.SortStableFunc(list, func(a, b count) int { return cmp.Compare(b.n, a.n) })
	return list
}

func groups(rows []row, key func(row) string) []string {
	seen := map[string]bool{}
	for _, r := range rows {
		seen[key(r)] = true
	}
	return slices.Sorted(maps.Keys(seen))
}
