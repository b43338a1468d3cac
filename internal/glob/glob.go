// Package glob matches slash-separated paths: patterns of a policy, checked
// once, and the patterns of a .gitattributes file. It reads no files.
package glob

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
)

// The bounds of a pattern. Alternatives multiply when they are matched, so
// their product is bounded and not their number.
const (
	maxPatternBytes = 1024
	maxAlternatives = 1000
)

// Pattern is a checked path pattern: * and ? within a folder, ** alone
// between slashes for any number of folders, [classes] and {alternatives}.
// The zero value matches nothing.
type Pattern struct {
	text     string
	folded   string   // text with every letter in the canonical case
	literals []string // one of them stands in every path that fits, in the canonical case
}

// Compile checks a pattern. It is an error where the pattern could never
// match a path of a repository, or would match less than it seems to say.
func Compile(text string) (Pattern, error) {
	for _, check := range []func(string) error{checkText, checkSegments, checkStars, checkEscapes, checkSyntax} {
		if err := check(text); err != nil {
			return Pattern{}, fmt.Errorf("pattern %.80q %w", text, err)
		}
	}
	folded := fold(text)
	return Pattern{text: text, folded: folded, literals: literalsOf(folded)}, nil
}

// String gives the pattern as it was written.
func (p Pattern) String() string { return p.text }

// Equal says whether two patterns were written alike.
func (p Pattern) Equal(q Pattern) bool { return p.text == q.text }

// Match says whether the whole path fits, letter case included.
func (p Pattern) Match(path string) bool {
	return p.text != "" && doublestar.MatchUnvalidated(p.text, path)
}

// MatchFold says whether the whole path fits regardless of letter case. What
// Match accepts, MatchFold accepts too.
func (p Pattern) MatchFold(path string) bool { return p.MatchFolded(FoldPath(path)) }

// Folded is a path that is made ready to be held against many patterns.
type Folded struct{ path, folded string }

// FoldPath makes a path ready for MatchFolded.
func FoldPath(path string) Folded { return Folded{path, fold(path)} }

// MatchFolded is MatchFold for a path that is made ready.
func (p Pattern) MatchFolded(f Folded) bool {
	if p.text == "" || !slices.ContainsFunc(p.literals, func(literal string) bool { return strings.Contains(f.folded, literal) }) {
		return false
	}
	return doublestar.MatchUnvalidated(p.folded, f.folded) || p.Match(f.path)
}

// literalsOf gives texts of which one stands in every path that fits: the
// longest run of letters between stars, question marks and slashes, or those
// of alternatives where they have none within. The empty text stands in all.
func literalsOf(folded string) []string {
	open, end := strings.IndexByte(folded, '{'), strings.IndexByte(folded, '}')
	switch {
	case strings.ContainsAny(folded, `[]\`) || strings.Count(folded, "{") > 1 || strings.Count(folded, "}") > 1 || (open < 0) != (end < 0) || open > end:
		return []string{""}
	case open < 0:
		return []string{longestRun(folded)}
	}
	outside := longestRun(folded[:open])
	if after := longestRun(folded[end+1:]); len(after) > len(outside) {
		outside = after
	}
	var inside []string
	for choice := range strings.SplitSeq(folded[open+1:end], ",") {
		run := longestRun(choice)
		if len(run) <= len(outside) {
			return []string{outside}
		}
		inside = append(inside, run)
	}
	return inside
}

func longestRun(pattern string) string {
	longest := ""
	for run := range strings.FieldsFuncSeq(pattern, func(r rune) bool { return strings.ContainsRune("*?/", r) }) {
		if len(run) > len(longest) {
			longest = run
		}
	}
	return longest
}

// fold maps every letter to the smallest of those that Unicode's simple case
// folding holds for the same, so that "Straße", "K" (Kelvin) and "K" meet.
// Of ASCII letters that is the capital.
func fold(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return strings.ToUpper(s)
	}
	return strings.Map(func(r rune) rune {
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return least
	}, s)
}

func checkText(text string) error {
	switch {
	case text == "":
		return errors.New("is empty")
	case len(text) > maxPatternBytes:
		return fmt.Errorf("is longer than %d bytes", maxPatternBytes)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl):
		return errors.New("has a control character or is not UTF-8")
	case strings.HasPrefix(text, "!"):
		return errors.New("starts with !, but a pattern cannot take back what another one says; write \\! for the letter")
	default:
		return nil
	}
}

// checkSegments refuses shapes that no path of a repository has.
func checkSegments(text string) error {
	if strings.HasPrefix(text, "/") {
		return errors.New("is absolute; paths start at the repository's root, without a slash")
	}
	if strings.HasSuffix(text, "/") {
		return errors.New("ends in a slash and so matches no file; write ** after it")
	}
	for segment := range strings.SplitSeq(text, "/") {
		// Alternatives hide segments: "{..,a}/b" and "a/{b,.}".
		for _, part := range strings.FieldsFunc(segment, func(r rune) bool { return strings.ContainsRune("{},", r) }) {
			if part == ".." || part == "." {
				return fmt.Errorf("has %q, which no path of a repository has", part)
			}
		}
		if segment == "" {
			return errors.New("has two slashes in a row")
		}
	}
	return nil
}

// checkStars wants ** alone between slashes: "src/**.go" would reach no
// deeper than "src/*.go", which is not what its author meant.
func checkStars(text string) error {
	rest := text
	before := byte('/')
	for rest != "" {
		switch {
		case rest[0] == '\\' && len(rest) > 1:
			before, rest = 'x', rest[2:]
			continue
		case strings.HasPrefix(rest, "**"):
			after := byte('/')
			if len(rest) > 2 {
				after = rest[2]
			}
			if !strings.ContainsRune("/{,", rune(before)) || !strings.ContainsRune("/},", rune(after)) {
				return errors.New("has ** beside other letters, where it means no more than *; write **/ before or /** after them")
			}
			before, rest = '*', rest[2:]
			continue
		}
		before, rest = rest[0], rest[1:]
	}
	return nil
}

// checkEscapes refuses a backslash before an ordinary letter: it is a path
// of Windows, and would quietly match something else.
func checkEscapes(text string) error {
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		i++
		if i == len(text) || !strings.ContainsRune(`*?[]{}\,!^-`, rune(text[i])) {
			return errors.New("has a backslash that escapes nothing; folders are separated by /")
		}
	}
	return nil
}

func checkSyntax(text string) error {
	if !doublestar.ValidatePattern(text) {
		return errors.New("has an unclosed or empty [class] or {alternative}")
	}
	if alternatives(text) > maxAlternatives {
		return fmt.Errorf("has more than %d combinations of alternatives", maxAlternatives)
	}
	return nil
}

// alternatives is an upper bound of the combinations, capped just above the
// permitted number so that the product cannot overflow.
func alternatives(text string) int {
	product, group := 1, 1
	for _, r := range text {
		switch r {
		case ',':
			group++
		case '{':
			product, group = min(product*group, maxAlternatives+1), 1
		}
	}
	return min(product*group, maxAlternatives+1)
}
