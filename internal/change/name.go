package change

import (
	"errors"
	"fmt"
	"strings"
)

const devNull = "/dev/null"

// readName reads a path as git writes it at the end of a header line: bare,
// or in C quotes where it has a control character, a quote or a backslash.
// The quoting is that of quote.c in git's source.
func readName(s string) (string, error) {
	if !strings.HasPrefix(s, `"`) {
		if s == "" {
			return "", errors.New("missing path")
		}
		return s, nil
	}
	name, rest, err := unquote(s)
	if err != nil {
		return "", err
	}
	if rest != "" {
		return "", fmt.Errorf("text after the quoted path: %.80q", rest)
	}
	return name, nil
}

// unquote decodes the quoted path at the start of s and gives what follows
// it. Bytes that are not UTF-8 stay as they are, which strconv.Unquote does
// not promise.
func unquote(s string) (name, rest string, err error) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			return b.String(), s[i+1:], nil
		case '\\':
			c, n, err := unescape(s[i+1:])
			if err != nil {
				return "", "", err
			}
			b.WriteByte(c)
			i += n
		default:
			b.WriteByte(s[i])
		}
	}
	return "", "", errors.New("quoted path without a closing quote")
}

// unescape decodes what follows a backslash and says how long it is.
func unescape(s string) (c byte, n int, err error) {
	const letters, values = `abtnvfr"\`, "\a\b\t\n\v\f\r\"\\"
	if s == "" {
		return 0, 0, errors.New("quoted path ends in a backslash")
	}
	if i := strings.IndexByte(letters, s[0]); i >= 0 {
		return values[i], 1, nil
	}
	if len(s) < 3 || s[0] > '3' || !isOctal(s[:3]) {
		return 0, 0, fmt.Errorf("unknown escape in a quoted path: %.4q", `\`+s)
	}
	return (s[0]-'0')<<6 | (s[1]-'0')<<3 | (s[2] - '0'), 3, nil
}

func isOctal(s string) bool {
	return s != "" && strings.Trim(s, "01234567") == ""
}

// cutName removes name from the start of s, where it stands bare or quoted.
func cutName(s, name string) (rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return strings.CutPrefix(s, name)
	}
	got, rest, err := unquote(s)
	return rest, err == nil && got == name
}

// splitNames reads "a/OLD b/NEW", the end of a "diff --git" line. It is asked
// only where no other line names the file, so both halves are mostly equal.
func splitNames(s string) (old, now string, err error) {
	if strings.HasPrefix(s, `"`) {
		first, rest, err := unquote(s)
		if err != nil {
			return "", "", err
		}
		second, err := readName(strings.TrimPrefix(rest, " "))
		return first, second, err
	}
	if i := strings.Index(s, ` "`); i >= 0 {
		second, err := readName(s[i+1:])
		return s[:i], second, err
	}
	return splitBare(s)
}

// splitBare splits two bare paths. Paths may hold spaces, so either the two
// are the same but for the prefix, or " b/" stands there once.
func splitBare(s string) (old, now string, err error) {
	if half := len(s) / 2; len(s) > 5 && len(s)%2 == 1 && s[half] == ' ' && s[2:half] == s[half+3:] {
		return s[:half], s[half+1:], nil
	}
	if strings.Count(s, " b/") == 1 {
		old, now, _ = strings.Cut(s, " b/")
		return old, "b/" + now, nil
	}
	return "", "", fmt.Errorf("cannot tell the two paths apart in %.200q; make the diff with: %s", s, diffCommand)
}

// cutPrefix takes a/ or b/ off. Without these prefixes the first folder of a
// path would be lost, so their absence is an error.
func cutPrefix(name, prefix string) (string, error) {
	path, ok := strings.CutPrefix(name, prefix)
	if !ok || path == "" {
		return "", fmt.Errorf("path %.200q does not begin with %s; make the diff with: %s", name, prefix, diffCommand)
	}
	return path, nil
}
