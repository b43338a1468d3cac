package workflow

import (
	"encoding/json"
	"strings"

	"github.com/tierwise/tierwise/internal/yamltree"
)

// inJSON reads a string of a JSON text under with:. What is no JSON is the
// path of a file, or computed.
func (v view) inJSON(n *yamltree.Node, s Setting) *Named {
	found, err := inJSON(n.Text, s.JSON)
	switch {
	case err != nil:
		return v.computed(n)
	case found.to == 0:
		return nil
	}
	named := v.piece(n, found.from, found.to)
	named.Expression = strings.Contains(named.Text, "${{")
	return named
}

type span struct{ from, to int }

// inJSON finds a scalar by the keys that lead to it, joined by dots.
func inJSON(text, path string) (span, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var found span
	err := walkJSON(d, text, path, "", &found)
	return found, err
}

func walkJSON(d *json.Decoder, text, path, at string, found *span) error {
	token, err := d.Token()
	if err != nil {
		return err //nolint:wrapcheck // only whether it is JSON matters
	}
	delim, ok := token.(json.Delim)
	if !ok {
		if at == path {
			*found = scalarSpan(text, int(d.InputOffset()), token)
		}
		return nil
	}
	for d.More() {
		key := at + ".#"
		if delim == '{' {
			name, err := d.Token()
			if err != nil {
				return err //nolint:wrapcheck // as above
			}
			key, _ = name.(string)
			if at != "" {
				key = at + "." + key
			}
		}
		if err := walkJSON(d, text, path, key, found); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err //nolint:wrapcheck // as above
}

// scalarSpan gives where a value stands that ends at a byte: inside of its
// quotes, where it has any.
func scalarSpan(text string, end int, token json.Token) span {
	if s, ok := token.(string); ok {
		if from := end - 1 - len(s); from >= 0 && text[from:end-1] == s && s != "" {
			return span{from, end - 1}
		}
		return span{end - 1, end}
	}
	from := end
	for from > 0 && strings.IndexByte(" \t\r\n:,[{", text[from-1]) < 0 {
		from--
	}
	return span{from, end}
}
