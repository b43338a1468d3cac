package task

import (
	"errors"
	"unicode/utf8"
)

// errNotText is why a log is not read: an archive, a binary, or text in an
// encoding that is not UTF-8.
var errNotText = errors.New("the log is not text")

// isText says that at most one byte in twenty is a control byte or no UTF-8. A
// few of both stand in honest logs: programs print what they are given. Tabs,
// line ends, escapes and backspaces are how terminals are written to.
func isText(log []byte) bool {
	bad := 0
	for i := 0; i < len(log); {
		c := log[i]
		if c < utf8.RuneSelf {
			if c < ' ' && (c < '\b' || c > '\r') && c != 0x1b || c == 0x7f {
				bad++
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(log[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		}
		i += size
	}
	return bad*20 <= len(log)
}
