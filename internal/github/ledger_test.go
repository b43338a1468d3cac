package github

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

func anEntry(run string) ledger.Entry {
	rec := ledger.FromResult(ledger.Meta{
		Repository: "acme/widgets", RunID: run, RunAttempt: 1, Job: "j", Workflow: "w", Event: "push",
		Started: "2026-11-24T10:00:00Z", Finished: "2026-11-24T10:00:09Z",
	}, dispatch.Result{Task: task.Task{ID: "changelog"}, Status: dispatch.Clean, Cost: money.Cost{State: money.Priced}})
	return ledger.Entry{Record: &rec}
}

// bare gives the platform's repository a bare one behind it.
func (w *world) bare(t testing.TB) *world {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "bare.git")
	if out, err := exec.Command("git", "init", "--quiet", "--bare", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	w.Do(func() { w.repo.GitDir, w.Rate = dir, fakegithub.Rate{} })
	return w
}

func (w *world) branch(t testing.TB) *LedgerBranch {
	t.Helper()
	c := w.connect(t, Options{Draw: func(below time.Duration) time.Duration { return time.Duration(rand.Int64N(int64(below))) }})
	c.sleep = wait
	return c.LedgerBranch(widgets, "tierwise/ledger")
}

func readAllOf(t testing.TB, seq func(func(ledger.Entry, error) bool)) (ids map[string]int, problems []string) {
	t.Helper()
	ids = map[string]int{}
	for e, err := range seq {
		if err != nil {
			problems = append(problems, err.Error())
			continue
		}
		ids[e.ID()]++
	}
	return ids, problems
}

func TestABranchKeepsEachRecordOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t).bare(t)
	l := w.branch(t)
	first, second := anEntry("1"), anEntry("2")
	for _, e := range []ledger.Entry{first, second, first} {
		if err := l.Append(t.Context(), []ledger.Entry{e}); err != nil {
			t.Fatal(err)
		}
	}
	ids, problems := readAllOf(t, l.Entries(t.Context(), time.Time{}))
	if len(ids) != 2 || ids[first.ID()] != 1 || len(problems) > 0 || len(l.LeftOut()) > 0 {
		t.Errorf("%v, %q, %q", ids, problems, l.LeftOut())
	}
	out, err := exec.Command("git", "--git-dir", w.repo.GitDir, "rev-list", "--count", "tierwise/ledger").Output()
	if err != nil || strings.TrimSpace(string(out)) != "2" {
		t.Errorf("%s commits, %v", out, err)
	}
}

func TestAWriteTakesAsManyRequestsAsAreSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t).bare(t)
	for i, want := range []int{4, 7} {
		l := w.branch(t)
		if err := l.Append(t.Context(), []ledger.Entry{anEntry(strconv.Itoa(i))}); err != nil {
			t.Fatal(err)
		}
		if got := l.c.Requests(); got != want {
			t.Errorf("write %d took %d requests, the documentation says %d", i+1, got, want)
		}
	}
}

