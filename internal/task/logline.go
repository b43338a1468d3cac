package task

import (
	"bytes"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxLogLine bounds one line, in bytes: what is longer is cut. No test's name
// or message needs more, and rules over lines stay cheap.
const maxLogLine = 16 << 10

// logLines gives the lines of a log as the program wrote them: without the
// time stamps and commands of GitHub's runner, without colours, and of lines
// that were overwritten in place (carriage returns) the last state.
func logLines(log []byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		log = bytes.TrimPrefix(log, []byte("\ufeff"))
		for len(log) > 0 {
			var line []byte
			if at := bytes.IndexByte(log, '\n'); at >= 0 {
				line, log = log[:at], log[at+1:]
			} else {
				line, log = log, nil
			}
			if !yield(cleanLogLine(line)) {
				return
			}
		}
	}
}

func cleanLogLine(raw []byte) string {
	raw = bytes.TrimRight(raw, "\r")
	raw = raw[:min(len(raw), maxLogLine)]
	if at := bytes.LastIndexByte(raw, '\r'); at >= 0 {
		raw = raw[at+1:]
	}
	line := string(raw)
	if !utf8.ValidString(line) {
		line = strings.ToValidUTF8(line, "\uFFFD")
	}
	line = stripStamp(line)
	if strings.IndexByte(line, 0x1b) >= 0 {
		line = stripEscapes(line)
	}
	line = stripColours(line)
	for _, command := range []string{"##[error]", "##[warning]", "##[group]", "::error::", "::warning::"} {
		if rest, ok := strings.CutPrefix(line, command); ok {
			return rest
		}
	}
	return line
}

// stripStamp takes off "2026-11-24T17:03:29.1234567Z ", and the job and step
// that the command line client writes before it.
func stripStamp(line string) string {
	rest := line
	if parts := strings.SplitN(line, "\t", 3); len(parts) == 3 && hasStamp(strings.TrimPrefix(parts[2], "\ufeff")) {
		rest = strings.TrimPrefix(parts[2], "\ufeff")
	}
	if !hasStamp(rest) {
		return line
	}
	_, rest, _ = strings.Cut(rest, "Z")
	return strings.TrimPrefix(rest, " ")
}

func hasStamp(line string) bool {
	const form = "0000-00-00T00:00:00."
	if len(line) <= len(form) {
		return false
	}
	for i := range len(form) {
		if c := line[i]; form[i] == '0' && (c < '0' || c > '9') || form[i] != '0' && c != form[i] {
			return false
		}
	}
	rest := strings.TrimLeft(line[len(form):], "0123456789")
	return rest == "Z" || strings.HasPrefix(rest, "Z ")
}

// stripColours takes out colour codes that lost their escape byte on the way,
// as "[31m": a copy through a clipboard or a form drops it. The codes are those
// of ECMA-48, section 8.3.117. What stands in brackets of its own, as "[5m]"
// and "[12ms]", is none, and one that follows a written escape, as in JSON, is
// for whoever decodes that.
func stripColours(line string) string {
	at := strings.IndexByte(line, '[')
	if at < 0 {
		return line
	}
	var b strings.Builder
	for ; at >= 0; at = strings.IndexByte(line, '[') {
		before, code := line[:at], line[at+1:]
		rest := strings.TrimLeft(code, "0123456789;")
		isCode := rest != code && strings.HasPrefix(rest, "m") &&
			!strings.HasPrefix(strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyz"), "]") &&
			!strings.HasSuffix(before, "1b") && !strings.HasSuffix(before, "1B") && !strings.HasSuffix(before, `\033`) && !strings.HasSuffix(before, `\e`)
		b.WriteString(before)
		if isCode {
			line = rest[1:]
		} else {
			b.WriteByte('[')
			line = code
		}
	}
	return b.String() + line
}

// stripEscapes takes out terminal sequences (ECMA-48): CSI, OSC, and two-byte
// escapes.
func stripEscapes(line string) string {
	var b strings.Builder
	for i := 0; i < len(line); {
		if line[i] != 0x1b {
			b.WriteByte(line[i])
			i++
			continue
		}
		i = afterEscape(line, i+1)
	}
	return b.String()
}

// afterEscape gives the place behind the sequence whose first byte after ESC
// is at i.
func afterEscape(line string, i int) int {
	if i >= len(line) {
		return i
	}
	switch line[i] {
	case '[':
		for i++; i < len(line); i++ {
			if line[i] >= 0x40 && line[i] <= 0x7e {
				return i + 1
			}
		}
		return i
	case ']':
		for i++; i < len(line); i++ {
			if line[i] == 0x07 {
				return i + 1
			}
			if line[i] == 0x1b {
				return min(i+2, len(line))
			}
		}
		return i
	}
	_, size := utf8.DecodeRuneInString(line[i:])
	return i + size
}

// fileLine finds "path/name.ext:12" in a line, with the column or not, and
// the form of stack traces, "name.py", line 12.
var (
	fileLine   = lazily(`((?:[A-Za-z]:)?[\w@$~./\\+-]*[\w@$-]\.[A-Za-z][A-Za-z0-9]{0,9}):([0-9]{1,7})\b`)
	pythonLine = lazily(`File "([^"]+)", line ([0-9]{1,7})`)
)

// placeIn gives the first file and line that a text names.
func placeIn(text string) (file string, line int) {
	for _, form := range []*regexp.Regexp{fileLine(), pythonLine()} {
		if m := form.FindStringSubmatch(text); m != nil {
			return m[1], atoi(m[2])
		}
	}
	return "", 0
}

// atoi reads digits that a pattern has already bounded.
func atoi(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
