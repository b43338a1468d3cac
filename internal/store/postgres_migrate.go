package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

//go:embed sql/postgres/0*.sql
var postgresMigrations embed.FS

// monthsBehind and monthsAhead are the partitions that migrate makes around
// today. Run it once a month; rows beyond wait in the default partition.
const (
	monthsBehind = 12
	monthsAhead  = 3
)

// Migrate brings the tables up to date and makes partitions, in a transaction
// and behind a lock. It may run at any time and any number of times. It says
// what it did.
func (p *Postgres) Migrate(ctx context.Context) (done []string, err error) {
	err = pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) error {
		done = nil
		if err := lockMigrations(ctx, tx); err != nil {
			return err
		}
		if done, err = applyMigrations(ctx, tx); err != nil {
			return err
		}
		made, err := makeMonths(ctx, tx, p.now())
		done = append(done, made...)
		return err
	})
	if err != nil {
		return nil, away("migrate PostgreSQL", err)
	}
	return done, nil
}

// lockMigrations lets one migrate at a time in: the others wait. The number is
// the lock's name, "tierwise" in ASCII.
func lockMigrations(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(8388347323258336101)"); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "CREATE TABLE IF NOT EXISTS tierwise_migrations (name text PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())")
	return err
}

func applyMigrations(ctx context.Context, tx pgx.Tx) (done []string, err error) {
	names, err := fs.Glob(postgresMigrations, "sql/postgres/0*.sql")
	if err != nil {
		return nil, err
	}
	for _, path := range names {
		name := strings.TrimPrefix(path, "sql/postgres/")
		tag, err := tx.Exec(ctx, "INSERT INTO tierwise_migrations (name) VALUES ($1) ON CONFLICT DO NOTHING", name)
		if err != nil {
			return nil, err
		}
		if tag.RowsAffected() == 0 {
			continue
		}
		text, err := fs.ReadFile(postgresMigrations, path)
		if err != nil {
			return nil, err
		}
		if _, err := tx.Exec(ctx, string(text), pgx.QueryExecModeSimpleProtocol); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		done = append(done, name)
	}
	return done, nil
}

func makeMonths(ctx context.Context, tx pgx.Tx, now time.Time) (done []string, err error) {
	now = now.UTC()
	for m := -monthsBehind; m <= monthsAhead; m++ {
		first := time.Date(now.Year(), now.Month()+time.Month(m), 1, 0, 0, 0, 0, time.UTC)
		made, err := makeMonth(ctx, tx, first)
		if err != nil {
			return nil, err
		}
		if made != "" {
			done = append(done, made)
		}
	}
	return done, nil
}

// makeMonth makes the partition of a month, and moves there what had landed in
// the default one. The name and the bounds are made of numbers alone.
func makeMonth(ctx context.Context, tx pgx.Tx, first time.Time) (string, error) {
	name := "tierwise_records_" + first.Format("200601")
	var there bool
	if err := tx.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", name).Scan(&there); err != nil || there {
		return "", err
	}
	from, to := first.UnixMicro(), first.AddDate(0, 1, 0).UnixMicro()
	for _, statement := range []string{
		fmt.Sprintf("CREATE TABLE %s (LIKE tierwise_records INCLUDING ALL)", name),
		fmt.Sprintf("WITH moved AS (DELETE FROM tierwise_records_default WHERE started_us >= %d AND started_us < %d RETURNING *) "+
			"INSERT INTO %s SELECT * FROM moved", from, to, name),
		fmt.Sprintf("ALTER TABLE tierwise_records ATTACH PARTITION %s FOR VALUES FROM (%d) TO (%d)", name, from, to),
	} {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
	}
	return name, nil
}
