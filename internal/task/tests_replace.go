package task

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// replaces gives a new line that puts something else in the place of what the
// change declares, of what asserts, or of what finds the tests.
func (e *docEvidence) replaces(l testLanguage, added string) string {
	if m := replacesAll().FindString(withoutStrings(added)); m != "" {
		return strings.TrimSpace(m)
	}
	names := e.sourceNames(l)
	for line := range strings.Lines(added) {
		code := strings.TrimSpace(l.withoutComments(line))
		for _, form := range []func() *regexp.Regexp{attributeSet, spiesOn, patchesPath} {
			for _, m := range form().FindAllStringSubmatch(code, -1) {
				if names[m[1]] {
					return m[0]
				}
			}
		}
	}
	return mockedCall(added, names)
}

var (
	replacesAll = lazily(`\bexpect\.extend\s*\(|\bcollect_ignore\w*\b|\bpytest_plugins\b|\.prototype\.\w+\s*=[^=]|\bObject\.(?:defineProperty|assign)\s*\(\s*(?:\w+\.prototype|expect|assert|global\w*|[A-Z]\w*)\b|\bRSpec::Matchers\b|\bchai\.use\b|\bexpect\s*=[^=]|\bassert\w*\s*=[^=>]|(?m:^\s*(?:t|tb|self|expect|assert)\s*=[^=>])|\brefine\s+\w+|\brecover\s*\(\s*\)|\b__(?:class|dict|code)__\s*[=\[]|\.__code__\b`)
	// attributeSet gives a class or a module of the change another member.
	attributeSet = lazily(`^([A-Za-z_]\w*)(?:\.\w+)+\s*=[^=>]`)
	spiesOn      = lazily(`\b(?:spyOn|replaceProperty|stub|replace|patch\.object|setattr)\s*\(\s*[\w.]+\s*,\s*["'](\w+)["']`)
	patchesPath  = lazily(`\b(?:patch|setattr|stub_const)\s*\(\s*["'](?:[\w.:]+[.:])?(\w+)["']`)
	receives     = lazily(`\ballow(?:_any_instance_of)?\s*\(\s*[\w.:]+\s*\)\.to\s+receive\(:(\w+)`)
	bindsMock    = lazily(`(?m)^\s*(?:(?:const|let|var|val)\s+)?(\w+)\s*(?::[^=\n]+)?=\s*(?:new\s+)?(?:(?:mocker|mock|unittest\.mock|jest|vi|sinon)\.)?(?:Magic|Async|NonCallable)?(?:Mock|create_autospec|fn|mockk|mock|stub|double|instance_double)(?:<\w+>)?\(`)
)

// sourceNames gives what the changed sources declare: functions, methods,
// types.
func (e *docEvidence) sourceNames(l testLanguage) map[string]bool {
	names := map[string]bool{}
	for p, text := range e.in.Head {
		if !inChange(e.in, p) || kindOf(p) != kindCode || !slices.Contains(l.sources, path.Ext(p)) {
			continue
		}
		for line := range strings.Lines(text) {
			for _, form := range []func() *regexp.Regexp{declares, methodName, jsMethod} {
				if m := form().FindStringSubmatch(strings.TrimSpace(line)); m != nil {
					names[m[1]] = true
				}
			}
		}
	}
	return names
}

var jsMethod = lazily(`^(?:async\s+|static\s+|get\s+|set\s+)*(\w+)\s*\([^)]*\)(?::\s*[^{]+)?\s*\{$`)

// mockedCall gives the call of a function of the change on a stand-in.
func mockedCall(added string, names map[string]bool) string {
	for _, m := range receives().FindAllStringSubmatch(added, -1) {
		if names[m[1]] {
			return m[0]
		}
	}
	members, calls := memberUse().FindAllStringSubmatch(added, -1), plainCall().FindAllStringSubmatch(added, -1)
	for _, m := range bindsMock().FindAllStringSubmatch(added, -1) {
		for _, used := range members {
			if used[1] == m[1] && names[used[2]] {
				return used[0]
			}
		}
		for _, used := range calls {
			if used[1] == m[1] && names[m[1]] {
				return strings.TrimSpace(m[0])
			}
		}
	}
	return ""
}

var (
	memberUse = lazily(`\b(\w+)\.(\w+)`)
	plainCall = lazily(`(?:^|[^.\w])(\w+)\(`)
)
