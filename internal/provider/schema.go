package provider

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
)

// member and object keep the order of a JSON object: models write an answer in
// the order of its schema.
type member struct {
	key   string
	value any // object, []any, or a scalar
}

type object []member

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var buf bytes.Buffer
	buf.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			buf.WriteByte(',')
		}
		key, err := json.Marshal(m.key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		buf.Write(key)
		buf.WriteByte(':')
		buf.Write(value)
	}
	buf.WriteByte('}')
	return buf.Bytes(), nil
}

var errSchema = errors.New("the schema of the answer is not a JSON object")

// parseOrdered reads one JSON object with its order. The whole is checked by
// json.Valid first, which also bounds its depth.
func parseOrdered(data []byte) (object, error) {
	if !json.Valid(data) {
		return nil, errSchema
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	value, err := orderedValue(dec)
	if err != nil {
		return nil, errSchema
	}
	o, ok := value.(object)
	if !ok {
		return nil, errSchema
	}
	return o, nil
}

func orderedValue(dec *json.Decoder) (any, error) {
	t, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		return orderedObject(dec)
	case json.Delim('['):
		list := []any{}
		for dec.More() {
			v, err := orderedValue(dec)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err := dec.Token()
		return list, err
	}
	return t, nil
}

func orderedObject(dec *json.Decoder) (any, error) {
	o := object{}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, err
		}
		name, ok := key.(string)
		if !ok {
			return nil, io.ErrUnexpectedEOF
		}
		value, err := orderedValue(dec)
		if err != nil {
			return nil, err
		}
		o = append(o, member{name, value})
	}
	_, err := dec.Token()
	return o, err
}

// relaxed gives a schema that Anthropic's structured outputs take: they refuse
// bounds on numbers, lengths and lists, and objects that are not closed. The
// bounds are dropped, since the task's verifier checks the whole schema
// afterwards anyway.
// https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
func relaxed(schema object) object {
	var out object
	isObject := false
	for _, m := range schema {
		switch m.key {
		case "$schema", "$id", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
			"minLength", "maxLength", "maxItems", "uniqueItems", "minProperties", "maxProperties", "additionalProperties":
			continue
		case "minItems":
			if n, ok := m.value.(json.Number); !ok || n != "0" && n != "1" {
				continue
			}
		case "type":
			list, _ := m.value.([]any)
			isObject = m.value == "object" || slices.Contains(list, any("object"))
		case "properties", "$defs", "definitions":
			m.value = relaxedEach(m.value)
		case "items", "anyOf", "allOf", "oneOf", "prefixItems":
			m.value = relaxedNode(m.value)
		}
		out = append(out, m)
	}
	if isObject {
		out = append(out, member{"additionalProperties", false})
	}
	return out
}

func relaxedNode(node any) any {
	switch node := node.(type) {
	case object:
		return relaxed(node)
	case []any:
		list := make([]any, len(node))
		for i, n := range node {
			list[i] = relaxedNode(n)
		}
		return list
	}
	return node
}

func relaxedEach(node any) any {
	named, ok := node.(object)
	if !ok {
		return node
	}
	out := make(object, len(named))
	for i, m := range named {
		out[i] = member{m.key, relaxedNode(m.value)}
	}
	return out
}
