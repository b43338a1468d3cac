package store

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/ledger"
)

// otherEnd is a finished record of the same id as entry(run) that says another thing.
func otherEnd(run string) ledger.Entry {
	r := *entry(run).Record
	r.Finished = "2026-11-24T10:00:59Z"
	return ledger.Entry{Record: &r}
}

func TestAnotherEndOfOneIDIsRefusedInABatch(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		entries []ledger.Entry
		refused int
	}{
		"another body":                  {[]ledger.Entry{entry("1"), otherEnd("1")}, 1},
		"another body behind its begin": {[]ledger.Entry{begunEntry("1"), entry("1"), otherEnd("1")}, 1},
		"the same twice":                {[]ledger.Entry{entry("1"), entry("1")}, 0},
		"a begin behind its end":        {[]ledger.Entry{entry("1"), begunEntry("1")}, 0},
	} {
		records, _, refused, err := split(c.entries)
		if err != nil || len(records) != 1 || refused != c.refused {
			t.Errorf("%s: %d rows, %d refused, %v", name, len(records), refused, err)
		}
	}
}

// answering is a ClickHouse that holds one record.
func answering(t *testing.T, held ledger.Entry) *ClickHouse {
	t.Helper()
	r, err := newRow(*held.Record)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		text, _ := io.ReadAll(req.Body)
		if strings.HasPrefix(string(text), "SELECT record_id") {
			fmt.Fprintf(w, "%s\t%d\t%d\t%X\n", r.RecordID, r.Finished, r.StartedUS, sha256.Sum256([]byte(r.Body)))
		}
	}))
	t.Cleanup(server.Close)
	c, err := OpenClickHouse("clickhouse://u@"+strings.TrimPrefix(server.URL, "http://")+"/x", "", server.Client())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAnotherEndThanTheOneThatStandsIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		held, sent ledger.Entry
		want       Counts
	}{
		"the same record":        {entry("1"), entry("1"), Counts{Known: 1}},
		"another body":           {entry("1"), otherEnd("1"), Counts{Refused: 1}},
		"the end of what began":  {begunEntry("1"), entry("1"), Counts{New: 1}},
		"a begin behind its end": {entry("1"), begunEntry("1"), Counts{Known: 1}},
		"another record":         {entry("1"), entry("2"), Counts{New: 1}},
	} {
		got, err := answering(t, c.held).Put(t.Context(), []ledger.Entry{c.sent})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
