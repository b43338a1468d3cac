package signal

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

func TestAHandoffAddsToTheFactsAndFoundsNothing(t *testing.T) {
	t.Parallel()
	ch := change.Change{Files: []change.File{{Path: "README.md", OldPath: "READ.md", Status: change.Renamed}}}
	mine := Facts{
		Domains: []task.Domain{task.Docs}, Scope: task.MultiFile, Ambiguity: task.Medium, Inferred: task.Annotation{Scope: task.MultiFile},
		Founded: task.Annotation{Domains: []task.Domain{task.Docs}}, Shapes: []Shape{"x"}, Complete: true,
		Hits: []Hit{{Signal: "documentation", File: "README.md", Text: "seen"}},
	}
	got := mine.Told(task.HandoffFacts{
		Domains: []task.Domain{task.Security}, Scope: task.SingleFile, Ambiguity: task.High,
		Signals: []task.HandoffSignal{
			{ID: "documentation", File: "README.md"},
			{ID: "auth", File: "READ.md", Line: 3},
			{ID: "auth", File: "elsewhere.go", Line: 1},
			{ID: "no-such-signal", File: "README.md"},
			{ID: "open-question"},
		},
	}, ch)
	want := mine
	want.Domains, want.Ambiguity = []task.Domain{task.Docs, task.Security}, task.High
	want.Inferred = task.Annotation{Scope: task.MultiFile, Domains: []task.Domain{task.Security}, Ambiguity: task.High}
	want.Hits = []Hit{{Signal: "open-question", Text: "told by a handoff"}, {Signal: "auth", File: "READ.md", Line: 3, Text: "told by a handoff"}, {Signal: "documentation", File: "README.md", Text: "seen"}}
	want.Measured = &task.Annotation{Scope: task.MultiFile, Domains: []task.Domain{task.Docs}, Ambiguity: task.Medium}
	want.Handed = task.HandoffFacts{
		Domains: []task.Domain{task.Security}, Ambiguity: task.High,
		Signals: []task.HandoffSignal{{ID: "auth", File: "READ.md", Line: 3}, {ID: "open-question"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if own := got.Told(task.HandoffFacts{Scope: task.CrossService}, ch); own.Own().Scope != task.MultiFile || own.Handed.Scope != task.CrossService || len(own.Handed.Signals) != 2 {
		t.Errorf("a second word is not kept apart: %+v", own)
	}
	if len(mine.Hits) != 1 || len(mine.Domains) != 1 {
		t.Error("the facts that were measured were changed")
	}
	if diff := cmp.Diff(mine, mine.Told(task.HandoffFacts{}, ch)); diff != "" {
		t.Errorf("nothing told changes something: %s", diff)
	}
}

func TestAClassIsToldFromTheOtherSignals(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]bool{"code": true, "documentation": true, "auth": false, "weakened-test": false, "": false} {
		if IsClass(id) != want {
			t.Errorf("%q is a class: %v", id, !want)
		}
	}
}
