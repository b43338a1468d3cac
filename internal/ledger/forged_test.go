package ledger

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
)

// TestAFinishedRecordFreesOnlyTheCallThatItBelongsTo writes a reservation and a
// finished record that claims its id into one ledger, and asks what is held.
func TestAFinishedRecordFreesOnlyTheCallThatItBelongsTo(t *testing.T) {
	t.Parallel()
	const bound, cost = 5_000_000, 1_000_000
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	m := meta()
	m.Started, m.Finished = now.Format(time.RFC3339), now.Format(time.RFC3339)
	result := dispatch.Result{Task: escalated().Task, Bound: money.Cost{State: money.Priced, Nano: bound}}
	begun := Begin(m, result, result.Bound)
	result.Status, result.Cost = dispatch.Clean, money.Cost{State: money.Priced, Nano: cost}
	for name, c := range map[string]struct {
		forge func(*Record)
		want  money.Nano
	}{
		"its own end frees what it did not spend": {func(*Record) {}, cost},
		"another repository":                      {func(r *Record) { r.Repository = "acme/other" }, bound},
		"another run":                             {func(r *Record) { r.RunID = "1" }, bound},
		"another attempt of the run":              {func(r *Record) { r.RunAttempt++ }, bound},
		"another job":                             {func(r *Record) { r.Job = "build" }, bound},
		"another step":                            {func(r *Record) { r.Step = "build" }, bound},
		"another task":                            {func(r *Record) { r.Task = "docs" }, bound},
		"another leg":                             {func(r *Record) { r.Leg = 3 }, bound},
		"another call":                            {func(r *Record) { r.Sequence = 77 }, bound},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			end := FromResult(m, result)
			c.forge(&end)
			if own := (Entry{Record: &end}).Supersedes(Entry{Record: &begun}); own != (c.want == cost) {
				t.Errorf("takes its place: %v", own)
			}
			var text bytes.Buffer
			if err := Encode(&text, []Record{end, begun}); err != nil {
				t.Fatal(err)
			}
			if got := heldIn(t, text.Bytes(), Scope{Repository: begun.Repository, PullRequest: begun.PullRequest, Now: now}); got.PullRequest.Spent != c.want || got.Day.Spent != c.want {
				t.Errorf("held %s and %s, expected %s", got.PullRequest.Spent.Dollars(), got.Day.Spent.Dollars(), c.want.Dollars())
			}
		})
	}
}

func TestWhatAKilledRunMayHaveSpentIsHeldForGood(t *testing.T) {
	t.Parallel()
	m := meta()
	m.Started, m.Finished = "2026-11-01T12:00:00Z", "2026-11-01T12:00:00Z"
	begun := Begin(m, dispatch.Result{Task: escalated().Task}, money.Cost{State: money.Priced, Nano: 7})
	var h Holdings
	h.Add(begun, Scope{Repository: m.Repository, PullRequest: m.PullRequest, Now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)})
	if h.PullRequest.Spent != 7 || h.Day.Spent != 0 {
		t.Errorf("pull request %d, today %d, expected 7 and 0", h.PullRequest.Spent, h.Day.Spent)
	}
}

func heldIn(t *testing.T, lines []byte, s Scope) Holdings {
	t.Helper()
	folder := Dir{path: t.TempDir()}
	if err := os.WriteFile(filepath.Join(folder.path, "record-x.jsonl"), lines, 0o600); err != nil {
		t.Fatal(err)
	}
	var h Holdings
	for e, err := range folder.Entries(t.Context(), s.Now) {
		if err == nil { // what is forged is refused, and the rest is given
			h.Add(*e.Record, s)
		}
	}
	return h
}
