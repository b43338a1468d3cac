package task

import (
	"regexp"
	"slices"
	"strings"
)

// inside gives a new line that may do something to an old test: one in the
// body of an old function that is no subtest at its end, one among old
// declarations that is none, one that stands above an old test as its
// decorator, and one that declares a name again.
func (l testLanguage) inside(r rewrite) string {
	before, after := splitLines(r.before), splitLines(r.after)
	old := l.oldNames(before)
	first := ""
	for _, added := range alignments(before, after) {
		lines, even := l.codeLines(after, added)
		if !even {
			return "the file's brackets cannot be read"
		}
		line := l.insideLines(lines, old)
		if line == "" {
			return ""
		}
		if first == "" {
			first = line
		}
	}
	return first
}

func (l testLanguage) insideLines(lines []codeLine, old map[string]bool) string {
	for i, line := range lines {
		if line.added && line.code != "" && l.outermost(lines, i) && !l.fits(lines, i, old) {
			return strings.TrimSpace(line.raw)
		}
	}
	return ""
}

// outermost says that a new line stands in nothing that is new itself.
func (l testLanguage) outermost(lines []codeLine, i int) bool {
	return !slices.ContainsFunc(lines[i].in, func(o opener) bool { return lines[o.line].added })
}

// fits judges a new line that stands at an old level.
func (l testLanguage) fits(lines []codeLine, i int, old map[string]bool) bool {
	code := lines[i].code
	if closing().MatchString(code) {
		return true // it closes what a new line opened: wraps has proven that
	}
	if code == "{" && i > 0 && lines[i-1].added {
		return true // it opens what the new line above it declares
	}
	if l.decorates(code) && !l.beforeNew(lines, i) {
		return false
	}
	in, nested := lines[i].inner()
	if !nested {
		return !l.again(code, old) // the top of a file has a rule of its own
	}
	head := l.head(lines, in.line)
	switch {
	case importOpens().MatchString(head):
		return importRow().MatchString(code) && !l.again("import "+code, old)
	case in.mark == '(' && !tupleOpens().MatchString(head):
		return false
	case in.mark == '[' || in.mark == '(' || in.mark == '{' && l.literalOpens(head):
		return l.row(lines, i, in)
	case l.membersOpen(head):
		return l.member(code) && !l.again(code, old)
	}
	return l.subtest(code) && l.atEnd(lines, i) && len(lines[i].in) <= 2
}

// head gives the line that opens a block; where the bracket stands alone, the
// one above it.
func (l testLanguage) head(lines []codeLine, i int) string {
	for code := lines[i].code; i > 0 && (code == "{" || code == ""); {
		i--
		code = lines[i].code
	}
	return lines[i].code
}

var (
	closing     = lazily(`^(?:[)\]}]|end\b)`)
	importOpens = lazily(`^(?:import|from|use|using|pub use|const \{|export)\b[^=]*[({]$|^import \($`)
	tupleOpens  = lazily(`(?:=|\bin|\breturn|[\[(,])\s*\($`)
	importRow   = lazily(`^(?:[\w.]+\s+)?""$|^[\w\s,.*:{}]+,?$`)
)

// decorates says that a line alone says something about the next declaration.
func (l testLanguage) decorates(code string) bool {
	switch l.sources[0] {
	case ".go", ".rb", ".cc":
		return false
	case ".cs":
		return bracketAttribute().MatchString(code)
	case ".rs", ".php":
		return strings.HasPrefix(code, "#[") || strings.HasPrefix(code, "#!")
	}
	return decorator().MatchString(code)
}

var (
	bracketAttribute = lazily(`^\[[^\]]*\]?$`)
	decorator        = lazily(`^@[\w.:]+\s*(?:\(.*\)?|\[.*|[^({=]*)$`)
)

// beforeNew says that what follows a decorator is new as well.
func (l testLanguage) beforeNew(lines []codeLine, i int) bool {
	depth := len(lines[i].in)
	for j := i + 1; j < len(lines); j++ {
		code := lines[j].code
		if code == "" || len(lines[j].in) > depth && lines[j].added || closing().MatchString(code) && lines[j].added {
			continue
		}
		if l.decorates(code) && lines[j].added {
			continue
		}
		return lines[j].added
	}
	return false
}

// literalOpens says that a bracket opens a value of several parts.
func (l testLanguage) literalOpens(head string) bool {
	switch l.sources[0] {
	case ".go":
		return goLiteral().MatchString(head)
	case ".py", ".rb":
		return true
	case ".js":
		return jsLiteral().MatchString(head)
	case ".java", ".kt", ".cs", ".cc":
		return bracesLiteral().MatchString(head)
	}
	return false
}

