//go:build system

package main

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/ledgercli"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/store"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/testkit/ledgerservers"
	"github.com/tierwise/tierwise/internal/weekly"
)

// adapter is what both databases can do.
type adapter interface {
	Put(ctx context.Context, entries []ledger.Entry) (store.Counts, error)
	Facts(ctx context.Context, q store.Query) iter.Seq2[ledger.Fact, error]
	Migrate(ctx context.Context) ([]string, error)
	Close()
}

func record(n int) ledger.Entry {
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(n%1_728_000) * time.Second)
	r := ledger.FromResult(ledger.Meta{
		Repository: fmt.Sprintf("acme/repo-%d", n%200), RunID: fmt.Sprint(n), RunAttempt: 1, Job: "job", Started: at.Format(time.RFC3339), Finished: at.Add(time.Minute).Format(time.RFC3339),
	}, dispatch.Result{Task: task.Task{ID: "changelog"}, Status: dispatch.Clean, Cost: money.Cost{State: money.Priced, Nano: 1_000_000}})
	r.RepositoryID = int64(n%200) + 1
	return ledger.Entry{Record: &r}
}

func begun(n int) ledger.Entry {
	r := *record(n).Record
	r.Status, r.Cost, r.Saved, r.Baseline, r.Attempts, r.Tokens = ledger.Begun, ledger.AmountUnknown, ledger.AmountUnknown, ledger.AmountUnknown, nil, ledger.Tokens{}
	r.Bound, r.Finished = "0.5", r.Started
	return ledger.Entry{Record: &r}
}

func span(from, to int, of func(int) ledger.Entry) (all []ledger.Entry) {
	for n := from; n < to; n++ {
		all = append(all, of(n))
	}
	return all
}

// cli runs the program in this process.
func cli(t *testing.T, address, password string, args ...string) (code int, said string) {
	t.Helper()
	var out bytes.Buffer
	env := map[string]string{"TIERWISE_LEDGER": address, "TIERWISE_LEDGER_PASSWORD": password}
	code = ledgercli.Main(context.Background(), ledgercli.Process{
		Args: args, Stdout: &out, Stderr: &out, Getenv: func(k string) string { return env[k] }, Now: time.Now, Client: &http.Client{}, Version: "test",
	})
	return code, out.String()
}

func want(t *testing.T, code int, said string, wantCode int, wantText string) {
	t.Helper()
	if code != wantCode || !strings.Contains(said, wantText) {
		t.Fatalf("exit %d, expected %d with %q:\n%s", code, wantCode, wantText, said)
	}
}

type place struct {
	name    string
	open    func() adapter
	address string
	kill    func()
	start   func()
}

// tally counts what a report counts, the ids that are there, and those of them
// that never ended.
func tally(t testing.TB, a adapter) (all, ids, unfinished int) {
	t.Helper()
	ended := map[[16]byte]bool{}
	sum := weekly.New(weekly.Options{From: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)})
	for f, err := range a.Facts(t.Context(), store.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		sum.Add(f)
		ended[f.ID] = ended[f.ID] || f.Status != ledger.Begun
	}
	for _, e := range ended {
		if !e {
			unfinished++
		}
	}
	return sum.Numbers().Spend.Records, len(ended), unfinished
}

