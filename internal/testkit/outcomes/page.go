package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/tierwise/tierwise/internal/policy"
)

// page is what is printed, section by section.
type page struct{ out strings.Builder }

func (p *page) line(format string, args ...any) { fmt.Fprintf(&p.out, format+"\n", args...) }

func (p *page) table(head string, rows [][]string) {
	t := tabwriter.NewWriter(&p.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, strings.ReplaceAll(head, " | ", "\t"))
	for _, cells := range rows {
		fmt.Fprintln(t, strings.Join(cells, "\t"))
	}
	t.Flush() //nolint:errcheck // a builder takes everything
}

// placed says where the policy sends each kind of task.
func (p *page) placed(rows []row, tiers []policy.Tier) {
	p.line("%d tasks. Where the built-in policy sends them, by their kind and words alone:", len(rows))
	var cells [][]string
	for _, kind := range []string{fixing, writing} {
		n := map[policy.Tier]int{}
		sum := 0
		for i, r := range rows {
			if r.Bench == kind {
				n[tiers[i]]++
				sum++
			}
		}
		cells = append(cells, []string{kind, fmt.Sprint(sum), fmt.Sprint(n[policy.Efficient]), fmt.Sprint(n[policy.Mid]), fmt.Sprint(n[policy.Frontier])})
	}
	p.table("kind | tasks | efficient | mid | frontier", cells)
}

// reading prints all pairs under one reading of the tiers.
func (p *page) reading(title string, all []judged) {
	p.line("\n== %s", title)
	dearer, little := 0, 0
	var saving []judged
	for _, j := range all {
		switch {
		case j.allCheap.Saved <= 0:
			dearer++
		case j.allCheap.Saved < worthwhile:
			little++
		default:
			saving = append(saving, j)
		}
	}
	p.line("%d pairs by list price. In %d (%.0f %%) the model that lists at most half costs more a task; in %d it saves less than %.0f %%. The other %d:",
		len(all), dearer, percent(dearer, len(all)), little, 100*worthwhile, len(saving))
	if len(saving) == 0 {
		return
	}
	p.table("way | saved: median | points lost: median | worst | lift in points: median | worst | over 0 in", [][]string{
		{"all on the dear model", "0.0 %", "0.0", "0.0", "0.0", "0.0", "-"},
		summed("all on the cheap model", saving, func(j judged) score { return j.allCheap }),
		{"a random mix at the same saving", "as the policy", "by definition", "", "0.0", "0.0", "-"},
		summed("the policy's placement", saving, func(j judged) score { return j.routed }),
		summed("cascade", saving, func(j judged) score { return j.cascade }),
		summed("placement, with the check below", saving, func(j judged) score { return j.both }),
	})
	p.swaps(saving)
	p.chance(saving)
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

func summed(name string, all []judged, of func(judged) score) []string {
	var saved, lost, lift []float64
	over := 0
	for _, j := range all {
		s := of(j)
		saved, lost, lift = append(saved, 100*s.Saved), append(lost, 100*s.Lost), append(lift, 100*s.Lift)
		if s.Lift > 0 {
			over++
		}
	}
	return []string{
		name, fmt.Sprintf("%.1f %%", median(saved)), fmt.Sprintf("%.1f", median(lost)), fmt.Sprintf("%.1f", slices.Max(lost)),
		fmt.Sprintf("%.1f", median(lift)), fmt.Sprintf("%.1f", slices.Min(lift)), fmt.Sprintf("%d of %d", over, len(all)),
	}
}

// swaps compares with the best single other model, which hindsight chose.
func (p *page) swaps(all []judged) {
	var lost []float64
	better, none := 0, 0
	for _, j := range all {
		if j.swap == "" {
			none++
			continue
		}
		lost = append(lost, 100*j.swapped.Lost)
		if j.swapped.Lost < j.routed.Lost {
			better++
		}
	}
	if len(lost) == 0 {
		p.line("Best fixed swap: no other model saves as much.")
		return
	}
	p.line("Best fixed swap, chosen in hindsight among all models at no less saving: median %.1f points lost; it beats the placement in %d of %d pairs; none saves as much in %d.",
		median(lost), better, len(lost), none)
}

// chance says how far the lift is from luck.
func (p *page) chance(all []judged) {
	clear, worse, beyond, cascades := 0, 0, 0, 0
	for _, j := range all {
		if j.lift.low > 0 {
			clear++
		}
		if j.lift.high < 0 {
			worse++
		}
		if j.asGood < 0.05 {
			beyond++
		}
		if j.cascadeLift.low > 0 {
			cascades++
		}
	}
	p.line("Placement: the 95 %% interval of its lift is above 0 in %d pairs, below 0 in %d; it beats 95 %% of 1,000 shuffles of its own tiers in %d. Cascade: above 0 in %d.", clear, worse, beyond, cascades)
}

// named prints pairs one by one.
func (p *page) named(all []judged) {
	var cells [][]string
	for _, j := range all {
		if j.allCheap.Saved < worthwhile {
			continue
		}
		cells = append(cells, []string{
			j.dear, j.cheap, fmt.Sprint(len(j.rows)), fmt.Sprintf("%.1f %%", 100*j.routed.Saved), fmt.Sprintf("%.1f", 100*j.routed.Lost),
			fmt.Sprintf("%.1f (%.1f to %.1f)", 100*j.routed.Lift, 100*j.lift.low, 100*j.lift.high), fmt.Sprintf("%.1f to %.1f", 100*j.null.low, 100*j.null.high),
			fmt.Sprintf("%.1f %%", 100*j.cascade.Saved), fmt.Sprintf("%.1f", 100*j.cascade.Lost),
		})
	}
	p.table("dear | cheap | tasks | saved | lost | lift (95 %) | null (95 %) | cascade saved | lost", cells)
}

func (p *page) write(w io.Writer) error {
	_, err := io.WriteString(w, p.out.String())
	return err
}
