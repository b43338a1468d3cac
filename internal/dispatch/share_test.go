package dispatch

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

// second is another task that tells, with a schema and instructions of its own.
func second() task.Task {
	t := tell()
	t.ID, t.Instructions, t.Schema = "pr-summary", "Write the summary.", []byte(`{"type": "object"}`)
	return t
}

func largeInput() task.Input {
	in := oneFile()
	in.Change.Files = []change.File{textFile("a.go", strings.Split(strings.Repeat("package a // a line of some length\n", 800), "\n")...)}
	return in
}

// runBoth runs two jobs as a step does.
func runBoth(t *testing.T, d *Dispatcher, jobs ...Job) []Result {
	t.Helper()
	if err := d.Share(t.Context(), jobs); err != nil {
		t.Fatal(err)
	}
	var results []Result
	for _, j := range jobs {
		results = append(results, d.Run(t.Context(), j.Task, j.Decision, j.Input))
	}
	return results
}

func onHaiku(id string) route.Decision {
	dec := efficient()
	dec.TaskID = id
	return dec
}

func TestTwoRequestsOfAStepBeginAlike(t *testing.T) {
	t.Parallel()
	d, s := dispatcher(t, "", good(1, 1), good(1, 1))
	runBoth(t, d, Job{tell(), onHaiku("changelog"), largeInput()}, Job{second(), onHaiku("pr-summary"), largeInput()})
	a, b := s.asked[0], s.asked[1]
	if a.SharedPrefix == 0 || a.SharedPrefix != b.SharedPrefix || a.System != b.System || a.Prompt[:a.SharedPrefix] != b.Prompt[:b.SharedPrefix] {
		t.Fatalf("shared %d and %d", a.SharedPrefix, b.SharedPrefix)
	}
	if a.Schema != nil || b.Schema != nil {
		t.Error("a schema beside the words makes requests begin otherwise")
	}
	rest := b.Prompt[b.SharedPrefix:]
	if !strings.Contains(rest, "Write the summary.") || !strings.Contains(rest, `{"type": "object"}`) || strings.Contains(b.Prompt[:b.SharedPrefix], "Write the") {
		t.Errorf("after what is shared: %q", rest)
	}
	word, _, _ := strings.Cut(strings.TrimPrefix(a.Prompt, "=== "), " ")
	if len(word) != 32 || !strings.HasPrefix(rest, "=== "+word+" task ===\n") {
		t.Errorf("the task stands under no line of the word %q: %q", word, rest)
	}
}

func TestTheWordOfTheStepIsDrawnAnewForEachStep(t *testing.T) {
	t.Parallel()
	d, s := dispatcher(t, "", good(1, 1), good(1, 1), good(1, 1), good(1, 1))
	jobs := []Job{{tell(), onHaiku("changelog"), largeInput()}, {second(), onHaiku("pr-summary"), largeInput()}}
	runBoth(t, d, jobs...)
	next := *d
	next.shared = nil
	runBoth(t, &next, jobs...)
	if s.asked[0].Prompt[:40] == s.asked[2].Prompt[:40] {
		t.Error("two steps have the same word")
	}
	d.Random = io.LimitReader(strings.NewReader(""), 0)
	if err := d.Share(t.Context(), jobs); err == nil {
		t.Error("no random bits, and no error")
	}
}

// What a model wrote never stands between lines of the word that its own
// prompt had.
func TestASecondAttemptHasAWordOfItsOwn(t *testing.T) {
	t.Parallel()
	d, s := dispatcher(t, "", bad(1, 1), good(1, 1), good(1, 1))
	results := runBoth(t, d, Job{tell(), onHaiku("changelog"), largeInput()}, Job{second(), onHaiku("pr-summary"), largeInput()})
	if results[0].Status != Clean || s.asked[1].SharedPrefix != 0 || !strings.Contains(s.asked[1].Prompt, "handoff from an earlier attempt") {
		t.Errorf("%s, shared %d", results[0].Status, s.asked[1].SharedPrefix)
	}
	if word := s.asked[0].Prompt[4:36]; strings.Contains(s.asked[1].Prompt, word) {
		t.Error("the word of the step was used again")
	}
	if s.asked[2].SharedPrefix == 0 {
		t.Error("the other task shares nothing")
	}
}

