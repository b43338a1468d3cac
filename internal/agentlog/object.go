package agentlog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// object is a JSON object with its members unread, found by their exact names.
type object map[string]json.RawMessage

// maxObjects bounds what one log may hold; maxName is longer than any id.
const (
	maxObjects = 1_000_000
	maxName    = 200
)

// documents gives the objects of a log: one array, JSON lines, or objects that
// are written one after the other over several lines. encoding/json bounds the
// depth. A log that breaks off is an error: what is missing may have cost.
func documents(data []byte) ([]object, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	var all []object
	for {
		var raw json.RawMessage
		err := dec.Decode(&raw)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("no JSON after %d objects", len(all))
		}
		if all, err = flat(all, raw); err != nil {
			return nil, err
		}
	}
	if len(all) == 0 {
		return nil, errors.New("it is empty")
	}
	return all, nil
}

func flat(all []object, raw json.RawMessage) ([]object, error) {
	items := []json.RawMessage{raw}
	if raw[0] == '[' {
		items = nil
		if err := json.Unmarshal(raw, &items); err != nil {
			return nil, errors.New("a list that cannot be read")
		}
	}
	if len(all)+len(items) > maxObjects {
		return nil, fmt.Errorf("more than %d objects", maxObjects)
	}
	for _, item := range items {
		o, err := members(item)
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, nil
}

// members splits an object. A name that comes twice is refused: which of the
// two counts would hang on the reader.
func members(raw json.RawMessage) (object, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.New("something that is no object")
	}
	o := object{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, errors.New("an object that cannot be read")
		}
		key, _ := name.(string) // the decoder gives nothing else before a value
		if _, twice := o[key]; twice {
			return nil, errors.New("a member that comes twice")
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, errors.New("an object that cannot be read")
		}
		o[key] = value
	}
	return o, nil
}

func (o object) has(name string) bool {
	value, ok := o[name]
	return ok && string(value) != "null"
}

// child gives an object inside, nil where there is none that can be read.
func (o object) child(name string) object {
	if !o.has(name) {
		return nil
	}
	inside, err := members(o[name])
	if err != nil {
		return nil
	}
	return inside
}

// text reads a short string, "" where there is none.
func (o object) text(name string) string {
	var s string
	if json.Unmarshal(o[name], &s) != nil || len(s) > maxName {
		return ""
	}
	return s
}

// count reads a whole number from zero up; -1 where there is none.
func (o object) count(name string) int64 {
	n, err := strconv.ParseInt(string(o[name]), 10, 64)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// pair is a member of a vendor's usage object and where the log keeps it.
type pair struct{ theirs, ours string }

// payload writes a vendor's usage object out of a log's members as they stand,
// so that internal/usage judges them: a wrong number stays wrong.
func (o object) payload(pairs ...pair) []byte {
	var parts []string
	for _, p := range pairs {
		if o.has(p.theirs) {
			parts = append(parts, strconv.Quote(p.ours)+":"+string(o[p.theirs]))
		}
	}
	return []byte("{" + strings.Join(parts, ",") + "}")
}
