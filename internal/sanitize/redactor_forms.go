package sanitize

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
)

// forms are the shapes in which a secret may turn up.
func forms(v string) []string {
	all := []string{
		v, url.QueryEscape(v), url.PathEscape(v), lowerEscapes(url.QueryEscape(v)), lowerEscapes(url.PathEscape(v)),
		hex.EncodeToString([]byte(v)), strings.ToUpper(hex.EncodeToString([]byte(v))),
	}
	all = append(all, jsonForms(v)...)
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
		padded := encoding.EncodeToString([]byte(v))
		all = append(all, padded, strings.TrimRight(padded, "="))
		for shift := range 3 {
			all = append(all, withinBase64(encoding, v, shift))
		}
	}
	return all
}

// jsonForms are the value as encoding/json writes it and as others do, which
// leave "<", ">" and "&" alone.
func jsonForms(v string) []string {
	escaped, err := json.Marshal(v)
	if err != nil { // cannot be: any string can be written as JSON
		return nil
	}
	whole := strings.Trim(string(escaped), `"`)
	return []string{whole, strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(whole)}
}

// withinBase64 is what stays the same of a value's encoding when shift bytes
// stand before it and others may follow: the characters whose six bits lie
// wholly within it.
func withinBase64(encoding *base64.Encoding, v string, shift int) string {
	encoded := encoding.EncodeToString(append(make([]byte, shift), v...))
	first := (8*shift + 5) / 6
	last := 8 * (shift + len(v)) / 6
	return encoded[first:last]
}

// lowerEscapes writes "%2F" as "%2f".
func lowerEscapes(s string) string {
	b := []byte(s)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:i+3], strings.ToLower(string(b[i+1:i+3])))
			i += 2
		}
	}
	return string(b)
}
