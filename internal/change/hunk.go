package change

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// span is one side of a hunk's header.
type span struct{ start, lines int }

// end is the last line that the span covers, or the line it stands after.
func (r span) end() int { return max(r.start, r.start+r.lines-1) }

// side is where the scan stands in one side of a file.
type side struct {
	left   int  // lines that the hunk's header still promises
	last   int  // last line that an earlier hunk covers
	closed bool // the file's last line, without a newline, has been seen
}

// tally is what the scan counted: the second reading to hold against the
// library's.
type tally struct{ hunks, added, removed int }

// hunks scans the hunks of one file and parses them. Two readings must agree:
// the scan, which gives every line its place or fails, and go-gitdiff.
func (s *scanner) hunks() ([]Hunk, error) {
	start, line := s.pos, s.line
	var sum tally
	var old, now side
	for text, ok := s.peek(); ok && strings.HasPrefix(text, "@@ "); text, ok = s.peek() {
		if err := s.hunk(&old, &now, &sum); err != nil {
			return nil, err
		}
	}
	if sum.hunks == 0 {
		return nil, s.errorf("no hunk where one must stand")
	}
	hunks, err := parseHunks(s.text[start:s.pos])
	if err != nil {
		return nil, atLine(line, err)
	}
	if got := count(hunks); got != sum {
		return nil, atLine(line, fmt.Errorf("two readings of the hunks differ: %+v and %+v", sum, got))
	}
	return hunks, nil
}

// hunk scans one hunk to the last line that its header promises.
func (s *scanner) hunk(old, now *side, sum *tally) error {
	text, _ := s.peek()
	a, b, err := readHunkHeader(text)
	if err != nil {
		return atLine(s.line, err)
	}
	if !old.open(a) || !now.open(b) {
		return s.errorf("hunk overlaps the one before it, or stands before it: %.80q", text)
	}
	head, before := s.line, *sum
	sum.hunks++
	s.next()
	var last byte
	for old.left > 0 || now.left > 0 {
		if last, err = s.hunkLine(last, old, now, sum); err != nil {
			return fmt.Errorf("hunk of line %d: %w", head, err)
		}
	}
	if sum.added == before.added && sum.removed == before.removed {
		return atLine(head, errors.New("hunk without an added or removed line"))
	}
	if text, ok := s.peek(); ok && strings.HasPrefix(text, `\`) {
		_, err = s.hunkLine(last, old, now, sum)
	}
	return err
}

// open starts a hunk on one side. Line 0 is only for a side without lines.
func (d *side) open(r span) bool {
	fits := r.start > d.last || r.lines == 0 && r.start >= d.last
	if !fits {
		return false
	}
	d.left, d.last = r.lines, r.end()
	return true
}

// hunkLine scans one line and gives its operator. An empty line is an empty
// context line: some tools cut the space off.
func (s *scanner) hunkLine(last byte, old, now *side, sum *tally) (byte, error) {
	text, ok := s.peek()
	if !ok {
		return 0, s.errorf("the diff is cut short: %d old and %d new lines are missing", old.left, now.left)
	}
	op := byte(' ')
	if text != "" {
		op = text[0]
	}
	switch op {
	case ' ':
		ok = old.take() && now.take()
	case '+':
		ok = now.take()
		sum.added++
	case '-':
		ok = old.take()
		sum.removed++
	case '\\':
		ok = isMarker(text) && end(last, old, now)
	default:
		return 0, s.errorf("the hunk is cut short: %d old and %d new lines are missing before %.80q", old.left, now.left, text)
	}
	if !ok {
		return 0, s.errorf("line does not fit the hunk's header: %.80q", text)
	}
	s.next()
	return op, nil
}

func (d *side) take() bool {
	d.left--
	return d.left >= 0 && !d.closed
}

// isMarker knows "\ No newline at end of file" by its form, since git
// translates the words and promises twelve characters (apply.c).
func isMarker(text string) bool { return strings.HasPrefix(text, `\ `) && len(text) >= 12 }

// end notes that the line before was its file's last.
func end(last byte, old, now *side) bool {
	if last == ' ' || last == '-' {
		old.closed = true
	}
	if last == ' ' || last == '+' {
		now.closed = true
	}
	return last == ' ' || last == '-' || last == '+'
}

// readHunkHeader reads "@@ -START[,LINES] +START[,LINES] @@ SECTION".
func readHunkHeader(text string) (old, now span, err error) {
	rest, ok := strings.CutPrefix(text, "@@ -")
	ranges, _, ends := strings.Cut(rest, " @@")
	first, second, two := strings.Cut(ranges, " +")
	if !ok || !ends || !two {
		return old, now, fmt.Errorf("malformed hunk header: %.80q", text)
	}
	if old, ok = readSpan(first); ok {
		now, ok = readSpan(second)
	}
	if !ok {
		return old, now, fmt.Errorf("malformed range in a hunk header: %.80q", text)
	}
	return old, now, nil
}

func readSpan(s string) (span, bool) {
	start, lines, hasLines := strings.Cut(s, ",")
	r := span{lines: 1}
	var ok bool
	if r.start, ok = readCount(start); !ok {
		return span{}, false
	}
	if hasLines {
		r.lines, ok = readCount(lines)
	}
	return r, ok && r.start <= math.MaxInt32-r.lines
}

// readCount takes digits alone: strconv would take a sign as well.
func readCount(s string) (int, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 32)
	return int(n), err == nil
}
