package policy

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/yamltree"
)

type finding = diag.Finding

// isOfForm says of a rule whether a schema can hold it: it looks at one place
// alone, and at no calendar, catalogue of the file's own or other language.
func isOfForm(id string) bool {
	return !slices.Contains([]string{idCriticalPath, idDuplicate, idInvalidPattern, idInvalidRegexp, idOverlap, idShapeRaises, idTooMany, idUnknownTask}, id)
}

// TestTheSchemaAgreesWithTheReader changes a policy that uses everything at
// every place, one at a time. What the reader accepts the schema accepts too,
// or editors would mark good policies; what the reader refuses for its form
// the schema refuses.
func TestTheSchemaAgreesWithTheReader(t *testing.T) {
	t.Parallel()
	form, known := resolved(t), knownWhole()
	tried, refused := 0, 0
	for _, path := range []string{"testdata/ok/everything.yml", "testdata/ok/extends.yml"} {
		whole := valueOf(t, path, string(read(t, path)))
		for changed := range changes(whole) {
			data, err := json.Marshal(changed.value)
			if err != nil {
				t.Fatal(err)
			}
			_, findings := Parse(path, data, known)
			err = form.Validate(plain(changed.value))
			tried++
			switch {
			case len(findings) == 0 && err != nil:
				t.Errorf("%s, %s: the reader accepts it, the schema does not: %v", path, changed.what, err)
			case err == nil && slices.ContainsFunc(findings, func(f finding) bool { return isOfForm(f.ID) }):
				t.Errorf("%s, %s: the schema accepts it, the reader says %v", path, changed.what, findings[0])
			case err != nil:
				refused++
			}
		}
	}
	if tried < 1000 || refused < 500 {
		t.Errorf("%d changes were tried and %d refused by both: too few to say anything", tried, refused)
	}
}

// changed is a policy with one difference.
type changed struct {
	what  string
	value any
}

// changes gives a value with one thing changed at a time: a key more, a key
// less, an item less, and other values in place of each value.
func changes(v any) func(yield func(changed) bool) {
	return func(yield func(changed) bool) {
		walk("", v, func(what string, replaced any) bool { return yield(changed{what, replaced}) })
	}
}

// walk offers each change of v to a function that puts it into the whole.
func walk(at string, v any, yield func(string, any) bool) bool {
	for _, other := range []any{"zzz", "", json.Number("7"), json.Number("-1"), json.Number("0.5"), true, nil, []any{}, []any{"zzz"}, map[string]any{}, "frontier", "local"} {
		if !yield(at+": another value "+asText(other), other) {
			return false
		}
	}
	switch v := v.(type) {
	case map[string]any:
		more := maps.Clone(v)
		more["zzz"] = true
		if !yield(at+": a key more", more) {
			return false
		}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			less := maps.Clone(v)
			delete(less, k)
			if !yield(at+": without "+k, less) {
				return false
			}
			inner := func(what string, replaced any) bool {
				with := maps.Clone(v)
				with[k] = replaced
				return yield(what, with)
			}
			if !walk(at+"."+k, v[k], inner) {
				return false
			}
		}
	case []any:
		for i := range v {
			inner := func(what string, replaced any) bool {
				with := slices.Clone(v)
				with[i] = replaced
				return yield(what, with)
			}
			if !yield(at+": without item "+strconv.Itoa(i), slices.Delete(slices.Clone(v), i, i+1)) || !walk(at+"."+strconv.Itoa(i), v[i], inner) {
				return false
			}
		}
	}
	return true
}

func asText(v any) string {
	data, _ := json.Marshal(v) //nolint:errchkjson // plain values alone
	return string(data)
}

func valueOf(t *testing.T, name, text string) any {
	t.Helper()
	root, findings := yamltree.Parse(name, []byte(text))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return fromTree(root)
}

// fromTree turns a tree into plain values. Numbers keep their digits.
func fromTree(n *yamltree.Node) any {
	switch n.Kind {
	case yamltree.Mapping:
		m := map[string]any{}
		for _, e := range n.Entries {
			m[e.Key] = fromTree(e.Value)
		}
		return m
	case yamltree.List:
		l := make([]any, len(n.Items))
		for i, item := range n.Items {
			l[i] = fromTree(item)
		}
		return l
	}
	switch n.Tag {
	case "!!null":
		return nil
	case "!!bool":
		return n.Text == "true"
	case "!!int", "!!float":
		if json.Valid([]byte(n.Text)) {
			return json.Number(n.Text)
		}
	}
	return n.Text
}

// plain gives numbers as a validator counts with them.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := map[string]any{}
		for k, item := range v {
			m[k] = plain(item)
		}
		return m
	case []any:
		l := make([]any, len(v))
		for i, item := range v {
			l[i] = plain(item)
		}
		return l
	case json.Number:
		f, err := v.Float64()
		if err != nil {
			return v.String()
		}
		return f
	}
	return v
}
