package cli

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/pipeline"
)

type flagFlags struct {
	ledger, repository, since, reason string
	pull                              int
}

func flagCommand(p Process) *cobra.Command {
	var f flagFlags
	cmd := &cobra.Command{
		Use:   "flag RECORD|TASK VERDICT --ledger ADDRESS",
		Short: "Say with hindsight whether a run's tier was right",
		Long: "flag adds one line to a ledger: cheaper (something cheaper would have done), frontier (it should have\n" +
			"been frontier) or right. RECORD is the id of a record, or its first eight digits; TASK is a task, and\n" +
			"means its last finished run. Flags are only added: of several about one record the latest counts.\n" +
			"What nobody flags counts neither as right nor as wrong.",
		Example: "  tierwise flag 3f1c9a027b55e0d4c6a8120f9e7d4b13 cheaper --ledger file:ledger\n" +
			"  tierwise flag docs right --ledger git:tierwise-ledger --pull-request 7\n" +
			"  tierwise flag tests frontier --ledger file:ledger --reason \"missed the empty input\"",
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return f.work(cmd.Context(), p, args) },
	}
	f.register(cmd.Flags())
	return cmd
}

func (f *flagFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.ledger, "ledger", "", "where the record is and the flag goes: file:DIR or git:BRANCH")
	flags.StringVar(&f.repository, "repository", "", "look among the records of this repository alone")
	flags.IntVar(&f.pull, "pull-request", 0, "look among the records of this pull request alone")
	flags.StringVar(&f.since, "since", "90d", "how far back to look: 7d, 12w, 6m, 1y or a date")
	flags.StringVar(&f.reason, "reason", "", "why, in one line; it is kept in the ledger, so name nobody")
}

// flagLedger is a ledger that can be read and written.
type flagLedger interface {
	ledgerReader
	pipeline.Store
}

func (f *flagFlags) work(ctx context.Context, p Process, args []string) error {
	if len(args) != 2 {
		return &pipeline.UsageError{Text: "flag takes a record or a task, and a verdict: tierwise flag docs cheaper --ledger file:ledger"}
	}
	verdict, err := verdictOf(args[1])
	if err != nil {
		return err
	}
	since, err := sinceTime(f.since, p.Now())
	if err != nil {
		return err
	}
	reader, err := openLedger(p, f.ledger)
	if err != nil {
		return err
	}
	store, ok := reader.(flagLedger)
	if !ok {
		return &pipeline.UsageError{Text: "--ledger " + f.ledger + " cannot be written here: comment \"/flag " + strings.Join(args, " ") + "\" on the pull request, and the report counts it"}
	}
	runs, err := runsOf(ctx, p, store, since)
	if err != nil {
		return err
	}
	run, err := runs.Find(args[0], f.repository, f.pull)
	if errors.Is(err, ledger.ErrNoRun) {
		return fmt.Errorf("flag %q: %w since %s", args[0], err, since.UTC().Format(time.DateOnly))
	}
	if err != nil {
		return &pipeline.UsageError{Text: err.Error()}
	}
	return f.add(ctx, p, store, run, verdict)
}

func verdictOf(word string) (ledger.Verdict, error) {
	if v := ledger.Verdict(word); slices.Contains(ledger.Verdicts(), v) {
		return v, nil
	}
	return "", &pipeline.UsageError{Text: fmt.Sprintf("verdict %q, expected one of cheaper, frontier, right", word)}
}

// runsOf reads what a flag may be about. What cannot be read is told, and does
// not hide the rest.
func runsOf(ctx context.Context, p Process, from ledgerReader, since time.Time) (*ledger.Runs, error) {
	runs := ledger.NewRuns()
	for e, err := range from.Entries(ctx, since) {
		var bad ledger.UnreadError
		switch {
		case errors.As(err, &bad):
			printLines(p.Stderr, "tierwise: ", "not read: "+bad.Error())
		case err != nil:
			return nil, fmt.Errorf("read the ledger: %w", err)
		case e.Record != nil:
			runs.Add(*e.Record)
		}
	}
	return runs, nil
}

func (f *flagFlags) add(ctx context.Context, p Process, store pipeline.Store, run ledger.Ref, verdict ledger.Verdict) error {
	reference := make([]byte, 8)
	if _, err := io.ReadFull(p.Random, reference); err != nil {
		return fmt.Errorf("draw a number for the flag: %w", err)
	}
	flag := run.Flag(verdict, "command", hex.EncodeToString(reference), "", p.Now())
	flag.Reason = f.reason
	flag = ledger.NewFlag(flag)
	if err := store.Append(ctx, []ledger.Entry{{Flag: &flag}}); err != nil {
		return fmt.Errorf("write the flag: %w", err)
	}
	printLines(p.Stdout, "", fmt.Sprintf("flagged %s: %s on %s by %s, %s", verdict, run.Task, run.Tier, orWord(run.Model, "no model"), run.ID))
	return nil
}

func orWord(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