func writeFromMany(t *testing.T, writers int) {
	t.Helper()
	w := newWorld(t).bare(t)
	done := make(chan error)
	for i := range writers {
		l := w.branch(t)
		go func() {
			err := l.Append(t.Context(), []ledger.Entry{anEntry(strconv.Itoa(i))})
			done <- errors.Join(err, l.Append(t.Context(), []ledger.Entry{anEntry(strconv.Itoa(i))})) // sent twice
		}()
	}
	for range writers {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	ids, problems := readAllOf(t, w.branch(t).Entries(t.Context(), time.Time{}))
	if len(ids) != writers || len(problems) > 0 {
		t.Errorf("%d of %d records, %q", len(ids), writers, problems)
	}
	tried := 0
	for _, r := range w.Requests() {
		if strings.Contains(r.Path, "/git/refs") {
			tried++
		}
	}
	if tried <= writers {
		t.Errorf("only %d updates were tried: nobody raced", tried)
	}
	t.Logf("%d writers, %d requests, %d updates tried", writers, len(w.Requests()), tried)
	w.sound(t)
}

// sound asks git whether every object is whole, and the history one line.
func (w *world) sound(t testing.TB) {
	t.Helper()
	if out, err := exec.Command("git", "--git-dir", w.repo.GitDir, "fsck", "--strict", "--no-dangling").CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	out, err := exec.Command("git", "--git-dir", w.repo.GitDir, "rev-list", "--merges", "--count", "tierwise/ledger").Output()
	if err != nil || strings.TrimSpace(string(out)) != "0" {
		t.Errorf("%s merges, %v", out, err)
	}
}

func TestManyWritersOfABranchLoseNothing(t *testing.T) {
	t.Parallel()
	writeFromMany(t, 20)
}

func TestAWriterThatLosesWaitsLongerWhereTriesTakeLong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ last, took, want time.Duration }{
		"a quick try":           {0, time.Millisecond, firstWait},
		"a second loss":         {2 * time.Second, time.Millisecond, 3 * time.Second},
		"a platform under load": {firstWait, 3 * time.Second, 6 * time.Second},
		"never too long":        {longestWait, time.Hour, longestWait},
		"a clock set back":      {firstWait, -time.Hour, firstWait + firstWait/2},
	} {
		if got := waitBound(c.last, c.took); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestARefusedWriteIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault fakegithub.Fault
		want  string
	}{
		"a token that may only read": {fakegithub.Fault{Method: "POST", Path: "/git/trees", Status: 403, Message: "Resource not accessible by integration"}, `need the line "contents: write"`},
		"a protected branch":         {fakegithub.Fault{Method: "POST", Path: "/git/refs", Status: 422, Message: "Repository rule violations found"}, "rule violations"},
		"a platform that is away":    {fakegithub.Fault{Method: "POST", Path: "/git/commits", Status: 502}, "HTTP 502"},
	} {
		w := newWorld(t).bare(t)
		w.Inject(c.fault)
		err := w.branch(t).Append(t.Context(), []ledger.Entry{anEntry("1")})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if n := len(w.Requests()); n > 4 {
			t.Errorf("%s: %d requests", name, n)
		}
	}
}

func TestAFileThatCannotBeReadIsNoLostRace(t *testing.T) {
	t.Parallel()
	w := newWorld(t).bare(t)
	l, e := w.branch(t), anEntry("1")
	day, name, err := ledger.Place([]ledger.Entry{e})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.commit(t.Context(), tip{}, day+"/"+name, []byte("no entry\n")); err != nil {
		t.Fatal(err)
	}
	before := len(w.Requests())
	err = l.Append(t.Context(), []ledger.Entry{e})
	if err == nil || errors.Is(err, errRace) || !strings.Contains(err.Error(), "a file that has the name cannot be read") {
		t.Errorf("got %v", err)
	}
	if n := len(w.Requests()) - before; n > 5 {
		t.Errorf("%d requests: it was tried again", n)
	}
}

func TestALostRaceForANewBranchIsRunAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t).bare(t)
	w.Inject(fakegithub.Fault{Method: "POST", Path: "/git/refs", Status: 422, Message: "Reference already exists", Times: 1})
	if err := w.branch(t).Append(t.Context(), []ledger.Entry{anEntry("1")}); err != nil {
		t.Error(err)
	}
}

func TestABranchThatIsNotThereIsSaid(t *testing.T) {
	t.Parallel()
	l := newWorld(t).bare(t).branch(t)
	ids, problems := readAllOf(t, l.Entries(t.Context(), time.Time{}))
	if said := strings.Join(l.LeftOut(), ""); len(ids)+len(problems) > 0 || !strings.Contains(said, "is not there, or the token may not see it") {
		t.Errorf("%v, %q, %q", ids, problems, said)
	}
}

