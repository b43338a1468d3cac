package ledgercli

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/testkit/otlpreceiver"
)

// say runs the program in this process.
func say(t testing.TB, env map[string]string, args ...string) (code int, said string) {
	t.Helper()
	var out bytes.Buffer
	code = Main(t.Context(), Process{
		Args: args, Stdout: &out, Stderr: &out, Getenv: func(k string) string { return env[k] }, Client: &http.Client{}, Version: "test",
		Now: func() time.Time { return time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC) },
	})
	return code, out.String()
}

func want(t *testing.T, code int, said string, wantCode int, wantText string) {
	t.Helper()
	if code != wantCode || !strings.Contains(said, wantText) {
		t.Errorf("exit %d, expected %d with %q:\n%s", code, wantCode, wantText, said)
	}
}

func entry(repository, run string) ledger.Entry {
	rec := ledger.FromResult(ledger.Meta{
		Repository: repository, RunID: run, RunAttempt: 1, Job: "j", Workflow: "w", Event: "push", PricesAsOf: "2026-11-23",
		Started: "2026-11-24T10:00:00Z", Finished: "2026-11-24T10:00:09Z",
	}, dispatch.Result{Task: task.Task{ID: "changelog"}, Status: dispatch.Clean, Cost: money.Cost{State: money.Priced}})
	return ledger.Entry{Record: &rec}
}

