// Command corpora measures the signals and the decision on labelled commits
// of real repositories. It prints the same bytes for the same input.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "corpora:", err)
		os.Exit(1)
	}
}

type options struct {
	corpus, mirrors, policy, date, weights, changes string
	misses                                          int
}

func run(ctx context.Context, args []string, out, problems io.Writer) error {
	o, err := parse(args, problems)
	if err != nil {
		return err
	}
	rows, err := readRows(o.corpus)
	if err != nil {
		return err
	}
	j, name, err := judge(o)
	if err != nil {
		return err
	}
	found, lost, err := measureAll(ctx, &meter{judge: j, found: map[string]measured{}, changes: o.changes}, rows, o.mirrors, os.Environ())
	if err != nil {
		return err
	}
	if o.weights != "" {
		return learn(out, o.weights, rows, found)
	}
	return write(out, page{rows: rows, found: found, lost: lost, policy: name, misses: o.misses})
}

func parse(args []string, problems io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("corpora", flag.ContinueOnError)
	flags.SetOutput(problems)
	flags.StringVar(&o.corpus, "corpus", "", "JSON lines of labelled commits")
	flags.StringVar(&o.mirrors, "mirrors", "", "folder with one clone a repository")
	flags.StringVar(&o.policy, "policy", "", "policy file (default: the built-in one)")
	flags.StringVar(&o.date, "date", "2026-11-24", "day whose prices count, YYYY-MM-DD")
	flags.StringVar(&o.changes, "changes", "", "also write each change as JSON into this folder, for the invariants of the decision")
	flags.StringVar(&o.weights, "weights", "", "learn the weights of the guess instead, and write them to this file")
	flags.IntVar(&o.misses, "misses", 0, "most misses to list, 0 for all")
	if err := flags.Parse(args); err != nil {
		return o, fmt.Errorf("read the flags: %w", err)
	}
	if o.corpus == "" || o.mirrors == "" || flags.NArg() > 0 {
		return o, errors.New("give -corpus FILE and -mirrors FOLDER")
	}
	return o, nil
}

// judge reads the policy. The catchers do not matter: a brief asks for none.
func judge(o options) (*pipeline.Judge, string, error) {
	now, err := time.Parse(time.DateOnly, o.date)
	if err != nil {
		return nil, "", fmt.Errorf("read -date: %w", err)
	}
	file, err := policyOf(o.policy)
	if err != nil {
		return nil, "", err
	}
	j, err := pipeline.NewJudge(file, nil, route.Evidence{Source: "assumed"}, now)
	return j, file.Name, err
}

func policyOf(name string) (*policy.File, error) {
	if name == "" {
		return policy.Default(pipeline.Known())
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read the policy: %w", err)
	}
	file, findings := policy.Parse(name, data, pipeline.Known())
	return file, findings.Err()
}
