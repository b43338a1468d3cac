//go:build system

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/store"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/testkit/ledgerservers"
)

// templates is how many records are written in full. The others of a scale are
// copies of them with ids, sessions and days of their own.
const templates = 1000

// whole is a record as a busy repository writes it: every third escalates.
func whole(n int) ledger.Entry {
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(n%1_728_000) * time.Second)
	small := policy.Model{Tier: policy.Efficient, Provider: "anthropic", Model: "claude-haiku-4-5"}
	large := policy.Model{Tier: policy.Frontier, Provider: "anthropic", Model: "claude-opus-4-8"}
	usage := money.Usage{Known: true, InputTokens: int64(2000 + n%700), CacheReadInputTokens: 900, OutputTokens: int64(300 + n%90)}
	call := func(m policy.Model, nano money.Nano, released bool) dispatch.Attempt {
		cost := money.Cost{State: money.Priced, Nano: nano}
		return dispatch.Attempt{Model: m, ServedModel: m.Model, Tries: []dispatch.Try{{Usage: usage, Cost: cost}}, Cost: cost, Released: released}
	}
	r := dispatch.Result{
		Task: task.Task{ID: []string{"changelog", "docs", "code-review"}[n%3]}, Status: dispatch.Clean, Tier: policy.Efficient, Model: small,
		Decision: route.Decision{Tier: policy.Efficient, Reasons: []route.Reason{{Rule: "size/small"}, {Rule: "place/docs"}, {Rule: "catcher/verifier"}}},
		Attempts: []dispatch.Attempt{call(small, money.Nano(4_000_000+n%1000), n%3 != 0)},
		Cost:     money.Cost{State: money.Priced, Nano: money.Nano(4_000_000 + n%1000)},
		Baseline: money.Cost{State: money.Priced, Nano: 22_000_000},
		Estimate: &dispatch.Estimate{Expected: 2500, Most: 9000, Class: "code"},
	}
	if n%3 == 0 {
		r.Attempts[0].Problems = []task.Problem{{ID: "invented"}}
		r.Attempts = append(r.Attempts, call(large, 21_000_000, true))
		r.Tier, r.Model, r.Cost.Nano = policy.Frontier, large, r.Cost.Nano+21_000_000
	}
	r.Saved = money.Cost{State: money.Priced, Nano: r.Baseline.Nano - r.Cost.Nano}
	rec := ledger.FromResult(ledger.Meta{
		Repository: fmt.Sprintf("acme/repo-%d", n%200), RepositoryID: int64(n%200) + 1, PullRequest: n%900 + 1, RunID: fmt.Sprint(90_000_000 + n/3), RunAttempt: 1,
		Job: "ai", Step: "tierwise", Workflow: "AI", Event: "pull_request", PricesAsOf: "2026-11-23", Started: at.Format(time.RFC3339), Finished: at.Add(time.Minute).Format(time.RFC3339),
		PolicyName: "routing-policy.yml", PolicyDigest: "sha256:" + strings.Repeat("ab", 32), Version: "1.0.0",
	}, r)
	return ledger.Entry{Record: &rec}
}

// TestScaleLedger takes the time and the memory of a report over 10,000,
// 100,000 and 1,000,000 records in each kind of ledger, and prints a table.
func TestScaleLedger(t *testing.T) {
	bin := t.TempDir()
	for _, program := range []string{"tierwise", "tierwise-ledger"} {
		if out, err := exec.Command("go", "build", "-o", bin, "../"+program).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	fmt.Println("| Ledger | Records | Bytes | A record | Report | of it its own CPU | Memory |\n|---|---:|---:|---:|---:|---:|---:|")
	t.Run("PostgreSQL", func(t *testing.T) {
		pg := ledgerservers.StartPostgres(t)
		s := scale{t: t, bin: bin, ledger: "PostgreSQL", address: pg.Address("owner")}
		a, err := store.OpenPostgres(t.Context(), s.address, ledgerservers.Password, func() time.Time { return time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC) })
		keepTemplates(t, a, err, true)
		s.all(func(have, n int) int64 { return fillPostgres(pg, have, n) })
	})
	t.Run("ClickHouse", func(t *testing.T) {
		ch := ledgerservers.StartClickHouse(t)
		for shard := range ch.Shards {
			a, err := store.OpenClickHouse(ch.Address(shard), ledgerservers.Password, &http.Client{})
			keepTemplates(t, a, err, shard == len(ch.Shards)-1)
		}
		s := scale{t: t, bin: bin, ledger: "ClickHouse", address: ch.Address(0)}
		s.all(func(have, n int) int64 { return fillClickHouse(ch, have, n) })
	})
	t.Run("JSONL", func(t *testing.T) {
		dir := t.TempDir()
		s := scale{t: t, bin: bin, ledger: "JSONL", dir: dir}
		s.all(func(have, n int) int64 { return s.size + fillFolder(t, dir, max(0, have), n) })
	})
}

// all measures every size. fill brings a ledger from one size to the next and
// gives its bytes.
func (s *scale) all(fill func(have, n int) int64) {
	have := templates
	if s.dir != "" {
		have = 0
	}
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		s.records, s.size = n, fill(have, n)
		s.report()
		have = n
	}
}