func lines(t testing.TB, entries ...ledger.Entry) string {
	t.Helper()
	text, err := ledger.EncodeEntries(entries)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// folderOf writes files, names and texts in turns.
func folderOf(t testing.TB, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		path := filepath.Join(dir, files[i])
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(files[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestEveryVerbShowsExamplesAndNoAddress(t *testing.T) {
	t.Parallel()
	env := map[string]string{"TIERWISE_LEDGER": "postgres://u:hunter22@127.0.0.1/x"}
	for _, verb := range []string{"", "migrate", "collect", "replay", "report"} {
		code, said := say(t, env, strings.Fields(verb+" --help")...)
		want(t, code, said, ExitFine, "Examples:\n  tierwise-ledger "+verb)
		if strings.Contains(said, "hunter22") {
			t.Errorf("%q shows the address", verb)
		}
	}
}

func TestWrongWordsAreTwoAndAStoreThatIsAwayIsThree(t *testing.T) {
	t.Parallel()
	r := otlpreceiver.Start(t)
	dir := folderOf(t, "2026-11-24/record-1.jsonl", lines(t, entry("acme/web", "1")))
	nobody := "clickhouse://u@127.0.0.1:1/x"
	for _, c := range []struct {
		address, words string
		code           int
		want           string
	}{
		{r.Address(), "collect", ExitUsage, "accepts 1 arg"},
		{r.Address(), "collect " + dir + "/none", ExitUsage, "no folder"},
		{r.Address(), "collect " + dir + " --since yesterday", ExitUsage, "--since"},
		{r.Address(), "collect git:x..y --repository a/b", ExitUsage, "no name of a branch"},
		{r.Address(), "collect git:ledger", ExitUsage, "needs --repository"},
		{r.Address(), "collect artifact: --repository acme/*", ExitUsage, "expected owner/name"},
		{r.Address(), "replay git:ledger", ExitUsage, "use collect"},
		{r.Address(), "report", ExitUsage, "only exports"},
		{r.Address(), "migrate", ExitUsage, "only exports"},
		{r.Address(), "report --week 2026-47", ExitUsage, "--week"},
		{r.Address(), "report --format html5", ExitUsage, "--format"},
		{r.Address(), "report --sample 101", ExitUsage, "--sample"},
		{r.Address(), "report --policy " + dir + "/none.yml", ExitUsage, "--policy"},
		{r.Address(), "forget", ExitUsage, "unknown command"},
		{"", "report", ExitUsage, "expected postgres://"},
		{"postgres://u@db.example.com/x?sslmode=disable", "report", ExitUsage, "verify-full"},
		{nobody, "report", ExitFailed, "the store is away"},
		{nobody, "collect " + dir, ExitFailed, "1 not sent; the source is as it was"},
	} {
		code, said := say(t, map[string]string{"TIERWISE_LEDGER": c.address}, strings.Fields(c.words)...)
		want(t, code, said, c.code, c.want)
	}
}

func TestAFolderIsCollected(t *testing.T) {
	t.Parallel()
	r := otlpreceiver.Start(t)
	env := map[string]string{"TIERWISE_LEDGER": r.Address()}
	dir := folderOf(
		t, "2026-11-24/record-1.jsonl", lines(t, entry("acme/web", "1"), entry("acme/api", "2")), "deep/er/record-2.jsonl", lines(t, entry("acme/web", "3")),
		"answers/x.jsonl", "not an entry\n", "notes.txt", "nor this\n",
	)
	code, said := say(t, env, "collect", "file:"+dir)
	want(t, code, said, ExitFine, "3 read, 3 new, 0 known, 0 refused")
	code, said = say(t, env, "collect", dir, "--since", "2026-11-25")
	want(t, code, said, ExitFine, "0 read")
	code, said = say(t, env, "collect", dir, "--repository", "acme/web")
	want(t, code, said, ExitRefused, "3 read, 2 new, 0 known, 1 refused")
	want(t, code, said, ExitRefused, `an entry of "acme/api", which was not asked for`)
	if n := len(r.Spans()); n != 5 {
		t.Errorf("%d spans", n)
	}
}

func TestASpoolIsEmptiedOfWhatIsKept(t *testing.T) {
	t.Parallel()
	r := otlpreceiver.Start(t)
	dir := folderOf(
		t, "a.jsonl", lines(t, entry("acme/web", "1")), "b.jsonl", lines(t, entry("acme/web", "2"))+`{"schema":"tierwise-ledger/1"}`+"\n", "c.jsonl", lines(t, entry("acme/web", "3")),
	)
	outside := folderOf(t, "outside.jsonl", lines(t, entry("acme/web", "4")))
	if err := os.Symlink(filepath.Join(outside, "outside.jsonl"), filepath.Join(dir, "d.jsonl")); err != nil {
		t.Fatal(err)
	}
	code, said := say(t, map[string]string{"TIERWISE_LEDGER": r.Address()}, "replay", dir)
	want(t, code, said, ExitRefused, "4 read, 3 new, 0 known, 1 refused")
	want(t, code, said, ExitRefused, "b.jsonl:2: ")
	for name, there := range map[string]bool{"a.jsonl": false, "b.jsonl": true, "c.jsonl": false, "d.jsonl": true} {
		if _, err := os.Lstat(filepath.Join(dir, name)); (err == nil) != there {
			t.Errorf("%s: %v, expected there: %v", name, err, there)
		}
	}
	if _, err := os.Stat(filepath.Join(outside, "outside.jsonl")); err != nil {
		t.Errorf("a link was followed out of the spool: %v", err)
	}
}

func TestASpoolStaysWhileTheStoreIsAway(t *testing.T) {
	t.Parallel()
	r := otlpreceiver.Start(t)
	r.Status = http.StatusServiceUnavailable
	dir := folderOf(t, "a.jsonl", lines(t, entry("acme/web", "1")))
	code, said := say(t, map[string]string{"TIERWISE_LEDGER": r.Address()}, "replay", dir)
	want(t, code, said, ExitFailed, "status 503")
	if _, err := os.Stat(filepath.Join(dir, "a.jsonl")); err != nil {
		t.Error(err)
	}
}

func TestAHostileLineDoesNotReachTheLogAsACommand(t *testing.T) {
	t.Parallel()
	r := otlpreceiver.Start(t)
	dir := folderOf(t, "a.jsonl", `{"schema":"\n::error::owned"}`+"\n")
	code, said := say(t, map[string]string{"TIERWISE_LEDGER": r.Address()}, "collect", dir)
	want(t, code, said, ExitRefused, "1 refused")
	for line := range strings.Lines(said) {
		if strings.HasPrefix(strings.TrimSpace(line), "::") {
			t.Errorf("a command: %q", line)
		}
	}
}

func TestABatchIsSentWhenItIsFull(t *testing.T) {
	t.Parallel()
	r := otlpreceiver.Start(t)
	var all []ledger.Entry
	for n := range 2500 {
		all = append(all, entry("acme/web", fmt.Sprint(n)))
	}
	dir := folderOf(t, "a.jsonl", lines(t, all[:1700]...), "b.jsonl", lines(t, all[1700:]...))
	code, said := say(t, map[string]string{"TIERWISE_LEDGER": r.Address()}, "collect", dir)
	want(t, code, said, ExitFine, "2500 read, 2500 new")
	if n := len(r.Headers()); n != 3 {
		t.Errorf("%d requests, expected 3 of at most 1,000 entries", n)
	}
}

func TestAFileWhoseRecordStandsOtherwiseStays(t *testing.T) {
	t.Parallel()
	held := entry("acme/web", "1").Record
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if text, _ := io.ReadAll(req.Body); strings.HasPrefix(string(text), "SELECT record_id") {
			fmt.Fprintf(w, "%s\t1\t%d\t%064X\n", held.ID, held.Fact().Started.UnixMicro(), 0)
		}
	}))
	t.Cleanup(server.Close)
	env := map[string]string{"TIERWISE_LEDGER": "clickhouse://u@" + strings.TrimPrefix(server.URL, "http://") + "/x"}
	dir := folderOf(t, "a.jsonl", lines(t, entry("acme/web", "1")), "b.jsonl", lines(t, entry("acme/web", "2")))
	code, said := say(t, env, "replay", dir)
	want(t, code, said, ExitRefused, "2 read, 1 new, 0 known, 1 refused")
	want(t, code, said, ExitRefused, "an id under which another record stands")
	for name, there := range map[string]bool{"a.jsonl": true, "b.jsonl": false} {
		if _, err := os.Lstat(filepath.Join(dir, name)); (err == nil) != there {
			t.Errorf("%s: %v, expected there: %v", name, err, there)
		}
	}
}
