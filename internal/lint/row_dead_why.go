package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/route"
)

// maxCovering bounds the rows that are named as covering another.
const maxCovering = 4

// why says what makes a dead row needless: the rows that decide wherever it
// fits, the fewest first.
func (d *deadRows) why(i int) string {
	row := d.table[i]
	open := map[uint16]bool{}
	for _, at := range d.fits[i] {
		open[at] = true
	}
	if row.Tier == d.standard {
		for at := range open { // where no row lowers, the default says so already
			if s := d.stand[at]; s.base(d.standard) == d.standard {
				delete(open, at)
			}
		}
		if len(open) == 0 {
			return fmt.Sprintf("%s is the default, and no row places lower what this one fits", row.Tier)
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
// nothing is; none where that takes too many.
func (d *deadRows) cover(i int, open map[uint16]bool) []string {
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
		c := route.ConditionOf(d.table[best], d.standard)
		for at := range open {
			if c.Fits(d.works[at]) {
				delete(open, at)
			}
		}
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
func (d *deadRows) decides(j, i int, open map[uint16]bool) int {
	mine, other := d.table[i].Tier, d.table[j].Tier
	if j == i || d.dead[j] || other < mine && mine >= d.standard || mine < d.standard && other > mine && other < d.standard {
		return 0
	}
	c := route.ConditionOf(d.table[j], d.standard)
	n := 0
	for at := range open {
		if c.Fits(d.works[at]) {
			n++
		}
	}
	return n
}