func keepTemplates(t *testing.T, a adapter, err error, put bool) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if _, err := a.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !put {
		return
	}
	if _, err := a.Put(t.Context(), span(0, templates, whole)); err != nil {
		t.Fatal(err)
	}
}

// fillFolder writes days of files, each with the records of a busy hour.
func fillFolder(t *testing.T, dir string, have, n int) (size int64) {
	t.Helper()
	const each = 250
	for from := have; from < n; from += each {
		entries := span(from, from+each, whole)
		text, err := ledger.EncodeEntries(entries)
		if err != nil {
			t.Fatal(err)
		}
		day, name, err := ledger.Place(entries)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(dir, day), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, day, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
		size += int64(len(text))
	}
	return size
}

// copied are the columns that copies do not share with their template.
const copied = "record_id, session, started_us"

// fillPostgres adds copies of the templates until there are n records.
func fillPostgres(pg *ledgerservers.Postgres, have, n int) (size int64) {
	columns := pg.SQL(`SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns
		WHERE table_name = 'tierwise_records' AND column_name NOT IN ('record_id', 'session', 'started_us')`)
	pg.SQL("CREATE TABLE IF NOT EXISTS templates AS SELECT * FROM tierwise_records")
	pg.SQL(fmt.Sprintf(`INSERT INTO tierwise_records (%[1]s, %[2]s)
		SELECT md5(record_id::text || g)::uuid, md5(session::text || g)::uuid, started_us - (g %% 90)::bigint * 86400000000, %[2]s
		FROM templates, generate_series(%[3]d, %[4]d) g`, copied, columns, have/templates, n/templates-1))
	pg.SQL("VACUUM ANALYZE")
	return number(pg.SQL("SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'tierwise_records'::regclass"))
}

// fillClickHouse does the same on each shard.
func fillClickHouse(ch *ledgerservers.ClickHouse, have, n int) (size int64) {
	for shard := range ch.Shards {
		columns := ch.SQL(shard, `SELECT arrayStringConcat(groupArray(name), ', ') FROM system.columns WHERE database = 'default' AND table = 'tierwise_records_local'
			AND name NOT IN ('record_id', 'session', 'started_us', 'started')`)
		ch.SQL(shard, "CREATE TABLE IF NOT EXISTS templates ENGINE = TinyLog AS SELECT * FROM tierwise_records_local FINAL")
		const step = 50 // copies at once: more take the server's memory
		for from := have / templates; from < n/templates; from += step {
			ch.SQL(shard, fmt.Sprintf(`INSERT INTO tierwise_records_local (%[1]s, started, %[2]s)
				SELECT toFixedString(lower(hex(MD5(concat(toString(record_id), toString(g))))), 32), toFixedString(lower(hex(MD5(concat(toString(session), toString(g))))), 32),
				started_us - (g %% 90) * 86400000000, started - (g %% 90) * 86400, %[2]s
				FROM (SELECT *, arrayJoin(range(%[3]d)) + %[4]d AS g FROM templates)`, copied, columns, min(step, n/templates-from), from))
		}
		size += number(ch.SQL(shard, "SELECT sum(bytes_on_disk) FROM system.parts WHERE table = 'tierwise_records_local' AND active"))
	}
	return size
}

func number(text string) (n int64) {
	if _, err := fmt.Sscan(text, &n); err != nil {
		panic(err)
	}
	return n
}

// scale is one kind of ledger, and the size that it has now.
type scale struct {
	t            *testing.T
	bin, ledger  string
	address, dir string // one of both
	records      int
	size         int64
}

// report runs the program and prints the fastest of three.
func (s *scale) report() {
	s.t.Helper()
	page := filepath.Join(s.bin, "page.json")
	program, args := "tierwise-ledger", []string{"report", "--from", "2026-01-01", "--to", "2026-12-31", "--format", "json", "-o", page}
	if s.dir != "" {
		program, args = "tierwise", append(args, "--ledger", "file:"+s.dir)
	}
	best, own, memory := time.Hour, time.Hour, int64(0)
	for range 3 {
		cmd := exec.Command(filepath.Join(s.bin, program), args...)
		cmd.Env = append(os.Environ(), "TIERWISE_LEDGER="+s.address, "TIERWISE_LEDGER_PASSWORD="+ledgerservers.Password)
		began := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			s.t.Fatalf("%s: %v\n%s", s.ledger, err, out)
		}
		best, own = min(best, time.Since(began)), min(own, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
		memory = max(memory, cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss>>10)
		s.check(page)
	}
	fmt.Printf("| %s | %d | %d MB | %d B | %.2f s | %.2f s | %d MB |\n", s.ledger, s.records, s.size/1_000_000, s.size/int64(s.records), best.Seconds(), own.Seconds(), memory)
}

func (s *scale) check(page string) {
	s.t.Helper()
	data, err := os.ReadFile(page)
	if err != nil {
		s.t.Fatal(err)
	}
	var got struct {
		Spend struct {
			Records int    `json:"records"`
			Cost    string `json:"cost_usd"`
		} `json:"spend"`
	}
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&got); err != nil {
		s.t.Fatal(err)
	}
	if got.Spend.Records != s.records {
		s.t.Errorf("%s: the report counts %d records, expected %d", s.ledger, got.Spend.Records, s.records)
	}
}
