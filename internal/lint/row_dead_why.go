package lint

import (
	"fmt"
	"slices"
	"strings"
)

// maxCovering bounds the rows that are named as covering another.
const maxCovering = 4

// why says what makes a dead row needless: the rows that decide wherever it
// fits, the fewest first.
func (d *deadRows) why(i int) string {
	tier := d.table[i].Tier
	open := slices.Clone(d.fits[i])
	if tier == d.standard { // where no row lowers, the default says so already
		open = slices.DeleteFunc(open, func(at uint16) bool { return d.stand[at].base(d.standard) == d.standard })
		if len(open) == 0 {
			return fmt.Sprintf("%s is the default, and no row places lower what this one fits", tier)
		}
	}
	names := d.cover(i, open)
	switch {
	case len(names) == 0:
		return "other rows together decide wherever it fits"
	case len(names) == 1:
		return fmt.Sprintf("the row %s decides wherever it fits", names[0])
	default:
		return fmt.Sprintf("the rows %s and %s decide wherever it fits", strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
	}
}

// cover picks rows, each the one that decides most of what is open, until
// nothing is; none where that takes too many. It uses open up.
func (d *deadRows) cover(i int, open []uint16) []string {
	var chosen []int
	for len(open) > 0 {
		best, most := -1, 0
		for j := range d.table {
			if n := d.decides(j, i, open); n > most {
				best, most = j, n
			}
		}
		if best < 0 || len(chosen) == maxCovering {
			return nil
		}
		chosen = append(chosen, best)
		open = slices.DeleteFunc(open, func(at uint16) bool { return d.conditions[best].Fits(d.works[at]) })
	}
	slices.Sort(chosen)
	names := make([]string, len(chosen))
	for n, j := range chosen {
		names[n] = fmt.Sprintf("at line %d (%s)", d.table[j].Pos.Line, d.table[j].Tier)
	}
	return names
}

// decides counts the open works for which a row makes another needless: one
// that raises as high or higher, or that lowers as low or lower.
func (d *deadRows) decides(j, i int, open []uint16) int {
	mine, other := d.table[i].Tier, d.table[j].Tier
	if j == i || d.dead[j] || other < mine && mine >= d.standard || mine < d.standard && other > mine && other < d.standard {
		return 0
	}
	n := 0
	for _, at := range open {
		if d.conditions[j].Fits(d.works[at]) {
			n++
		}
	}
	return n
}
