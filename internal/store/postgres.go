package store

import (
	"context"
	"crypto/tls"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/tierwise/tierwise/internal/ledger"
)

// Postgres is a ledger in PostgreSQL, or in what speaks its language.
type Postgres struct {
	pool *pgxpool.Pool
	now  func() time.Time
}

// maxConnections bounds what one process takes of a server's connections.
const maxConnections = 8

// OpenPostgres reads an address, "postgres://USER@HOST/DATABASE". The password
// may come apart from it, and then does not stand in a list of processes. A
// host that is not this machine is spoken to with TLS whose name is verified,
// or not at all.
func OpenPostgres(ctx context.Context, address, password string, now func() time.Time) (*Postgres, error) {
	if _, err := parse(address, "postgres", "postgresql"); err != nil {
		return nil, err
	}
	config, err := pgxpool.ParseConfig(withTLS(address))
	if err != nil {
		return nil, &AddressError{Why: "a setting is wrong: " + why(err)}
	}
	if err := checkTLS(config.ConnConfig.Config); err != nil {
		return nil, err
	}
	if password != "" {
		config.ConnConfig.Password = password
	}
	config.MaxConns = maxConnections
	config.ConnConfig.RuntimeParams["application_name"] = "tierwise-ledger"
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, away("open PostgreSQL", err)
	}
	return &Postgres{pool: pool, now: now}, nil
}

// why leaves the address out of a parser's complaint: it may hold a password.
func why(err error) string {
	if cause := errors.Unwrap(err); cause != nil {
		return cause.Error()
	}
	return "it cannot be read"
}

// withTLS asks for verified TLS where an address says nothing. On this machine
// the driver's own rule stays: TLS where the server has it.
func withTLS(address string) string {
	u, err := parse(address, "postgres", "postgresql")
	if err != nil || isLoopback(u.Hostname()) || u.Query().Has("sslmode") {
		return address
	}
	q := u.Query()
	q.Set("sslmode", "verify-full")
	u.RawQuery = q.Encode()
	return u.String()
}

// checkTLS looks at what will really be dialled, whatever the address, a
// service file or the environment said.
func checkTLS(c pgconn.Config) error {
	type target struct {
		host string
		tls  *tls.Config
	}
	targets := []target{{c.Host, c.TLSConfig}}
	for _, f := range c.Fallbacks {
		targets = append(targets, target{f.Host, f.TLSConfig})
	}
	for _, t := range targets {
		verified := t.tls != nil && !t.tls.InsecureSkipVerify && t.tls.ServerName != ""
		if !isLoopback(t.host) && !verified {
			return &AddressError{Why: fmt.Sprintf("host %q is not this machine: use sslmode=verify-full", t.host)}
		}
	}
	return nil
}

// Close ends all connections.
func (p *Postgres) Close() { p.pool.Close() }

//go:embed sql/postgres/append_records.sql
var appendRecordsSQL string

//go:embed sql/postgres/append_flags.sql
var appendFlagsSQL string

//go:embed sql/postgres/count_refused.sql
var countRefusedSQL string

//go:embed sql/postgres/facts.sql
var factsSQL string

// Append keeps entries, each once. It is safe to send them again.
func (p *Postgres) Append(ctx context.Context, entries []ledger.Entry) error {
	_, err := p.Put(ctx, entries)
	return err
}

// Put keeps entries and says what was new. All of a call are kept, or none.
func (p *Postgres) Put(ctx context.Context, entries []ledger.Entry) (Counts, error) {
	records, flags, refused, err := split(entries)
	if err != nil {
		return Counts{}, err
	}
	recordRows, err := json.Marshal(records)
	if err != nil {
		return Counts{}, fmt.Errorf("encode records: %w", err)
	}
	flagRows, err := json.Marshal(flags)
	if err != nil {
		return Counts{}, fmt.Errorf("encode flags: %w", err)
	}
	var c Counts
	for range maxTries {
		c = Counts{Refused: refused}
		err = pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) error { return put(ctx, tx, recordRows, flagRows, len(records), len(flags), &c) })
		if !isConflict(err) {
			break
		}
	}
	if err != nil {
		return Counts{}, away("write to PostgreSQL", err)
	}
	c.Known = len(entries) - c.New - c.Refused
	return c, nil
}