var (
	goLiteral     = lazily(`[\w\]}]\{$`)
	noLiteral     = lazily(`^(?:\}?\s*else|if|switch|select|func|case|default|do|try)\b`)
	jsLiteral     = lazily(`(?:[=:(,\[]|^|\breturn)\s*\{$`)
	bracesLiteral = lazily(`(?:\]|=|\[\]\s*\w*|^)\s*\{$`)
	rowBegins     = lazily(`^(?:[{\[(]|""|-?\d|[\w.]+\(|[\w.&]+\{|new\b|&|%\{|(?:[\w.]+|"")\s*(?::|=>)\s*[{\[(&\w]*[{\[(])`)
	rowScalar     = lazily(`^(?:""|-?[\d.]+)\s*(?::|=>)\s*[^=]+,?$`)
	rowStatement  = lazily(`;|[^=!<>:]=[^=>]|:=|\b(?:func|lambda|function)\b|=>\s*\{`)
)

// row judges a new row of a table: a value among values of the same form.
func (l testLanguage) row(lines []codeLine, i int, in opener) bool {
	if noLiteral().MatchString(l.head(lines, in.line)) {
		return false
	}
	code := lines[i].code
	if rowStatement().MatchString(code) || !rowBegins().MatchString(code) && !rowScalar().MatchString(code) {
		return false
	}
	return slices.ContainsFunc(lines, func(o codeLine) bool {
		at, nested := o.inner()
		return nested && at == in && !o.added && (rowBegins().MatchString(o.code) || rowScalar().MatchString(o.code))
	})
}

// membersOpen says that what a line opens holds declarations or whole tests.
func (l testLanguage) membersOpen(head string) bool {
	return typeOpens().MatchString(head) || l.sources[0] == ".js" && suiteOpens().MatchString(head) ||
		l.sources[0] == ".rb" && suiteOpens().MatchString(head) || l.sources[0] == ".ex" && suiteOpens().MatchString(head)
}

var (
	typeOpens  = lazily(`^(?:(?:@[\w.]+(?:\([^)]*\))?|pub|public|private|internal|protected|final|abstract|open|static|sealed|partial|export|default|inner|data|override)\s+)*(?:class|interface|object|struct|impl|mod|enum|namespace|extension|trait|module|defmodule|actor|record)\b`)
	suiteOpens = lazily(`^(?:RSpec\.|test\.)?(?:describe|context|suite|shared_examples|feature)\b`)
)

// member says that a line begins a test or a declaration, and none that runs
// before or after other tests.
func (l testLanguage) member(code string) bool {
	return memberForms(l.sources[0]).MatchString(code) && !hook().MatchString(code)
}

var hook = lazily(`(?i)\b(?:setUp\w*|tearDown\w*|before\w*|after\w*|around|setup|initialize|__\w+__|autouse)\b\s*(?:[({:]|$|do\b)|@(?:Before|After|SetUp|TearDown)\w*|\[(?:SetUp|TearDown|TestInitialize|TestCleanup)|\boverride\b|@Override`)

var (
	pyMember    = lazily(`^(?:@|(?:async\s+)?def\s|class\s)`)
	jsMember    = lazily(`^(?:it|test|describe|context|specify|suite)\b|^(?:async\s+)?function\b|^(?:const|let)\s+\w+[^=]*=\s*(?:async\s*)?(?:\([^)]*\)|\w+)(?::\s*[^=]+)?\s*=>`)
	rubyMember  = lazily(`^(?:it|specify|example|scenario|test|describe|context|def|let|class|module|private)\b`)
	exMember    = lazily(`^(?:test|property|describe|defp?|alias|import|@tag)\b`)
	braceMember = lazily(`^(?:@|\[|#\[|TEST|(?:[\w<>\[\],.?:&*]+\s+)*(?:class|interface|object|struct|impl|enum|record|fun|func|fn|function|mod|use|using|type)\b|(?:[\w<>\[\],.?:&*]+\s+)+\w+\s*\([^)]*(?:\)?[^=;]*\{?|\)\s*=>.*)$)`)
)

func memberForms(source string) *regexp.Regexp {
	switch source {
	case ".py":
		return pyMember()
	case ".js":
		return jsMember()
	case ".rb":
		return rubyMember()
	case ".ex":
		return exMember()
	}
	return braceMember()
}

// subtest says that a line begins a test inside a test.
func (l testLanguage) subtest(code string) bool { return subtestBegins().MatchString(code) }

var subtestBegins = lazily(`^(?:\w+\.Run\(|with self\.subTest\(|(?:await\s+)?t\.test\(|SECTION\(|SUBCASE\()`)

// atEnd says that no old line follows in the same body: what a subtest does to
// a variable then reaches none.
func (l testLanguage) atEnd(lines []codeLine, i int) bool {
	in, _ := lines[i].inner()
	for _, line := range lines[i+1:] {
		at, nested := line.inner()
		if nested && at == in && !line.added && line.code != "" && !closing().MatchString(line.code) {
			return false
		}
	}
	return true
}
