package task

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/lex"
)

// checkWeakened proves that an existing test file only gains: each of its
// lines stands in the new one, in order, and so does each token of its code,
// which a new comment around it would swallow. A new line that ends a test
// early may stand only in a block that is new itself.
func checkWeakened(l testLanguage, r rewrite, f change.File) []Problem {
	if r.fresh {
		return nil
	}
	if line, kept := keptLines(r.before, r.after); !kept {
		return []Problem{problem("weakening-tests", "a line of %.120q is changed or taken out: %.60q", r.path, strings.TrimSpace(line))}
	}
	if !keptTokens(r) {
		return []Problem{problem("weakening-tests", "code of %.120q is cut off or commented out by what is put in", r.path)}
	}
	if line := l.wraps(r); line != "" {
		return []Problem{problem("weakening-tests", "new lines of %.120q put old ones into something else: %.60q", r.path, line)}
	}
	if m := mocksModule().FindString(addedText(f)); m != "" {
		return []Problem{problem("weakening-tests", "new lines of %.120q replace what old tests use: %.60q", r.path, m)}
	}
	if line := l.inside(r); line != "" {
		return []Problem{problem("weakening-tests", "new lines of %.120q stand in or above an old test, or declare a name again: %.60q", r.path, line)}
	}
	if line := l.endsEarly(f); line != "" {
		return []Problem{problem("weakening-tests", "a new line ends a test of %.120q early: %.60q", r.path, line)}
	}
	return nil
}

// mocksModule replaces a module for all tests of a file, wherever it stands.
var mocksModule = lazily(`\b(?:jest|vi)\.(?:mock|doMock|setMock|unstable_mockModule|unmock|mock\.module)\s*\(|\bmock\.module\s*\(`)

// keptLines gives the first line of before that does not stand in after in
// its order.
func keptLines(before, after string) (string, bool) {
	rest := strings.SplitAfter(endedLine(after), "\n")
	for line := range strings.Lines(endedLine(before)) {
		found := false
		for i, l := range rest {
			if l == line {
				rest, found = rest[i+1:], true
				break
			}
		}
		if !found {
			return line, false
		}
	}
	return "", true
}

// keptTokens says that all code of before is code of after. A language that
// cannot be read for certain has only its lines compared.
func keptTokens(r rewrite) bool {
	before, known := lex.Code(r.path, r.before)
	after, still := lex.Code(r.path, r.after)
	if !known || !still {
		return !known && !commentOpens(r)
	}
	at := 0
	for _, token := range before {
		if strings.TrimSpace(token) == "" {
			continue
		}
		for at < len(after) && after[at] != token {
			at++
		}
		if at == len(after) {
			return false
		}
		at++
	}
	return true
}

// commentOpens says that more comments of many lines begin than before, in a
// file that cannot be read: one might swallow a test.
func commentOpens(r rewrite) bool {
	for _, mark := range []string{"/*", "=begin", `"""`, "'''", "#if", "<<"} {
		if strings.Count(r.after, mark) > strings.Count(r.before, mark) {
			return true
		}
	}
	return false
}

// endsEarly gives a new line that jumps out of something old: none of the new
// lines right before it opens the function in which it stands.
func (l testLanguage) endsEarly(f change.File) string {
	var block []string // the new lines right before
	last := 0
	for line := range f.Lines() {
		if line.Op != change.Add {
			continue
		}
		if line.NewLine != last+1 {
			block = nil
		}
		last = line.NewLine
		if l.jumps(line.Text) && !l.opened(block, line.Text) {
			return strings.TrimSpace(line.Text)
		}
		block = append(block, line.Text)
	}
	return ""
}

func (l testLanguage) jumps(line string) bool {
	line = withoutStrings(l.withoutComments(line))
	return jumpWord().MatchString(line) || l.sources[0] == ".rb" && rubyNext().MatchString(line)
}

var (
	jumpWord = lazily(`(?:^|[\s;{}(:])(?:return|break|continue|goto|throw|raise|panic!?|die|exit|abort|os\.Exit|runtime\.Goexit|process\.exit|sys\.exit|System\.exit)\b`)
	rubyNext = lazily(`(?:^|[\s;{])(?:next|redo|retry)\b`)
	control  = lazily(`^\s*(?:\}\s*)?(?:if|elif|else|elsif|for|foreach|while|until|unless|switch|select|case|when|match|try|catch|rescue|finally|ensure|with|using|do|loop|synchronized|lock|guard|begin|defer)\b`)
	// inOneLine is a function that begins and ends in its line.
	inOneLine = lazily(`\bfunc\b.*\{.*\}|=>|\blambda\b|\bfn\b.*\{|->`)
)

// opened says that a new line with less space before it opens a function, and
// that all of what is between them is new as well.
func (l testLanguage) opened(block []string, line string) bool {
	depth := indentOf(line)
	for i := len(block) - 1; i >= 0; i-- {
		text := block[i]
		if strings.TrimSpace(text) == "" || indentOf(text) >= depth {
			continue
		}
		if strings.TrimSpace(text) == "{" && i > 0 {
			text = block[i-1] // its line stands above, as far to the left
		}
		if !control().MatchString(text) && l.opens().MatchString(text) {
			return true
		}
		depth = indentOf(block[i])
	}
	return inOneLine().MatchString(line)
}

