package ledger

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/task"
)

func aRecord(run, day string) Record {
	m := meta()
	m.RunID, m.Started, m.Finished = run, day+"T10:00:00Z", day+"T10:00:09Z"
	return FromResult(m, dispatch.Result{Task: task.Task{ID: "changelog"}, Status: dispatch.Clean, Cost: money.Cost{State: money.Priced}})
}

func aDir(t *testing.T) Dir {
	t.Helper()
	a, err := ParseAddress("file:ledger")
	if err != nil {
		t.Fatal(err)
	}
	return a.Dir.In(t.TempDir())
}

func mustAppend(t *testing.T, d Dir, records ...Record) {
	t.Helper()
	if err := d.Append(t.Context(), Entries(records)); err != nil {
		t.Fatal(err)
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{"file:a": "a", "file:./a/": "a", "file:a/../b": "b", "file:/var/x": "/var/x"} {
		if d, err := ParseAddress(address); err != nil || d.Kind != KindFile || d.Dir.Path() != want {
			t.Errorf("%s: %q, %v", address, d.Dir.Path(), err)
		}
	}
	for _, address := range []string{"artifact:", "git:ledger", "git:tierwise/ledger-2026.1"} {
		if a, err := ParseAddress(address); err != nil || a.String() != address {
			t.Errorf("%s: %v, %v", address, a, err)
		}
	}
	for address, want := range map[string]string{
		"": "file:DIR", "a": "file:DIR", "file:": "file:DIR", "file://host/a": "file:DIR", "git:": "git:BRANCH", "artifact:x": "nothing behind it",
		"git:refs/heads/a": "no name of a branch", "git:a..b": "no name of a branch", "git:a//b": "no name of a branch", "git:a.lock": "no name of a branch",
		"git:a b": "letters", "git:-f": "letters", "git:a\nb": "letters", "git:" + strings.Repeat("a", 201): "letters",
		"postgres://u:secret@h/d": "holds no database credentials", "clickhouse://h": "tierwise-ledger collect", "otlp+http://h": "artifact: or git:",
	} {
		a, err := ParseAddress(address)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%.40s: %v, %v", address, a, err)
		}
	}
}

func TestRecordsComeBack(t *testing.T) {
	t.Parallel()
	d := aDir(t)
	old, first, second := aRecord("1", "2026-11-01"), aRecord("2", "2026-11-23"), aRecord("3", "2026-11-24")
	mustAppend(t, d, old)
	mustAppend(t, d, second)
	mustAppend(t, d, first)
	mustAppend(t, d, first) // the same run, sent twice
	if _, err := WriteFile(d.Path(), []Record{first}); err != nil {
		t.Fatal(err) // and as the action leaves it
	}
	if _, err := WriteFile(d.Path(), []Record{old}); err != nil {
		t.Fatal(err) // a file in no folder of a day has its day in its records alone
	}
	got, problems := ReadDir(t.Context(), d.Path(), time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC))
	if diff := cmp.Diff([]Record{first, second}, got); diff != "" || len(problems) > 0 {
		t.Errorf("%v\n%s", problems, diff)
	}
	if got, problems := ReadDir(t.Context(), filepath.Join(d.Path(), "nothing"), time.Time{}); len(got)+len(problems) > 0 {
		t.Errorf("a ledger that is not there holds %v, %v", got, problems)
	}
	for range Records(t.Context(), d.Path(), time.Time{}) {
		break // a reader may stop
	}
}

