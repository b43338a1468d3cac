package needle

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Bounds of the texts with which a match may begin: one letter begins nearly
// everywhere, and four tell nearly all places apart.
const (
	leastHead  = 2
	enoughHead = 4
	maxHeads   = 60
	// maxPlaces bounds how often the rest of a text is read: who writes one
	// beginning a thousand times must not have it read a thousand times. An
	// expression that stops at its beginnings reads a text about once anyway.
	maxPlaces = 4
)

// heads are texts with one of which some match begins, wherever there is a
// match. An expression that is held only against those places reads the rest
// of the text once a place, and not once a letter.
type heads struct {
	words []word
	// first matches at the beginning of a text, second after one letter of it:
	// an expression may look at the letter before its match, and at no other.
	first, second func() *regexp.Regexp
	// stops says that what is read from one place ends at the next.
	stops bool
}

func headsOf(expr string, tree *syntax.Regexp) heads {
	texts := beginnings(tree, false)
	if shortest(texts) < leastHead || len(texts) > maxHeads {
		return heads{}
	}
	texts = unled(texts)
	return heads{
		words:  wordsOf(texts),
		stops:  stopsAt(tree, texts),
		first:  sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\A(?:` + expr + `)`) }),
		second: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\A(?s:.)(?:` + expr + `)`) }),
	}
}

// unled drops a text that begins with another one.
func unled(texts []string) []string {
	slices.Sort(texts)
	texts = slices.Compact(texts)
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool {
		return slices.ContainsFunc(texts, func(head string) bool { return head != text && strings.HasPrefix(text, head) })
	})
}

// in says that the text matches, whose lower case is t.
func (e *Expression) in(text string, t *Text) bool {
	left := maxPlaces
	for i := range e.heads.words {
		head := &e.heads.words[i]
		if !t.mayHold(head) {
			continue
		}
		for place := next(t.lower, head.text, 0); place >= 0; place = next(t.lower, head.text, place+1) {
			if left--; left < 0 && !e.heads.stops {
				return e.MatchString(text)
			}
			if e.heads.at(text, place) {
				return true
			}
		}
	}
	return false
}

// next gives the first place of a part of the text from a place on, or less
// than 0.
func next(text, part string, from int) int {
	place := strings.Index(text[from:], part)
	if place < 0 {
		return place
	}
	return from + place
}

// at says that a match begins at the place.
func (h *heads) at(text string, place int) bool {
	if place == 0 {
		return h.first().MatchString(text)
	}
	return h.second().MatchString(text[place-1:])
}

// beginnings gives texts with one of which some match begins, nil where no such
// list is known. What may be missing at the beginning of a match is left out:
// the rest of the match is one too, unless an assertion before it, which bound
// says, holds where it stands alone.
func beginnings(re *syntax.Regexp, bound bool) []string {
	if texts := spelledOut(re); shortest(texts) > 0 {
		return texts
	}
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return beginnings(re.Sub[0], bound)
	case syntax.OpRepeat:
		if re.Min > 0 {
			return beginnings(re.Sub[0], bound)
		}
	case syntax.OpConcat:
		return beginningsInTurn(re.Sub, bound)
	case syntax.OpAlternate:
		return anyOf(re.Sub, func(choice *syntax.Regexp) []string { return beginnings(choice, bound) })
	}
	return nil
}

func beginningsInTurn(parts []*syntax.Regexp, bound bool) []string {
	run := []string{""}
	for _, part := range parts {
		if !bound && optional(part) {
			continue
		}
		texts := spelledOut(part)
		switch {
		case len(texts) == 0 || len(texts)*len(run) > maxHeads:
			if shortest(run) > 0 {
				return run
			}
			return crossed(run, beginnings(part, bound))
		case shortest(run) >= enoughHead:
			return run
		}
		run, bound = crossed(run, texts), true
	}
	return run
}

// optional says that a match may go without this part.
func optional(part *syntax.Regexp) bool {
	return part.Op == syntax.OpQuest || part.Op == syntax.OpStar || part.Op == syntax.OpRepeat && part.Min == 0
}

// stopsAt says that no part of the expression that may be repeated without end
// runs over one of the beginnings.
func stopsAt(re *syntax.Regexp, beginnings []string) bool {
	if endless(re) {
		return !slices.ContainsFunc(beginnings, func(text string) bool { return runsOver(re.Sub[0], text) })
	}
	return !slices.ContainsFunc(re.Sub, func(part *syntax.Regexp) bool { return !stopsAt(part, beginnings) })
}

func endless(re *syntax.Regexp) bool {
	return re.Op == syntax.OpStar || re.Op == syntax.OpPlus || re.Op == syntax.OpRepeat && re.Max < 0
}

// runsOver says that a part may match every letter of the text, in some letter
// case. In doubt it says so.
func runsOver(part *syntax.Regexp, text string) bool {
	if part.Op != syntax.OpCharClass {
		return true
	}
	return !strings.ContainsFunc(text, func(r rune) bool {
		return !within(part.Rune, r) && !within(part.Rune, unicode.ToUpper(r))
	})
}

// within says that the letter is of a class, which is given by its ranges.
func within(ranges []rune, r rune) bool {
	for i := 0; i+1 < len(ranges); i += 2 {
		if r >= ranges[i] && r <= ranges[i+1] {
			return true
		}
	}
	return false
}
