package signal

import (
	"slices"
	"strings"
)

// strength orders assertions by how much they pin down.
type strength int

const (
	noAssertion strength = iota
	existence            // something is there
	partial              // it holds a part, lies in a range, is of a kind, is true
	exact                // it is just this
)

// assertionVerbs are how the mainstream test libraries begin an assertion.
func assertionVerbs() []string {
	return []string{"assert", "expect", "require", "should", "verify", "refute", "errorf", "fatal", "fatalf", "error", "must"}
}

// strengthOf gives what an assertion proves, by its name and its operators.
// One that goes on in the next line may prove anything: it excuses as the
// strongest and is missed as the weakest.
func strengthOf(l line, going bool) strength {
	if l.comment() || !l.has(assertionVerbs()...) || brings(l.code) {
		return noAssertion
	}
	kind := assertionKind(l.code)
	if kind == "" {
		return noAssertion
	}
	s := strengthOfKind(kind)
	if !unfinished(l.code) || s == exact {
		return s
	}
	if going {
		return existence
	}
	return exact
}

// brings tells the import of a test library from its use.
func brings(code string) bool {
	for _, start := range []string{"import ", "from ", "use ", "using ", "#include", "const {", "package ", "require ", "require_relative", "@import"} {
		if strings.HasPrefix(code, start) {
			return true
		}
	}
	return strings.Contains(code, "require(")
}

// unfinished says that a bracket is open at the end of the line.
func unfinished(code string) bool {
	open := 0
	for _, c := range []byte(code) {
		switch c {
		case '(', '{', '[':
			open++
		case ')', '}', ']':
			open--
		}
	}
	return open > 0
}

var assertionStart = expression(`(?:^|[\s;{(!>@:#])(expect(?:_\w+|[A-Z]\w*|!|\.(?:soft|poll))?[\s({])|` +
	`(?:^|[\s.;{(!>@:])((?:XCT|self\.|\$this->|static::|t\.)?(?:assert|Assert|ASSERT)|EXPECT_|REQUIRE|require\.[A-Z]|` +
	`expect[A-Z]\w*\(|refute|verify[\s({]|t\.(?:Error|Fatal)|must_|wont_)|(?:^|[.)\]}]\s?)([sS]hould[\s.(!A-Z_])`)

// assertionKind cuts out the part of a line that says how it compares: the
// name of the assertion, or what hangs on the value; "" where there is none.
func assertionKind(code string) string {
	at := assertionStart().FindStringSubmatchIndex(code)
	if at == nil {
		return ""
	}
	rest := code[max(at[2], at[4], at[6]):]
	if i := chained(rest); i > 0 {
		return rest[i:]
	}
	name, arguments := splitCall(rest)
	if generalName(name) {
		return name + " " + arguments
	}
	return name
}

// chained finds where the comparison of expect(x).toBe(y) begins.
func chained(rest string) int {
	last := -1
	for _, link := range []string{").to", ").not", "->to", "->not", ").is", ").has", ").contains", ").does", ".should", ".Should", ").resolves", ").rejects", "} to", ").be", " should", ".must_", ".wont_"} {
		if i := strings.Index(rest, link); i > last {
			last = i
		}
	}
	return last
}

func splitCall(rest string) (name, arguments string) {
	end := strings.IndexFunc(rest, func(r rune) bool {
		return r != '_' && r != '.' && r != '!' && r != '$' && r != '-' && r != '>' && r != ':' && !wordByte(byte(min(r, 0x80)))
	})
	if end < 0 {
		return rest, ""
	}
	return rest[:end], rest[end:]
}

// generalName says that the name alone says nothing: the comparison stands in
// the arguments.
func generalName(name string) bool {
	name = strings.ToLower(name[strings.LastIndexAny(name, ".>:")+1:])
	return slices.Contains([]string{
		"assert", "assert!", "asserttrue", "assert_true", "true", "that", "assertthat", "assert_that", "expect", "expect!", "refute", "require", "verify",
		"expect_true", "xctassert", "xctasserttrue", "ok", "assume", "assertraises", "assertthrows", "assert_raises", "throws", "raises",
	}, name)
}
