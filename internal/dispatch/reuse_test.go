package dispatch

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

// anyKey is a store that has an answer to every question, whatever it is.
type anyKey struct {
	kept  []Kept
	asked int
}

func (m *anyKey) Recall(_ context.Context, key, lineage string) []Kept {
	m.asked++
	var kept []Kept
	for _, k := range m.kept {
		if k.Key == "" {
			k.Key, k.Lineage = key, lineage
		}
		kept = append(kept, k)
	}
	return kept
}

func commitID(digit string) string { return strings.Repeat(digit, 40) }

// work is a change with everything that a key is made of.
func work() task.Input {
	f := change.File{Path: "a/b.go", Status: change.Modified, Additions: 1, Deletions: 1, Hunks: []change.Hunk{{
		OldStart: 10, OldLines: 2, NewStart: 10, NewLines: 2, Section: "func b() {",
		Lines: []change.Line{{Op: change.Context, Text: "x", OldLine: 10, NewLine: 10}, {Op: change.Delete, Text: "y", OldLine: 11}, {Op: change.Add, Text: "z", NewLine: 11}},
	}}}
	return task.Input{
		Title: "Title", Body: "Body", Brief: "Brief", Log: []byte("log\n"), Repository: "acme/shop",
		Change: change.Change{
			Base: commitID("0"), Head: commitID("1"), Files: []change.File{f, textFile("c.go", "package c")},
			Commits: []change.Commit{{SHA: commitID("1"), Subject: "feat: b", Body: "because", Parents: 1}},
		},
	}
}

func keyOf(t *testing.T, edit func(*Dispatcher, *task.Task, *policy.Model, *task.Input)) string {
	t.Helper()
	d, _ := dispatcher(t, "")
	d.Memory = &anyKey{}
	d.Terms = Terms{Repository: "acme/shop", PullNumber: 7, PolicyDigest: "p", Version: "1"}
	tk, m, in := tell(), haiku, work()
	tk.NeedsLog = true
	edit(d, &tk, &m, &in)
	n, ok := d.namesOf(tk, m, d.plan(tk, in), in)
	if !ok {
		return "none"
	}
	return n.key
}

