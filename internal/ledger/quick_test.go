package ledger

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fullRecord has every field set, so that one that the quick reader does not
// know makes it go off.
func fullRecord() Record {
	r := FromResult(meta(), escalated())
	r.Step, r.Leg, r.RepositoryID, r.Agent, r.Bound, r.Would, r.Actor = "s", 2, 99, "codex", "0.5", "0.25", strings.Repeat("a", 32)
	r.Estimate = &Estimate{Expected: 10, Most: 20, Class: "code", Calibrated: 15}
	r.Reused = &Reused{Key: strings.Repeat("b", 64), From: FromComment, Avoided: "0.125"}
	r.Sequence, r.Locked, r.Observed = 3, true, true
	r.Tokens.CacheWrite, r.Tokens.CacheWrite1h = 7, 8
	return r
}

func lineOfRecord(t testing.TB, r Record) []byte {
	t.Helper()
	line, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func TestEveryFieldOfARecordIsReadQuickly(t *testing.T) {
	t.Parallel()
	full := fullRecord()
	for _, part := range []any{full, *full.Estimate, *full.Reused} {
		for v, i := reflect.ValueOf(part), 0; i < v.NumField(); i++ {
			if v.Field(i).IsZero() {
				t.Fatalf("the test sets no %s of %T", v.Type().Field(i).Name, part)
			}
		}
	}
	bare := aRecord("1", "2026-11-24")
	empty, begun := Record{}, begunOf(bare)
	for name, want := range map[string]Record{"full": full, "bare": bare, "begun": begun, "with null lists": empty} {
		q := quick{rest: lineOfRecord(t, want)}
		got, ok := q.record()
		if diff := cmp.Diff(want, got); !ok || diff != "" {
			t.Errorf("%s: %v, stopped at %.60q\n%s", name, ok, q.rest, diff)
		}
	}
}

func TestALineThatWeDoNotWriteIsLeftToTheStrictReader(t *testing.T) {
	t.Parallel()
	line := string(lineOfRecord(t, fullRecord()))
	for name, c := range map[string][2]string{
		"a space":               {`"id":`, `"id": `},
		"another order":         {`"locked":true,"observed":true`, `"observed":true,"locked":true`},
		"a key twice":           {`"locked":true`, `"locked":true,"locked":true`},
		"a key in capitals":     {`"locked"`, `"LOCKED"`},
		"a key that is unknown": {`,"task":`, `,"prompt":"x","task":`},
		"a key that is missing": {`"locked":true,`, ``},
		"null for a text":       {`"provider":"anthropic"`, `"provider":null`},
		"an escape":             {`"job":"ai"`, `"job":"\u0061i"`},
		"a letter with accent":  {`"job":"ai"`, `"job":"äi"`},
		"a control character":   {`"job":"ai"`, "\"job\":\"a\ti\""},
		"a leading zero":        {`"sequence":3`, `"sequence":03`},
		"a negative number":     {`"sequence":3`, `"sequence":-3`},
		"a fraction":            {`"sequence":3`, `"sequence":3.0`},
		"a number in text":      {`"sequence":3`, `"sequence":"3"`},
		"a number of 19 digits": {`"sequence":3`, `"sequence":1000000000000000000`},
		"a truth in text":       {`"locked":true`, `"locked":"true"`},
		"half a line":           {line[len(line)/2:], ``},
		"an open end":           {line[len(line)-1:], ``},
		"a second value":        {line, line + `{}`},
		"a space at the end":    {line, line + ` `},
		"a comma in a list":     {`"reasons":[`, `"reasons":[,`},
	} {
		i := strings.LastIndex(line, c[0])
		changed := line[:max(i, 0)] + c[1] + line[max(i, 0)+len(c[0]):]
		if i < 0 || changed == line {
			t.Fatalf("%s: nothing was changed", name)
		}
		q := quick{rest: []byte(changed)}
		if rec, ok := q.record(); ok {
			t.Errorf("%s: read as %+v", name, rec)
		}
	}
}

// agrees says that what the quick reader takes, the strict one reads the same.
func agrees(t *testing.T, line []byte, words map[string]string) {
	t.Helper()
	q := quick{rest: line, words: words}
	got, ok := q.record()
	if !ok {
		return
	}
	var want Record
	if err := decodeStrict(line, &want); err != nil {
		t.Fatalf("the strict reader refuses what the quick one took: %v\n%q", err, line)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%q\n%s", line, diff)
	}
}

func TestEveryChangedByteIsReadAsTheStrictReaderReadsIt(t *testing.T) {
	t.Parallel()
	words := map[string]string{}
	line := lineOfRecord(t, fullRecord())
	for i := range line {
		for _, b := range []byte("\"\\,:{}[] 0129-ax\x00\x1f\x7f\x80\xc3") {
			changed := bytes.Clone(line)
			changed[i] = b
			agrees(t, changed, words)
		}
		agrees(t, line[:i], words)
		agrees(t, append(bytes.Clone(line[:i]), line[i+1:]...), words)
	}
	if len(words) > maxWords {
		t.Errorf("%d words are kept", len(words))
	}
}

func FuzzQuickRecord(f *testing.F) {
	f.Add(lineOfRecord(f, fullRecord()))
	f.Add(lineOfRecord(f, FromResult(meta(), escalated())))
	f.Add(lineOfRecord(f, Record{}))
	f.Fuzz(func(t *testing.T, line []byte) { agrees(t, line, map[string]string{}) })
}

func FuzzParseAddress(f *testing.F) {
	for _, text := range []string{"file:a", "file:/var/x", "file:../a", "artifact:", "git:tierwise/ledger", "git:a..b", "postgres://u:p@h/d", "file://h"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ParseAddress(text)
		if err != nil {
			if a.Kind != "" && a.Kind != KindFile || a.Branch != "" || a.Dir.Path() != "" {
				t.Fatalf("%q: %+v beside %v", text, a, err)
			}
			return
		}
		again, err := ParseAddress(a.String())
		if err != nil || again != a {
			t.Fatalf("%q is %q, which is %+v, %v", text, a, again, err)
		}
		if a.Kind == KindGit && strings.ContainsAny(a.Branch, " ~^:?*[\\\n\x00") {
			t.Fatalf("%q is no branch of git", a.Branch)
		}
	})
}

