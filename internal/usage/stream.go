package usage

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"

	"github.com/tierwise/tierwise/internal/money"
)

// Stream reads the records of one streamed response. Vendors report usage
// several times: a later report takes the place of an earlier one, and where
// the vendor's reports cumulate, of the counts that it names. A stream that
// did not come to its end has no usage: what it last said is a part.
type Stream struct {
	wire    wire
	why     string
	body    map[string]json.RawMessage
	usage   map[string]json.RawMessage
	ended   bool
	besides string // billed besides tokens, by any of the records
}

// NewStream reads one response of a shape.
func NewStream(s Shape) *Stream {
	w, ok := s.wire()
	if !ok {
		return &Stream{why: fmt.Sprintf("usage of the shape %q cannot be read", string(s))}
	}
	return &Stream{wire: w, body: map[string]json.RawMessage{}, usage: map[string]json.RawMessage{}}
}

// Add takes the next record, as JSON.
func (s *Stream) Add(record []byte) {
	if s.why != "" {
		return
	}
	r, err := parse(record)
	if err != nil {
		s.why = "the stream has a record that is no JSON object: " + err.Error()
		return
	}
	response := s.wire.response(r)
	s.take(response)
	if s.wire.besides != nil && s.besides == "" {
		s.besides = s.wire.besides(response, response.child(s.wire.member))
	}
	s.ended = s.ended || s.wire.last(r)
	s.why = r.why()
}

func (s *Stream) take(response node) {
	if response.has(s.wire.member) {
		later := response.child(s.wire.member)
		if !s.wire.cumulates {
			s.usage = map[string]json.RawMessage{}
		}
		overlay(s.usage, later)
	}
	overlay(s.body, node{members: without(response.members, s.wire.member)})
}

// overlay lays the members that are there over what came before.
func overlay(base map[string]json.RawMessage, later node) {
	for name := range later.members {
		if later.has(name) {
			base[name] = later.members[name]
		}
	}
}

// Report says what the whole response used.
func (s *Stream) Report() Report {
	if s.why != "" {
		return unknown(s.why)
	}
	fault := new(string)
	r := s.wire.report(node{members: s.body, fault: fault}, node{members: s.usage, fault: fault})
	if s.besides != "" {
		r.Served.Unpriced = s.besides
	}
	if !s.ended && !r.Missing {
		r.Usage, r.Why = money.Usage{}, "the stream did not come to its end"
	}
	return r
}

// ReadStream reads the records of one response as they came over the wire:
// server-sent events, JSON lines, or a JSON array.
func ReadStream(shape Shape, stream []byte) Report {
	s := NewStream(shape)
	records, err := split(stream)
	if err != nil {
		return unknown("the stream cannot be read: " + err.Error())
	}
	for _, record := range records {
		s.Add(record)
	}
	return s.Report()
}

func split(stream []byte) ([][]byte, error) {
	trimmed := bytes.TrimSpace(stream)
	switch {
	case bytes.HasPrefix(trimmed, []byte("[")):
		var items []json.RawMessage
		if err := json.Unmarshal(trimmed, &items); err != nil {
			return nil, err
		}
		return raw(items), nil
	case bytes.HasPrefix(trimmed, []byte("{")):
		return lines(trimmed)
	}
	return events(trimmed), nil
}

func raw(items []json.RawMessage) [][]byte {
	records := make([][]byte, len(items))
	for i, item := range items {
		records[i] = item
	}
	return records
}

// lines reads values one after another.
func lines(stream []byte) ([][]byte, error) {
	var records [][]byte
	for dec := json.NewDecoder(bytes.NewReader(stream)); ; {
		var record json.RawMessage
		if err := dec.Decode(&record); err == io.EOF {
			return records, nil
		} else if err != nil {
			return nil, err
		}
		records = append(records, record)
	}
}

// events reads the data of server-sent events.
// https://html.spec.whatwg.org/multipage/server-sent-events.html
func events(stream []byte) [][]byte {
	var records [][]byte
	var data []byte
	flush := func() {
		if len(data) > 0 && !bytes.Equal(bytes.TrimSpace(data), []byte("[DONE]")) {
			records = append(records, data)
		}
		data = nil
	}
	for line := range bytes.Lines(stream) {
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			flush()
		}
		if rest, ok := bytes.CutPrefix(line, []byte("data:")); ok {
			data = append(append(data, bytes.TrimPrefix(rest, []byte(" "))...), '\n')
		}
	}
	flush()
	return records
}

func only(members map[string]json.RawMessage, names ...string) map[string]json.RawMessage {
	some := map[string]json.RawMessage{}
	for _, name := range names {
		if value, ok := members[name]; ok {
			some[name] = value
		}
	}
	return some
}

func without(members map[string]json.RawMessage, name string) map[string]json.RawMessage {
	rest := maps.Clone(members)
	delete(rest, name)
	return rest
}
