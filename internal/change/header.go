package change

import (
	"errors"
	"fmt"
	"strings"
)

// header holds the lines between "diff --git" and the first hunk, by their
// key. The grammar is that of "Generating patch text with -p" in
// https://git-scm.com/docs/git-diff.
type header struct {
	line   int    // of "diff --git"
	names  string // the rest of that line
	fields map[string]string
}

var headerKeys = [...]string{
	"old mode ", "new mode ", "deleted file mode ", "new file mode ",
	"similarity index ", "dissimilarity index ", "rename from ", "rename to ",
	"copy from ", "copy to ", "index ", "--- ", "+++ ",
}

func headerKey(line string) string {
	for _, key := range headerKeys {
		if strings.HasPrefix(line, key) {
			return key
		}
	}
	return ""
}

func (h header) has(key string) bool { _, ok := h.fields[key]; return ok }

// header reads one file's header. Each line may stand once, and "+++" ends
// it: what follows is a hunk.
func (s *scanner) header() (header, error) {
	line, _ := s.peek()
	rest, ok := strings.CutPrefix(line, "diff --git ")
	if !ok {
		return header{}, s.unexpected()
	}
	if strings.HasSuffix(line, "\r") {
		return header{}, s.errorf("the diff's own lines end in a carriage return; save it without converting line endings")
	}
	h := header{line: s.line, names: rest, fields: map[string]string{}}
	s.next()
	for !h.has("+++ ") {
		line, ok := s.peek()
		key := headerKey(line)
		if !ok || key == "" {
			break
		}
		if err := h.add(key, line[len(key):]); err != nil {
			return header{}, atLine(s.line, err)
		}
		s.next()
	}
	return h, atLineIf(h.line, h.check())
}

func atLineIf(line int, err error) error {
	if err == nil {
		return nil
	}
	return atLine(line, err)
}

func (h header) add(key, value string) error {
	switch {
	case h.has(key):
		return fmt.Errorf("second %q line for one file", strings.TrimSpace(key))
	case key == "+++ " && !h.has("--- "):
		return errors.New(`"+++" line without a "---" line before it`)
	case key != "+++ " && h.has("--- "):
		return errors.New(`"---" line without a "+++" line after it`)
	}
	h.fields[key] = value
	return h.checkValue(key, value)
}

// checkValue refuses what git never prints, since a value that is not
// understood may hide one that matters.
func (h header) checkValue(key, value string) error {
	ok := true
	switch {
	case strings.HasSuffix(key, "mode "):
		ok = isMode(value)
	case strings.HasSuffix(key, "similarity index "):
		ok = strings.HasSuffix(value, "%") && strings.Trim(value, "0123456789") == "%"
	case key == "index ":
		_, _, ok = splitIndex(value)
	}
	if !ok {
		return fmt.Errorf("malformed %q line: %.80q", strings.TrimSpace(key), value)
	}
	return nil
}

func isMode(s string) bool { return len(s) == 6 && isOctal(s) }

// splitIndex reads "OLD..NEW" or "OLD..NEW MODE".
func splitIndex(value string) (old, now string, ok bool) {
	ids, mode, hasMode := strings.Cut(value, " ")
	old, now, ok = strings.Cut(ids, "..")
	ok = ok && isHex(old) && isHex(now) && (!hasMode || isMode(mode))
	return old, now, ok
}

func isHex(s string) bool {
	return s != "" && strings.Trim(s, "0123456789abcdef") == ""
}

// check refuses headers whose lines contradict each other or stand alone.
func (h header) check() error {
	for _, pair := range [...][2]string{
		{"old mode ", "new mode "}, {"rename from ", "rename to "}, {"copy from ", "copy to "}, {"--- ", "+++ "},
	} {
		if h.has(pair[0]) != h.has(pair[1]) {
			return fmt.Errorf("only one of %q and %q in the header", strings.TrimSpace(pair[0]), strings.TrimSpace(pair[1]))
		}
	}
	kinds := 0
	for _, key := range [...]string{"new file mode ", "deleted file mode ", "rename from ", "copy from "} {
		if h.has(key) {
			kinds++
		}
	}
	if kinds > 1 {
		return errors.New("header says two things of one file")
	}
	return nil
}
