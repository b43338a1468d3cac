package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/tierwise/tierwise/internal/yamltree"
)

const schemaPath = "../../docs/routing-policy.schema.json"

// TestTheSchemaIsPublished holds the file in docs against what is generated.
func TestTheSchemaIsPublished(t *testing.T) {
	t.Parallel()
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(schema(knownWhole())); err != nil {
		t.Fatal(err)
	}
	// What it is stands first, for people.
	head := fmt.Sprintf(`{"$schema":%q,"$id":%q,"title":%q,`, schemaDraft, schemaID, "routing-policy.yml")
	var shown bytes.Buffer
	if err := json.Indent(&shown, append([]byte(head), text.Bytes()[1:]...), "", "  "); err != nil {
		t.Fatal(err)
	}
	golden(t, schemaPath, shown.String())
}

// TestAnEditorShowsWhatEveryKeyMeans walks the published schema, down to the
// last key of what stands in a list or under a name of the reader's choice.
func TestAnEditorShowsWhatEveryKeyMeans(t *testing.T) {
	t.Parallel()
	var top any
	if err := json.Unmarshal(read(t, schemaPath), &top); err != nil {
		t.Fatal(err)
	}
	if keys := describedKeys(t, top, "the policy"); keys < 140 {
		t.Errorf("only %d keys were looked at", keys)
	}
}

// describedKeys counts the keys below a part of a schema. What then: asks for
// are keys that stand elsewhere.
func describedKeys(t *testing.T, part any, where string) (keys int) {
	t.Helper()
	switch part := part.(type) {
	case []any:
		for _, p := range part {
			keys += describedKeys(t, p, where)
		}
	case map[string]any:
		properties, _ := part["properties"].(map[string]any)
		for name, p := range properties {
			keys++
			text, _ := p.(map[string]any)["description"].(string)
			if strings.TrimSpace(text) == "" {
				t.Errorf("key %s of %s has no description", name, where)
			}
			keys += describedKeys(t, p, where+", "+name)
		}
		for _, name := range []string{"items", "additionalProperties", "anyOf", "oneOf", "allOf", "patternProperties"} {
			keys += describedKeys(t, part[name], where)
		}
	}
	return keys
}

// TestTheSchemaHasTheReadersKeys reads policies that use everything, and holds
// each section's keys, and those that it needs, against the schema's. That
// every section was read is held against the source.
func TestTheSchemaHasTheReadersKeys(t *testing.T) {
	t.Parallel()
	known := knownWhole()
	asked := map[string]bool{} // "file.go:line" of the calls
	r := &reader{known: known, sections: func(what string, keys []string) {
		_, file, line, _ := runtime.Caller(2) // who asked for the section
		asked[fmt.Sprintf("%s:%d", filepath.Base(file), line)] = true
		f := sectionOf(what, known)
		if f == nil {
			t.Errorf("the schema has no section %q", what)
			return
		}
		compareKeys(t, what, keys, f)
	}}
	for _, path := range files(t, "testdata/ok/*.yml") {
		r.partial = false
		r.file(path, tree(t, path))
	}
	if diff := cmp.Diff(sectionCalls(t), slices.Sorted(maps.Keys(asked))); diff != "" {
		t.Errorf("places that ask for a section (-source +read):\n%s", diff)
	}
}

func tree(t *testing.T, path string) *yamltree.Node {
	t.Helper()
	root, findings := yamltree.Parse(path, read(t, path))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return root
}

