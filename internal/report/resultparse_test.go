package report

import (
	stdcmp "cmp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/task"
)

func resultText(t testing.TB, s Session, redact func(string) string) string {
	t.Helper()
	var out strings.Builder
	if _, err := ResultFile(&out, aHead(), s, redact); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestAResultFileReadsBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]Session{"worked example": workedExample(), "hostile": hostileSession()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, r := range s.Results {
				for _, a := range r.Attempts {
					for i := range a.Tries {
						a.Tries[i].Cost.State = stdcmp.Or(a.Tries[i].Cost.State, money.Unknown) // every real try has one
					}
				}
			}
			got, err := ParseResult([]byte(resultText(t, s, asIs)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(aHead(), got.Head); diff != "" {
				t.Error(diff)
			}
			if got.RunSpent != s.RunSpent || got.Interrupted != s.Interrupted || len(got.Tasks()) != len(s.Results) {
				t.Errorf("%+v", got)
			}
			for i, r := range s.Results {
				if err := got.Agrees(i, r, s.Links); err != nil {
					t.Errorf("task %s: %v", r.Task.ID, err)
				}
			}
		})
	}
}

// What cannot be found out again is handed on whole.
func TestAClaimHoldsEveryAttempt(t *testing.T) {
	t.Parallel()
	s := workedExample()
	s.Results[3].Answer = []byte(`{"summary": "x"}`)
	file, err := ParseResult([]byte(resultText(t, s, asIs)))
	if err != nil {
		t.Fatal(err)
	}
	got, want := file.Claim(3), s.Results[3]
	if string(got.Answer) != string(want.Answer) || got.Status != want.Status || got.Reason != want.Reason || len(got.Attempts) != len(want.Attempts) {
		t.Errorf("%+v", got)
	}
	a, b := got.Attempts[0], want.Attempts[0]
	if a.Model.ID() != b.Model.ID() || a.Model.Tier != b.Model.Tier || !cmp.Equal(a.Tries, b.Tries) || a.UpperBound != b.UpperBound || a.Released != b.Released {
		t.Errorf("%+v\n%+v", a, b)
	}
}

// Secrets go before the digest is made: what is left is a file that reads.
func TestARedactedResultFileReadsBack(t *testing.T) {
	t.Parallel()
	s := workedExample()
	s.Results[3].Answer = []byte("my key is sk-ant-a-key-of-ours \xff")
	redact := sanitize.NewRedactor("sk-ant-a-key-of-ours").Redact
	file, err := ParseResult([]byte(resultText(t, s, redact)))
	if err != nil {
		t.Fatal(err)
	}
	if answer := string(file.Claim(3).Answer); strings.Contains(answer, "sk-ant") || !strings.Contains(answer, "redacted") {
		t.Errorf("answer %q", answer)
	}
}

