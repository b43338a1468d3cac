package usage

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// node is a JSON object with its members unread. Members are found by their
// exact names: encoding/json alone would take any case for a name. All nodes of
// one response share the first fault that was found in it.
type node struct {
	members map[string]json.RawMessage
	fault   *string
}

// parse reads one object and nothing after it.
func parse(data []byte) (node, error) {
	members, err := membersOf(data)
	return node{members: members, fault: new(string)}, err
}

// membersOf splits an object. A name that comes twice is refused: which of the
// two counts would hang on the reader.
func membersOf(data []byte) (map[string]json.RawMessage, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.Join(errors.New("expected an object"), err)
	}
	members := map[string]json.RawMessage{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, err
		}
		key, _ := name.(string) // the decoder gives nothing else before a value
		if _, twice := members[key]; twice {
			return nil, errors.New("a member comes twice")
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, err
		}
		members[key] = value
	}
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errors.New("more than one value")
	}
	return members, nil
}

func (n node) empty() bool { return len(n.members) == 0 }

// has says whether a member is there and not null.
func (n node) has(name string) bool {
	value, ok := n.members[name]
	return ok && string(value) != "null"
}

// why is the first fault of the response that n is part of.
func (n node) why() string {
	if n.fault == nil {
		return ""
	}
	return *n.fault
}

// bad remembers the first fault. Names are ours, so that no stranger's words
// get into a reason.
func (n node) bad(format string, args ...any) {
	if n.fault != nil && *n.fault == "" {
		*n.fault = fmt.Sprintf(format, args...)
	}
}

// child gives an object inside, an empty one where it is absent or null.
func (n node) child(name string) node {
	if !n.has(name) {
		return node{fault: n.fault}
	}
	members, err := membersOf(n.members[name])
	if err != nil {
		n.bad("%s is no object that can be read", name)
	}
	return node{members: members, fault: n.fault}
}

// list gives the objects of an array inside.
func (n node) list(name string) []node {
	if !n.has(name) {
		return nil
	}
	var items []json.RawMessage
	if err := json.Unmarshal(n.members[name], &items); err != nil {
		n.bad("%s is no list", name)
		return nil
	}
	nodes := make([]node, 0, len(items))
	for _, item := range items {
		members, err := membersOf(item)
		if err != nil {
			n.bad("%s has something that is no object", name)
		}
		nodes = append(nodes, node{members: members, fault: n.fault})
	}
	return nodes
}

// count reads a number of tokens: a whole number from zero up, as digits. What
// is absent or null is not set, and counts as zero only where the reader says
// that the vendor leaves zeros out.
func (n node) count(name string) (tokens int64, set bool) {
	if !n.has(name) {
		return 0, false
	}
	tokens, err := strconv.ParseInt(string(n.members[name]), 10, 64)
	if err != nil || tokens < 0 || tokens > maxTokens {
		n.bad("%s is no number of tokens", name)
		return 0, true
	}
	return tokens, true
}

// part is a count that the vendor leaves out where it is zero.
func (n node) part(name string) int64 {
	tokens, _ := n.count(name)
	return tokens
}

// whole is a count that must be there.
func (n node) whole(name string) int64 {
	tokens, set := n.count(name)
	if !set {
		n.bad("%s is missing", name)
	}
	return tokens
}

// word reads a short word of a vendor's vocabulary, "" where there is none.
// Anything longer or stranger is one word that has no price.
func (n node) word(name string) string {
	if !n.has(name) {
		return ""
	}
	var s string
	if err := json.Unmarshal(n.members[name], &s); err != nil || !plain(s) {
		return "not a plain word"
	}
	return s
}

// text reads a string to compare, "" where there is none.
func (n node) text(name string) string {
	var s string
	if json.Unmarshal(n.members[name], &s) != nil || len(s) > maxName {
		return ""
	}
	return s
}

func plain(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("_-.", r) {
			return false
		}
	}
	return len(s) <= maxName
}

// oneOf gives "" for the words that mean the usual way, and the word itself
// for every other.
func oneOf(word string, usual ...string) string {
	for _, u := range usual {
		if word == u {
			return ""
		}
	}
	return word
}