func FuzzUnzip(f *testing.F) {
	f.Add(zipOf(f, "record-a.jsonl", lineOf(f, "1")))
	f.Add(zipOf(f, "../record-a.jsonl", "{}", "b\\c.jsonl", "", "d/", ""))
	f.Add([]byte("no archive"))
	f.Fuzz(func(t *testing.T, data []byte) {
		problems := 0
		g := &gathering{merger: ledger.NewMerger(time.Time{}), yield: func(e ledger.Entry, err error) bool {
			if err != nil {
				problems++
				return true
			}
			if text, err := ledger.EncodeEntries([]ledger.Entry{e}); err != nil || len(text) == 0 {
				t.Fatalf("an entry that cannot be written: %v", err)
			}
			return true
		}}
		if !unzip("artifact 1", data, g) {
			t.Fatal("it stopped, and nobody asked it to")
		}
		if _, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err != nil && problems == 0 {
			t.Fatal("what is no archive was not said")
		}
	})
}

func zipOf(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := z.Create(files[i])
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func lineOf(t testing.TB, run string) string {
	t.Helper()
	text, err := ledger.EncodeEntries([]ledger.Entry{anEntry(run)})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestArtifactsOfTheWeekAreRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const now, old = "2026-11-24T12:00:00Z", "2026-11-01T12:00:00Z"
	many := make([]string, 0, 2*maxZipFiles+2)
	for i := range maxZipFiles + 1 {
		many = append(many, fmt.Sprintf("record-%d.jsonl", i), "")
	}
	w.Do(func() {
		w.repo.Artifacts = []fakegithub.Artifact{
			{ID: 1, Name: "tierwise-record-1", Created: now, Zip: zipOf(t, "record-a.jsonl", lineOf(t, "1"), "result.json", "{}")},
			{ID: 2, Name: "tierwise-record-2", Created: now, Zip: zipOf(t, "record-a.jsonl", lineOf(t, "1")+lineOf(t, "2"))},
			{ID: 3, Name: "other", Created: now, Zip: zipOf(t, "record-a.jsonl", lineOf(t, "3"))},
			{ID: 4, Name: "tierwise-record-4", Created: now, Expired: true},
			{ID: 5, Name: "tierwise-record-5", Created: now, Fork: true, Zip: zipOf(t, "record-a.jsonl", lineOf(t, "5"))},
			{ID: 6, Name: "tierwise-record-6", Created: now, Zip: zipOf(t, "../record-a.jsonl", lineOf(t, "6"))},
			{ID: 7, Name: "tierwise-record-7", Created: now, Zip: zipOf(t, many...)},
			{ID: 8, Name: "tierwise-record-8", Created: now, Zip: zipOf(t, "record-a.jsonl", strings.Repeat(strings.Repeat(" ", 1000)+"\n", maxZipText/1000))},
			{ID: 9, Name: "tierwise-record-9", Created: now, Zip: []byte("no archive")},
			{ID: 10, Name: "tierwise-record-10", Created: now, Redirect: "ftp://elsewhere/x"},
			{ID: 11, Name: "tierwise-record-11", Created: old, Zip: zipOf(t, "record-a.jsonl", lineOf(t, "11"))},
		}
	})
	l := w.client.LedgerArtifacts(widgets)
	ids, problems := readAllOf(t, l.Entries(t.Context(), time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)))
	if len(ids) != 2 || l.Expired != 1 || l.Strange != 1 {
		t.Errorf("%v, %d expired, %d strange", ids, l.Expired, l.Strange)
	}
	if said := strings.Join(l.LeftOut(), "\n"); !strings.Contains(said, "expired, and are missing here: 1.") || !strings.Contains(said, "of another repository or of none known: 1.") {
		t.Errorf("left out: %q", said)
	}
	text := strings.Join(problems, "\n")
	for _, want := range []string{"artifact 6: \"../record-a.jsonl\"", "artifact 7: 201 files", "artifact 8: over 32 MiB", "artifact 9: zip", "artifact 10: read an artifact: the redirect"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if len(problems) != 5 {
		t.Errorf("%d problems:\n%s", len(problems), text)
	}
}