// A key goes out of everything that a model wrote before it is defused: what is
// made again from the answer without it is then the same.
func TestWhatIsMadeWithoutTheKeyAgrees(t *testing.T) {
	t.Parallel()
	const key, gone = "sk[ant]a-key-of-ours", "[redacted]"
	wrote := func(text string) dispatch.Result {
		r := workedExample().Results[3]
		r.Output.Markdown, r.Output.Patch = text, "+// "+text+"\n"
		r.Output.Findings = []task.Finding{{Path: "a.go", Line: 1, Title: text, Body: text, Suggestion: text, Exploit: text, Evidence: text, Fix: text}}
		return r
	}
	s := workedExample()
	s.Results[3] = wrote(key)
	text := resultText(t, s, sanitize.NewRedactor(key).Redact)
	if strings.Contains(strings.ReplaceAll(text, `\`, ""), key) {
		t.Errorf("the key is left in %s", text)
	}
	file, err := ParseResult([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Agrees(3, wrote(gone), s.Links); err != nil {
		t.Error(err)
	}
}

// Where an earlier answer came from is claimed; the rest of it is made again.
func TestAClaimSaysWhereAnEarlierAnswerCameFrom(t *testing.T) {
	t.Parallel()
	s := workedExample()
	s.Results[0].Reused = &dispatch.Reused{Key: "k", From: "ledger"}
	file, err := ParseResult([]byte(resultText(t, s, asIs)))
	if err != nil {
		t.Fatal(err)
	}
	if c, d := file.Claim(0), file.Claim(1); c.Reused != "ledger" || d.Reused != "" {
		t.Errorf("claimed from %q and %q", c.Reused, d.Reused)
	}
	r := s.Results[0]
	r.Reused = &dispatch.Reused{Key: "k2", From: "ledger"}
	if err := file.Agrees(0, r, s.Links); err == nil || !strings.Contains(err.Error(), "key") {
		t.Errorf("another key agrees: %v", err)
	}
	if err := file.Agrees(0, s.Results[0], s.Links); err != nil {
		t.Error(err)
	}
}

// One changed byte anywhere is refused.
func TestNoByteOfAResultFileMayChange(t *testing.T) {
	t.Parallel()
	text := resultText(t, workedExample(), asIs)
	for at := 0; at < len(text); at += 13 {
		changed := []byte(text)
		changed[at] ^= 1
		if _, err := ParseResult(changed); err == nil {
			t.Fatalf("byte %d of %d was changed and nobody noticed", at, len(text))
		}
	}
}

// forged is a file whose digest fits, after something in it was changed.
func forged(t *testing.T, change func(*document)) []byte {
	t.Helper()
	doc := documentOf(aHead(), workedExample())
	change(&doc)
	var err error
	if doc.head.Digest, err = doc.digest(); err != nil {
		t.Fatal(err)
	}
	text, err := doc.encode()
	if err != nil {
		t.Fatal(err)
	}
	return []byte(text)
}

func TestParseResultHoldsToItsBounds(t *testing.T) {
	t.Parallel()
	if _, err := ParseResult(forged(t, func(*document) {})); err != nil {
		t.Fatalf("what was not changed is refused: %v", err)
	}
	cases := []struct {
		name   string
		change func(*document)
		text   string
	}{
		{"another schema", func(d *document) { d.head.Schema = "tierwise-result/2" }, "schema"},
		{"no task", func(d *document) { d.tasks = nil }, "0 tasks"},
		{"too many tasks", func(d *document) { d.tasks = make([]entryJSON, maxResultTasks+1) }, "101 tasks"},
		{"a status that is none", func(d *document) { d.tasks[0].Status = "fine" }, "is none"},
		{"no status, as where it was only decided", func(d *document) { d.tasks[0].Status = "" }, "is none"},
		{"spent less than nothing", func(d *document) { d.head.RunSpent = -1 }, "head is out of bounds"},
		{"spent without end", func(d *document) { d.head.RunSpent = 1 << 62 }, "head is out of bounds"},
		{"warnings without end", func(d *document) { d.head.Warnings = make([]string, 101) }, "head is out of bounds"},
		{"a pull request below zero", func(d *document) { d.head.PullRequest = -1 }, "head is out of bounds"},
		{"providers out of order", func(d *document) { d.head.Available = []string{"openai", "anthropic"} }, "sorted"},
		{"notes without end", func(d *document) { d.tasks[0].Claim.Notes = make([]string, 101) }, "its claim is out of bounds"},
		{"an earlier answer from nowhere", func(d *document) { d.tasks[0].Reused = &reusedJSON{From: "a friend"} }, "is kept in no place"},
		{"a part of an answer from nowhere", func(d *document) { d.tasks[0].Claim.Built = "a friend" }, "is kept in no place"},
		{"a reason without end", func(d *document) { d.tasks[0].Claim.Reason = strings.Repeat("x", 5000) }, "its claim is out of bounds"},
		{"attempts without end", func(d *document) { d.tasks[0].Claim.Attempts = make([]claimedAttempt, 101) }, "its claim is out of bounds"},
		{"tries without end", func(d *document) { d.tasks[0].Claim.Attempts[0].Tries = make([]claimedTry, 101) }, "an attempt is out of bounds"},
		{"tokens below zero", func(d *document) { d.tasks[0].Claim.Attempts[0].Tries[0].Usage.Output = -5 }, "an attempt is out of bounds"},
		{"tokens that would overflow", func(d *document) { d.tasks[0].Claim.Attempts[0].Tries[0].Usage.Input = 1 << 62 }, "an attempt is out of bounds"},
		{"usage that is unknown and counted", func(d *document) { d.tasks[0].Claim.Attempts[0].Tries[0].Usage.Known = false }, "an attempt is out of bounds"},
		{"a cost below zero", func(d *document) { d.tasks[0].Claim.Attempts[0].Tries[0].Cost.Nano = -1 }, "an attempt is out of bounds"},
		{"a cost in no known state", func(d *document) { d.tasks[0].Claim.Attempts[0].Tries[0].Cost.State = "free" }, "an attempt is out of bounds"},
		{"an amount of an unknown cost", func(d *document) { d.tasks[0].Claim.Attempts[0].UpperBound.State = "unknown" }, "an attempt is out of bounds"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, err := ParseResult(forged(t, c.change)); err == nil || !strings.Contains(err.Error(), c.text) {
				t.Errorf("error %v, want one with %q", err, c.text)
			}
		})
	}
}

func TestParseResultKnowsOneFormOnly(t *testing.T) {
	t.Parallel()
	text := resultText(t, workedExample(), asIs)
	cases := []struct{ name, text string }{
		{"nothing", ""},
		{"the array of before", "[]\n"},
		{"something behind", text + " "},
		{"a second object behind", text + text},
		{"a key that nobody knows", strings.Replace(text, `{"schema"`, `{"more":1,"schema"`, 1)},
		{"a key twice", strings.Replace(text, `"pull_request":7`, `"pull_request":8,"pull_request":7`, 1)},
		{"a key in another case", strings.Replace(text, `"pull_request":7`, `"Pull_Request":7`, 1)},
		{"white space", strings.Replace(text, `"pull_request":7`, `"pull_request": 7`, 1)},
		{"no digest", strings.Replace(text, `"digest":"sha256:`, `"digest":"`, 1)},
		{"a byte mark", "\ufeff" + text},
		{"more than is read", text + strings.Repeat("\n", MaxResultFile)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, err := ParseResult([]byte(c.text)); err == nil {
				t.Error("it was read")
			}
		})
	}
}

func TestAgreesNamesWhatDiffers(t *testing.T) {
	t.Parallel()
	s := workedExample()
	file, err := ParseResult([]byte(resultText(t, s, asIs)))
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name   string
		change func(r *dispatch.Result)
		text   string
	}{
		{"the status", func(r *dispatch.Result) { r.Status = dispatch.Clean }, "the file says findings, and what is known here makes it clean"},
		{"no status", func(r *dispatch.Result) { r.Status = "" }, "makes it none"},
		{"the number of findings", func(r *dispatch.Result) { r.Output.Findings = r.Output.Findings[:1] }, "the file lists 3 findings, and the model's answer has 2 findings"},
		{"the words", func(r *dispatch.Result) { r.Output.Markdown = "Other words." }, "(markdown)"},
		{"the cost", func(r *dispatch.Result) { r.Cost = usd(1) }, "(cost_usd)"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := s.Results[3]
			c.change(&r)
			if err := file.Agrees(3, r, s.Links); err == nil || !strings.Contains(err.Error(), c.text) {
				t.Errorf("error %v, want one with %q", err, c.text)
			}
		})
	}
}

// FuzzParseResult holds that what is read is exactly what would be written,
// also of a file whose digest somebody made to fit.
func FuzzParseResult(f *testing.F) {
	f.Add([]byte(resultText(f, workedExample(), asIs)))
	f.Add([]byte(resultText(f, hostileSession(), asIs)))
	f.Add([]byte(`{"schema":"tierwise-result/1","tasks":[{"task":"x","tokens":"unknown"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		check := func(data []byte) {
			file, err := ParseResult(data)
			if err != nil {
				return
			}
			for i := range file.Tasks() {
				_ = file.Agrees(i, dispatch.Result{}, sanitize.Links{})
				file.Claim(i)
			}
			doc, err := decodeDocument(data)
			if err != nil {
				t.Fatal(err)
			}
			if text, err := doc.encode(); err != nil || text != string(data) {
				t.Errorf("read and written again it is another file: %v", err)
			}
		}
		check(data)
		doc, err := decodeDocument(data)
		if err != nil {
			return
		}
		doc.head.Schema = ResultSchema
		if doc.head.Digest, err = doc.digest(); err != nil {
			t.Fatal(err)
		}
		text, err := doc.encode()
		if err != nil {
			t.Fatal(err)
		}
		check([]byte(text))
	})
}
