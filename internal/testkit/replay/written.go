package main

import (
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// usual is how many tokens a task's answer is assumed to have, thinking
// included; false for a task of which nothing is assumed.
func usual(id string) (int64, bool) {
	switch id {
	case "code-review", "security-scan", "tests":
		return 4000, true
	case "docs":
		return 3000, true
	case "pr-summary":
		return 1200, true
	case "release-notes":
		return 1000, true
	case "changelog":
		return 800, true
	}
	return 0, false
}

// assumed gives every task's tokens: as the flag says, else the usual ones.
func assumed(o options) (map[string]int64, error) {
	all := map[string]int64{}
	for _, id := range o.tasks {
		n, ok := usual(id)
		if given, said := o.written[id]; said {
			n, ok = given, true
		}
		if !ok {
			return nil, fmt.Errorf("no output is assumed for task %s: give one by -written", id)
		}
		all[id] = n
	}
	for id := range o.written {
		if _, ok := all[id]; !ok {
			return nil, fmt.Errorf("-written names task %s, which does not run", id)
		}
	}
	return all, nil
}

// parseWritten reads task=tokens, separated by commas.
func parseWritten(text string) (map[string]int64, error) {
	all := map[string]int64{}
	if text == "" {
		return all, nil
	}
	for one := range strings.SplitSeq(text, ",") {
		id, count, ok := strings.Cut(one, "=")
		n, err := strconv.ParseInt(count, 10, 64)
		if !ok || err != nil || n < 1 {
			return nil, fmt.Errorf("read -written: %q is not task=tokens", one)
		}
		all[id] = n
	}
	return all, nil
}

// sensitivity prints the savings where what judges writes half or twice as
// much as assumed. What it writes decides nothing else, so that every bill
// grows by it alone.
func (b *bench) sensitivity(text *strings.Builder) {
	fmt.Fprintf(text, "\nunder %s, if review and scan write more or less:\n", ways()[0].name)
	t := tabwriter.NewWriter(text, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "times\t")
	for _, w := range ways()[1:4] {
		fmt.Fprintf(t, "%s\t", w.name)
	}
	fmt.Fprintln(t)
	for _, percent := range []int64{50, 100, 200} {
		if !b.fits(percent) {
			continue
		}
		fmt.Fprintf(t, "%d %%\t", percent)
		base := b.bills[ways()[0].name].judging(percent)
		for _, w := range ways()[1:4] {
			fmt.Fprintf(t, "%s\t", under(b.bills[w.name].judging(percent), base))
		}
		fmt.Fprintln(t)
	}
	t.Flush() //nolint:errcheck // a builder takes everything
}

// fits says that so much can be written at all under the pool's bound.
func (b *bench) fits(percent int64) bool {
	most := b.routed.Models(policy.Frontier)[0].MaxOutputTokens
	for id, l := range b.bills[ways()[0].name].byTask {
		if l.judges && b.written[id]*percent/100 > most {
			return false
		}
	}
	return true
}

// judging is the bill where what judges writes so many hundredths.
func (b *bill) judging(percent int64) money.Nano {
	total := b.total
	for _, l := range b.byTask {
		if l.judges {
			total += l.split.output * money.Nano(percent-100) / 100
		}
	}
	return total
}