func TestWhatIsSentOnceIsNotKept(t *testing.T) {
	t.Parallel()
	other := second()
	other.Kind = task.Judges // is shown hidden characters by name
	hidden := largeInput()
	hidden.Change.Files[0].Hunks[0].Lines[0].Text += "\u200b"
	openai := policy.Model{Tier: policy.Efficient, Provider: "openai", Model: "gpt-5.4-nano", MaxOutputTokens: 1000}
	free := policy.Model{Tier: policy.Efficient, Provider: "anthropic", Model: "unpriced", MaxOutputTokens: 1000}

	for name, jobs := range map[string][]Job{
		"one task":                       {{tell(), onHaiku("changelog"), largeInput()}},
		"a small change":                 {{tell(), onHaiku("changelog"), oneFile()}, {second(), onHaiku("pr-summary"), oneFile()}},
		"two models":                     {{tell(), onHaiku("changelog"), largeInput()}, {second(), on(sonne), largeInput()}},
		"two efforts":                    {{tell(), onHaiku("changelog"), largeInput()}, {second(), on(policy.Model{Tier: policy.Efficient, Provider: "anthropic", Model: haiku.Model, Effort: "high", MaxOutputTokens: 1}), largeInput()}},
		"two views of the change":        {{tell(), onHaiku("changelog"), hidden}, {other, onHaiku("pr-summary"), hidden}},
		"one of two is skipped":          {{tell(), onHaiku("changelog"), largeInput()}, {second(), route.Decision{Model: &haiku, Skipped: "a draft"}, largeInput()}},
		"one of two is local":            {{tell(), onHaiku("changelog"), largeInput()}, {second(), route.Decision{Tier: policy.Local}, largeInput()}},
		"a vendor that keeps by itself":  {{tell(), on(openai), largeInput()}, {second(), on(openai), largeInput()}},
		"a model whose price is unknown": {{tell(), on(free), largeInput()}, {second(), on(free), largeInput()}},
		"tasks that read no change":      {{withoutChange(tell()), onHaiku("changelog"), largeInput()}, {withoutChange(second()), onHaiku("pr-summary"), largeInput()}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, _ := dispatcher(t, "")
			if err := d.Share(t.Context(), jobs); err != nil || len(d.shared) > 0 {
				t.Errorf("%v: %d beginnings are shared", err, len(d.shared))
			}
		})
	}
}

func withoutChange(t task.Task) task.Task {
	t.NeedsChange = false
	return t
}

func TestATaskThatReusesDoesNotMakeAnotherPayForTheCache(t *testing.T) {
	t.Parallel()
	d, s := dispatcher(t, "", good(1, 1))
	d.Memory = onlyFor{"changelog"}
	results := runBoth(t, d, Job{tell(), onHaiku("changelog"), largeInput()}, Job{second(), onHaiku("pr-summary"), largeInput()})
	if results[0].Reused == nil || results[1].Reused != nil || len(s.asked) != 1 || s.asked[0].SharedPrefix != 0 {
		t.Errorf("%d calls", len(s.asked))
	}
}

// TestWhatIsReusedIsAskedForAsItRuns: a file that may not be shown is no part
// of the question, so that it hides no earlier answer from who counts readers.
func TestWhatIsReusedIsAskedForAsItRuns(t *testing.T) {
	t.Parallel()
	var seen map[string]string
	docs, tests := writes(&seen), writes(&seen)
	tests.ID = "tests"
	in := largeInput()
	in.Head, in.HeadOrder = map[string]string{"a.go": "package a\n", ".env": "A=1\n"}, []string{"a.go", ".env"}
	d, s := dispatcher(t, "", good(1, 1), good(1, 1))
	memory := &store{}
	d.Memory = memory
	memory.kept = []Kept{*d.Run(t.Context(), docs, onHaiku("docs"), in).Keep}
	results := runBoth(t, d, Job{docs, onHaiku("docs"), in}, Job{tests, onHaiku("tests"), in})
	if results[0].Reused == nil || len(s.asked) != 2 || s.asked[1].SharedPrefix != 0 {
		t.Errorf("reused %v, %d calls, the last shares %d bytes", results[0].Reused, len(s.asked), s.asked[1].SharedPrefix)
	}
}

// onlyFor has a good answer to every question of one task.
type onlyFor struct{ task string }

func (m onlyFor) Recall(_ context.Context, key, lineage string) []Kept {
	return []Kept{{Key: key, Lineage: lineage, Task: m.task, From: "ledger", Answer: []byte("good")}}
}

// A task that builds on earlier lines: an answer is lines, each the name of a
// file, and an answer is good where it names every file of the change.
func building() task.Task {
	t := tell()
	t.Verify = func(in task.Input, a []byte) (task.Output, []task.Problem) {
		for _, f := range in.Change.Files {
			if !strings.Contains(string(a), f.Path+";") {
				return task.Output{}, []task.Problem{{ID: "left-out", Text: "a file is left out"}}
			}
		}
		return task.Output{Markdown: string(a)}, nil
	}
	t.Building = &task.Building{
		Instructions: "Only the rest.",
		Sources: func(in task.Input) map[string]string {
			all := map[string]string{}
			for _, f := range in.Change.Files {
				all[f.Path] = change.PatchDigest(f)
			}
			return all
		},
		Stand: func(_ task.Input, earlier []byte, same func(string) bool) ([]byte, bool) {
			var stands string
			for name := range strings.SplitSeq(string(earlier), ";") {
				if same(name) {
					stands += name + ";"
				}
			}
			return []byte(stands), stands != ""
		},
		Rest: func(in task.Input, same func(string) bool) task.Input {
			var rest []change.File
			for _, f := range in.Change.Files {
				if !same(f.Path) {
					rest = append(rest, f)
				}
			}
			in.Change.Files = rest
			return in
		},
		Merge: func(stands, fresh []byte) ([]byte, error) {
			if string(fresh) == "broken" {
				return nil, errors.New("no form")
			}
			return append(append([]byte{}, stands...), fresh...), nil
		},
	}
	return t
}

