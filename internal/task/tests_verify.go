package task

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// verifyTests releases a patch that applies, touches only test files beside
// what changed, adds lines and takes none away, and has no new test without an
// assertion.
func verifyTests(in Input, answer []byte) (Output, []Problem) {
	a, problems := readEdits(answer)
	if problems != nil {
		return Output{}, problems
	}
	all, problems := a.rewrites(in)
	for _, r := range all {
		problems = append(problems, checkTestFile(in, r)...)
	}
	if len(problems) > 0 {
		return Output{}, problems
	}
	text, files, err := unified(all)
	if err != nil {
		return Output{}, []Problem{problem("not-applying", "%v", err)}
	}
	problems = checkPatchSize(text)
	seen := gatherDocs(in)
	for i, r := range all {
		language, _ := testLanguageOf(r.path)
		problems = append(problems, checkTestText(seen.with(r.before), language, r, files[i])...)
	}
	problems = append(problems, checkNotes(seen, a.Notes, files)...)
	if len(problems) > 0 {
		return Output{}, problems
	}
	return patchOutput(a, text, files), nil
}

// checkTestFile says why a file may not be touched.
func checkTestFile(in Input, r rewrite) []Problem {
	language, known := testLanguageOf(r.path)
	switch why := writablePath(r.path); {
	case why != "":
		return []Problem{problem("touching-other-files", "%.120q %s", r.path, why)}
	case !known:
		return []Problem{problem("touching-other-files", "%.120q is no test file of a language whose tests are known", r.path)}
	case !r.fresh && firstIn(language.begins().FindString, r.before) == "":
		return []Problem{problem("touching-other-files", "%.120q stands among tests and holds none", r.path)}
	case !language.besideChange(in, r.path):
		return []Problem{problem("touching-other-files", "%.120q tests nothing that the change touches", r.path)}
	}
	return nil
}

// besideChange says that a changed source is what the file tests: by its
// name, or by standing in one folder with it. A test file of the change itself
// may be added to.
func (l testLanguage) besideChange(in Input, p string) bool {
	if inChange(in, p) {
		return true
	}
	subject := foldStem(l.subject(p))
	return slices.ContainsFunc(in.Change.Files, func(f change.File) bool {
		if f.Status == change.Removed || !slices.Contains(l.sources, path.Ext(f.Path)) || kindOf(f.Path) == kindTest {
			return false
		}
		if path.Dir(f.Path) == path.Dir(p) {
			return true
		}
		if l.sources[0] == ".go" {
			return false // a package's tests stand in its folder
		}
		stem := foldStem(strings.TrimSuffix(path.Base(f.Path), path.Ext(f.Path)))
		folder := foldStem(path.Base(path.Dir(f.Path)))
		if slices.ContainsFunc(declaredNames(f), func(name string) bool { return foldStem(name) == subject }) {
			return true
		}
		return subject == stem || strings.HasPrefix(subject, stem) && len(stem) >= 4 || subject == folder || slices.Contains(foldedFolders(p), stem)
	})
}

// foldedFolders gives the folders above a test, as names of what they test.
func foldedFolders(p string) []string {
	var names []string
	for d := range strings.SplitSeq(path.Dir(p), "/") {
		names = append(names, foldStem(strings.TrimPrefix(d, "test_")))
	}
	return names
}

func foldStem(name string) string {
	return strings.ReplaceAll(loosely(name), ".", "")
}

// checkTestText looks at what a patch does to one test file.
func checkTestText(seen *docEvidence, l testLanguage, r rewrite, f change.File) []Problem {
	added := addedText(f)
	place := "the tests in " + r.path
	problems := checkWeakened(l, r, f)
	for _, look := range []struct {
		form func() string
		id   string
		says string
	}{
		{func() string { return l.skips().FindString(withoutStrings(added)) }, "weakening-tests", "leave a test out"},
		{func() string { return firstIn(l.early().FindString, added) }, "doing-harm", "run before or outside of the tests"},
		{func() string { return seen.newReach(l, r, added) }, "doing-harm", "reach out of the test, as nothing in the change does"},
		{func() string { return l.harms(r.before, added) }, "doing-harm", "end the run or change files outside of a temporary folder"},
		{func() string { return l.runsAtLoad(r) }, "doing-harm", "do something when the file is loaded"},
		{func() string { return seen.replaces(l, added) }, "weakening-tests", "replace what tests stand on"},
	} {
		if m := look.form(); m != "" {
			problems = append(problems, problem(look.id, "%s %s: %.40q", place, look.says, strings.TrimSpace(m)))
		}
	}
	if m := seen.mocksSubject(added); m != "" {
		problems = append(problems, problem("asserting-nothing", "%s replace what they are about: %.40q", place, m))
	}
	problems = append(problems, checkAsserts(l, place, r, f)...)
	if len(problems) == 0 && len(l.newTests(f)) > 0 && !seen.usesSources(l, added) {
		problems = append(problems, problem("asserting-nothing", "%s have nothing to do with the change", place))
	}
	return append(problems, outwardTests(seen, place, added)...)
}

