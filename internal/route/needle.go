package route

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"

	"github.com/tierwise/tierwise/internal/change"
)

// expression is a content rule with its needles: a line that fits holds one of
// them, in some letter case. No needles means that nothing is known. They save
// the work: an expression costs 80 times as much a byte as a search for words.
type expression struct {
	expr    *regexp.Regexp
	needles []string
}

func expressions(list []*regexp.Regexp) []expression {
	all := make([]expression, len(list))
	for i, expr := range list {
		all[i].expr = expr
		if tree, err := syntax.Parse(expr.String(), syntax.Perl); err == nil {
			all[i].needles = needles(tree)
		}
	}
	return all
}

// couldMatch gives the expressions that some line of the text may fit.
func couldMatch(list []expression, folded foldedText) []expression {
	if folded.ascii && folded.text == "" {
		return nil
	}
	var possible []expression
	for _, e := range list {
		if !folded.ascii || len(e.needles) == 0 || containsAny(folded.text, e.needles) {
			possible = append(possible, e)
		}
	}
	return possible
}

func containsAny(text string, needles []string) bool {
	for _, n := range needles {
		if strings.Contains(text, n) {
			return true
		}
	}
	return false
}

// needles finds words of which every match has one, in lower case; nil where
// that cannot be said.
func needles(tree *syntax.Regexp) []string {
	switch tree.Op {
	case syntax.OpLiteral:
		return literal(tree.Rune)
	case syntax.OpCapture, syntax.OpPlus:
		return needles(tree.Sub[0])
	case syntax.OpRepeat:
		if tree.Min > 0 {
			return needles(tree.Sub[0])
		}
	case syntax.OpConcat:
		var best []string
		for _, sub := range tree.Sub {
			if found := needles(sub); shortest(found) > shortest(best) {
				best = found
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range tree.Sub {
			found := needles(sub)
			if found == nil {
				return nil
			}
			all = append(all, found...)
		}
		return all
	}
	return nil
}

func literal(runes []rune) []string {
	for _, r := range runes {
		if r >= utf8.RuneSelf {
			return nil
		}
	}
	return []string{strings.ToLower(string(runes))}
}

// shortest gives the length of the shortest needle, 0 for none.
func shortest(list []string) int {
	least := 0
	for i, n := range list {
		if i == 0 || len(n) < least {
			least = len(n)
		}
	}
	return least
}

// foldedText is the changed lines of a file in lower case. Outside of ASCII
// letter case is not one to one ("ſ" is an "s" to an expression), so such a
// text is not searched.
type foldedText struct {
	known bool
	ascii bool
	text  string
}

// foldedTexts holds one text a file, made when first asked for and shared by
// the entries of one decision.
type foldedTexts []foldedText

func (t foldedTexts) of(f change.File, i int) foldedText {
	if !t[i].known {
		t[i] = foldText(f)
	}
	return t[i]
}

func foldText(f change.File) foldedText {
	var b strings.Builder
	for h := range f.Hunks {
		for _, line := range f.Hunks[h].Lines {
			if line.Op == change.Context {
				continue
			}
			if !isASCII(line.Text) {
				return foldedText{known: true}
			}
			b.WriteString(line.Text)
			b.WriteByte('\n')
		}
	}
	return foldedText{known: true, ascii: true, text: strings.ToLower(b.String())}
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
