package money

import (
	"strings"
	"time"
)

// SameModel says whether two ids name one model: equal, or equal but for a
// date suffix (-YYYYMMDD or -YYYY-MM-DD) that one of them has. A longer name
// that merely begins with the other is another model: claude-opus-5-5 is not
// claude-opus-5, and has another price.
func SameModel(a, b string) bool {
	return a == b || withoutDate(a) == b || a == withoutDate(b)
}

// withoutDate cuts one date suffix from a model id.
func withoutDate(id string) string {
	for _, layout := range []string{"-20060102", "-2006-01-02"} {
		at := len(id) - len(layout)
		if at <= 0 {
			continue
		}
		if _, err := time.Parse(layout, id[at:]); err == nil && !strings.HasSuffix(id[:at], "-") {
			return id[:at]
		}
	}
	return id
}
