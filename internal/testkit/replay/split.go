package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// split parts dollars by what was paid for.
type split struct {
	plain, read, write, output money.Nano
	// refused is what of them went to answers that were not released.
	refused money.Nano
}

func (s *split) add(o split) {
	s.plain += o.plain
	s.read += o.read
	s.write += o.write
	s.output += o.output
	s.refused += o.refused
}

// rounding is how far the parts of one try may be from its cost: each part is
// rounded for itself.
const rounding = 4

// splitOf parts what a result cost. Parts that do not add up are an error.
func splitOf(r dispatch.Result, list catalogue) (split, error) {
	var all split
	for _, a := range r.Attempts {
		row, ok := list(a.Model)
		if !ok {
			return all, fmt.Errorf("task %s: no price for %s", r.Task.ID, a.Model.ID())
		}
		for _, t := range a.Tries {
			one := parted(row, t.Usage)
			sum := one.plain + one.read + one.write + one.output
			if sum-t.Cost.Nano > rounding || t.Cost.Nano-sum > rounding {
				return all, fmt.Errorf("task %s: the parts are %s of %s", r.Task.ID, sum.Dollars(), t.Cost.Nano.Dollars())
			}
			if !a.Released {
				one.refused = sum
			}
			all.add(one)
		}
	}
	return all, nil
}

// catalogue gives the price of a model on the day that counts.
type catalogue func(policy.Model) (money.Row, bool)

func parted(row money.Row, u money.Usage) split {
	part := func(one money.Usage) money.Nano {
		one.Known = true
		return row.Cost(one).Nano
	}
	return split{
		plain:  part(money.Usage{InputTokens: u.InputTokens}),
		read:   part(money.Usage{CacheReadInputTokens: u.CacheReadInputTokens}),
		write:  part(money.Usage{CacheCreationInputTokens: u.CacheCreationInputTokens}),
		output: part(money.Usage{OutputTokens: u.OutputTokens}),
	}
}

// cause counts the runs of auxiliary tasks that a rule sent above efficient,
// and those that nothing else did.
type cause struct {
	runs, alone int
	cost        money.Nano // of the runs that it alone sent up
}

// causes books why an auxiliary task began above efficient.
func (b *bill) causes(r dispatch.Result) {
	if r.Task.Judges() || r.Decision.Skipped != "" || r.Decision.Tier <= policy.Efficient {
		return
	}
	rules := decisive(r)
	for _, rule := range rules {
		name := r.Task.ID + " " + r.Decision.Tier.String() + " " + rule
		c := b.byCause[name]
		if c == nil {
			c = &cause{}
			b.byCause[name] = c
		}
		c.runs++
		if len(rules) == 1 {
			c.alone++
			c.cost += r.Cost.Nano
		}
	}
}

func decisive(r dispatch.Result) []string {
	var rules []string
	for _, reason := range r.Decision.Reasons {
		if reason.Decisive && !slices.Contains(rules, reason.Rule) {
			rules = append(rules, reason.Rule)
		}
	}
	slices.Sort(rules)
	return rules
}

// splits prints where the dollars of a way go, task by task.
func (b *bench) splits(text *strings.Builder, way string) {
	bill := b.bills[way]
	fmt.Fprintf(text, "\n%s: what is paid for, in dollars, and its share of the bill:\n", way)
	t := tabwriter.NewWriter(text, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "task\tinput\tread from the cache\twritten to it\toutput\tall\tshare\tof it refused answers\t")
	for _, id := range b.tasks {
		l := bill.byTask[id]
		if l == nil {
			continue
		}
		s := l.split
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", id, s.plain.Dollars(), s.read.Dollars(), s.write.Dollars(), s.output.Dollars(),
			l.cost.Dollars(), part(l.cost, bill.total), s.refused.Dollars())
	}
	t.Flush() //nolint:errcheck // a builder takes everything
}

// reasons prints why auxiliary tasks were not efficient.
func (b *bench) reasons(text *strings.Builder, way string) {
	all := b.bills[way].byCause
	fmt.Fprintf(text, "\n%s: why auxiliary tasks began above efficient:\n", way)
	t := tabwriter.NewWriter(text, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "task, tier and rule\truns\tby it alone\tdollars of these\t")
	for _, name := range slices.SortedFunc(maps.Keys(all), func(x, y string) int {
		if n := all[y].runs - all[x].runs; n != 0 {
			return n
		}
		return strings.Compare(x, y)
	}) {
		c := all[name]
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\t\n", name, c.runs, c.alone, c.cost.Dollars())
	}
	t.Flush() //nolint:errcheck // a builder takes everything
}
