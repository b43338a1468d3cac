package pipeline

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/provider"
	"github.com/tierwise/tierwise/internal/report"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/weekly"
)

const killedVariable = "TIERWISE_TEST_KILLED_IN"

// hangs is a model that does not answer. It says when it is called.
type hangs struct{}

func (hangs) Complete(ctx context.Context, _ provider.Request) (provider.Response, error) {
	fmt.Println("called")
	<-ctx.Done()
	return provider.Response{}, &provider.Error{Provider: "anthropic", Sent: true, Message: "stopped", Err: ctx.Err()}
}

// runUntilStopped is the process that is killed.
func runUntilStopped(t *testing.T, folder string) {
	t.Helper()
	ctx, stop := signal.NotifyContext(t.Context(), syscall.SIGTERM)
	defer stop()
	address, err := ledger.ParseAddress("file:" + filepath.Join(folder, "ledger"))
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := money.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	model := policy.Model{Tier: policy.Frontier, Provider: "anthropic", Model: "claude-opus-5-5", MaxOutputTokens: 1000}
	summary, _ := task.Find("pr-summary")
	summary.NeedsChange = false
	w := &Work{Repository: "o/r", PullNumber: 7, Policy: &policy.File{Name: "p", Pool: []policy.Model{model}, Baseline: model, Escalation: policy.Escalation{MaxAttempts: 1}}}
	w.Trace = &Trace{Dir: folder, Shared: address.Dir, RepositoryID: 42, Origin: Origin{RunID: "1", Attempt: 1, Job: "j", Event: "pull_request", Version: "v", Started: time.Now()}}
	m := Models{Clients: map[string]dispatch.Completer{"anthropic": hangs{}}, Catalogue: catalogue}
	e := Edge{Now: time.Now, Random: rand.Reader, Progress: func(string) {}, RetryBase: time.Millisecond}
	plans := []Planned{{Task: summary, Input: task.Input{Title: "x", Body: "words"}, Decision: route.Decision{Tier: policy.Frontier, Model: &model}}}
	results, _ := w.Run(ctx, plans, Settings{}, m, e)
	fmt.Println("ended", results[0].Status, results[0].Reason)
}

func TestARunThatIsStoppedInACallLeavesItsTrace(t *testing.T) {
	t.Parallel()
	if folder := os.Getenv(killedVariable); folder != "" {
		runUntilStopped(t, folder)
		return
	}
	for name, c := range map[string]struct {
		by     os.Signal
		status string
	}{
		"killed: begun, its spend unknown and bounded": {os.Kill, ledger.Begun},
		"told to stop: an end, its spend unknown":      {syscall.SIGTERM, "could-not-run"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestARunThatIsStoppedInACallLeavesItsTrace$", "-test.v")
			cmd.Env = append(os.Environ(), killedVariable+"="+folder)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			var said []string
			called := false
			for lines := bufio.NewScanner(out); lines.Scan(); {
				said = append(said, lines.Text())
				if strings.Contains(lines.Text(), "called") {
					called = true
					if err := cmd.Process.Signal(c.by); err != nil {
						t.Fatal(err)
					}
				}
			}
			_ = cmd.Wait() // one of the two is killed
			if !called {
				t.Fatalf("no call was made: %q", said)
			}
			records, problems := ledger.ReadDir(t.Context(), filepath.Join(folder, "ledger"), time.Time{})
			if len(records) != 1 || len(problems) > 0 {
				t.Fatalf("%d records, problems %v, expected one: %q", len(records), problems, said)
			}
			rec := records[0]
			if rec.Status != c.status || rec.Cost != ledger.AmountUnknown || rec.RepositoryID != 42 || rec.PullRequest != 7 {
				t.Errorf("status %s, cost %s, repository %d, pull request %d", rec.Status, rec.Cost, rec.RepositoryID, rec.PullRequest)
			}
			if bound := rec.Fact().Bound; bound.State != money.Priced || bound.Nano <= 0 {
				t.Errorf("bound %v", bound)
			}
			afterwards(t, folder, rec, c.by == os.Kill)
			left, err := filepath.Glob(filepath.Join(folder, FilesDir, "record-*-begun.jsonl"))
			if err != nil || len(left) != 1 {
				t.Errorf("begun record files: %v, %v", left, err)
			}
		})
	}
}

// afterwards is the next run: what the stopped one may have spent counts
// against the pull request, and the report names it as unknown.
func afterwards(t *testing.T, folder string, rec ledger.Record, killed bool) {
	t.Helper()
	bound := rec.Fact().Bound.Nano
	address, err := ledger.ParseAddress("file:" + filepath.Join(folder, "ledger"))
	if err != nil {
		t.Fatal(err)
	}
	for _, more := range []struct {
		ceiling money.Nano
		refused bool
	}{{bound + 10, false}, {bound + 9, true}} {
		w, e := runOn(address.Dir, int(more.ceiling), policy.Budget{PullRequest: nano(more.ceiling)})
		e.Now = time.Now
		r, got := reserveOne(w, e, 10, true)
		if (got.Over != "") != more.refused {
			t.Errorf("with a ceiling of %d over a bound of %d: refused %q, expected %v", more.ceiling, bound, got.Over, more.refused)
		}
		r.Cost = money.Cost{State: money.Priced}
		r.Status = dispatch.Skipped
		w.ended(t.Context(), 0, r, Models{}, e)
	}
	week := weekly.New(weekly.Options{From: time.Now().AddDate(0, 0, -6), To: time.Now().AddDate(0, 0, 1)})
	week.Add(rec.Fact())
	numbers := week.Numbers()
	var page bytes.Buffer
	if err := report.WeeklyMarkdown(&page, numbers); err != nil {
		t.Fatal(err)
	}
	words := "1 task begun and never finished: what they spent is unknown, at most " + bound.Dollars()
	if said := strings.Contains(page.String(), words); said != killed {
		t.Errorf("the report says %q: %v, expected %v\n%s", words, said, killed, page.String())
	}
	if numbers.Spend.Records != 1 || numbers.Spend.Unknown != 1 || (numbers.Gaps.Unfinished == 1) != killed {
		t.Errorf("spend %+v, gaps %+v: expected one that is not known", numbers.Spend, numbers.Gaps)
	}
}
