package task

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// maxSchema bounds a schema, in bytes.
const maxSchema = 256 << 10

// resolveSchema reads a JSON schema (2020-12) and prepares it. References to
// other documents are refused: nothing is ever fetched.
func resolveSchema(text []byte) (*jsonschema.Resolved, error) {
	if len(text) > maxSchema {
		return nil, fmt.Errorf("read schema: it has %d bytes, more than the %d that are read", len(text), maxSchema)
	}
	if err := uniqueKeys(text); err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	var s jsonschema.Schema
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	if err := checkRefs(&s); err != nil {
		return nil, fmt.Errorf("check schema: %w", err)
	}
	resolved, err := s.Resolve(nil)
	if err != nil {
		return nil, fmt.Errorf("check schema: %w", err)
	}
	return resolved, nil
}

// checkRefs refuses references that the vendors do not follow, and those that
// come back to themselves without a step into the value: checking an answer
// against them would never end.
func checkRefs(root *jsonschema.Schema) error {
	open := map[*jsonschema.Schema]bool{}
	done := map[*jsonschema.Schema]bool{}
	var walk func(s *jsonschema.Schema) error
	walk = func(s *jsonschema.Schema) error {
		if s == nil || done[s] {
			return nil
		}
		if open[s] {
			return errors.New("a $ref comes back to itself without a step into the value")
		}
		open[s] = true
		if err := eachOf(inPlace(root, s), walk); err != nil {
			return err
		}
		open[s], done[s] = false, true
		return nil
	}
	// Every schema is a start of its own, since a step into the value may
	// lead to it.
	return every(root, func(s *jsonschema.Schema) error {
		if s != root && s.ID != "" {
			return errors.New("$id is only supported at the root")
		}
		if s.DynamicRef != "" {
			return errors.New("$dynamicRef is not supported")
		}
		if s.Ref != "" && definition(root, s.Ref) == nil {
			return fmt.Errorf("$ref %.80q, expected one that names a definition, as #/$defs/name", s.Ref)
		}
		return walk(s)
	})
}

func eachOf(schemas []*jsonschema.Schema, do func(*jsonschema.Schema) error) error {
	for _, s := range schemas {
		if err := do(s); err != nil {
			return err
		}
	}
	return nil
}

// definition gives the schema that a reference names, nil where none does.
func definition(root *jsonschema.Schema, ref string) *jsonschema.Schema {
	if name, ok := strings.CutPrefix(ref, "#/$defs/"); ok {
		return root.Defs[name]
	}
	if name, ok := strings.CutPrefix(ref, "#/definitions/"); ok {
		return root.Definitions[name]
	}
	return nil
}

// inPlace gives the schemas that look at the same value as s does.
func inPlace(root, s *jsonschema.Schema) []*jsonschema.Schema {
	same := slices.Concat(s.AllOf, s.AnyOf, s.OneOf)
	same = append(same, s.Not, s.If, s.Then, s.Else)
	for _, d := range s.DependentSchemas {
		same = append(same, d)
	}
	for _, d := range s.DependencySchemas {
		same = append(same, d)
	}
	if s.Ref != "" {
		same = append(same, definition(root, s.Ref))
	}
	return slices.DeleteFunc(same, func(s *jsonschema.Schema) bool { return s == nil })
}

// every visits a schema and all that are written inside it.
func every(s *jsonschema.Schema, visit func(*jsonschema.Schema) error) error {
	if s == nil {
		return nil
	}
	if err := visit(s); err != nil {
		return err
	}
	inside := slices.Concat(s.AllOf, s.AnyOf, s.OneOf, s.PrefixItems, s.ItemsArray)
	inside = append(inside, s.Not, s.If, s.Then, s.Else, s.Items, s.AdditionalItems, s.UnevaluatedItems, s.Contains,
		s.AdditionalProperties, s.PropertyNames, s.UnevaluatedProperties, s.ContentSchema)
	for _, m := range []map[string]*jsonschema.Schema{s.Properties, s.PatternProperties, s.DependentSchemas, s.DependencySchemas, s.Defs, s.Definitions} {
		for _, child := range m {
			inside = append(inside, child)
		}
	}
	return eachOf(inside, func(child *jsonschema.Schema) error { return every(child, visit) })
}
