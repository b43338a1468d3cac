package report

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/lint"
)

// Linted is what a linter found, with the texts in which it found it.
type Linted struct {
	lint.Report
	Sources []lint.Source
	// Words are those sources that no file holds, as the body of an issue.
	Words   []lint.Source
	Version string
	// Folder is that of the repository from which the files are named, ""
	// where it is the root.
	Folder string
	// PassedOver counts files of a named folder that hold nothing to lint.
	PassedOver int
	// Unread says what of the repository was not read, and why.
	Unread []string
}

// source gives a text by its name. A finding may point into a file that was
// not handed over; then the text is empty.
func (l Linted) source(name string) lint.Source {
	if i := slices.IndexFunc(l.Sources, func(s lint.Source) bool { return s.Name == name }); i >= 0 {
		return l.Sources[i]
	}
	return lint.Source{Name: name}
}

// isFile says whether a finding lies in a file.
func (l Linted) isFile(name string) bool {
	return !slices.ContainsFunc(l.Words, func(s lint.Source) bool { return s.Name == name })
}

// path gives a file's path from the root of the repository.
func (l Linted) path(name string) string {
	if l.Folder == "" || path.IsAbs(name) {
		return name
	}
	return path.Join(l.Folder, name)
}

func (l Linted) exactly(s diag.Severity) int {
	n := 0
	for _, f := range l.Findings {
		if f.Severity == s {
			n++
		}
	}
	return n
}

// blind are the rules that could not look, by what they would need, in the
// order of the words.
func (l Linted) blind() []blindness {
	var all []blindness
	for _, n := range l.NotExamined {
		at := slices.IndexFunc(all, func(b blindness) bool { return b.need == n.Need })
		if at < 0 {
			all, at = append(all, blindness{need: n.Need}), len(all)
		}
		if !slices.Contains(all[at].rules, n.Rule) {
			all[at].rules = append(all[at].rules, n.Rule)
		}
	}
	slices.SortFunc(all, func(a, b blindness) int { return strings.Compare(string(a.need), string(b.need)) })
	for i := range all {
		slices.Sort(all[i].rules)
	}
	return all
}

type blindness struct {
	need  lint.Need
	rules []string
}

// needWords says what is missing and how to give it.
func needWords(n lint.Need) string {
	switch n {
	case lint.NeedsTree:
		return "the files of the repository are not known: lint in a checkout"
	case lint.NeedsPlatform:
		return "the rules of the branch are not known: give --evidence FILE or GITHUB_TOKEN"
	case lint.NeedsLedger:
		return "what the last weeks cost is not known: give --ledger file:DIR"
	case lint.NeedsWorkflows:
		return "the workflows of the repository are not known: lint in a checkout"
	case lint.NeedsChange:
		return "the change is not known: give its diff"
	case lint.NeedsPolicyChange:
		return "what a change of the policy would have done is not known: run tierwise lint --change"
	default:
		return string(n) + " is not known"
	}
}

// endOf gives the column after what a finding is about, on its line. Where the
// rule does not say, it is the word at the place.
func endOf(f lint.Finding, text string) int {
	from := min(max(f.Col, 1), len(text)+1)
	if f.End > from {
		return min(f.End, len(text)+1)
	}
	return from + max(1, wordLength(text[from-1:]))
}

// wordLength gives the bytes of the word that a text begins with, of a quoted
// one with its quotes. A bracket and a character that is not seen stand alone.
func wordLength(text string) int {
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case r == '[' || r == '{' || r == utf8.RuneError || hidden(r):
		return size
	case r == '"' || r == '\'':
		if at := strings.IndexByte(text[1:], text[0]); at >= 0 {
			return at + 2
		}
	}
	if at := strings.IndexAny(text, " \t,]}"); at >= 0 {
		text = text[:at]
	}
	if short := strings.TrimRight(text, ":"); short != "" {
		text = short
	}
	return len(text)
}
