package ledger

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func begunOf(r Record) Record {
	r.Status, r.Cost, r.Baseline, r.Saved, r.Attempts, r.Tokens = Begun, AmountUnknown, AmountUnknown, AmountUnknown, []Attempt{}, Tokens{}
	r.Bound = "0.25"
	return r
}

func aFlag(r Record) Flag {
	return NewFlag(Flag{Repository: r.Repository, Record: r.ID, Task: r.Task, Verdict: Right, Source: "command", Reference: "r1", At: "2026-11-24T11:00:00Z"})
}

func collected(t *testing.T, d Dir) (entries []Entry, problems []string) {
	t.Helper()
	for e, err := range d.Entries(t.Context(), time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)) {
		if err != nil {
			problems = append(problems, err.Error())
			continue
		}
		entries = append(entries, e)
	}
	return entries, problems
}

func TestAFinishedRecordTakesThePlaceOfABegunOne(t *testing.T) {
	t.Parallel()
	d := aDir(t)
	done, killed := aRecord("1", "2026-11-24"), begunOf(aRecord("2", "2026-11-23"))
	begun, f := begunOf(done), aFlag(done)
	for _, e := range []Entry{{Record: &begun}, {Record: &killed}, {Record: &done}, {Flag: &f}, {Record: &begun}, {Flag: &f}, {Record: &done}} {
		if err := d.Append(t.Context(), []Entry{e}); err != nil {
			t.Fatal(err)
		}
	}
	got, problems := collected(t, d)
	want := []Entry{{Flag: &f}, {Record: &done}, {Record: &killed}}
	if diff := cmp.Diff(want, got); diff != "" || len(problems) > 0 {
		t.Errorf("%v\n%s", problems, diff)
	}
}

func TestABegunRecordInALaterFileIsStillReplaced(t *testing.T) {
	t.Parallel()
	d := aDir(t)
	done := aRecord("1", "2026-11-23")
	begun := begunOf(done)
	writeLines(t, d, "2026-11-24/record-late.jsonl", Entry{Record: &begun})
	writeLines(t, d, "2026-11-23/record-early.jsonl", Entry{Record: &done})
	got, problems := collected(t, d)
	if diff := cmp.Diff([]Entry{{Record: &done}}, got); diff != "" || len(problems) > 0 {
		t.Errorf("%v\n%s", problems, diff)
	}
}

func TestOfTwoOfAnIDTheFirstStaysAndItIsSaid(t *testing.T) {
	t.Parallel()
	d := aDir(t)
	first := aRecord("1", "2026-11-24")
	other := first
	other.Workflow = "forged"
	writeLines(t, d, "2026-11-24/record-a.jsonl", Entry{Record: &first})
	writeLines(t, d, "2026-11-24/record-b.jsonl", Entry{Record: &other})
	forged := begunOf(first)
	forged.Bound = "900"
	writeLines(t, d, "2026-11-24/record-c.jsonl", Entry{Record: &forged})
	got, problems := collected(t, d)
	if diff := cmp.Diff([]Entry{{Record: &first}}, got); diff != "" {
		t.Error(diff)
	}
	if len(problems) != 1 || !strings.Contains(problems[0], "record-b.jsonl:1: another entry of the id "+first.ID) {
		t.Errorf("%q", problems)
	}
}

func writeLines(t *testing.T, d Dir, name string, entries ...Entry) {
	t.Helper()
	text, err := EncodeEntries(entries)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(d.Path(), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestWhatComesFromOutsideIsRefusedLineByLine(t *testing.T) {
	t.Parallel()
	good := aRecord("1", "2026-11-24")
	text, err := EncodeEntries(Entries([]Record{good}))
	if err != nil {
		t.Fatal(err)
	}
	line := strings.TrimSpace(string(text))
	for name, c := range map[string]struct{ old, new, want string }{
		"negative money":          {`"cost_usd":"0"`, `"cost_usd":"-1"`, "negative cost"},
		"money that is no number": {`"cost_usd":"0"`, `"cost_usd":"1e3"`, "cost_usd"},
		"an id of something else": {good.ID, strings.Repeat("0", 32), "the id is not"},
		"an unknown key":          {`{"schema"`, `{"prompt":"x","schema"`, "unknown field"},
		"an unknown schema":       {Schema, "tierwise-record/9", "schema"},
		"begun with a cost":       {`"status":"clean"`, `"status":"begun"`, "something is known of its end"},
		"two values":              {`{"schema"`, `{} {"schema"`, ""},
		"a control character":     {`"workflow":"`, `"workflow":"\u001b`, "control character"},
		"a line of a quarter MiB": {`{"schema"`, strings.Repeat(" ", maxLine) + `{"schema"`, "token too long"},
	} {
		bad := strings.Replace(line, c.old, c.new, 1)
		if bad == line {
			t.Fatalf("%s: nothing was changed in %s", name, line)
		}
		d := aDir(t)
		writeLines(t, d, "2026-11-24/record-z.jsonl", Entries([]Record{aRecord("2", "2026-11-24")})...)
		if err := os.WriteFile(filepath.Join(d.Path(), "2026-11-24", "record-a.jsonl"), []byte(bad+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		got, problems := collected(t, d)
		if len(got) != 1 || len(problems) != 1 || !strings.Contains(problems[0], c.want) {
			t.Errorf("%s: %d entries, %q", name, len(got), problems)
		}
	}
}

func TestTwoHundredWritersLoseAndDoubleNothing(t *testing.T) {
	t.Parallel()
	d := aDir(t)
	done := make(chan error)
	for i := range 200 {
		go func() {
			rec := aRecord(strconv.Itoa(i), "2026-11-24")
			begun := begunOf(rec)
			err := d.Append(t.Context(), []Entry{{Record: &begun}})
			for range 2 { // each is sent twice
				if err == nil {
					err = d.Append(t.Context(), []Entry{{Record: &rec}})
				}
			}
			done <- err
		}()
	}
	for range 200 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	got, problems := collected(t, d)
	ids := map[string]bool{}
	for _, e := range got {
		ids[e.ID()] = e.Record.Status != Begun
	}
	if len(got) != 200 || len(ids) != 200 || len(problems) > 0 {
		t.Errorf("%d entries, %d ids, %v", len(got), len(ids), problems)
	}
}

func TestAFileOfAnotherRunIsNotLost(t *testing.T) {
	t.Parallel()
	d := aDir(t)
	one := aRecord("1", "2026-11-24")
	two := one
	two.Workflow = "the same job and step, and another leg"
	mustAppend(t, d, one)
	mustAppend(t, d, two)
	mustAppend(t, d, two) // sent again
	got, problems := collected(t, d)
	if len(got) != 2 || len(problems) > 0 || got[0].ID() == got[1].ID() {
		t.Errorf("%d entries, %v", len(got), problems)
	}
}

func BenchmarkEntries(b *testing.B) {
	d := Dir{path: b.TempDir()}
	const files, each = 20, 5000
	day := filepath.Join(d.path, "2026-11-24")
	if err := os.MkdirAll(day, 0o700); err != nil {
		b.Fatal(err)
	}
	for f := range files {
		var records []Record
		for i := range each {
			m := meta()
			m.RunID, m.Started, m.Finished = strconv.Itoa(f*each+i), "2026-11-24T10:00:00Z", "2026-11-24T10:00:09Z"
			records = append(records, FromResult(m, escalated()))
		}
		text, err := EncodeEntries(Entries(records))
		if err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(day, fmt.Sprintf("record-%d.jsonl", f)), text, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range d.Entries(b.Context(), time.Time{}) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != files*each {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/files/each, "ns/record")
}
