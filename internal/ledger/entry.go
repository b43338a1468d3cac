package ledger

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// Entry is one line of a ledger: a record or a flag, never both.
type Entry struct {
	Record *Record
	Flag   *Flag
}

// ID is the id of what the entry holds.
func (e Entry) ID() string {
	if e.Flag != nil {
		return e.Flag.ID
	}
	return e.Record.ID
}

// DecodeEntry reads one line. What is not of a known schema, or out of its
// bounds, is an error.
func DecodeEntry(line []byte) (Entry, error) { return decodeEntry(line, nil) }

func decodeEntry(line []byte, words map[string]string) (Entry, error) {
	if bytes.HasPrefix(line, []byte(`{"schema":"`+Schema+`",`)) { // as we write it: read once
		return recordEntry(line, words)
	}
	var head struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(line, &head); err != nil {
		return Entry{}, err
	}
	if head.Schema != FlagSchema {
		return recordEntry(line, words)
	}
	var f Flag
	if err := decodeStrict(line, &f); err != nil {
		return Entry{}, err
	}
	if err := f.check(); err != nil {
		return Entry{}, err
	}
	return Entry{Flag: &f}, nil
}

func recordEntry(line []byte, words map[string]string) (Entry, error) {
	rec, err := decodeLine(line, words)
	if err != nil {
		return Entry{}, err
	}
	return Entry{Record: &rec}, nil
}

// EncodeEntry writes one line, with its end.
func EncodeEntry(w io.Writer, e Entry) error {
	var value any = e.Record
	if e.Flag != nil {
		value = e.Flag
	}
	line, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("encode %s: %w", e.ID(), err)
	}
	if _, err := w.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("write %s: %w", e.ID(), err)
	}
	return nil
}

// Supersedes says that an entry takes the place of an earlier one of its id: a
// finished record that of a begun one of the same call, and nothing else.
// Otherwise the first that was kept stays.
func (e Entry) Supersedes(earlier Entry) bool {
	return e.Record != nil && earlier.Record != nil && earlier.Record.Status == Begun && e.Record.Status != Begun && e.Record.sameCall(*earlier.Record)
}

// sameCall says that two records are about one call: an id is a hash of these,
// and a record that came by another way than DecodeEntry was not held to it.
func (r Record) sameCall(other Record) bool {
	return r.ID == other.ID && r.hash() == other.hash()
}
