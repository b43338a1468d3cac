package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// cutTests are tests that stand there whole and no longer run, or no longer
// ask for the refusal that they were written for.
func cutTests() []rule {
	return []rule{
		{words: strings.Fields("raises raise throws throw warns"), on: change.Delete, match: refusalGone},
		{words: []string{"return"}, on: change.Add, match: endsAtOnce},
		{words: []string{"build"}, on: change.Add, match: neverBuilt},
		{words: []string{"test", "tests"}, on: change.Delete, match: classUncollected},
	}
}

var asksRefusal = probing(`\bpytest\.(?:raises|warns)\(|\.assert(?:Raises|Warns)\w*\(|\bassert_raises?\w*[( ]|\bassert_throws\w*\(|\bassertThrows\w*\(|\bAssert\.Throws\w*[<(]|\braise_error\b|\.(?:rejects\.)?toThrow\w*\(|\bXCTAssertThrows\w*\(|#\[should_panic|\bexpectException\w*\(`)

// refusalGone finds a test that no longer asks that something fails.
func refusalGone(l line, b block) string {
	if l.class != Test && !inlineRefusal.in(l) || l.comment() || !asksRefusal.in(l) || b.kept(l) {
		return ""
	}
	if countIn(b.added, asksRefusal) >= countIn(b.removed, asksRefusal) || wentWhole(l, b) {
		return ""
	}
	if removed, added := b.tests(); removed.declared > added.declared && removed.declared > 0 {
		return "" // the test went with it, which is told
	}
	return "a refusal is no longer expected"
}

var inlineRefusal = probing(`^#\[should_panic|^with pytest\.raises|^with self\.assertRaises`)

// maxOpening bounds how many lines of a test are passed that only set it up.
const maxOpening = 3

// endsAtOnce finds a test that ends before it begins.
func endsAtOnce(l line, b block) string {
	if l.class != Test || !bareReturn(l.code) || b.kept(l) {
		return ""
	}
	if l.at > 0 && !b.named(b.added[l.at-1]) {
		return ""
	}
	above := b.over.lines
	for _, o := range slices.Backward(above[max(0, len(above)-maxOpening):]) {
		if o.Op == change.Delete {
			continue
		}
		before := readLine(o, l.site)
		switch {
		case declaresTest(before):
			return "a test ends before it begins"
		case opensMore(before.code):
			return ""
		}
	}
	return ""
}

func bareReturn(code string) bool {
	switch strings.TrimRight(code, "; ") {
	case "return", "return true", "return None", "return nil", "return null", "return undefined":
		return true
	}
	return false
}

// opensMore says that what follows hangs on the line.
func opensMore(code string) bool {
	return strings.HasSuffix(code, "{") || strings.HasSuffix(code, ":") || strings.HasSuffix(code, "then") || strings.HasSuffix(code, "do") || strings.HasSuffix(code, "(")
}

var noBuild = probing(`^//go:build\s+(?:\(?\s*)?(?:never|ignore|ignored|none|disabled?|skip\w*|off|false|broken|todo|flaky|unused)\b|^//\s*\+build\s+(?:never|ignore|none|disabled?|skip\w*|off|broken)\b`)

// neverBuilt finds a file of tests that is no longer built. In a file that is
// new nothing ran before.
func neverBuilt(l line, b block) string {
	if !strings.HasSuffix(l.path, "_test.go") || !noBuild.in(l) || b.kept(l) || len(b.under) == 0 && len(b.removed) == 0 {
		return ""
	}
	return "a file of tests is not built"
}

var (
	collectedClass = probing(`^class Test\w*\s*[(:]`)
	anyClass       = probing(`^class \w`)
)

// classUncollected finds a class of tests under a name by which no runner
// collects it. A test case is collected by its base.
func classUncollected(l line, b block) string {
	if l.class != Test || l.ext != ".py" || !collectedClass.in(l) || l.has("case") || b.kept(l) {
		return ""
	}
	if countIn(b.added, anyClass) == 0 || countIn(b.added, collectedClass) >= countIn(b.removed, collectedClass) {
		return ""
	}
	return "a test has a name by which no runner finds it"
}