func indentOf(line string) int {
	n := 0
	for _, r := range line {
		switch r {
		case ' ':
			n++
		case '\t':
			n += 4
		default:
			return n
		}
	}
	return n
}

// checkAsserts looks for an assertion in every new test, and for one that
// cannot fail.
func checkAsserts(l testLanguage, place string, r rewrite, f change.File) []Problem {
	added := linesOf(f, change.Add)
	if m := cmp.Or(idleAssert(added), idleForm(l, added), l.unheard(added)); m != "" {
		return []Problem{problem("asserting-nothing", "%s have an assertion that cannot fail: %.60q", place, m)}
	}
	bodies := l.newTests(f)
	for _, body := range bodies {
		if !l.asserts().MatchString(l.withoutComments(body)) {
			return []Problem{problem("asserting-nothing", "%s have a test without an assertion: %.60q", place, strings.TrimSpace(opening(body)))}
		}
	}
	if r.fresh && len(bodies) == 0 {
		return []Problem{problem("asserting-nothing", "%s hold no test", place)}
	}
	if strings.TrimSpace(l.withoutComments(added)) == "" {
		return []Problem{problem("asserting-nothing", "%s add no code", place)}
	}
	return nil
}

// newTests gives the added lines of each test that begins in an added line,
// up to the next one.
func (l testLanguage) newTests(f change.File) []string {
	var bodies []string
	var body *strings.Builder
	for line := range f.Lines() {
		switch {
		case line.Op == change.Add && l.begins().MatchString(l.withoutComments(line.Text)):
			if body != nil {
				bodies = append(bodies, body.String())
			}
			body = &strings.Builder{}
			fallthrough
		case line.Op == change.Add && body != nil:
			fmt.Fprintln(body, line.Text)
		}
	}
	if body != nil {
		bodies = append(bodies, body.String())
	}
	return bodies
}

// withoutComments leaves out lines that are nothing but a comment, except
// those that an example's output stands in.
func (l testLanguage) withoutComments(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		comment := false
		for _, mark := range l.comments {
			comment = comment || strings.HasPrefix(trimmed, mark)
		}
		if !comment || strings.Contains(line, "utput:") || strings.HasPrefix(trimmed, "#[") || strings.Contains(trimmed, "@test") {
			b.WriteString(line)
		}
	}
	return b.String()
}

var (
	idleTrue  = lazily(`(?i)\bassert\s+True\s*(?:,|#|$)|\bassert\w*\s*[(!]+\s*true\s*\)|assert(?:True|Truthy)\(\s*(?:t\s*,\s*)?true\s*[,)]|assertFalse\(\s*(?:t\s*,\s*)?false\s*[,)]|\.(?:True|IsTrue)\(\s*(?:t\s*,\s*)?true\s*[,)]|expect\(\s*true\s*\)\s*\.\s*(?:toBe|toEqual|toBeTruthy|to\b)|\bassert\s+true\b|\bassert\s+1\b|if false \{|\|\|\s*true\b|\bor\s+True\b|\bexcept\s+(?:AssertionError|BaseException)\b|\bexcept\s*:|\bcatch\s*\(\s*(?:final\s+)?(?:AssertionError|Throwable)\b|\brescue\s+(?:Exception|Minitest::Assertion|RSpec::Expectations)`)
	idlePair  = lazily(`(?i)\b(?:assert\w*(?:\.\w+)?|require\.\w+|\w*assert\.\w+|(?:EXPECT|ASSERT)_EQ|XCTAssertEqual|Assert\.(?:Equal|AreEqual))!?\s*\(\s*([^(),]+|[^(),]*\([^()]*\))\s*,\s*([^(),]+|[^(),]*\([^()]*\))\s*[,)]`)
	idleGoTwo = lazily(`\b(?:assert|require)\.(?:Equal|EqualValues|Same)\(\s*\w+\s*,\s*([^,]+?)\s*,\s*([^,]+?)\s*[,)]`)
	idleJS    = lazily(`expect\(\s*([^()]+|[^()]*\([^()]*\))\s*\)\s*\.\s*(?:toBe|toEqual|toStrictEqual|to\.(?:equal|eql)|to eq)\(\s*([^()]+|[^()]*\([^()]*\))\s*\)`)
	idlePlain = lazily(`\bassert\s+([\w.\[\]"']+)\s*==\s*([\w.\[\]"']+)\s*$|\bif\s+([\w.]+)\s*!=\s*([\w.]+)\s*\{`)
)

// idleAssert gives an assertion that compares a thing with itself, asserts the
// truth, or is caught where it fails.
func idleAssert(text string) string {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if m := idleTrue().FindString(line); m != "" {
			return m
		}
		for _, form := range []func() [][]string{
			func() [][]string { return idlePair().FindAllStringSubmatch(line, -1) },
			func() [][]string { return idleGoTwo().FindAllStringSubmatch(line, -1) },
			func() [][]string { return idleJS().FindAllStringSubmatch(line, -1) },
			func() [][]string { return idlePlain().FindAllStringSubmatch(line, -1) },
		} {
			for _, m := range form() {
				if sameSides(m[1:]) {
					return strings.TrimSpace(m[0])
				}
			}
		}
	}
	return ""
}

func sameSides(groups []string) bool {
	for i := 0; i+1 < len(groups); i += 2 {
		if a, b := strings.TrimSpace(groups[i]), strings.TrimSpace(groups[i+1]); a != "" && a == b {
			return true
		}
	}
	return false
}
