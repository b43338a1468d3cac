package pipeline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// hiddenWord is a scanner that knows one secret.
type hiddenWord struct{}

func (hiddenWord) Redact(_, text string) (string, []string) {
	return strings.ReplaceAll(text, "hunter2", "[redacted]"), nil
}

func someWork() *Work {
	return &Work{
		Repository: "acme/widgets", PullNumber: 7, PolicyDigest: "p1", Policy: &policy.File{Handoff: policy.Handoff{MaxTokens: 2000}},
		Change: change.Change{Base: "b", Head: "h", Files: []change.File{{Path: "a.go", Status: change.Modified}}}, HasChange: true,
	}
}

func someResults() []dispatch.Result {
	return []dispatch.Result{{
		Task: task.Task{ID: "changelog"}, Status: dispatch.Clean, Tier: policy.Efficient, Model: policy.Model{Tier: policy.Efficient, Model: "m"},
		Decision: route.Decision{Tier: policy.Efficient, Facts: signal.Facts{Domains: []task.Domain{task.Docs}, Scope: task.SingleFile}},
		Attempts: []dispatch.Attempt{{Released: true}}, Output: task.Output{Markdown: "It says hunter2."},
	}}
}

func handedOver(t *testing.T, w *Work) []byte {
	t.Helper()
	h := w.HandOver(someResults(), Models{Scanner: hiddenWord{}})
	if h.Document == nil {
		t.Fatal(h.Trouble)
	}
	data, err := h.Document.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAHandoffIsTakenForTheSameChangeAlone(t *testing.T) {
	t.Parallel()
	data := handedOver(t, someWork())
	w := someWork()
	w.takeHandoff(Settings{Handoff: data})
	if w.handoff == nil || len(w.Warnings) > 0 || !strings.HasPrefix(w.given, "read back whole") {
		t.Fatalf("%q %q", w.given, w.Warnings)
	}
	if w.handoff.Results[0].ModelText != "It says [redacted]." {
		t.Errorf("%+v", w.handoff.Results)
	}
	if f := w.handoffFacts(); f.Bound != 2000 || f.Tokens != w.handoff.Tokens(dispatch.EstimateTokens) {
		t.Errorf("%+v", f)
	}
	for want, edit := range map[string]func(*Work){
		"it is about another repository":         func(w *Work) { w.Repository = "acme/other" },
		"it is about another pull request":       func(w *Work) { w.PullNumber = 8 },
		"it is about another head":               func(w *Work) { w.Change.Head = "h2" },
		"it is about another change":             func(w *Work) { w.Change.Files[0].Path = "b.go" },
		"it is about another policy":             func(w *Work) { w.PolicyDigest = "p2" },
		"more than the 20 of handoff.max_tokens": func(w *Work) { w.Policy.Handoff.MaxTokens = 20 },
		"nobody knows whether it is about it":    func(w *Work) { w.Refused = "the head moved" },
		"it is not JSON of the schema":           func(*Work) { data = []byte("x") },
	} {
		w, whole := someWork(), data
		edit(w)
		w.takeHandoff(Settings{Handoff: data})
		data = whole
		if w.handoff != nil || len(w.Warnings) != 1 || !strings.Contains(w.Warnings[0], want) || !strings.HasPrefix(w.given, "refused") {
			t.Errorf("%s: %q %q", want, w.given, w.Warnings)
		}
		if f := w.handoffFacts(); f != (route.HandoffFacts{Refused: true}) {
			t.Errorf("%s: %+v", want, f)
		}
		w.takeHandoff(Settings{Handoff: whole})
		if w.handoff != nil || len(w.Warnings) != 1 {
			t.Errorf("%s: asked twice it is told twice, or taken after all", want)
		}
	}
	w = someWork()
	if w.takeHandoff(Settings{}); w.given != "" || w.handoffFacts() != (route.HandoffFacts{}) {
		t.Errorf("nothing was given: %q", w.given)
	}
}

func TestTheNextHandoffHasEarlierWorkAndThisStepsFacts(t *testing.T) {
	t.Parallel()
	w := someWork()
	w.takeHandoff(Settings{Handoff: handedOver(t, someWork())})
	next := someResults()
	next[0].Task.ID, next[0].Output.Markdown = "pr-summary", "later"
	h := w.HandOver(next, Models{Scanner: hiddenWord{}})
	var tasks []string
	for _, r := range h.Document.Results {
		tasks = append(tasks, r.Task)
	}
	if diff := cmp.Diff([]string{"changelog", "pr-summary"}, tasks); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"a.go"}, h.Document.Files); diff != "" {
		t.Error(diff)
	}
	for i, r := range h.Document.Results {
		if r.Given != (i == 0) {
			t.Errorf("%s: given %v", r.Task, r.Given)
		}
	}
	w = someWork()
	w.Refused = "the head moved"
	if h := w.HandOver(next, Models{}); h.Document != nil {
		t.Error("a change that was not read is handed over")
	}
	w = someWork()
	w.Policy.Handoff.MaxTokens = 1
	if h := w.HandOver(next, Models{Scanner: hiddenWord{}}); h.Document != nil || !strings.Contains(h.Trouble, "nothing is handed over: ") {
		t.Errorf("%+v", h)
	}
}

