package lint

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// placed is the tier that a decision gives to a brief by the table alone.
func placed(table []policy.Row, standard policy.Tier, f signal.Facts) policy.Tier {
	d := route.Decide(route.Input{Policy: &policy.File{Table: table, Default: standard}, Facts: f})
	tier := policy.Tier(0)
	for _, r := range d.Reasons {
		if r.Rule == "table" || r.Rule == "default" {
			tier = max(tier, r.Tier)
		}
	}
	return tier
}

// allFacts is the whole space, without the short cuts of the rule: what is
// known and not founded stands in it too, and all sets of shapes.
func allFacts(shapes []signal.Shape) []signal.Facts {
	var list []signal.Facts
	domains := task.Domains()[:4] // the tables of this test name all but the last
	for set := range 1 << len(domains) {
		var has []task.Domain
		for i, d := range domains {
			if set&(1<<i) != 0 {
				has = append(has, d)
			}
		}
		for scope := range task.CrossService + 1 {
			for ambiguity := task.Low; ambiguity <= task.High; ambiguity++ {
				for founded := range 4 {
					for some := range 1 << len(shapes) {
						f := signal.Facts{Domains: has, Scope: scope, Ambiguity: ambiguity}
						if founded&1 != 0 {
							f.Founded.Domains = has
						}
						if founded&2 != 0 {
							f.Founded.Scope = scope
						}
						for i, s := range shapes {
							if some&(1<<i) != 0 {
								f.Shapes = append(f.Shapes, s)
							}
						}
						list = append(list, f)
					}
				}
			}
		}
	}
	return list
}

func randomRow(r *rand.Rand, shapes []signal.Shape, standard policy.Tier) policy.Row {
	row := policy.Row{Scope: task.Scope(r.IntN(4)), Ambiguity: task.Ambiguity(r.IntN(4)), Tier: policy.Efficient + policy.Tier(r.IntN(3))}
	for _, d := range task.Domains()[:3] {
		if r.IntN(3) == 0 {
			row.Domains = append(row.Domains, d)
		}
	}
	for _, s := range shapes {
		if row.Tier < standard && r.IntN(4) == 0 {
			row.Shapes = append(row.Shapes, s)
		}
	}
	return row
}

// TestDeadRowsAreThoseWithoutWhichNothingMoves holds the rule against real
// decisions over the whole space: the dead rows can all go, and no other row
// could have gone.
func TestDeadRowsAreThoseWithoutWhichNothingMoves(t *testing.T) {
	t.Parallel()
	shapes := []signal.Shape{signal.RenameOnly, signal.PureTests}
	facts := allFacts(shapes)
	found := 0
	for seed := range uint64(25) {
		r := rand.New(rand.NewPCG(seed, 1))
		standard := policy.Mid + policy.Tier(r.IntN(2))
		var table []policy.Row
		for range 2 + r.IntN(5) {
			table = append(table, randomRow(r, shapes, standard))
		}
		d := findDead(table, standard)
		var left []policy.Row
		for i := range table {
			if !d.dead[i] {
				left = append(left, table[i])
			}
			if d.dead[i] {
				found++
			}
		}
		if f, same := sameEverywhere(table, left, standard, facts); !same {
			t.Fatalf("seed %d: dead rows are missed at %+v: %+v, dead %v", seed, f, table, d.dead)
		}
		for i := range table { // the dead rows behind it were taken out before it was asked
			if d.dead[i] {
				continue
			}
			with := slices.Clone(table[:i+1])
			for j := i + 1; j < len(table); j++ {
				if !d.dead[j] {
					with = append(with, table[j])
				}
			}
			if _, same := sameEverywhere(with, slices.Delete(slices.Clone(with), i, i+1), standard, facts); same {
				t.Fatalf("seed %d: row %+v of %+v is dead and was not found", seed, table[i], table)
			}
		}
	}
	if found < 15 {
		t.Errorf("only %d dead rows: the tables tell nothing", found)
	}
}

func sameEverywhere(a, b []policy.Row, standard policy.Tier, facts []signal.Facts) (signal.Facts, bool) {
	for _, f := range facts {
		if placed(a, standard, f) != placed(b, standard, f) {
			return f, false
		}
	}
	return signal.Facts{}, true
}

func BenchmarkDeadRows(b *testing.B) {
	for _, shapes := range []int{0, 3, 9} {
		b.Run(fmt.Sprintf("200 rows, %d shapes", shapes), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 2))
			var table []policy.Row
			for range 200 {
				row := randomRow(r, signal.Shapes()[:shapes], policy.Mid)
				row.Domains = nil
				for _, d := range task.Domains() {
					if r.IntN(3) == 0 {
						row.Domains = append(row.Domains, d)
					}
				}
				table = append(table, row)
			}
			for b.Loop() {
				findDead(table, policy.Mid)
			}
		})
	}
}
