package signal

import (
	"slices"
	"strconv"
	"strings"
)

// spoken is a rule of words alone: a changed line of code names one of them.
// A comment and a line that was merely moved do not count.
func spoken(words string) rule {
	list := strings.Fields(words)
	return rule{words: list, match: touched(func(l line, _ block) string {
		return "it says " + strconv.Quote(l.first(list))
	})}
}

// first gives the first of the words that is on the line, "" for none.
func (l line) first(words []string) string {
	for _, w := range l.words {
		if slices.Contains(words, w) {
			return w
		}
	}
	return ""
}

// shown is a rule of an expression over a changed line of code.
func shown(words, text, expr string) rule {
	return rule{words: strings.Fields(words), match: touched(matching(text, expr))}
}

// touched is a match in code that was changed: not in a comment, an import, a
// description or a line that was moved.
func touched(match func(line, block) string) func(line, block) string {
	return func(l line, b block) string {
		text := match(l, b)
		if text == "" || l.comment() || imports(l) || describes(l) || b.kept(l) {
			return ""
		}
		return text
	}
}

// where narrows a rule to the lines that pass a test.
func (r rule) where(test func(line) bool) rule {
	match := r.match
	r.match = func(l line, b block) string {
		if !test(l) {
			return ""
		}
		return match(l, b)
	}
	return r
}

// acting reads what runs but workflows, which are security as such.
func acting(c Class) bool { return running(c) && c != Workflow }

// imports says that the line only names what others wrote; the lines that use
// it are looked at by themselves.
func imports(l line) bool {
	for _, start := range []string{"import ", "from ", "use ", "using ", "#include", "export * from ", "export {", "} from "} {
		if strings.HasPrefix(l.code, start) {
			return true
		}
	}
	return l.ext == ".go" && strings.HasSuffix(l.code, `"`) && !strings.ContainsAny(l.code, "(:=,+")
}

// describes says that the line is settings that only tell of something: the
// data of a documentation site, a translation, the list of an interface.
func describes(l line) bool {
	if l.class != Configuration {
		return false
	}
	for _, w := range wordsOf(l.path, nil) {
		switch w {
		case "docs", "doc", "website", "openapi", "swagger", "locales", "locale", "lang", "i18n", "translations", "messages", "sidebar", "sidebars", "typedoc":
			return true
		}
	}
	return false
}
