package ledgercli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/weekly"
)

// collecting are the flags of collect.
type collecting struct {
	since        string
	repositories []string
}

func collect(o opener) *cobra.Command {
	var f collecting
	cmd := &cobra.Command{
		Use: "collect SOURCE", Short: "Read entries and add them to the ledger", Args: args(cobra.ExactArgs(1)),
		Long: "collect reads the entries of a source and adds them to the ledger. A source is a folder (a file: ledger,\n" +
			"downloaded artifacts, a spool), or artifact: or git:BRANCH of the repositories that are named, read through the\n" +
			"platform's API with GITHUB_TOKEN. What is there already is not added again, so a collect that was cut short is\n" +
			"simply run once more. An entry that speaks of another repository than the one it was read from is refused; of a folder, one of\n" +
			"another than --repository names.",
		Example: "  tierwise-ledger collect file:.tierwise/ledger\n" +
			"  tierwise-ledger collect git:tierwise-ledger --repository acme/web --repository acme/api\n" +
			"  tierwise-ledger collect artifact: --repository acme/web --since 2d\n" +
			"  gh run download --repo acme/web --dir downloaded && tierwise-ledger collect downloaded --repository acme/web",
		RunE: func(cmd *cobra.Command, given []string) error { return f.work(cmd.Context(), o, given[0]) },
	}
	cmd.Flags().StringVar(&f.since, "since", "", "leave out what began before: 7d, 12w, 6m, 1y or a date (default: 7d for artifact: and git:, else all)")
	cmd.Flags().StringSliceVar(&f.repositories, "repository", nil, "owner/name; what is of others is refused (artifact: and git: default to GITHUB_REPOSITORY)")
	return cmd
}

func (f *collecting) work(ctx context.Context, o opener, source string) error {
	if isOnPlatform(source) {
		return f.fromPlatform(ctx, o, source)
	}
	since, err := f.first(o.Now(), "")
	if err != nil {
		return err
	}
	return o.send(ctx, source, since, f.repositories, false)
}

// first is the day of --since. Without one it is the default's.
func (f *collecting) first(now time.Time, otherwise string) (time.Time, error) {
	text := f.since
	if text == "" {
		text = otherwise
	}
	if text == "" {
		return time.Time{}, nil
	}
	since, err := weekly.Since(text, now)
	if err != nil {
		return since, usageError{err}
	}
	return since, nil
}

// fromPlatform reads one repository after the other. One that cannot be read
// is told and does not hide the next.
func (f *collecting) fromPlatform(ctx context.Context, o opener, source string) error {
	if own := o.Getenv("GITHUB_REPOSITORY"); len(f.repositories) == 0 && own != "" {
		f.repositories = []string{own}
	}
	if len(f.repositories) == 0 {
		return usageError{fmt.Errorf("%s needs --repository owner/name", source)}
	}
	since, err := f.first(o.Now(), "7d")
	if err != nil {
		return err
	}
	ledgers, err := platform(o.Process, source, f.repositories)
	if err != nil {
		return err
	}
	to, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer to.Close()
	s := &sending{opener: o, to: to, since: since}
	away := 0
	for i, l := range ledgers {
		s.of = f.repositories[i : i+1]
		var unread *unreadSourceError
		err = s.platform(ctx, l, f.repositories[i])
		if errors.As(err, &unread) {
			tell(o.Process, err)
			away++
			err = nil
		}
		if err != nil {
			break
		}
	}
	if err = s.end(ctx, err); err == nil && away > 0 {
		err = fmt.Errorf("%d of %d repositories could not be read; run it again", away, len(ledgers))
	}
	return err
}

// unreadSourceError is a repository whose ledger cannot be read to its end.
type unreadSourceError struct {
	repository string
	err        error
}

// Error gives one line.
func (e *unreadSourceError) Error() string { return e.repository + ": " + e.err.Error() }

func (s *sending) platform(ctx context.Context, l onPlatform, repository string) error {
	for e, err := range l.Entries(ctx, s.since) {
		var bad ledger.UnreadError
		switch {
		case errors.As(err, &bad):
			s.refuse(fmt.Errorf("%s: %w", repository, bad))
		case err != nil:
			return &unreadSourceError{repository, err}
		case e.Flag != nil && areArtifacts(l):
			s.refuse(fmt.Errorf("%s: a flag in an artifact, which any job can write", repository))
		default:
			if err := s.take(ctx, e, repository); err != nil {
				return err
			}
		}
	}
	return nil
}

func areArtifacts(l onPlatform) bool {
	_, yes := l.(*github.LedgerArtifacts)
	return yes
}

func replay(o opener) *cobra.Command {
	return &cobra.Command{
		Use: "replay FOLDER", Short: "Send a spool to the ledger, and empty it", Args: args(cobra.ExactArgs(1)),
		Long: "replay sends the entries that were spooled while the ledger was away. A file is removed when all of it is kept,\n" +
			"and stays where one line of it was refused.",
		Example: "  tierwise-ledger replay .tierwise/spool",
		RunE: func(cmd *cobra.Command, given []string) error {
			if isOnPlatform(given[0]) {
				return usageError{fmt.Errorf("replay empties a folder; for %s use collect", given[0])}
			}
			return o.send(cmd.Context(), given[0], time.Time{}, nil, true)
		},
	}
}