func compareKeys(t *testing.T, what string, keys []string, f *form) {
	t.Helper()
	var permitted, required []string
	for _, k := range keys {
		name, must := strings.CutPrefix(k, "+")
		permitted = append(permitted, name)
		if must {
			required = append(required, name)
		}
	}
	slices.Sort(permitted)
	if diff := cmp.Diff(permitted, slices.Sorted(maps.Keys(f.Properties))); diff != "" {
		t.Errorf("keys of %s (-reader +schema):\n%s", what, diff)
	}
	if what == "the policy" && slices.Contains(required, "pool") {
		f.Required = append(f.Required, schema(knownWhole()).Then.Required...)
	}
	slices.Sort(required)
	if diff := cmp.Diff(required, slices.Sorted(slices.Values(f.Required))); diff != "" {
		t.Errorf("needed keys of %s (-reader +schema):\n%s", what, diff)
	}
	for name, p := range f.Properties {
		if p.Description == "" {
			t.Errorf("key %s of %s has no description", name, what)
		}
	}
}

// sectionCalls finds the places in the source that ask for a section, as
// "file.go:line".
func sectionCalls(t *testing.T) []string {
	t.Helper()
	var calls []string
	set := token.NewFileSet()
	for _, name := range files(t, "*.go") {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "section" {
				calls = append(calls, fmt.Sprintf("%s:%d", name, set.Position(call.Pos()).Line))
			}
			return true
		})
	}
	slices.Sort(calls)
	return calls
}

// TestEveryPolicyFitsTheSchema validates every policy of the repository that
// the reader accepts.
func TestEveryPolicyFitsTheSchema(t *testing.T) {
	t.Parallel()
	form := resolved(t)
	checked := 0
	for name, text := range everyPolicy(t) {
		if _, findings := Parse(name, []byte(text), knownWhole()); len(findings) > 0 {
			continue
		}
		checked++
		if err := form.Validate(plain(valueOf(t, name, text))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if checked < 6 {
		t.Errorf("only %d policies were found", checked)
	}
}

// everyPolicy gives the policies of the repository by name: its own, the
// built-in one, those of tests, and the blocks of the README that are some.
func everyPolicy(t *testing.T) map[string]string {
	t.Helper()
	policies := map[string]string{}
	for _, pattern := range []string{"default.yml", "../../routing-policy.yml", "testdata/ok/*.yml", "testdata/merge/*.yml"} {
		for _, path := range files(t, pattern) {
			policies[path] = string(read(t, path))
		}
	}
	for i, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(read(t, "../../README.md")), -1) {
		if strings.Contains(block[1], "\npool:") || strings.HasPrefix(block[1], "version: 1") {
			policies[fmt.Sprintf("README.md, block %d", i+1)] = block[1]
		}
	}
	for _, path := range txtars(t) {
		text := string(read(t, path))
		for _, part := range strings.Split(text, "\n-- ")[1:] {
			name, body, _ := strings.Cut(part, " --\n")
			if strings.HasSuffix(name, "policy.yml") {
				policies[path+" "+name] = body
			}
		}
	}
	return policies
}

func txtars(t *testing.T) []string {
	t.Helper()
	var paths []string
	for _, pattern := range []string{"../../cmd/tierwise/testdata/script/*.txtar", "../../testdata/lint/*/*.txtar"} {
		paths = append(paths, files(t, pattern)...)
	}
	return paths
}

// TestBrokenPoliciesDoNotFitTheSchema validates the policies that the reader
// refuses for their form.
func TestBrokenPoliciesDoNotFitTheSchema(t *testing.T) {
	t.Parallel()
	form := resolved(t)
	refused := 0
	for _, path := range files(t, "testdata/err/*.yml") {
		_, findings := Parse(path, read(t, path), knownWhole())
		root, broken := yamltree.Parse(path, read(t, path))
		if root == nil || len(broken) > 0 || !slices.ContainsFunc(findings, func(f finding) bool { return isOfForm(f.ID) }) {
			continue
		}
		refused++
		if form.Validate(plain(fromTree(root))) == nil {
			t.Errorf("%s fits, and the reader says\n%v", path, findings)
		}
	}
	if refused < 15 {
		t.Errorf("only %d policies were found", refused)
	}
}

func resolved(t *testing.T) *jsonschema.Resolved {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(schemaPath))
	if err != nil {
		t.Fatal(err)
	}
	var s jsonschema.Schema
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	form, err := s.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	return form
}
