package ledgercli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/store"
)

func collect(o opener) *cobra.Command {
	var since string
	cmd := &cobra.Command{
		Use: "collect FOLDER", Short: "Read entries and add them to the ledger", Args: args(cobra.ExactArgs(1)),
		Long: "collect reads the entries of a folder (a file: ledger, downloaded artifacts, a spool) and adds them to the ledger.\n" +
			"What is there already is not added again, so a collect that was cut short is simply run once more.",
		Example: "  tierwise-ledger collect file:.tierwise/ledger\n  gh run download --dir downloaded && tierwise-ledger collect downloaded",
		RunE: func(cmd *cobra.Command, given []string) error {
			first, err := parseDay(since)
			if err != nil {
				return err
			}
			return o.send(cmd.Context(), given[0], first, false)
		},
	}
	cmd.Flags().StringVar(&since, "since", "", "leave out what began before this day, YYYY-MM-DD")
	return cmd
}

func replay(o opener) *cobra.Command {
	return &cobra.Command{
		Use: "replay FOLDER", Short: "Send a spool to the ledger, and empty it", Args: args(cobra.ExactArgs(1)),
		Long: "replay sends the entries that were spooled while the ledger was away. A file is removed when all of it is kept,\n" +
			"and stays where one line of it was refused.",
		Example: "  tierwise-ledger replay .tierwise/spool",
		RunE: func(cmd *cobra.Command, given []string) error {
			return o.send(cmd.Context(), given[0], time.Time{}, true)
		},
	}
}

func parseDay(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, usageError{fmt.Errorf("%q is no day, expected YYYY-MM-DD", text)}
	}
	return day, nil
}

// sending is one walk from a folder to a ledger.
type sending struct {
	opener
	to     shared
	since  time.Time
	batch  []ledger.Entry
	read   int
	unread int
	counts store.Counts
	told   time.Time
}

func (o opener) send(ctx context.Context, from string, since time.Time, empty bool) error {
	source, err := openFolder(from)
	if err != nil {
		return err
	}
	defer source.root.Close() //nolint:errcheck // it was only read
	files, err := source.files()
	if err != nil {
		return err
	}
	to, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer to.Close()
	s := &sending{opener: o, to: to, since: since}
	for _, name := range files {
		if err = s.file(ctx, source, name, empty); err != nil {
			break
		}
	}
	if err == nil {
		err = s.flush(ctx)
	}
	s.sum()
	if err == nil && s.unread+s.counts.Refused > 0 {
		return errRefused
	}
	return err
}

// file sends one file. Where files are removed, each is sent to its end first.
func (s *sending) file(ctx context.Context, source folder, name string, remove bool) error {
	before := s.unread + s.counts.Refused
	for e, err := range source.entries(name) {
		if err != nil {
			s.unread++
			tell(s.Process, err)
			continue
		}
		if e.Record != nil && e.Record.Fact().Started.Before(s.since) {
			continue
		}
		s.read++
		if s.batch = append(s.batch, e); len(s.batch) == store.Batch {
			if err := s.flush(ctx); err != nil {
				return err
			}
		}
	}
	if !remove {
		return nil
	}
	if err := s.flush(ctx); err != nil {
		return err
	}
	if s.unread+s.counts.Refused > before {
		return nil
	}
	if err := source.root.Remove(name); err != nil {
		return fmt.Errorf("remove what was sent: %w", err)
	}
	return nil
}

func (s *sending) flush(ctx context.Context) error {
	if len(s.batch) == 0 {
		return nil
	}
	counts, err := s.to.Put(ctx, s.batch)
	if err != nil {
		return err
	}
	s.counts.Add(counts)
	s.batch = s.batch[:0]
	if now := s.Now(); s.Terminal && now.Sub(s.told) > 200*time.Millisecond {
		s.told = now
		fmt.Fprintf(s.Stderr, "\r%d read, %d new", s.read, s.counts.New)
	}
	return nil
}

func (s *sending) sum() {
	if s.Terminal {
		fmt.Fprint(s.Stderr, "\r\x1b[K")
	}
	fmt.Fprintf(s.Stdout, "%d read, %d new, %d known, %d refused\n", s.read+s.unread, s.counts.New, s.counts.Known, s.counts.Refused+s.unread)
	if len(s.batch) > 0 {
		fmt.Fprintf(s.Stdout, "%d not sent; the folder is as it was, run it again\n", len(s.batch))
	}
}
