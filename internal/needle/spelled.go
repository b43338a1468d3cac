package needle

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxChoices bounds how many texts are spelled out for one part of an
// expression.
const maxChoices = 150

// needles gives texts of which every match holds at least one, nil where no
// such list is known.
func needles(re *syntax.Regexp) []string {
	if texts := spelledOut(re); shortest(texts) > 0 {
		return texts
	}
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return needles(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return needles(re.Sub[0])
		}
	case syntax.OpConcat:
		return sharpest(re.Sub)
	case syntax.OpAlternate:
		return anyOf(re.Sub, needles)
	}
	return nil
}

// sharpest picks the part whose shortest needle is the longest: all parts of
// a match have to be there. Neighbours that can be spelled out are one part.
func sharpest(parts []*syntax.Regexp) []string {
	var best []string
	run := []string{""}
	keep := func(texts []string) {
		if sharper(texts, best) {
			best = texts
		}
	}
	for _, part := range parts {
		texts := spelledOut(part)
		if len(texts) == 0 || len(texts)*len(run) > maxChoices {
			keep(run)
			keep(needles(part))
			run = []string{""}
			continue
		}
		run = crossed(run, texts)
	}
	keep(run)
	return best
}

// spelledOut gives all texts that an expression matches, nil where they are
// many.
func spelledOut(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		return literal(re.Rune)
	case syntax.OpCharClass:
		return letters(re.Rune)
	case syntax.OpCapture:
		return spelledOut(re.Sub[0])
	case syntax.OpQuest:
		if texts := spelledOut(re.Sub[0]); texts != nil {
			return append([]string{""}, texts...)
		}
	case syntax.OpConcat:
		return spelledTogether(re.Sub)
	case syntax.OpAlternate:
		return anyOf(re.Sub, spelledOut)
	case syntax.OpEmptyMatch, syntax.OpBeginText, syntax.OpBeginLine, syntax.OpEndText, syntax.OpEndLine, syntax.OpWordBoundary:
		return []string{""}
	}
	return nil
}

// sharper prefers texts of some length, and of these the shorter list.
func sharper(a, b []string) bool {
	const enough = 4
	x, y := min(shortest(a), enough), min(shortest(b), enough)
	return x > y || x == y && len(a) < len(b)
}

func letters(ranges []rune) []string {
	var texts []string
	for i := 0; i+1 < len(ranges); i += 2 {
		if ranges[i+1]-ranges[i] > 3 || len(texts) > 6 {
			return nil
		}
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			switch {
			case r < utf8.RuneSelf:
				texts = append(texts, strings.ToLower(string(r)))
			case !foreign(string(r)): // no text that is searched holds a foreign one
				return nil
			}
		}
	}
	return texts
}

func spelledTogether(parts []*syntax.Regexp) []string {
	run := []string{""}
	for _, part := range parts {
		texts := spelledOut(part)
		if len(texts) == 0 || len(texts)*len(run) > maxChoices {
			return nil
		}
		run = crossed(run, texts)
	}
	return run
}

func crossed(heads, tails []string) []string {
	all := make([]string, 0, len(heads)*len(tails))
	for _, head := range heads {
		for _, tail := range tails {
			all = append(all, head+tail)
		}
	}
	return all
}

func anyOf(choices []*syntax.Regexp, texts func(*syntax.Regexp) []string) []string {
	var all []string
	for _, choice := range choices {
		of := texts(choice)
		if len(of) == 0 || len(all) > maxChoices {
			return nil
		}
		all = append(all, of...)
	}
	return all
}

// fewest drops a text in which another one stands.
func fewest(texts []string) []string {
	slices.Sort(texts)
	texts = slices.Compact(texts)
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool {
		return slices.ContainsFunc(texts, func(part string) bool { return part != text && strings.Contains(text, part) })
	})
}
