package ledger

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Bounds of what is written and read back. They are far above anything that a
// run makes, and far below what would hurt a reader.
const (
	maxText    = 256
	maxItems   = 100
	maxLine    = 256 << 10
	maxRecords = 1_000_000
	maxTokens  = 1_000_000_000_000
)

// Encode writes records as JSON lines.
func Encode(w io.Writer, records []Record) error {
	for _, r := range records {
		line, err := json.Marshal(r)
		if err != nil {
			return fmt.Errorf("encode record %s: %w", r.ID, err)
		}
		if _, err := w.Write(append(line, '\n')); err != nil {
			return fmt.Errorf("write record %s: %w", r.ID, err)
		}
	}
	return nil
}

// Decode reads JSON lines. One record that is not of this schema, or out of
// its bounds, refuses the whole, and the error names its line.
func Decode(r io.Reader) ([]Record, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	var records []Record
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		if len(records) == maxRecords {
			return nil, fmt.Errorf("read records: more than %d", maxRecords)
		}
		rec, err := decodeLine(lines.Bytes(), nil)
		if err != nil {
			return nil, fmt.Errorf("read records: line %d: %w", n, err)
		}
		records = append(records, rec)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read records: %w", err)
	}
	return records, nil
}

// decodeLine reads one record. words keeps texts that come again; nil keeps
// none.
func decodeLine(line []byte, words map[string]string) (Record, error) {
	q := quick{rest: line, words: words}
	rec, ok := q.record()
	if !ok {
		rec = Record{}
		if err := decodeStrict(line, &rec); err != nil {
			return Record{}, err
		}
	}
	if err := rec.check(); err != nil {
		return Record{}, err
	}
	return rec, nil
}

// decodeStrict refuses unknown keys and anything after the value.
func decodeStrict(data []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value on the line")
	}
	return nil
}