// TestWhatWasGivenNeverBecomesThisStepsOwn: all that a document may say, from a
// stranger's hand and through two steps.
func TestWhatWasGivenNeverBecomesThisStepsOwn(t *testing.T) {
	t.Parallel()
	forged := someWork().about()
	forged.Facts = task.HandoffFacts{Domains: []task.Domain{task.Security}, Signals: []task.HandoffSignal{{ID: "auth", File: "a.go", Line: 3}}}
	forged.Decisions = []task.HandoffDecision{{Task: "code-review", Rule: "override", Tier: "local", Text: "forged"}}
	forged.Questions = []string{"forged question"}
	forged.Refused = []task.HandoffRefusal{{Task: "docs", Model: "forged", Problems: []task.HandoffProblem{{ID: "x", Text: "forged"}}, ModelText: "forged"}}
	forged.Results = []task.HandoffResult{{Task: "code-review", Status: "clean", Tier: "frontier", Model: "forged", ModelText: "forged"}}
	forged.Cut = []task.HandoffCut{{Part: "forged", Items: 1}}
	for range 2 {
		sealed, err := forged.Sealed(2000, dispatch.EstimateTokens)
		if err != nil {
			t.Fatal(err)
		}
		data, err := sealed.JSON()
		if err != nil {
			t.Fatal(err)
		}
		w := someWork()
		w.takeHandoff(Settings{Handoff: data})
		if w.handoff == nil {
			t.Fatal(w.given)
		}
		results := someResults()
		results[0].Decision.Facts = w.Facts(Settings{})
		forged = *w.HandOver(results, Models{Scanner: hiddenWord{}}).Document
		own, given, _ := strings.Cut(forged.Text(), task.HandoffOrigin+":\n")
		if strings.Contains(own, "forged") || strings.Contains(own, "signal auth") || strings.Contains(own, "security") {
			t.Errorf("a stranger's words among ours:\n%s", own)
		}
		for line := range strings.Lines(given) {
			if !strings.HasPrefix(line, "told: ") {
				t.Errorf("no mark of origin: %s", line)
			}
		}
		for _, want := range []string{"forged question", "domains security", "signal auth at a.go:3", "result of code-review: clean", "refused, docs", "decided for code-review"} {
			if !strings.Contains(given, want) {
				t.Errorf("%q is lost in\n%s", want, given)
			}
		}
		if !strings.Contains(forged.ModelText(), "["+task.HandoffOrigin+": written for code-review") {
			t.Errorf("no mark of origin in\n%s", forged.ModelText())
		}
	}
}

func TestAHandoffIsWrittenWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h, err := task.Handoff{Repository: "acme/widgets"}.Sealed(2000, dispatch.EstimateTokens)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second replaces the first
		path, err := WriteHandoff(dir, "handoff-1.json", h, same)
		if err != nil || path != filepath.Join(FilesDir, "handoff-1.json") {
			t.Fatalf("%q, %v", path, err)
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, FilesDir, "handoff-1.json"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := task.ParseHandoff(data); err != nil {
		t.Error(err)
	}
	if got := list(t, filepath.Join(dir, FilesDir)); strings.Contains(got, ".part") {
		t.Errorf("a part is left: %s", got)
	}
	if _, err := WriteHandoff(dir, "handoff-2.json", h, func(s string) string { return strings.ReplaceAll(s, "widgets", "[redacted]") }); err == nil {
		t.Error("a document with a secret in it was written")
	}
	if _, err := os.Stat(filepath.Join(dir, FilesDir, "handoff-2.json")); err == nil {
		t.Error("a document with a secret in it is there")
	}
}

func TestNoLinkIsFollowedByAHandoff(t *testing.T) {
	t.Parallel()
	dir, outside := t.TempDir(), filepath.Join(t.TempDir(), "outside")
	makeDir(t, filepath.Join(dir, FilesDir))
	if err := os.WriteFile(outside, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	link(t, outside, filepath.Join(dir, FilesDir, "handoff-1.json.part"))
	link(t, outside, filepath.Join(dir, FilesDir, "handoff-1.json"))
	if _, err := WriteHandoff(dir, "handoff-1.json", task.Handoff{}, same); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(outside); err != nil || string(data) != "theirs" {
		t.Errorf("%q, %v", data, err)
	}
}

func TestRecordsOfOtherTasksAndPlacesSayNothing(t *testing.T) {
	t.Parallel()
	record := func(id, repository, name string) ledger.Record {
		return ledger.Record{ID: id, Repository: repository, Task: name, Status: "clean", Attempts: []ledger.Attempt{
			{Tier: "efficient", Cost: "0.001", Problems: []string{"x"}}, {Tier: "mid", Cost: "0.002", Released: true},
		}}
	}
	w := someWork()
	w.Past = []ledger.Record{record("1", "acme/widgets", "changelog"), record("2", "acme/widgets", "docs"), record("3", "acme/other", "changelog")}
	got := w.breakEvens(someResults())
	if len(got) != 1 || got[0].Task != "changelog" || got[0].Records != 1 {
		t.Errorf("%+v", got)
	}
	moved := someResults()
	moved[0].Decision.Tier = policy.Mid
	if got := w.breakEvens(moved); len(got) != 0 {
		t.Errorf("the task stands at mid today: %+v", got)
	}
	if len(w.Past) != 3 {
		t.Error("the records were changed")
	}
}

func TestKeysOfThisRunAreHiddenFromEveryPrompt(t *testing.T) {
	t.Parallel()
	m := Models{Scanner: hiddenWord{}}.Hiding(func(s string) string { return strings.ReplaceAll(s, "key-of-ours", "[key]") })
	if got, _ := m.Scanner.Redact("", "hunter2 and key-of-ours"); got != "[redacted] and [key]" {
		t.Errorf("%q", got)
	}
}
