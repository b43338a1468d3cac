package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/tierwise/tierwise/internal/money"
)

// write prints everything: dollars first, then where they come from.
func (b *bench) write(out io.Writer, pulls []pull) error {
	var text strings.Builder
	base := b.bills[ways()[0].name]
	fmt.Fprintf(&text, "%d pull requests of %d clones, %s. %d more left out: the fake model has no answer for them. Tasks of each push: %s.\n",
		len(pulls), repositories(pulls), pushesText(base), b.leftOut, strings.Join(b.tasks, ", "))
	t := tabwriter.NewWriter(&text, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "way\tdollars\ta pull request\tunder the first\tcritical path\t")
	for _, w := range ways() {
		bill := b.bills[w.name]
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t\n", w.name, bill.total.Dollars(), (bill.total / money.Nano(max(1, len(pulls)))).Dollars(),
			under(bill.total, base.total), part(bill.critical, bill.total))
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	fmt.Fprintf(&text, "%s, if auxiliary tasks cost nothing: %s under the first.\n", ways()[3].name, under(b.bills[ways()[3].name].critical, base.total))
	b.tasksOf(&text, ways()[0].name, ways()[3].name)
	b.sensitivity(&text)
	b.splits(&text, ways()[0].name)
	b.splits(&text, ways()[3].name)
	b.splits(&text, ways()[5].name)
	b.reasons(&text, ways()[3].name)
	_, err := io.WriteString(out, text.String())
	return err
}

// tasksOf compares two ways task by task.
func (b *bench) tasksOf(text *strings.Builder, first, second string) {
	fmt.Fprintf(text, "\n%s, and %s, by task:\n", first, second)
	t := tabwriter.NewWriter(text, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "task\truns\tlocked\treused\tbegun below frontier\tdollars\tbefore\tunder it\t")
	for _, id := range b.tasks {
		was, is := b.bills[first].byTask[id], b.bills[second].byTask[id]
		if was == nil || is == nil {
			continue
		}
		fmt.Fprintf(t, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t\n", id, is.runs, share(is.locked, is.runs), share(is.reused, is.runs), share(is.below, is.runs),
			is.cost.Dollars(), was.cost.Dollars(), under(is.cost, was.cost))
	}
	t.Flush() //nolint:errcheck // a builder takes everything
}

func pushesText(b *bill) string {
	var parts []string
	for _, kind := range []string{opened, pushed, updated, rebased} {
		parts = append(parts, fmt.Sprintf("%d %s", b.pushes[kind], kind))
	}
	return strings.Join(parts, ", ")
}

func repositories(pulls []pull) int {
	seen := map[string]bool{}
	for _, p := range pulls {
		seen[p.repo] = true
	}
	return len(seen)
}

func share(n, of int) string { return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(max(1, of))) }

func part(n, of money.Nano) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(of))
}

func under(n, of money.Nano) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*(1-float64(n)/float64(of)))
}
