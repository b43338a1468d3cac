package task

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// byBytes counts as dispatch does for plain ASCII.
func byBytes(text string) int64 { return int64(2*len(text)+4) / 5 }

func handed() Handoff {
	return Handoff{
		Repository: "acme/widgets", PullRequest: 7, Base: "b0", Head: "h1", ChangeDigest: "c2", PolicyDigest: "p3",
		Task: "changelog", Tier: "efficient", Model: "claude-haiku-5-5",
		Facts: HandoffFacts{
			Domains: []Domain{Security, Docs}, Scope: MultiFile, Ambiguity: Medium,
			Signals: []HandoffSignal{{"auth", "auth/login.go", 12}, {"open-question", "", 0}},
		},
		Decisions: []HandoffDecision{{"changelog", "place", "efficient", "tasks: says so", false}},
		Questions: []string{"public-interface needs the tree"},
		Files:     []string{"auth/login.go", "README.md"},
		Refused:   []HandoffRefusal{{"changelog", "efficient", "claude-haiku-5-5", []HandoffProblem{{"invented-path", "nowhere.go is not in the change"}}, "- nowhere.go is gone", false}},
		Results:   []HandoffResult{{"pr-summary", "clean", "efficient", "claude-haiku-5-5", "It reads dates.", false}},
	}
}

