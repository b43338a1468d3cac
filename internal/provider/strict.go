package provider

import (
	"encoding/json"
	"slices"
)

// strictSchema says whether OpenAI's strict mode takes a schema: every object
// closed, and every property required. A schema with an optional property is
// sent without it, since strict mode would answer with a 400.
// https://developers.openai.com/api/docs/guides/structured-outputs
func strictSchema(schema json.RawMessage) (bool, error) {
	var root map[string]any
	if err := json.Unmarshal(schema, &root); err != nil {
		return false, errSchema
	}
	return root["type"] == "object" && strictNode(root), nil
}

func strictNode(node any) bool {
	switch node := node.(type) {
	case []any:
		return !slices.ContainsFunc(node, func(n any) bool { return !strictNode(n) })
	case map[string]any:
		for _, banned := range []string{"allOf", "oneOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "patternProperties", "minLength", "maxLength", "uniqueItems"} {
			if _, has := node[banned]; has {
				return false
			}
		}
		if node["type"] == "object" && !closedObject(node) {
			return false
		}
		for key, child := range node {
			if !strictChild(key, child) {
				return false
			}
		}
	}
	return true
}

// strictChild follows the keys that hold schemas; enum, const and the like
// hold plain values.
func strictChild(key string, child any) bool {
	switch key {
	case "properties", "$defs", "definitions":
		named, ok := child.(map[string]any)
		if !ok {
			return false
		}
		for _, schema := range named {
			if !strictNode(schema) {
				return false
			}
		}
	case "items", "anyOf", "prefixItems":
		return strictNode(child)
	}
	return true
}

func closedObject(node map[string]any) bool {
	if node["additionalProperties"] != false {
		return false
	}
	properties, _ := node["properties"].(map[string]any)
	required, _ := node["required"].([]any)
	for name := range properties {
		if !slices.Contains(required, any(name)) {
			return false
		}
	}
	return true
}
