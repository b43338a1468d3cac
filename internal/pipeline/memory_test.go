package pipeline

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/task"
)

func keptOfTask(id, answer string) dispatch.Kept {
	return dispatch.Kept{Key: strings.Repeat("a", 64), Lineage: strings.Repeat("b", 64), Task: id, Answer: []byte(answer)}
}

func plainText(s string) string { return s }

// comment gives a reader of a comment that keeps answers, and how often it
// was read.
func comment(t *testing.T, kept ...dispatch.Kept) (func(context.Context) (string, error), *int) {
	t.Helper()
	line, dropped := ledger.AnswersLine(kept)
	if len(dropped) > 0 {
		t.Fatal(dropped)
	}
	reads := 0
	return func(context.Context) (string, error) {
		reads++
		return "<!-- tierwise -->\n" + line + "\nrest", nil
	}, &reads
}

func resultWith(k dispatch.Kept) dispatch.Result {
	return dispatch.Result{Task: task.Task{ID: k.Task}, Keep: &k}
}

func TestTheCommentComesBeforeTheLedgerAndIsReadOnce(t *testing.T) {
	t.Parallel()
	address, err := ledger.ParseAddress("file:l")
	if err != nil {
		t.Fatal(err)
	}
	dir := address.Dir.In(t.TempDir())
	if err := dir.KeepAnswer(keptOfTask("changelog", "of the ledger")); err != nil {
		t.Fatal(err)
	}
	read, reads := comment(t, keptOfTask("changelog", "of the comment"))
	m := &Memory{Comment: read, Ledger: &dir}
	for range 2 {
		var got []string
		for _, k := range m.Recall(t.Context(), strings.Repeat("a", 64), strings.Repeat("c", 64)) {
			got = append(got, k.From+" "+string(k.Answer))
		}
		if diff := cmp.Diff([]string{"comment of the comment", "ledger of the ledger"}, got); diff != "" {
			t.Error(diff)
		}
	}
	if got := m.Recall(t.Context(), strings.Repeat("d", 64), strings.Repeat("e", 64)); len(got) > 0 {
		t.Errorf("another question's: %v", got)
	}
	if *reads != 1 || len(m.Warnings) > 0 {
		t.Errorf("read %d times, warnings %q", *reads, m.Warnings)
	}
}

func TestAPlaceThatFailsIsAWarningAndSaidOnce(t *testing.T) {
	t.Parallel()
	m := &Memory{Comment: func(context.Context) (string, error) { return "", errors.New("HTTP 500\nbroken") }}
	for range 2 {
		if got := m.Recall(t.Context(), "k", "l"); len(got) > 0 {
			t.Errorf("recalled %v", got)
		}
	}
	if diff := cmp.Diff([]string{"what the comment keeps was not taken: HTTP 500; broken"}, m.Warnings); diff != "" {
		t.Error(diff)
	}
}

func TestTheLineKeepsThisRunsAnswersAndThoseOfOtherTasks(t *testing.T) {
	t.Parallel()
	read, _ := comment(t, keptOfTask("changelog", "old"), keptOfTask("docs", "other"))
	m := &Memory{Comment: read}
	hide := func(s string) string { return strings.ReplaceAll(s, "secret", "[redacted]") }
	line := m.AnswersLine(t.Context(), []dispatch.Result{resultWith(keptOfTask("changelog", "new secret")), {}}, hide)
	kept, err := ledger.ReadAnswersLine("\n" + line)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, k := range kept {
		got = append(got, k.Task+" "+string(k.Answer))
	}
	if diff := cmp.Diff([]string{"changelog new [redacted]", "docs other"}, got); diff != "" {
		t.Error(diff)
	}
	if line := (&Memory{}).AnswersLine(t.Context(), nil, plainText); line != "" {
		t.Errorf("a line of nothing: %q", line)
	}
}

func TestWithoutALedgerNothingIsWritten(t *testing.T) {
	t.Parallel()
	m := &Memory{}
	m.Append(t.Context(), aRecord(), []dispatch.Result{resultWith(keptOfTask("changelog", "x"))}, plainText)
	if len(m.Warnings) > 0 {
		t.Error(m.Warnings)
	}
}

func TestALedgerThatTheChangeBringsIsLeftAlone(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name, folder string
		file         change.File
		brought      bool
	}{
		{"another file", ".ledger", change.File{Path: "a.go"}, false},
		{"a name that only begins alike", ".ledger", change.File{Path: ".ledger-of-mine/a.json"}, false},
		{"a kept answer", ".ledger", change.File{Path: ".ledger/answers/0.json"}, true},
		{"in other letters", ".ledger", change.File{Path: ".Ledger/answers/0.json"}, true},
		{"the folder itself, as a link or a submodule", ".ledger", change.File{Path: ".ledger"}, true},
		{"a submodule above it", "a/.ledger", change.File{Path: "a"}, true},
		{"one that was moved out of it", ".ledger", change.File{Path: "a.json", OldPath: ".ledger/answers/0.json"}, true},
		{"a checkout in a folder of the workspace", "sub/.ledger", change.File{Path: ".ledger/2026-11-24/record-0.jsonl"}, true},
		{"the whole checkout", ".", change.File{Path: "answers/0.json"}, true},
	} {
		address, err := ledger.ParseAddress("file:l")
		if err != nil {
			t.Fatal(err)
		}
		m := &Memory{Ledger: &address.Dir}
		m.Distrust(row.folder, change.Change{Files: []change.File{row.file}})
		if brought := m.Ledger == nil; brought != row.brought || brought != (len(m.Warnings) == 1) {
			t.Errorf("%s: left alone %v, %q", row.name, brought, m.Warnings)
		}
	}
	address, err := ledger.ParseAddress("file:l")
	if err != nil {
		t.Fatal(err)
	}
	m := &Memory{Ledger: &address.Dir}
	if m.Distrust(".ledger", change.Change{Incomplete: []string{"cut"}}); m.Ledger != nil || len(m.Warnings) != 1 {
		t.Errorf("of a change that was cut nobody knows what it brings: %q", m.Warnings)
	}
}

func TestARecordThatTheLedgerMayNotBeGivenWaits(t *testing.T) {
	t.Parallel()
	address, err := ledger.ParseAddress("file:l")
	if err != nil {
		t.Fatal(err)
	}
	spooled := 0
	m := &Memory{Ledger: &address.Dir, Spool: func(entries []ledger.Entry) (string, error) {
		spooled += len(entries)
		return "spool/x.jsonl", nil
	}}
	m.Distrust("l", change.Change{Files: []change.File{{Path: "l/x"}}})
	m.Append(t.Context(), aRecord(), nil, plainText)
	if said := strings.Join(m.Warnings, "\n"); spooled != len(aRecord()) || !strings.Contains(said, "waits in spool/x.jsonl for tierwise replay: the change touches its folder") {
		t.Errorf("%d spooled, %q", spooled, said)
	}
}