func TestTheKeyIsThatOfTheQuestion(t *testing.T) {
	t.Parallel()
	same := keyOf(t, func(*Dispatcher, *task.Task, *policy.Model, *task.Input) {})
	for name, c := range map[string]struct {
		same bool
		edit func(d *Dispatcher, tk *task.Task, m *policy.Model, in *task.Input)
	}{
		"an added line": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Files[0].Hunks[0].Lines[2].Text += " "
		}},
		"a line of the context": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Files[0].Hunks[0].Lines[0].Text = "w"
		}},
		"the heading of a hunk": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Files[0].Hunks[0].Section = "func c() {"
		}},
		"what happened to a line": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Files[0].Hunks[0].Lines[2].Op = change.Delete
		}},
		"a line's ending": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Files[0].Hunks[0].Lines[2].CR = true
		}},
		"a path": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) { in.Change.Files[0].Path = "a/c.go" }},
		"an old path": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Files[0].OldPath = "a/c.go"
		}},
		"a mode": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Files[0].NewMode = "100755"
		}},
		"a file more": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Files = append(in.Change.Files, textFile("d.go", "x"))
		}},
		"a file less": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Files = in.Change.Files[:1]
		}},
		"the title":       {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) { in.Title = "title" }},
		"the description": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) { in.Body = "" }},
		"the brief":       {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) { in.Brief += "." }},
		"words in another place": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Body, in.Brief = in.Brief, in.Body
		}},
		"the log": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) { in.Log = []byte("log\nmore\n") }},
		"a commit's subject": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Commits[0].Subject = "fix: b"
		}},
		"a commit's body": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) { in.Change.Commits[0].Body = "" }},
		"a commit more": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Commits = append(in.Change.Commits, change.Commit{Parents: 1})
		}},
		"the policy":              {edit: func(d *Dispatcher, _ *task.Task, _ *policy.Model, _ *task.Input) { d.Terms.PolicyDigest = "q" }},
		"the program":             {edit: func(d *Dispatcher, _ *task.Task, _ *policy.Model, _ *task.Input) { d.Terms.Version = "2" }},
		"the repository":          {edit: func(d *Dispatcher, _ *task.Task, _ *policy.Model, _ *task.Input) { d.Terms.Repository = "acme/other" }},
		"the task":                {edit: func(_ *Dispatcher, tk *task.Task, _ *policy.Model, _ *task.Input) { tk.ID = "pr-summary" }},
		"the prompt":              {edit: func(_ *Dispatcher, tk *task.Task, _ *policy.Model, _ *task.Input) { tk.Instructions += "!" }},
		"the schema":              {edit: func(_ *Dispatcher, tk *task.Task, _ *policy.Model, _ *task.Input) { tk.Schema = []byte("{}") }},
		"the provider":            {edit: func(_ *Dispatcher, _ *task.Task, m *policy.Model, _ *task.Input) { m.Provider = "openai" }},
		"the model":               {edit: func(_ *Dispatcher, _ *task.Task, m *policy.Model, _ *task.Input) { m.Model = "claude-haiku-5-5" }},
		"the effort":              {edit: func(_ *Dispatcher, _ *task.Task, m *policy.Model, _ *task.Input) { m.Effort = "high" }},
		"the bound of the answer": {edit: func(_ *Dispatcher, _ *task.Task, m *policy.Model, _ *task.Input) { m.MaxOutputTokens++ }},
		"a task that judges":      {edit: func(_ *Dispatcher, tk *task.Task, _ *policy.Model, _ *task.Input) { tk.Kind = task.Judges }},
		"the critical path":       {edit: func(_ *Dispatcher, tk *task.Task, _ *policy.Model, _ *task.Input) { tk.CriticalPath = true }},
		"a change known cut short": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Incomplete = []string{"cut"}
		}},
		"a patch that is withheld": {edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) { in.Change.Files[1].Withheld = true }},
		"no memory":                {edit: func(d *Dispatcher, _ *task.Task, _ *policy.Model, _ *task.Input) { d.Memory = nil }},

		"line numbers": {same: true, edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			h := &in.Change.Files[0].Hunks[0]
			h.OldStart, h.NewStart, h.Lines[0].OldLine, h.Lines[0].NewLine, h.Lines[2].NewLine = 90, 90, 90, 90, 91
		}},
		"base and head": {same: true, edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Base, in.Change.Head = commitID("8"), commitID("9")
		}},
		"a commit's id": {same: true, edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Commits[0].SHA = commitID("9")
		}},
		"a merge of the base": {same: true, edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Commits = append(in.Change.Commits, change.Commit{SHA: commitID("7"), Subject: "Merge branch 'main'", Parents: 2})
		}},
		"the order of files": {same: true, edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			f := in.Change.Files
			f[0], f[1] = f[1], f[0]
		}},
		"the day":              {same: true, edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) { in.Today = "2030-01-01" }},
		"another pull request": {same: true, edit: func(d *Dispatcher, _ *task.Task, _ *policy.Model, _ *task.Input) { d.Terms.PullNumber = 8 }},
		"the author of a commit": {same: true, edit: func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
			in.Change.Commits[0].Author = "eve"
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := keyOf(t, c.edit); (got == same) != c.same {
				t.Errorf("key %.12s, that of the question is %.12s; the same: want %v", got, same, c.same)
			}
		})
	}
}

// Over drawn changes: any edit of any line is another key, any shift is none.
func TestKeysOfDrawnChanges(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(4, 2))
	for i := range 300 {
		files := drawnFiles(rnd)
		edited := keyOf(t, withFiles(files, func(f []change.File) {
			lines := f[rnd.IntN(len(f))].Hunks[0].Lines
			lines[rnd.IntN(len(lines))].Text += string(rune('a' + rnd.IntN(26)))
		}))
		shifted := keyOf(t, withFiles(files, func(f []change.File) {
			for i := range f {
				f[i].Hunks[0].OldStart += rnd.IntN(100)
				f[i].Hunks[0].NewStart += rnd.IntN(100)
			}
		}))
		plain := keyOf(t, withFiles(files, func([]change.File) {}))
		if plain == edited || plain != shifted {
			t.Fatalf("draw %d: plain %.8s, edited %.8s, shifted %.8s", i, plain, edited, shifted)
		}
	}
}

func withFiles(files []change.File, edit func([]change.File)) func(*Dispatcher, *task.Task, *policy.Model, *task.Input) {
	return func(_ *Dispatcher, _ *task.Task, _ *policy.Model, in *task.Input) {
		in.Change.Files = nil
		for _, f := range files {
			h := f.Hunks[0]
			h.Lines = append([]change.Line(nil), h.Lines...)
			f.Hunks = []change.Hunk{h}
			in.Change.Files = append(in.Change.Files, f)
		}
		edit(in.Change.Files)
	}
}

func drawnFiles(rnd *rand.Rand) []change.File {
	var files []change.File
	for i := range 1 + rnd.IntN(4) {
		var lines []string
		for range 1 + rnd.IntN(5) {
			lines = append(lines, strings.Repeat("x", rnd.IntN(4)))
		}
		files = append(files, textFile(fmt.Sprintf("f%d.go", i), lines...))
	}
	return files
}