// maxTries bounds how often a transaction is tried that another one's stood
// in the way of.
const maxTries = 5

func isConflict(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

func put(ctx context.Context, tx pgx.Tx, recordRows, flagRows []byte, records, flags int, c *Counts) error {
	if records > 0 {
		tag, err := tx.Exec(ctx, appendRecordsSQL, string(recordRows))
		if err != nil {
			return err
		}
		c.New += int(tag.RowsAffected())
		if c.New < records {
			var refused int
			if err := tx.QueryRow(ctx, countRefusedSQL, string(recordRows)).Scan(&refused); err != nil {
				return err
			}
			c.Refused += refused
		}
	}
	if flags > 0 {
		tag, err := tx.Exec(ctx, appendFlagsSQL, string(flagRows))
		if err != nil {
			return err
		}
		c.New += int(tag.RowsAffected())
	}
	return nil
}

// Entries gives all that is kept since a time, records first, each checked as
// if it came from a stranger.
func (p *Postgres) Entries(ctx context.Context, since time.Time) iter.Seq2[ledger.Entry, error] {
	const records = "SELECT body FROM tierwise_records WHERE started_us >= $1"
	const flags = "SELECT body FROM tierwise_flags WHERE at_us >= $1"
	return func(yield func(ledger.Entry, error) bool) {
		for _, query := range []string{records, flags} {
			if !p.bodies(ctx, query, since, yield) {
				return
			}
		}
	}
}

// Flags gives the flags of a query's repositories since its beginning, also
// those that came after its end: they speak of records before it.
func (p *Postgres) Flags(ctx context.Context, q Query) iter.Seq2[ledger.Flag, error] {
	const flags = "SELECT body FROM tierwise_flags WHERE at_us >= $1"
	return flagsOf(q, func(yield func(ledger.Entry, error) bool) { p.bodies(ctx, flags, q.Since, yield) })
}

func (p *Postgres) bodies(ctx context.Context, query string, since time.Time, yield func(ledger.Entry, error) bool) bool {
	rows, err := p.pool.Query(ctx, query, microOr(since, math.MinInt64))
	if err != nil {
		return yield(ledger.Entry{}, away("read PostgreSQL", err))
	}
	defer rows.Close()
	for rows.Next() {
		e, err := ledger.DecodeEntry(rows.RawValues()[0])
		if !yield(e, err) {
			return false
		}
	}
	if err := rows.Err(); err != nil {
		return yield(ledger.Entry{}, away("read PostgreSQL", err))
	}
	return true
}

// Facts gives the facts of a query from columns, in no order.
func (p *Postgres) Facts(ctx context.Context, q Query) iter.Seq2[ledger.Fact, error] {
	return func(yield func(ledger.Fact, error) bool) {
		whole, beginnings := q.names()
		for i, b := range beginnings {
			beginnings[i] = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(b) + "%"
		}
		rows, err := p.pool.Query(ctx, factsSQL, pgx.QueryResultFormats{pgx.BinaryFormatCode},
			microOr(q.Since, math.MinInt64), microOr(q.Until, math.MaxInt64), whole, beginnings)
		if err != nil {
			yield(ledger.Fact{}, away("read PostgreSQL", err))
			return
		}
		defer rows.Close()
		in := newInterner()
		for rows.Next() {
			src := pgSource{values: rows.RawValues()}
			f, err := readFact(&src, in)
			if !yield(f, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(ledger.Fact{}, away("read PostgreSQL", err))
		}
	}
}

func microOr(t time.Time, otherwise int64) int64 {
	if t.IsZero() {
		return otherwise
	}
	return t.UnixMicro()
}
