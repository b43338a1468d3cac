package store

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/ledger"
)

// binaryRow writes the columns of a report as ClickHouse's RowBinary does.
func binaryRow(t testing.TB, e ledger.Entry) []byte {
	t.Helper()
	var out []byte
	for _, c := range columnsOf(t, e) {
		switch v := c.(type) {
		case string:
			if len(v) != 32 || strings.Trim(v, "0123456789abcdef") != "" { // ids are of a fixed length
				out = binary.AppendUvarint(out, uint64(len(v)))
			}
			out = append(out, v...)
		case *int64:
			if v == nil {
				out = append(out, 1)
				continue
			}
			out = binary.LittleEndian.AppendUint64(append(out, 0), uint64(*v)) //nolint:gosec // the bits are a signed number
		case int64:
			out = binary.LittleEndian.AppendUint64(out, uint64(v)) //nolint:gosec // as above
		}
	}
	return out
}

// columnsOf gives the values of a row in the order of facts.sql.
func columnsOf(t testing.TB, e ledger.Entry) (values []any) {
	t.Helper()
	r, err := newRow(*e.Record)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var byName map[string]any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&byName); err != nil {
		t.Fatal(err)
	}
	for name := range strings.SplitSeq(factColumns(), ",") {
		name = strings.TrimSpace(name)
		v, ok := byName[name]
		if !ok {
			t.Fatalf("facts.sql reads %s, which no row has", name)
		}
		values = append(values, valueOf(t, name, v))
	}
	return values
}

func valueOf(t testing.TB, name string, v any) any {
	t.Helper()
	number, isNumber := v.(json.Number)
	n, err := number.Int64()
	switch {
	case isNumber && err != nil:
		t.Fatal(err)
	case strings.HasSuffix(name, "_nano") && isNumber:
		return &n
	case strings.HasSuffix(name, "_nano"):
		return (*int64)(nil)
	case isNumber:
		return n
	}
	return fmt.Sprint(v)
}

func readBinary(data []byte) (ledger.Fact, error) {
	return readFact(&chSource{from: bufio.NewReader(bytes.NewReader(data))}, newInterner())
}

func TestARowReadsAsTheFactOfItsRecord(t *testing.T) {
	t.Parallel()
	for name, e := range map[string]ledger.Entry{"a finished record": entry("1"), "one that is begun": begunEntry("2")} {
		got, err := readBinary(binaryRow(t, e))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(e.Record.Fact(), got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestARowThatIsCutShortIsAnError(t *testing.T) {
	t.Parallel()
	row := binaryRow(t, entry("1"))
	for n := range row {
		if f, err := readBinary(row[:n]); err == nil {
			t.Fatalf("%d of %d bytes are a fact: %+v", n, len(row), f)
		}
	}
}

func FuzzRow(f *testing.F) {
	f.Add(binaryRow(f, entry("1")))
	f.Add(binaryRow(f, begunEntry("1")))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := readBinary(data)
		if err != nil && !cmp.Equal(got, ledger.Fact{}) {
			t.Errorf("an error and a fact: %v, %+v", err, got)
		}
	})
}

// TestTheColumnsAgree holds the tables, the inserts and the rows together.
func TestTheColumnsAgree(t *testing.T) {
	t.Parallel()
	migration, err := postgresMigrations.ReadFile("sql/postgres/0001_records.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		row  any
		only string // the column that ClickHouse alone has
		sql  []string
	}{
		{row{}, "started", []string{string(migration), appendRecordsSQL, clickhouseTables}},
		{flagRow{}, "at", []string{string(migration), appendFlagsSQL, clickhouseTables}},
	} {
		for _, name := range namesOf(t, c.row) {
			for i, sql := range c.sql {
				if has := hasWord(sql, name); has == (name == c.only && i < 2) {
					t.Errorf("text %d: column %s is there: %v", i, name, has)
				}
			}
		}
	}
}

// namesOf lists the columns that a row fills.
func namesOf(t testing.TB, row any) []string {
	t.Helper()
	text, err := json.Marshal(row)
	if err != nil {
		t.Fatal(err)
	}
	var byName map[string]any
	if err := json.Unmarshal(text, &byName); err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(byName))
}

func hasWord(text, word string) bool {
	for w := range strings.FieldsFuncSeq(withoutComments(text), func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz_0123456789", r) }) {
		if w == word {
			return true
		}
	}
	return false
}

func BenchmarkReadFact(b *testing.B) {
	row := binaryRow(b, entry("1"))
	in := newInterner()
	var r bytes.Reader
	buffered := bufio.NewReaderSize(&r, 1<<16)
	b.ReportAllocs()
	for b.Loop() {
		r.Reset(row)
		buffered.Reset(&r)
		if _, err := readFact(&chSource{from: buffered}, in); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadFactOfPostgres(b *testing.B) {
	values := pgValues(columnsOf(b, entry("1")))
	in := newInterner()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := readFact(&pgSource{values: values}, in); err != nil {
			b.Fatal(err)
		}
	}
}

func pgValues(columns []any) (values [][]byte) {
	for i, c := range columns {
		switch v := c.(type) {
		case string:
			text := []byte(v)
			if i < 2 {
				id, err := decodeID(text)
				if err != nil {
					panic(err)
				}
				text = id[:]
			}
			values = append(values, text)
		case *int64:
			if v == nil {
				values = append(values, nil)
				continue
			}
			values = append(values, binary.BigEndian.AppendUint64(nil, uint64(*v))) //nolint:gosec // the bits are a signed number
		case int64:
			values = append(values, binary.BigEndian.AppendUint64(nil, uint64(v))) //nolint:gosec // as above
		}
	}
	return values
}

func TestBothStoresReadTheSameFact(t *testing.T) {
	t.Parallel()
	got, err := readFact(&pgSource{values: pgValues(columnsOf(t, entry("1")))}, newInterner())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(entry("1").Record.Fact(), got); diff != "" {
		t.Error(diff)
	}
}

func TestTimesThatNoRunHasAreRefused(t *testing.T) {
	t.Parallel()
	early := *entry("1").Record
	early.Started = "1969-12-31T00:00:00Z"
	records, _, refused, err := split([]ledger.Entry{{Record: &early}, entry("1"), begunEntry("1"), entry("1")})
	if err != nil || refused != 1 || len(records) != 1 || records[0].Finished != 1 {
		t.Errorf("%d rows, %d refused, %v", len(records), refused, err)
	}
	if plausible(time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)) || !plausible(time.Date(2099, 12, 31, 0, 0, 0, 0, time.UTC)) {
		t.Error("the bounds are elsewhere")
	}
}
