package pipeline

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/ledger"
)

// timedRecord is a record of a day, without which none has a place.
func timedRecord() []ledger.Record {
	at := ledger.Meta{Repository: "acme/widgets", RunID: "1", Started: "2026-11-24T10:00:00Z", Finished: "2026-11-24T10:00:09Z"}
	return []ledger.Record{ledger.FromResult(at, aSession().Results[0])}
}

// deaf is a store that takes nothing and cannot be read.
type deaf struct{ err error }

func (d deaf) Append(context.Context, []ledger.Entry) error { return d.err }

func TestWhatALedgerDoesNotTakeIsSpooledAndSaid(t *testing.T) {
	t.Parallel()
	for _, cause := range []string{"no space left on device", "HTTP 403: need the line \"contents: write\"", "connection refused", "HTTP 502"} {
		root := t.TempDir()
		m := &Memory{Store: deaf{errors.New(cause)}, Spool: Spool(root)}
		m.Send(t.Context(), ledger.Entries(timedRecord()))
		files, err := filepath.Glob(filepath.Join(root, SpoolDir, "*.jsonl"))
		if err != nil || len(files) != 1 {
			t.Fatalf("%s: %v, %v", cause, files, err)
		}
		f, err := os.Open(files[0])
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		got, problems := ledger.DecodeEntries("spooled", f)
		if len(got) != 1 || got[0].ID() != timedRecord()[0].ID || len(problems) > 0 {
			t.Errorf("%s: %v, %v", cause, got, problems)
		}
		if said := strings.Join(m.Warnings, "\n"); !strings.Contains(said, cause) || !strings.Contains(said, "for tierwise replay") {
			t.Errorf("%s: said %q", cause, said)
		}
	}
}

func TestWhatCanBeKeptNowhereIsShown(t *testing.T) {
	t.Parallel()
	var shown []string
	m := &Memory{
		Store: deaf{errors.New("no space left on device")}, Spool: func([]ledger.Entry) (string, error) { return "", errors.New("read-only file system") },
		LastResort: func(line string) { shown = append(shown, line) },
	}
	m.Send(t.Context(), ledger.Entries(timedRecord()))
	if len(shown) != 1 || !strings.Contains(shown[0], timedRecord()[0].ID) || len(m.Warnings) != 2 {
		t.Errorf("shown %q, said %q", shown, m.Warnings)
	}
}

func TestAStoreThatCannotBeReadIsNoSharedLedger(t *testing.T) {
	t.Parallel()
	if s := (&Memory{}).Shared(); s != nil {
		t.Errorf("artifacts alone: %v", s)
	}
	if s := (&Memory{Store: deaf{}}).Shared(); s != nil {
		t.Errorf("a store that is only written: %v", s)
	}
	if s := (&Memory{Ledger: &ledger.Dir{}}).Shared(); s == nil {
		t.Error("a folder is one")
	}
}