// store keeps what results ask to keep.
type store struct{ kept []Kept }

func (s *store) Recall(_ context.Context, key, lineage string) []Kept {
	var found []Kept
	for _, k := range s.kept {
		if k.Key == key || k.Lineage == lineage {
			found = append(found, k)
		}
	}
	return found
}

func twoFiles(moving string) task.Input {
	in := largeInput()
	in.Change.Files = append(in.Change.Files, textFile("b.go", moving))
	return in
}

func TestANewPushBuildsOnWhatDidNotChange(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answers []answer
		edit    func(*Kept)
		terms   func(*Terms)
		calls   int
		first   string // what the first request of the push must not have
		note    bool
	}{
		"only the changed file is sent":                       {answers: []answer{{text: "b.go;", usage: used(1, 1)}}, calls: 1, first: "a line of some length", note: true},
		"a refused whole is asked for whole":                  {answers: []answer{{text: "c.go;", usage: used(1, 1)}, {text: "a.go;b.go;", usage: used(1, 1)}}, calls: 2, first: "a line of some length", note: true},
		"so is one that cannot be joined":                     {answers: []answer{{text: "broken", usage: used(1, 1)}, {text: "a.go;b.go;", usage: used(1, 1)}}, calls: 2, first: "a line of some length", note: true},
		"what a store says of its sources is not guessed":     {answers: []answer{{text: "a.go;b.go;", usage: used(1, 1)}}, calls: 1, edit: func(k *Kept) { k.Sources = nil }},
		"an answer without lines that stand gives nothing":    {answers: []answer{{text: "a.go;b.go;", usage: used(1, 1)}}, calls: 1, edit: func(k *Kept) { k.Answer = []byte("b.go;") }},
		"another task's gives nothing":                        {answers: []answer{{text: "a.go;b.go;", usage: used(1, 1)}}, calls: 1, edit: func(k *Kept) { k.Task = "docs" }},
		"under another policy it is another answer":           {answers: []answer{{text: "a.go;b.go;", usage: used(1, 1)}}, calls: 1, terms: func(t *Terms) { t.PolicyDigest = "q" }},
		"nobody builds on the answer to another pull request": {answers: []answer{{text: "a.go;b.go;", usage: used(1, 1)}}, calls: 1, terms: func(t *Terms) { t.PullNumber = 8 }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, s := dispatcher(t, "", append([]answer{{text: "a.go;b.go;", usage: used(1, 1)}}, c.answers...)...)
			memory := &store{}
			d.Memory, d.Terms = memory, Terms{PullNumber: 7, PolicyDigest: "p"}
			r := d.Run(t.Context(), building(), efficient(), twoFiles("old"))
			if r.Keep == nil || len(r.Keep.Sources) != 2 {
				t.Fatalf("kept %+v", r.Keep)
			}
			if c.edit != nil {
				c.edit(r.Keep)
			}
			if c.terms != nil {
				c.terms(&d.Terms)
			}
			memory.kept = append(memory.kept, *r.Keep)
			r = d.Run(t.Context(), building(), efficient(), twoFiles("new"))
			if r.Status != Clean || len(s.asked) != 1+c.calls || r.FilesRead != 2 || !strings.Contains(r.Output.Markdown, "a.go;") {
				t.Fatalf("%s %q, %d calls, %d files read, %q", r.Status, r.Reason, len(s.asked), r.FilesRead, r.Output.Markdown)
			}
			if got := strings.Contains(s.asked[1].Prompt, "a line of some length"); got == (c.first != "") {
				t.Errorf("the unchanged file is sent: %v", got)
			}
			if last := s.asked[len(s.asked)-1]; c.calls == 2 && !strings.Contains(last.Prompt, "a line of some length") {
				t.Error("the second attempt does not see the whole")
			}
			if got := strings.Contains(strings.Join(r.Notes, "\n"), "1 of 2 parts are the same"); got != c.note {
				t.Errorf("notes %q", r.Notes)
			}
			if string(r.Keep.Answer) != string(r.Answer) || r.Cost.State != money.Priced {
				t.Errorf("kept %q, answer %q, cost %v", r.Keep.Answer, r.Answer, r.Cost)
			}
		})
	}
}
