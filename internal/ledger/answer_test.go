package ledger

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/dispatch"
)

func aName(digit string) string { return strings.Repeat(digit, 64) }

func anAnswer(task string) dispatch.Kept {
	return dispatch.Kept{
		Key: aName("a"), Lineage: aName("b"), Task: task, Commits: []string{strings.Repeat("c", 40)},
		Answer: []byte(`{"text": "a --> b <!-- -- 日本 ` + "\n" + `"}`),
	}
}

func TestAnswersComeBackFromALine(t *testing.T) {
	t.Parallel()
	kept := []dispatch.Kept{anAnswer("changelog"), anAnswer("docs")}
	line, dropped := AnswersLine(kept)
	if len(dropped) > 0 || strings.Contains(strings.TrimSuffix(strings.TrimPrefix(line, "<!--"), "-->"), "--") {
		t.Fatalf("dropped %v, line %q", dropped, line)
	}
	got, err := ReadAnswersLine("<!-- tierwise -->\n" + line + "\n### more\n")
	for i := range kept {
		kept[i].From = FromComment
	}
	if diff := cmp.Diff(kept, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	if got, err := ReadAnswersLine("<!-- tierwise -->\n### more\n" + line); err != nil || got != nil {
		t.Errorf("a line that a model may have written was read: %v, %v", got, err)
	}
}

func TestWhatDoesNotFitIsNotKept(t *testing.T) {
	t.Parallel()
	noise := rand.New(rand.NewPCG(1, 2))
	long := anAnswer("pr-summary")
	for range MaxAnswersLine {
		long.Answer = append(long.Answer, byte('!'+noise.IntN(90)))
	}
	endless := anAnswer("docs")
	endless.Answer = make([]byte, maxAnswer+1)
	line, dropped := AnswersLine([]dispatch.Kept{long, anAnswer("changelog"), endless})
	got, err := ReadAnswersLine("\n" + line)
	if err != nil || len(line) > MaxAnswersLine || len(got) != 1 || got[0].Task != "changelog" {
		t.Errorf("%v: %d bytes, %v", err, len(line), got)
	}
	if diff := cmp.Diff([]string{"docs", "pr-summary"}, dropped); diff != "" {
		t.Error(diff)
	}
	if line, dropped := AnswersLine([]dispatch.Kept{long}); line != "" || len(dropped) != 1 {
		t.Errorf("%q, %v", line, dropped)
	}
}

func inflating(t *testing.T, data []byte) string {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return "\n" + lineStart + base64.RawStdEncoding.EncodeToString(out.Bytes()) + lineEnd
}

func TestALineThatLiesIsRefused(t *testing.T) {
	t.Parallel()
	doc, err := EncodeAnswer(anAnswer("changelog"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ body, want string }{
		"no base64":             {"\n" + lineStart + "%%%" + lineEnd, "illegal base64"},
		"no compression":        {"\n" + lineStart + "AAAA" + lineEnd, "read kept answers"},
		"one that grows":        {inflating(t, bytes.Repeat([]byte(" "), maxInflated+1)), "more than"},
		"one that is too long":  {"\n" + lineStart + strings.Repeat("A", MaxAnswersLine+4) + lineEnd, "more than"},
		"too many":              {inflating(t, bytes.TrimSuffix(bytes.Repeat(append(bytes.Clone(doc), '\n'), maxItems+1), []byte("\n"))), "more than"},
		"another schema":        {inflating(t, bytes.Replace(doc, []byte("answer/1"), []byte("answer/2"), 1)), "schema"},
		"a key that is none":    {inflating(t, bytes.Replace(doc, []byte("aaaa"), []byte("../.")[:4], 1)), "no SHA-256"},
		"an unknown field":      {inflating(t, bytes.Replace(doc, []byte(`"task"`), []byte(`"tier":"local","task"`), 1)), "unknown field"},
		"a commit that is none": {inflating(t, bytes.Replace(doc, []byte("cccccccc"), []byte("CCCCCCCC"), 1)), "no commit"},
		"a task with a break":   {inflating(t, bytes.Replace(doc, []byte(`"changelog"`), []byte(`"a\nb"`), 1)), "a task"},
		"no answer":             {inflating(t, []byte(`{"schema":"tierwise-answer/1","key":"`+aName("a")+`","lineage":"`+aName("b")+`","task":"docs","answer":""}`)), "0 bytes"},
	} {
		if kept, err := ReadAnswersLine(c.body); err == nil || !strings.Contains(err.Error(), c.want) || kept != nil {
			t.Errorf("%s: %v, %v", name, kept, err)
		}
	}
}

func FuzzReadAnswersLine(f *testing.F) {
	line, _ := AnswersLine([]dispatch.Kept{anAnswer("changelog")})
	f.Add("<!-- tierwise -->\n" + line)
	f.Add("\n" + lineStart + "AAAA" + lineEnd)
	f.Fuzz(func(t *testing.T, body string) {
		kept, err := ReadAnswersLine(body)
		if err != nil && kept != nil {
			t.Fatal("an error and answers")
		}
		for _, k := range kept {
			if _, err := EncodeAnswer(k); err != nil {
				t.Fatalf("read, and not to be written: %v", err)
			}
		}
	})
}

func FuzzDecodeAnswer(f *testing.F) {
	doc, err := EncodeAnswer(anAnswer("changelog"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(doc)
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		k, err := DecodeAnswer(data)
		if err != nil {
			return
		}
		if len(k.Answer) == 0 || len(k.Answer) > maxAnswer || !isName(k.Key) || !isName(k.Lineage) {
			t.Fatalf("out of its bounds: %+v", k)
		}
	})
}