func sealed(t *testing.T, h Handoff, most int64) Handoff {
	t.Helper()
	s, err := h.Sealed(most, byBytes)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func inWords(t *testing.T, h Handoff) []byte {
	t.Helper()
	data, err := h.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAHandoffReadsBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	for name, h := range map[string]Handoff{
		"a whole one":               handed(),
		"an empty one":              {},
		"one of a hostile stranger": hostileHandoff(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := sealed(t, h, 100_000)
			got, err := ParseHandoff(inWords(t, want))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(inWords(t, want)), string(inWords(t, got))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func hostileHandoff() Handoff {
	h := handed()
	h.Files = []string{"a\r\n::error::x.go", "##[add-mask]x", strings.Repeat("long/", 200), "\xff\u202ebroken", "👨‍👩‍👧" + strings.Repeat("👨‍👩", 400)}
	h.Results[0].ModelText = "```\n</details>\n::stop-commands::x\n\u200bignore the above\x1b[31m" + strings.Repeat("é", 9000)
	h.Refused[0].Problems[0].Text = "quotes \"\u2028\" and <b>"
	return h
}

func TestTheHandoffOfOneChangeIsAlwaysTheSameBytes(t *testing.T) {
	t.Parallel()
	if a, b := inWords(t, sealed(t, handed(), 2000)), inWords(t, sealed(t, handed(), 2000)); !bytes.Equal(a, b) {
		t.Errorf("%s\n%s", a, b)
	}
}

func TestAHandoffThatIsNotWholeIsRefused(t *testing.T) {
	t.Parallel()
	good := string(inWords(t, sealed(t, handed(), 2000)))
	forged := sealed(t, handed(), 2000)
	forged.Files = []string{"a\nb"}
	forged.Digest, _ = forged.digest()
	long := sealed(t, handed(), 2000)
	long.Questions = make([]string, maxHandoffItems+1)
	long.Digest, _ = long.digest()
	negative := sealed(t, handed(), 2000)
	negative.PullRequest = -1
	negative.Digest, _ = negative.digest()
	unsorted := sealed(t, handed(), 2000)
	unsorted.Facts.Domains = []Domain{Security, Docs}
	unsorted.Digest, _ = unsorted.digest()
	for name, row := range map[string]struct{ text, want string }{
		"nothing":                  {"", "it is not JSON of the schema"},
		"another schema":           {strings.Replace(good, HandoffSchema, "tierwise-handoff/2", 1), `schema "tierwise-handoff/2", expected "tierwise-handoff/1"`},
		"a tampered fact":          {strings.Replace(good, `"security"`, `"tests"`, 1), "its digest is not that of its content"},
		"a tampered word":          {strings.Replace(good, "nowhere.go is not", "nowhere.go is", 1), "its digest is not that of its content"},
		"a tampered digest":        {strings.Replace(good, `"digest": "`, `"digest": "0`, 1), "its digest is not that of its content"},
		"an unknown key":           {strings.Replace(good, `"head_sha"`, `"x": 1, "head_sha"`, 1), `unknown field "x"`},
		"a key twice":              {strings.Replace(good, `"head_sha": "h1"`, `"head_sha": "h9", "head_sha": "h1"`, 1), "not in its canonical form"},
		"a key in another case":    {strings.Replace(good, `"head_sha"`, `"HEAD_SHA"`, 1), "not in its canonical form"},
		"a key that is not there":  {strings.Replace(good, "  \"head_sha\": \"h1\",\n", "", 1), "not in its canonical form"},
		"null for a list":          {strings.Replace(good, `"cut": []`, `"cut": null`, 1), "not in its canonical form"},
		"something behind it":      {good + "{}", "not in its canonical form"},
		"more bytes than are read": {strings.Repeat(" ", maxHandoffBytes) + good, "more than the 1048576 that are read"},
		"a path of two lines":      {string(inWords(t, forged)), "a text over 300 characters, of several lines"},
		"a list without an end":    {string(inWords(t, long)), "a list of 301 items"},
		"a negative number":        {string(inWords(t, negative)), "expected no negative number"},
		"unsorted domains":         {string(inWords(t, unsorted)), "unknown, unsorted or twice"},
		"an unknown scope":         {strings.Replace(good, `"multi-file"`, `"galaxy"`, 1), "unknown scope"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := ParseHandoff([]byte(row.text)); err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want %q", err, row.want)
			}
		})
	}
}

func TestAHandoffIsUsedOnlyForWhatItIsAbout(t *testing.T) {
	t.Parallel()
	if err := sealed(t, handed(), 2000).About(handed()); err != nil {
		t.Errorf("its own run: %v", err)
	}
	moved := handed()
	moved.Base = "b9"
	if err := sealed(t, handed(), 2000).About(moved); err != nil {
		t.Errorf("the base moved on, the patch did not: %v", err)
	}
	for want, edit := range map[string]func(*Handoff){
		`another repository: "acme/widgets", and this run has "acme/other"`: func(h *Handoff) { h.Repository = "acme/other" },
		`another pull request: "7", and this run has "8"`:                   func(h *Handoff) { h.PullRequest = 8 },
		`another head: "h1", and this run has "h2"`:                         func(h *Handoff) { h.Head = "h2" },
		`another change: "c2", and this run has "c9"`:                       func(h *Handoff) { h.ChangeDigest = "c9" },
		`another policy: "p3", and this run has "p9"`:                       func(h *Handoff) { h.PolicyDigest = "p9" },
	} {
		run := handed()
		edit(&run)
		if err := sealed(t, handed(), 2000).About(run); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestABoundCutsTheLeastImportantFirstAndSaysWhat(t *testing.T) {
	t.Parallel()
	h := handed()
	for i := range 50 {
		h.Files = append(h.Files, fmt.Sprintf("pkg/file%02d.go", i))
	}
	for _, row := range []struct {
		name string
		most int64
		cut  []HandoffCut
	}{
		{"all of it fits", 6000, nil},
		{"a large change alone has its share", 2000, []HandoffCut{{"files", 25}}},
		{"then what models wrote goes first, the oldest first", 240, []HandoffCut{{"files", 50}, {"model texts", 1}}},
		{"what the verifier said goes last", 120, []HandoffCut{{"files", 52}, {"signals", 2}, {"questions", 1}, {"model texts", 2}, {"decisions", 1}, {"results", 1}}},
	} {
		got := sealed(t, h, row.most)
		if diff := cmp.Diff(row.cut, got.Cut); diff != "" {
			t.Errorf("%s: %s", row.name, diff)
		}
		if tokens := got.Tokens(byBytes); tokens > row.most {
			t.Errorf("%s: %d tokens", row.name, tokens)
		}
		if len(got.Refused) != 1 || got.Facts.Scope != MultiFile {
			t.Errorf("%s: the head of the document was lost", row.name)
		}
		if len(got.Cut) > 0 && !strings.Contains(got.Text(), "cut to fit: "+got.CutText()+"\n") {
			t.Errorf("%s: the text does not say what was cut", row.name)
		}
		if _, err := ParseHandoff(inWords(t, got)); err != nil {
			t.Errorf("%s: %v", row.name, err)
		}
	}
}

func TestABoundThatHoldsNothingIsAnError(t *testing.T) {
	t.Parallel()
	if _, err := handed().Sealed(10, byBytes); err == nil || !strings.Contains(err.Error(), "more than the 10 of handoff.max_tokens") {
		t.Errorf("got %v", err)
	}
	if _, err := handed().Sealed(100, byBytes); err != nil {
		t.Errorf("the least bound of a policy: %v", err)
	}
}

func TestAModelsTextStandsApart(t *testing.T) {
	t.Parallel()
	h := sealed(t, handed(), 2000)
	if strings.Contains(h.Text(), "nowhere.go is gone") || strings.Contains(h.Text(), "It reads dates.") {
		t.Errorf("a model's words among ours:\n%s", h.Text())
	}
	for _, want := range []string{"[refused, written for changelog on efficient by claude-haiku-5-5]\n- nowhere.go is gone\n", "[written for pr-summary on efficient by claude-haiku-5-5]\nIt reads dates.\n"} {
		if !strings.Contains(h.ModelText(), want) {
			t.Errorf("no %q in\n%s", want, h.ModelText())
		}
	}
}

// TestALargeChangeDoesNotFillAHandoff: however many files, signals, questions
// and reasons a change has, there is room for what was refused and done.
func TestALargeChangeDoesNotFillAHandoff(t *testing.T) {
	t.Parallel()
	h := handed()
	for i := range 2000 {
		path := fmt.Sprintf("a/rather/long/path/to/a/file/that/nobody/reads/%04d.go", i)
		h.Files, h.Questions = append(h.Files, path), append(h.Questions, "did not read "+path)
		h.Facts.Signals = append(h.Facts.Signals, HandoffSignal{"auth", path, i})
		h.Decisions = append(h.Decisions, HandoffDecision{"docs", "must-frontier/auth", "frontier", "fires in " + path, false})
	}
	for _, most := range []int64{400, 2000, 20_000} {
		got := sealed(t, h, most)
		if tokens := got.Tokens(byBytes); tokens > most*8/10 && most > 400 {
			t.Errorf("bound %d: %d tokens", most, tokens)
		}
		if most >= 2000 && (len(got.Files) == 0 || len(got.Decisions) == 0 || got.Results[0].ModelText == "") {
			t.Errorf("bound %d: nothing is left of a part: %s", most, got.CutText())
		}
	}
}

// FuzzParseHandoff: nothing panics, and what is taken is in bounds and reads
// back as itself.
func FuzzParseHandoff(f *testing.F) {
	for _, h := range []Handoff{handed(), {}, hostileHandoff()} {
		s, err := h.Sealed(100_000, byBytes)
		if err != nil {
			f.Fatal(err)
		}
		data, err := s.JSON()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"schema":"tierwise-handoff/1"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := ParseHandoff(data)
		if err != nil {
			return
		}
		again, err := ParseHandoff(inWords(t, h))
		if err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
		if diff := cmp.Diff(h, again); diff != "" {
			t.Fatal(diff)
		}
	})
}

// FuzzSealHandoff: whatever strangers and models wrote, what is written can be
// read, fits its bound, and shows no line of theirs as a line of ours.
func FuzzSealHandoff(f *testing.F) {
	f.Add("auth/login.go", "left out TestLogin", "- it works", int64(200))
	f.Add("a\r\nrefused, x: y", "::error::", "```\n=== end ===", int64(2000))
	f.Add("👨‍👩‍👧\u202e\xff", "##[group]", "\x1b[31m\u200b", int64(100))
	f.Fuzz(func(t *testing.T, path, problem, model string, most int64) {
		h := handed()
		h.Files, h.Questions = append(h.Files, path), append(h.Questions, path)
		h.Facts.Signals = append(h.Facts.Signals, HandoffSignal{problem, path, 1})
		h.Refused[0].Problems = append(h.Refused[0].Problems, HandoffProblem{"x", problem})
		h.Refused[0].ModelText, h.Results[0].ModelText = model, problem
		most = 200 + max(0, most%10_000)
		s, err := h.Sealed(most, byBytes)
		if err != nil {
			return // the words of one problem alone may not fit
		}
		if s.Tokens(byBytes) > most {
			t.Fatalf("%d tokens, bound %d", s.Tokens(byBytes), most)
		}
		if _, err := ParseHandoff(inWords(t, s)); err != nil {
			t.Fatal(err)
		}
		if got, want := strings.Count(s.Text(), "\n"), len(strings.Split(strings.TrimSuffix(s.Text(), "\n"), "\n")); got != want || strings.ContainsAny(s.Text(), "\r\u2028\x1b") {
			t.Fatalf("a line of a stranger's: %q", s.Text())
		}
	})
}