// mocksSubject gives a module that a test replaces though it is what changed.
func (e *docEvidence) mocksSubject(added string) string {
	for _, m := range mockedPath().FindAllStringSubmatch(added, -1) {
		called := foldStem(strings.TrimSuffix(path.Base(m[1]), path.Ext(m[1])))
		for _, f := range e.in.Change.Files {
			if foldStem(strings.TrimSuffix(path.Base(f.Path), path.Ext(f.Path))) == called && kindOf(f.Path) == kindCode {
				return m[0]
			}
		}
	}
	return ""
}

var mockedPath = lazily(`\b(?:jest|vi)\.(?:mock|doMock|setMock)\s*\(\s*["'\x60]([^"'\x60]+)`)

// usesSources says that new tests use something by a name that a changed
// source has.
func (e *docEvidence) usesSources(l testLanguage, added string) bool {
	names := gather(Input{})
	for p, text := range e.in.Head {
		if inChange(e.in, p) && slices.Contains(l.sources, path.Ext(p)) {
			names.see(text)
		}
	}
	for _, m := range usedWord().FindAllStringSubmatch(added, -1) {
		name := cmp.Or(m[1], m[2])
		if len(name) > 2 && names.idents[name] && !builtinCall(name) {
			return true
		}
	}
	return false
}

// usedWord is a name that is called, or that stands behind a dot.
var usedWord = lazily(`([\pL_$][\pL\pN_$]*[?!]?)\s*[({\[<]|(?:\.|::|->)([\pL_$][\pL\pN_$]*)`)

// firstIn looks at line after line: the forms anchor at a line's begin.
func firstIn(find func(string) string, text string) string {
	for line := range strings.Lines(text) {
		if m := find(strings.TrimRight(line, "\r\n")); m != "" {
			return m
		}
	}
	return ""
}

// newReach gives what reaches out of a test and stands neither in the file
// nor anywhere in the change.
func (e *docEvidence) newReach(l testLanguage, r rewrite, added string) string {
	for _, m := range l.reaches().FindAllString(added, -1) {
		if !e.shown(m) && !strings.Contains(r.before, m) {
			return m
		}
	}
	return ""
}

// withoutStrings leaves out what stands between double quotes on one line, so
// that a test about skipping is no skipped test.
func withoutStrings(text string) string { return quotedText().ReplaceAllString(text, `""`) }

var quotedText = lazily(`"(?:[^"\\\n]|\\.)*"`)

// outwardTests looks for secrets and for addresses that lead somewhere: those
// that are set aside for examples lead nowhere (RFC 2606, RFC 6761, RFC 5737).
func outwardTests(seen *docEvidence, place, added string) []Problem {
	var problems []Problem
	if foundIn(secretForm().FindString, added) != "" {
		problems = append(problems, problem("secret", "%s hold what looks like a secret", place))
	}
	for _, a := range address().FindAllString(added, -1) {
		if !seen.shown(strings.TrimRight(a, ".,;:!?'\"")) && !exampleAddress().MatchString(a) {
			problems = append(problems, problem("invented-link", "%s hold an address that is in neither the change nor the file: %.40q", place, a))
		}
	}
	if m := leadingAlways().FindString(added); m != "" {
		problems = append(problems, problem("order", "%s tell the reader to do something: %.40q", place, m))
	}
	return problems
}

var (
	exampleAddress = lazily(`(?i)^\w+://(?:[^/@\s]*@)?(?:[\w-]+\.)*(?:example(?:\.(?:com|org|net|edu))?|test|invalid|localhost|127\.0\.0\.1|192\.0\.2\.\d+|198\.51\.100\.\d+|203\.0\.113\.\d+)(?::\d+)?(?:[/?#]|$)`)
	// leadingAlways stands in no test for a reason.
	leadingAlways = lazily(`(?i)\b(?:ignore|disregard|forget)\s+(?:all\s+|any\s+|the\s+|your\s+|these\s+)*(?:previous|prior|above|earlier|preceding)\s+(?:instruction|prompt|message|rule)|\b(?:approve|merge)\s+this\s+(?:pull request|pr|change)\b|\b(?:assistants?|agents?|reviewers?|maintainers?)\s+(?:must|should|need to|have to)\b`)
)
