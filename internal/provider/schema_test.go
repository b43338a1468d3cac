package provider

import (
	"encoding/json"
	"testing"
)

func TestASchemaIsRelaxedForAnthropicAndKeepsItsOrder(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, in, want string }{
		{
			"order and scalars stay", `{"type":"object","properties":{"z":{"enum":["b","a",1,null,true]},"a":{"const":1.50}},"required":["z"],"additionalProperties":false}`,
			`{"type":"object","properties":{"z":{"enum":["b","a",1,null,true]},"a":{"const":1.50}},"required":["z"],"additionalProperties":false}`,
		},
		{"bounds go", `{"type":"integer","minimum":1,"maximum":9,"multipleOf":2}`, `{"type":"integer"}`},
		{"lengths go", `{"type":"string","minLength":1,"maxLength":9,"pattern":"^a"}`, `{"type":"string","pattern":"^a"}`},
		{"one item at least stays, two go", `{"anyOf":[{"minItems":1},{"minItems":2}]}`, `{"anyOf":[{"minItems":1},{}]}`},
		{"every object is closed", `{"type":"array","items":{"type":"object","additionalProperties":{"type":"string"}}}`, `{"type":"array","items":{"type":"object","additionalProperties":false}}`},
		{"an object that may be null is closed", `{"type":["object","null"]}`, `{"type":["object","null"],"additionalProperties":false}`},
		{"a property called minimum is a property", `{"type":"object","properties":{"minimum":{"type":"integer","minimum":0}},"additionalProperties":false}`, `{"type":"object","properties":{"minimum":{"type":"integer"}},"additionalProperties":false}`},
		{"a value called minimum is a value", `{"enum":[{"minimum":1}]}`, `{"enum":[{"minimum":1}]}`},
		{"definitions too", `{"$schema":"x","$defs":{"d":{"maxItems":3}}}`, `{"$defs":{"d":{}}}`},
	} {
		schema, err := parseOrdered([]byte(tt.in))
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		got, err := json.Marshal(relaxed(schema))
		if err != nil || string(got) != tt.want {
			t.Errorf("%s: %s, %v\nwant %s", tt.name, got, err, tt.want)
		}
	}
}

func TestStrictModeIsAskedForWhereItIsTaken(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, in string
		want     bool
	}{
		{"closed and all required", `{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}`, true},
		{"an optional property", `{"type":"object","properties":{"a":{},"b":{}},"required":["a"],"additionalProperties":false}`, false},
		{"open", `{"type":"object","properties":{"a":{}},"required":["a"]}`, false},
		{"an optional property deep inside", `{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","properties":{"x":{}},"additionalProperties":false}}},"required":["a"],"additionalProperties":false}`, false},
		{"not an object at the root", `{"type":"array","items":{}}`, false},
		{"a word that strict mode has not", `{"type":"object","properties":{"a":{"type":"string","minLength":1}},"required":["a"],"additionalProperties":false}`, false},
		{"a property called not", `{"type":"object","properties":{"not":{"type":"string"}},"required":["not"],"additionalProperties":false}`, true},
		{"a choice of closed objects", `{"type":"object","properties":{"a":{"anyOf":[{"type":"null"},{"type":"object","properties":{},"additionalProperties":false}]}},"required":["a"],"additionalProperties":false}`, true},
		{"a choice with an open object", `{"type":"object","properties":{"a":{"anyOf":[{"type":"null"},{"type":"object"}]}},"required":["a"],"additionalProperties":false}`, false},
	} {
		got, err := strictSchema([]byte(tt.in))
		if err != nil || got != tt.want {
			t.Errorf("%s: %v, %v", tt.name, got, err)
		}
	}
}

func FuzzRelaxed(f *testing.F) {
	f.Add([]byte(`{"type":"object","properties":{"a":{"minimum":1}}}`))
	f.Add([]byte(`{"a":{"a":[{"":null}]},"a":1e9}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		schema, err := parseOrdered(in)
		if err != nil {
			return
		}
		out, err := json.Marshal(relaxed(schema))
		if err != nil || !json.Valid(out) {
			t.Fatalf("%q became %q, %v", in, out, err)
		}
	})
}