func TestReuse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		task  task.Task
		kept  []Kept
		calls int
		from  string
		note  string
	}{
		"an answer that the verifier passes stands, and nobody is called": {tell(), []Kept{{Task: "changelog", From: "ledger", Answer: []byte("good")}}, 0, "ledger", ""},
		"one that it refuses is not shown, and the model is called":       {tell(), []Kept{{Task: "changelog", From: "comment", Answer: []byte("bad")}}, 1, "", "kept in the comment was refused"},
		"the next one is tried after a refused one":                       {tell(), []Kept{{Task: "changelog", From: "comment", Answer: []byte("bad")}, {Task: "changelog", From: "ledger", Answer: []byte("good")}}, 0, "ledger", "refused"},
		"another task's is not taken":                                     {tell(), []Kept{{Task: "docs", Answer: []byte("good")}}, 1, "", ""},
		"another question's is not taken":                                 {tell(), []Kept{{Key: "another", Task: "changelog", Answer: []byte("good")}}, 1, "", ""},
		"what judges is never reused, whatever the store holds":           {judge(), []Kept{{Task: "code-review", Answer: []byte("good")}}, 1, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, s := dispatcher(t, "", good(1000, 3000))
			store := &anyKey{kept: c.kept}
			d.Memory = store
			dec := efficient()
			if c.task.Judges() {
				dec = frontier()
			}
			r := d.Run(t.Context(), c.task, dec, oneFile())
			tier, model := dec.Tier, *dec.Model
			if c.from != "" { // nobody knows what gave it
				tier, model = 0, policy.Model{}
			}
			if r.Status != Clean || len(s.asked) != c.calls || r.Tier != tier || r.Model != model {
				t.Errorf("status %s, %d calls, tier %s, model %s", r.Status, len(s.asked), r.Tier, r.Model.ID())
			}
			from := ""
			if r.Reused != nil {
				from = r.Reused.From
				if r.Cost != (money.Cost{State: money.Priced}) || r.Outside == "" || r.Reused.Avoided.Nano <= 0 || string(r.Answer) != "good" || r.Output.Markdown != "good" {
					t.Errorf("reused as %+v", r)
				}
			}
			if from != c.from || !strings.Contains(strings.Join(r.Notes, "\n"), c.note) || c.note == "" && len(r.Notes) > 0 {
				t.Errorf("from %q, notes %q", from, r.Notes)
			}
			if c.task.Judges() && (store.asked > 0 || r.Keep != nil) {
				t.Errorf("the store was asked %d times for what judges; kept %v", store.asked, r.Keep)
			}
			if !c.task.Judges() && (r.Keep == nil || string(r.Keep.Answer) != "good" || len(r.Keep.Key) != 64) {
				t.Errorf("kept %+v", r.Keep)
			}
		})
	}
}

func TestAReusedAnswerIsNotShownWhereTheHeadHasMoved(t *testing.T) {
	t.Parallel()
	d, s := dispatcher(t, "")
	d.Memory = &anyKey{kept: []Kept{{Task: "changelog", Answer: []byte("good")}}}
	d.Fresh = func(context.Context) error { return fmt.Errorf("the head moved") }
	r := d.Run(t.Context(), tell(), efficient(), oneFile())
	if r.Status != CouldNotRun || r.Output.Markdown != "" || r.Reused != nil || r.Keep != nil || len(s.asked) > 0 {
		t.Errorf("%+v", r)
	}
}

func TestIdsOfCommitsAreThoseOfToday(t *testing.T) {
	t.Parallel()
	from := []string{"aaaaaaa1" + commitID("0")[8:], "aaaaaaa2" + commitID("0")[8:]}
	to := []string{commitID("b"), commitID("c")}
	for answer, want := range map[string]string{
		`{"sources": ["aaaaaaa1", "aaaaaaa20000"]}`: `{"sources": ["bbbbbbbb", "cccccccccccc"]}`,
		`a prefix of two: aaaaaaa`:                  `a prefix of two: aaaaaaa`,
		`too short: aaaaaa, no id: deadbeef`:        `too short: aaaaaa, no id: deadbeef`,
		`inside a word: xaaaaaaa1`:                  `inside a word: xaaaaaaa1`,
	} {
		if diff := cmp.Diff(want, string(renamed([]byte(answer), from, to))); diff != "" {
			t.Error(diff)
		}
	}
	if got := string(renamed([]byte("aaaaaaa1"), from, to[:1])); got != "aaaaaaa1" {
		t.Errorf("lists of two lengths: %q", got)
	}
}
