package fakegithub

import (
	"fmt"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// object is a JSON object with only the fields that a test cares for.
type object = map[string]any

// maxDepth ends descriptions that require themselves.
const maxDepth = 16

// fill completes value by the named schema: every required field that is not
// there gets the plainest value that the schema permits.
func (s *Spec) fill(schema string, value any) any {
	ref := s.doc.Components.Schemas[schema]
	if ref == nil {
		return fmt.Sprintf("no schema named %q", schema)
	}
	return fill(ref.Value, value, 0)
}

// fillAll completes each element of a list.
func fillAll[T any](s *Spec, schema string, list []T, build func(T) object) []any {
	out := make([]any, 0, len(list))
	for _, v := range list {
		out = append(out, s.fill(schema, build(v)))
	}
	return out
}

func fill(schema *openapi3.Schema, value any, depth int) any {
	if depth > maxDepth {
		return value
	}
	for _, part := range schema.AllOf {
		value = fill(part.Value, value, depth+1)
	}
	for _, choice := range [][]*openapi3.SchemaRef{schema.OneOf, schema.AnyOf} {
		if len(choice) > 0 {
			value = fill(choose(choice, value), value, depth+1)
		}
	}
	switch v := value.(type) {
	case object:
		return fillObject(schema, v, depth)
	case []any:
		return fillArray(schema, v, depth)
	case nil:
		return plainest(schema, depth)
	}
	return value
}

func fillObject(schema *openapi3.Schema, v object, depth int) object {
	out := object{}
	for name, field := range v {
		out[name] = field
		if p := schema.Properties[name]; p != nil && field != nil {
			out[name] = fill(p.Value, field, depth+1)
		}
	}
	for _, name := range schema.Required {
		if _, there := out[name]; there {
			continue
		}
		out[name] = nil
		if p := schema.Properties[name]; p != nil {
			out[name] = plainest(p.Value, depth+1)
		}
	}
	return out
}

func fillArray(schema *openapi3.Schema, v []any, depth int) []any {
	if schema.Items == nil {
		return v
	}
	out := make([]any, len(v))
	for i := range v {
		out[i] = fill(schema.Items.Value, v[i], depth+1)
	}
	return out
}

// choose takes the first alternative whose enumerated fields permit what the
// value says, which is how the description tells rules and contents apart.
func choose(choice []*openapi3.SchemaRef, value any) *openapi3.Schema {
	v, isObject := value.(object)
	for _, c := range choice {
		if _, isArray := value.([]any); isArray && c.Value.Type.Is("array") || isObject && permits(c.Value, v) {
			return c.Value
		}
	}
	return choice[0].Value
}

func permits(schema *openapi3.Schema, v object) bool {
	for _, part := range schema.AllOf {
		if !permits(part.Value, v) {
			return false
		}
	}
	if schema.Type.Is("array") {
		return false
	}
	for name, p := range schema.Properties {
		field, there := v[name]
		if there && len(p.Value.Enum) > 0 && !slices.Contains(p.Value.Enum, field) {
			return false
		}
	}
	return true
}

func plainest(schema *openapi3.Schema, depth int) any {
	switch {
	case schema.Nullable || depth > maxDepth:
		return nil
	case len(schema.Enum) > 0:
		return schema.Enum[0]
	case len(schema.AllOf)+len(schema.OneOf)+len(schema.AnyOf) > 0 || schema.Type.Is("object"):
		return fill(schema, object{}, depth+1)
	case schema.Type.Is("array"):
		return []any{}
	case schema.Type.Is("boolean"):
		return false
	case schema.Type.Is("integer"), schema.Type.Is("number"):
		return 1
	}
	return plainestString(schema.Format)
}

func plainestString(format string) string {
	switch format {
	case "date-time":
		return "2026-01-02T03:04:05Z"
	case "date":
		return "2026-01-02"
	case "uri":
		return "https://github.example/acme/widgets"
	case "email":
		return "mona@github.example"
	}
	return "sample"
}
