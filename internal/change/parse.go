package change

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// Parse reads a unified diff with git's file headers, as made by
//
//	git diff -M --src-prefix=a/ --dst-prefix=b/ --no-color BASE HEAD
//
// Every line has its place in the result or is an error that names the line:
// a combined diff, a diff without prefixes or headers, a hunk that is shorter
// or longer than its header says, and any text around or between the files.
// Input of white space alone is a change of no files. Paths are kept as they
// are, hostile ones too; ValidPath judges them.
func Parse(r io.Reader) ([]File, error) {
	text, err := readText(r)
	if err != nil {
		return nil, fmt.Errorf("parse diff: %w", err)
	}
	return parse(text)
}

// ParseText is Parse for a text that is in memory as a whole already.
func ParseText(text string) ([]File, error) {
	if len(text) > maxDiff {
		return nil, fmt.Errorf("parse diff: larger than %d MiB", maxDiff>>20)
	}
	return parse(endLine(text))
}

func parse(text string) ([]File, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	files, err := parseFiles(newScanner(text))
	if err != nil {
		return nil, fmt.Errorf("parse diff: %w", err)
	}
	if headers := countHeaders(text); headers != len(files) {
		return nil, fmt.Errorf("parse diff: read %d files under %d headers", len(files), headers)
	}
	return files, nil
}

func parseFiles(s *scanner) ([]File, error) {
	var files []File
	s.skipEmpty()
	for !s.done() {
		f, err := s.file()
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// countHeaders counts file headers without parsing. In a hunk every line
// begins with an operator, so a header is the only line that can begin so.
func countHeaders(text string) int {
	const head = "diff --git "
	n := strings.Count(text, "\n"+head)
	if strings.HasPrefix(text, head) {
		n++
	}
	return n
}

// file reads one file: its header, and then hunks, a word about a binary, or
// nothing.
func (s *scanner) file() (File, error) {
	h, err := s.header()
	if err != nil {
		return File{}, err
	}
	f, err := h.file()
	if err != nil {
		return File{}, atLine(h.line, err)
	}
	body, _ := s.peek()
	switch {
	case h.has("+++ "):
		err = s.textBody(&f)
	case isBinaryNote(body):
		f.Binary, f.Withheld = true, true
		s.next()
	case body == "GIT binary patch":
		f.Binary, f.Withheld = true, true
		err = s.binary()
	default:
		f.Withheld, err = h.withoutBody()
		err = atLineIf(s.line, err)
	}
	return f, err
}

// textBody reads the hunks of a file that has both markers.
func (s *scanner) textBody(f *File) error {
	line := s.line
	hunks, err := s.hunks()
	if err != nil {
		return err
	}
	sum := count(hunks)
	f.Hunks, f.Additions, f.Deletions = hunks, sum.added, sum.removed
	return atLineIf(line, f.checkSides())
}

// checkSides refuses old lines in a new file and new lines in a removed one.
func (f File) checkSides() error {
	for _, h := range f.Hunks {
		if f.Status == Added && h.OldLines > 0 {
			return fmt.Errorf("added file has %d old lines", h.OldLines)
		}
		if f.Status == Removed && h.NewLines > 0 {
			return fmt.Errorf("removed file has %d new lines", h.NewLines)
		}
	}
	return nil
}

// withoutBody judges a file that shows no line. Git prints an index line
// wherever content differs, so one that differs without a hunk is a cut diff.
// Where nothing proves that the content is the same, it counts as withheld.
func (h header) withoutBody() (withheld bool, err error) {
	index, hasIndex := h.fields["index "]
	old, now, _ := splitIndex(index)
	switch {
	case len(h.fields) == 0:
		return false, errors.New("header says nothing of the file; the diff may be cut short")
	case hasIndex && (h.has("new file mode ") && isEmptyBlob(now) || h.has("deleted file mode ") && isEmptyBlob(old)):
		return false, nil
	case hasIndex && old != now:
		return false, fmt.Errorf("the content differs (index %.80s) and no line is shown; the diff is cut short", index)
	case h.has("new file mode "), h.has("deleted file mode "):
		return true, nil
	case h.has("rename from "), h.has("copy from "):
		return h.fields["similarity index "] != "100%", nil
	}
	return !h.has("old mode "), nil
}

// isEmptyBlob knows the id of the empty file, in SHA-1 and in SHA-256
// repositories, cut to any length that git prints.
func isEmptyBlob(id string) bool {
	const (
		sha1   = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
		sha256 = "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"
	)
	return len(id) >= 4 && (strings.HasPrefix(sha1, id) || strings.HasPrefix(sha256, id))
}