func places(t testing.TB) []place {
	t.Helper()
	pg, ch := ledgerservers.StartPostgres(t), ledgerservers.StartClickHouse(t)
	openPG := func() adapter {
		s, err := store.OpenPostgres(t.Context(), pg.Address("owner"), ledgerservers.Password, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	openCH := func(shard int) adapter {
		s, err := store.OpenClickHouse(ch.Address(shard), ledgerservers.Password, &http.Client{Transport: &http.Transport{}})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for _, a := range []adapter{openPG(), openCH(0), openCH(1), openPG(), openCH(0)} { // twice: it may be run again
		if _, err := a.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		a.Close()
	}
	return []place{
		{"postgres", openPG, pg.Address("owner"), pg.Kill, pg.Start},
		{"clickhouse", func() adapter { return openCH(0) }, ch.Address(0), ch.Shards[1].Kill, ch.Shards[1].Start},
	}
}

// TestSystemLedgerWriters lets 200 writers send begun and finished records of
// the same runs, each twice, and counts the ids.
func TestSystemLedgerWriters(t *testing.T) {
	for _, p := range places(t) {
		t.Run(p.name, func(t *testing.T) {
			a := p.open()
			defer a.Close()
			const writers, each = 200, 10
			var all sync.WaitGroup
			for w := range writers {
				all.Go(func() {
					for _, part := range [][]ledger.Entry{
						span(w*each, w*each+each, begun), span(w*each, w*each+each/2, record), span(w*each, w*each+each, begun),
						span((w+1)%writers*each, (w+1)%writers*each+each/2, record),
					} {
						if _, err := a.Put(t.Context(), part); err != nil {
							t.Error(err)
						}
					}
				})
			}
			all.Wait()
			if n, ids, unfinished := tally(t, a); n != writers*each || ids != n || unfinished != n/2 {
				t.Errorf("%d records of %d ids, %d begun; expected %d and half of them begun", n, ids, unfinished, writers*each)
			}
		})
	}
}

// TestSystemLedgerKilled kills the server in the middle of a collect, and
// replays.
func TestSystemLedgerKilled(t *testing.T) {
	for _, p := range places(t) {
		t.Run(p.name, func(t *testing.T) {
			dir := t.TempDir()
			const files, each = 40, 1000
			for i := range files {
				var b bytes.Buffer
				for _, e := range span(i*each, i*each+each, record) {
					if err := ledger.EncodeEntry(&b, e); err != nil {
						t.Fatal(err)
					}
				}
				if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("record-%03d.jsonl", i)), b.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			time.AfterFunc(600*time.Millisecond, p.kill)
			code, said := cli(t, p.address, ledgerservers.Password, "replay", dir)
			want(t, code, said, ledgercli.ExitFailed, "the store is away")
			left, _ := filepath.Glob(dir + "/*.jsonl")
			t.Logf("killed with %d of %d files left", len(left), files)
			p.kill()
			p.start()
			code, said = cli(t, p.address, ledgerservers.Password, "replay", dir)
			want(t, code, said, ledgercli.ExitFine, "0 refused")
			if left, _ := filepath.Glob(dir + "/*.jsonl"); len(left) > 0 {
				t.Errorf("%d files are left in the spool", len(left))
			}
			a := p.open()
			defer a.Close()
			if n, ids, _ := tally(t, a); n != files*each || ids != n {
				t.Errorf("%d records of %d ids, expected %d", n, ids, files*each)
			}
		})
	}
}

// TestSystemLedgerPasswords tries what must not work.
func TestSystemLedgerPasswords(t *testing.T) {
	for _, p := range places(t) {
		t.Run(p.name, func(t *testing.T) {
			code, said := cli(t, p.address, "wrong-password", "report")
			want(t, code, said, ledgercli.ExitFailed, "the store is away")
			if strings.Contains(said, "wrong-password") || strings.Contains(said, ledgerservers.Password) {
				t.Errorf("the password is told: %s", said)
			}
		})
	}
}

// TestScaleLedgerRate lets 50 collectors, each with connections of its own,
// take in 20 records a second each for 20 seconds, and counts the ids. Each
// sends what came in ten seconds at once: a batch costs ClickHouse about as
// much as a record does.
func TestScaleLedgerRate(t *testing.T) {
	for _, p := range places(t) {
		t.Run(p.name, func(t *testing.T) {
			const writers, each, rounds, pause = 50, 200, 2, 10 * time.Second
			began := time.Now()
			var all sync.WaitGroup
			for w := range writers {
				all.Go(func() {
					a := p.open()
					defer a.Close()
					next := began.Add(time.Duration(w) * pause / writers)
					for round := range rounds {
						time.Sleep(time.Until(next))
						next = next.Add(pause)
						from := (round*writers + w) * each
						if _, err := a.Put(t.Context(), span(from, from+each, record)); err != nil {
							t.Error(err)
						}
					}
				})
			}
			all.Wait()
			took := time.Since(began)
			a := p.open()
			defer a.Close()
			n, ids, _ := tally(t, a)
			t.Logf("%s: %d records in %.1f s, %.0f a second", p.name, n, took.Seconds(), float64(n)/took.Seconds())
			if n != writers*each*rounds || ids != n {
				t.Errorf("%d records of %d ids, expected %d", n, ids, writers*each*rounds)
			}
			if most := rounds*pause + time.Second; took > most {
				t.Errorf("it took %.1f s, expected under %s: the store fell behind", took.Seconds(), most)
			}
		})
	}
}

// TestSystemLedgerSize holds the program to its budget of 40 MB.
func TestSystemLedgerSize(t *testing.T) {
	program := filepath.Join(t.TempDir(), "tierwise-ledger")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	info, err := os.Stat(program)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("tierwise-ledger has %.1f MB", float64(info.Size())/1e6)
	if info.Size() > 40_000_000 {
		t.Errorf("tierwise-ledger has %d bytes, more than 40 MB", info.Size())
	}
}

// TestSystemLedgerRoles collects as tierwise_writer and reports as
// tierwise_reader, and tries what each may not.
func TestSystemLedgerRoles(t *testing.T) {
	pg := ledgerservers.StartPostgres(t)
	code, said := cli(t, pg.Address("owner"), ledgerservers.Password, "migrate")
	want(t, code, said, ledgercli.ExitFine, "0001_records.sql")
	code, said = cli(t, pg.Address("owner"), ledgerservers.Password, "migrate")
	want(t, code, said, ledgercli.ExitFine, "0 changes")
	roles, err := os.ReadFile("../../internal/store/sql/postgres/roles.sql")
	if err != nil {
		t.Fatal(err)
	}
	pg.SQL(string(roles) + fmt.Sprintf(`CREATE ROLE collector LOGIN PASSWORD '%[1]s' IN ROLE tierwise_writer; CREATE ROLE monday LOGIN PASSWORD '%[1]s' IN ROLE tierwise_reader;`, ledgerservers.Password))
	dir := t.TempDir()
	var b bytes.Buffer
	for _, e := range []ledger.Entry{begun(1), record(1), begun(2)} {
		if err := ledger.EncodeEntry(&b, e); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(dir+"/record-1.jsonl", b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	code, said = cli(t, pg.Address("collector"), ledgerservers.Password, "collect", dir)
	want(t, code, said, ledgercli.ExitFine, "3 read, 2 new, 1 known, 0 refused")
	code, said = cli(t, pg.Address("collector"), ledgerservers.Password, "collect", dir)
	want(t, code, said, ledgercli.ExitFine, "0 new, 3 known")
	other := record(1)
	other.Record.Finished = other.Record.Started
	text, err := ledger.EncodeEntries([]ledger.Entry{other})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir+"/record-2.jsonl", text, 0o600); err != nil {
		t.Fatal(err)
	}
	code, said = cli(t, pg.Address("collector"), ledgerservers.Password, "collect", dir)
	want(t, code, said, ledgercli.ExitRefused, "0 new, 3 known, 1 refused")
	if err := os.Remove(dir + "/record-1.jsonl"); err != nil {
		t.Fatal(err)
	}
	code, said = cli(t, pg.Address("collector"), ledgerservers.Password, "replay", dir)
	want(t, code, said, ledgercli.ExitRefused, "0 new, 0 known, 1 refused")
	if _, err := os.Stat(dir + "/record-2.jsonl"); err != nil {
		t.Error("replay deleted what the ledger did not keep", err)
	}
	code, said = cli(t, pg.Address("monday"), ledgerservers.Password, "report", "--from", "2026-11-01", "--to", "2026-11-30", "--repository", "acme/*", "--format", "json")
	want(t, code, said, ledgercli.ExitFine, `"records": 2`)
	code, said = cli(t, pg.Address("monday"), ledgerservers.Password, "report", "--from", "2026-11-01", "--to", "2026-11-30", "--repository", "acme/repo-1*", "--format", "json")
	want(t, code, said, ledgercli.ExitFine, `"repository": "acme/repo-1*"`)
	want(t, code, said, ledgercli.ExitFine, `"records": 1`)
	code, said = cli(t, pg.Address("monday"), ledgerservers.Password, "collect", dir)
	want(t, code, said, ledgercli.ExitFailed, "permission denied")
	code, said = cli(t, pg.Address("collector"), ledgerservers.Password, "migrate")
	want(t, code, said, ledgercli.ExitFailed, "permission denied")
}
