package change

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// diffCommand is what an error tells the user to run.
const diffCommand = "git diff -M --src-prefix=a/ --dst-prefix=b/ --no-color --no-ext-diff --no-textconv --submodule=short BASE HEAD"

// maxDiff bounds what is read into memory. It is 250 times the 1 MB that
// GitHub itself shows of a pull request
// (https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits).
const maxDiff = 256 << 20

// scanner walks over a diff line by line and knows the number of each line.
type scanner struct {
	text string
	pos  int
	line int // 1-based number of the line at pos
}

// readText reads a whole diff. A shell's $(…) and the API both drop the last
// newline, so a missing one is put back.
func readText(r io.Reader) (string, error) {
	var b strings.Builder
	if sized, ok := r.(interface{ Len() int }); ok {
		b.Grow(min(sized.Len(), maxDiff) + 1)
	}
	n, err := io.Copy(&b, io.LimitReader(r, maxDiff+1))
	if err != nil {
		return "", fmt.Errorf("read the text: %w", err)
	}
	if n > maxDiff {
		return "", fmt.Errorf("read the text: larger than %d MiB", maxDiff>>20)
	}
	return endLine(b.String()), nil
}

func endLine(text string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + "\n"
}

func newScanner(text string) *scanner { return &scanner{text: text, line: 1} }

// done says that only empty lines are left.
func (s *scanner) done() bool {
	for i := s.pos; i < len(s.text); i++ {
		if s.text[i] != '\n' {
			return false
		}
	}
	return true
}

// peek gives the current line without its newline, or false at the end.
func (s *scanner) peek() (string, bool) {
	if s.pos >= len(s.text) {
		return "", false
	}
	rest := s.text[s.pos:]
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		return rest[:i], true
	}
	return rest, true
}

// next moves past the current line.
func (s *scanner) next() {
	line, ok := s.peek()
	if !ok {
		return
	}
	s.pos = min(s.pos+len(line)+1, len(s.text))
	s.line++
}

func (s *scanner) skipEmpty() {
	for line, ok := s.peek(); ok && line == ""; line, ok = s.peek() {
		s.next()
	}
}

func (s *scanner) errorf(format string, args ...any) error {
	return atLine(s.line, fmt.Errorf(format, args...))
}

func atLine(line int, err error) error { return fmt.Errorf("line %d: %w", line, err) }

// unexpected explains a line that has no place where it stands. The common
// mistakes are named, so that the reader knows what to run instead.
func (s *scanner) unexpected() error {
	s.skipEmpty()
	line, ok := s.peek()
	if !ok {
		return s.errorf("the diff ends in the middle of a file")
	}
	return atLine(s.line, explain(line))
}

func explain(line string) error {
	trimmed := strings.TrimSpace(line)
	switch {
	case strings.HasPrefix(line, "diff --cc "), strings.HasPrefix(line, "diff --combined "), strings.HasPrefix(line, "@@@"):
		return errors.New("combined diff of a merge, which does not show every line; compare two commits: " + diffCommand)
	case strings.Contains(line, "\x1b["):
		return errors.New("colour codes in the diff; make it without: " + diffCommand)
	case strings.HasPrefix(trimmed, "<"):
		return fmt.Errorf("this is a web page, not a diff: %.80q", trimmed)
	case strings.HasPrefix(line, "Submodule "):
		return errors.New("submodule log instead of a diff; make it with: " + diffCommand)
	case strings.HasPrefix(line, "--- "), strings.HasPrefix(line, "+++ "), strings.HasPrefix(line, "@@ "), strings.HasPrefix(line, "Index: "):
		return errors.New(`lines of a file before its "diff --git" header; make the diff with: ` + diffCommand)
	}
	return fmt.Errorf(`expected "diff --git", found %.80q; make the diff with: %s`, line, diffCommand)
}