func TestQuickTokensAreTheStrictOnes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`{"input":1,"cache_read":2,"cache_write":3,"cache_write_1h":4,"output":5,"reasoning":0}`: true,
		`"unknown"`: true,
		`{"input":1,"cache_read":2,"cache_write":3,"cache_write_1h":4,"output":5,"reasoning":00}`:                  false,
		`{"input":-1,"cache_read":2,"cache_write":3,"cache_write_1h":4,"output":5,"reasoning":0}`:                  false,
		`{"input":1,"cache_read":2,"cache_write":3,"cache_write_1h":4,"output":5,"reasoning":0} `:                  false,
		`{"input":1,"cache_read":2,"cache_write":3,"cache_write_1h":4,"output":5}`:                                 false,
		`{"input":9999999999999999999,"cache_read":2,"cache_write":3,"cache_write_1h":4,"output":5,"reasoning":0}`: false,
	} {
		if _, ok := quickTokens([]byte(text)); ok != want {
			t.Errorf("%s: %v", text, ok)
		}
	}
}

// BenchmarkDecodeEntry stands beside encoding/json reading the same lines into
// the same type, without any check, and beside the strict reader with all of
// them.
func BenchmarkDecodeEntry(b *testing.B) {
	for name, r := range map[string]Record{"escalated": FromResult(meta(), escalated()), "full": fullRecord()} {
		line := lineOfRecord(b, r)
		b.Run(name+"/quick", func(b *testing.B) {
			b.ReportAllocs()
			words := map[string]string{}
			for b.Loop() {
				rec, ok := (&quick{rest: line, words: words}).record()
				if !ok {
					b.Fatal(rec)
				}
			}
		})
		b.Run(name+"/quick and checked", func(b *testing.B) {
			b.ReportAllocs()
			words := map[string]string{}
			for b.Loop() {
				_, _ = decodeEntry(line, words) // the full one is of no run: reused, and with attempts
			}
		})
		b.Run(name+"/encoding json", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var rec Record
				if err := json.Unmarshal(line, &rec); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/strict and checked", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var rec Record
				if err := decodeStrict(line, &rec); err != nil {
					b.Fatal(err)
				}
				_ = rec.check()
			}
		})
	}
}
