// Package ledgercli holds the verbs of tierwise-ledger: migrate, collect,
// report, replay. Streams, environment and clock come in as values.
package ledgercli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/store"
)

// Exit codes, those of tierwise. They are stable.
const (
	ExitFine    = 0 // all was done
	ExitRefused = 1 // something that was read is no entry of a ledger
	ExitUsage   = 2 // wrong words or a wrong address
	ExitFailed  = 3 // the store is away; what was not sent is still where it was
)

// Process is the world as the program sees it.
type Process struct {
	Args           []string
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Now            func() time.Time
	Client         *http.Client
	Terminal       bool // somebody looks at Stderr
	Version        string
}

// shared is a ledger of many repositories.
type shared interface {
	Put(ctx context.Context, entries []ledger.Entry) (store.Counts, error)
	Facts(ctx context.Context, q store.Query) iter.Seq2[ledger.Fact, error]
	Flags(ctx context.Context, q store.Query) iter.Seq2[ledger.Flag, error]
	Migrate(ctx context.Context) (done []string, err error)
	Close()
}

// Main runs one verb and gives the exit code.
func Main(ctx context.Context, p Process) (code int) {
	defer func() {
		// Go's own exit code for a crash is 2, which here means wrong words.
		if cause := recover(); cause != nil {
			tell(p, fmt.Errorf("it crashed, please report it: %v", cause))
			code = ExitFailed
		}
	}()
	cmd := root(p) //nolint:contextcheck // a verb takes the context of the command
	cmd.SetArgs(p.Args)
	err := cmd.ExecuteContext(ctx)
	if err != nil {
		tell(p, err)
	}
	return codeOf(err)
}

func tell(p Process, err error) {
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintf(p.Stderr, "tierwise-ledger: %s\n", sanitize.LogLine(strings.TrimRight(line, "\n")))
	}
}

// errRefused is something that was read and is no entry.
var errRefused = errors.New("not all that was read could be kept")

// usageError is what other words can mend.
type usageError struct{ error }

func codeOf(err error) int {
	var address *store.AddressError
	var usage usageError
	switch {
	case err == nil:
		return ExitFine
	case errors.As(err, &address), errors.As(err, &usage), errors.Is(err, store.ErrWriteOnly):
		return ExitUsage
	case errors.Is(err, errRefused):
		return ExitRefused
	default:
		return ExitFailed
	}
}

func root(p Process) *cobra.Command {
	cmd := &cobra.Command{
		Use: "tierwise-ledger", Short: "The ledger of many repositories", Version: p.Version, SilenceErrors: true, SilenceUsage: true,
		Args: args(cobra.NoArgs), RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		Long: "tierwise-ledger keeps the records of many repositories in one PostgreSQL or ClickHouse.\n\n" +
			"The address comes from --ledger or TIERWISE_LEDGER, the password from TIERWISE_LEDGER_PASSWORD:\n" +
			"  postgres://USER@HOST/DATABASE\n  clickhouse://USER@HOST:8443/DATABASE[?cluster=NAME]\n  otlp+https://HOST (export alone)\n\n" +
			"Exit codes: 0 done, 1 something read was no entry, 2 wrong words, 3 the store is away.",
		Example: "  tierwise-ledger migrate\n  tierwise-ledger collect file:downloaded\n  tierwise-ledger report --since 4w --repository 'acme/*'",
	}
	cmd.SetOut(p.Stdout)
	cmd.SetErr(p.Stderr)
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	address := cmd.PersistentFlags().String("ledger", p.Getenv("TIERWISE_LEDGER"), "address of the ledger")
	cmd.PersistentFlags().Lookup("ledger").DefValue = "" // an address may hold a password, and help shows defaults
	o := opener{p, address}
	cmd.AddCommand(migrate(o), collect(o), replay(o), reportCommand(o))
	return cmd
}

// opener opens the ledger when a verb needs it.
type opener struct {
	Process
	address *string
}

func (o opener) open(ctx context.Context) (shared, error) {
	address, password := *o.address, o.Getenv("TIERWISE_LEDGER_PASSWORD")
	scheme, _, _ := strings.Cut(address, ":")
	switch scheme {
	case "postgres", "postgresql":
		return nilOnError(store.OpenPostgres(ctx, address, password, o.Now))
	case "clickhouse":
		return nilOnError(store.OpenClickHouse(address, password, o.Client))
	case "otlp+http", "otlp+https":
		return nilOnError(store.OpenOTLP(address, password, o.Version, o.Client))
	default:
		return nil, &store.AddressError{Why: "expected postgres://, clickhouse:// or otlp+https:// in --ledger or TIERWISE_LEDGER"}
	}
}

func nilOnError[T shared](s T, err error) (shared, error) {
	if err != nil {
		return nil, err
	}
	return s, nil
}

func args(n cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, given []string) error {
		if err := n(cmd, given); err != nil {
			return usageError{err}
		}
		return nil
	}
}

func migrate(o opener) *cobra.Command {
	return &cobra.Command{
		Use: "migrate", Short: "Make or update the tables, and the partitions of the months around today", Args: args(cobra.NoArgs),
		Long:    "migrate makes or updates the tables, and the partitions of the months around today. Run it once a month, as the\nowner of the tables. It may be run at any time. A ClickHouse cluster is migrated shard by shard, each by its own address.",
		Example: "  tierwise-ledger migrate --ledger postgres://owner@db.example.com/tierwise",
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := o.open(cmd.Context())
			if err != nil {
				return err
			}
			defer s.Close()
			done, err := s.Migrate(cmd.Context())
			if err != nil {
				return err
			}
			for _, name := range done {
				fmt.Fprintln(o.Stdout, name)
			}
			_, err = fmt.Fprintf(o.Stdout, "%d changes\n", len(done))
			return err
		},
	}
}
