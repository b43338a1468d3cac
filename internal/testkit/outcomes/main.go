// Command outcomes scores the built-in policy's placement, and a cascade, on
// recorded outcomes of real models. It prints the same bytes for the same
// input.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/tierwise/tierwise/internal/policy"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "outcomes:", err)
		os.Exit(1)
	}
}

func run(args []string, out, problems io.Writer) error {
	flags := flag.NewFlagSet("outcomes", flag.ContinueOnError)
	flags.SetOutput(problems)
	dir := flags.String("outcomes", "", "folder with outcomes.jsonl, texts.jsonl and models.json")
	date := flags.String("date", "2026-11-24", "day of the decision, YYYY-MM-DD")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("read the flags: %w", err)
	}
	if *dir == "" || flags.NArg() > 0 {
		return errors.New("give -outcomes FOLDER")
	}
	now, err := time.Parse(time.DateOnly, *date)
	if err != nil {
		return fmt.Errorf("read -date: %w", err)
	}
	r, err := read(*dir)
	if err != nil {
		return err
	}
	places, err := newPlacer(now)
	if err != nil {
		return err
	}
	return tell(out, r, places)
}

// tell prints every section. A pair has two models and the policy three tiers,
// so the tiers are read in two ways.
func tell(out io.Writer, r recorded, places *placer) error {
	tiers := make([]policy.Tier, len(r.rows))
	for i, one := range r.rows {
		tiers[i] = places.place(one)
	}
	var p page
	p.placed(r.rows, tiers)
	p.line("Cascade: cheap first, and dear where a check refuses; the check accepts 25 %% of bad outputs and refuses 5 %% of good ones.")
	p.line("Lift: points of quality kept beside a random mix of the two models that saves as much.")
	low := r.judgeAll(r.rows, below(tiers, policy.Mid))
	p.reading("all tasks, everything below frontier on the cheap model", r.judgeAll(r.rows, below(tiers, policy.Frontier)))
	p.reading("all tasks, efficient alone on the cheap model", low)
	for _, bench := range []string{fixing, writing} {
		rows, their := only(r.rows, tiers, bench)
		p.reading(bench+" alone, everything below frontier on the cheap model", r.judgeAll(rows, below(their, policy.Frontier)))
	}
	p.line("\n== Each pair, efficient alone on the cheap model")
	p.named(low)
	return p.write(out)
}

func only(rows []row, tiers []policy.Tier, bench string) ([]row, []policy.Tier) {
	var some []row
	var their []policy.Tier
	for i, r := range rows {
		if r.Bench == bench {
			some, their = append(some, r), append(their, tiers[i])
		}
	}
	return some, their
}

func below(tiers []policy.Tier, t policy.Tier) []bool {
	low := make([]bool, len(tiers))
	for i, tier := range tiers {
		low[i] = tier < t
	}
	return low
}

func (r recorded) judgeAll(rows []row, low []bool) []judged {
	var models []string
	for name := range r.prices {
		models = append(models, name)
	}
	slices.Sort(models)
	var found []judged
	for i, p := range r.pairs(rows, low) {
		found = append(found, p.judge(models, uint64(i)))
	}
	return found
}