func TestAReaderTellsWhatItCouldNotRead(t *testing.T) {
	t.Parallel()
	d := aDir(t)
	good := aRecord("1", "2026-11-24")
	mustAppend(t, d, good)
	day := filepath.Join(d.Path(), "2026-11-24")
	for name, text := range map[string]string{
		"record-0.jsonl": "{}\n\nnot JSON\n", "record-1.jsonl": strings.Repeat("x", maxLine+1), "other.jsonl": "not ours",
	} {
		if err := os.WriteFile(filepath.Join(day, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	outside := filepath.Join(t.TempDir(), "record-9.jsonl")
	if err := os.WriteFile(outside, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(day, "record-9.jsonl")); err != nil {
		t.Fatal(err)
	}
	got, problems := ReadDir(t.Context(), d.Path(), time.Time{})
	if diff := cmp.Diff([]Record{good}, got); diff != "" {
		t.Error(diff)
	}
	var words []string
	for _, p := range problems {
		words = append(words, p.Error())
	}
	text := strings.Join(words, "\n")
	for _, want := range []string{"2026-11-24/record-0.jsonl:1: schema", "2026-11-24/record-0.jsonl:3: ", "2026-11-24/record-1.jsonl: bufio.Scanner: token too long"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if len(problems) != 3 {
		t.Errorf("%d problems:\n%s", len(problems), text)
	}
}

func TestManyWritersLoseNothing(t *testing.T) {
	t.Parallel()
	d := aDir(t)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if err := d.Append(t.Context(), Entries([]Record{aRecord(strconv.Itoa(i), "2026-11-24")})); err != nil {
				t.Error(err)
			}
			if err := d.KeepAnswer(anAnswer("changelog")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got, problems := ReadDir(t.Context(), d.Path(), time.Time{}); len(got) != 20 || len(problems) > 0 {
		t.Errorf("%d records, %v", len(got), problems)
	}
	if kept, err := d.Answers(aName("a")); err != nil || len(kept) != 1 {
		t.Errorf("%v, %v", kept, err)
	}
}

func TestKeptAnswersAreFoundByKeyAndByLineage(t *testing.T) {
	t.Parallel()
	d := aDir(t)
	if kept, err := d.Answers(aName("a")); err != nil || kept != nil {
		t.Errorf("before anything: %v, %v", kept, err)
	}
	k := anAnswer("changelog")
	if err := d.KeepAnswer(k); err != nil {
		t.Fatal(err)
	}
	k.From = FromLedger
	kept, err := d.Answers(aName("a"), aName("b"), aName("d"))
	if diff := cmp.Diff([]dispatch.Kept{k, k}, kept); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	info, err := os.Stat(filepath.Join(d.Path(), "answers", aName("a")+".json"))
	if err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("%v, %v", info, err)
	}
	if _, err := d.Answers("../" + aName("a")); err == nil {
		t.Error("a name that is a path was read")
	}
}

func TestAKeptAnswerOfAnothersIsRefused(t *testing.T) {
	t.Parallel()
	d := aDir(t)
	if err := d.KeepAnswer(anAnswer("changelog")); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(d.Path(), "answers")
	for name, prepare := range map[string]func(path string) error{
		aName("1"): func(p string) error { return os.Rename(filepath.Join(dir, aName("b")+".json"), p) },
		aName("2"): func(p string) error { return os.Symlink(aName("a")+".json", p) },
		aName("3"): func(p string) error { return os.Mkdir(p, 0o700) },
		aName("4"): func(p string) error { return os.WriteFile(p, make([]byte, maxAnswerFile+1), 0o600) },
		aName("5"): func(p string) error { return os.WriteFile(p, []byte("{"), 0o600) },
	} {
		if err := prepare(filepath.Join(dir, name+".json")); err != nil {
			t.Fatal(err)
		}
		if kept, err := d.Answers(name, aName("a")); err == nil || len(kept) != 1 {
			t.Errorf("%.1s: %v, %v", name, kept, err)
		}
	}
}

func TestALedgerThatCannotBeWrittenSaysSo(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	if err := os.Symlink(t.TempDir(), filepath.Join(root, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"link", "file"} {
		a, err := ParseAddress("file:" + name)
		if err != nil {
			t.Fatal(err)
		}
		d := a.Dir.In(root)
		if err := d.Append(t.Context(), Entries([]Record{aRecord("1", "2026-11-24")})); err == nil {
			t.Errorf("%s: records were written", name)
		}
		if err := d.KeepAnswer(anAnswer("changelog")); err == nil {
			t.Errorf("%s: an answer was written", name)
		}
	}
	d := aDir(t)
	rec := aRecord("1", "2026-11-24")
	rec.Finished = "../../x"
	if err := d.Append(t.Context(), Entries([]Record{rec})); err == nil {
		t.Error("a record of no day was written")
	}
	if err := d.Append(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

func TestARecordOfAReusedResult(t *testing.T) {
	t.Parallel()
	r := dispatch.Result{
		Task: task.Task{ID: "changelog"}, Status: dispatch.Clean, Cost: money.Cost{State: money.Priced},
		Reused: &dispatch.Reused{Key: aName("a"), From: FromComment, Avoided: money.Cost{State: money.Priced, Nano: 12_300_000}},
	}
	rec := FromResult(meta(), r)
	if err := rec.check(); err != nil || rec.Reused.Avoided != "0.0123" {
		t.Fatalf("%v: %+v", err, rec.Reused)
	}
	for name, spoil := range map[string]func(*Record){
		"no key":              func(r *Record) { r.Reused.Key = "a" },
		"from nowhere":        func(r *Record) { r.Reused.From = "eve" },
		"less than nothing":   func(r *Record) { r.Reused.Avoided = "-1" },
		"no amount":           func(r *Record) { r.Reused.Avoided = "much" },
		"something was spent": func(r *Record) { r.Cost = "0.1" },
		"an attempt was made": func(r *Record) { r.Attempts = []Attempt{{Cost: "0"}} },
	} {
		bad := rec
		reused := *rec.Reused
		bad.Reused = &reused
		spoil(&bad)
		if bad.check() == nil {
			t.Errorf("%s: passes", name)
		}
	}
}
