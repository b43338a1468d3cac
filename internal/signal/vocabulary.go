package signal

import (
	"slices"
	"strings"
	"sync"
)

// vocabulary is a list of phrases to look for among tokens. Looking for all of
// them takes one look-up a token, however many there are.
type vocabulary struct {
	words map[string][]pattern // by the first word
	stems map[string][]pattern // by the first letters of a first word that ends in "*"
}

// pattern is a phrase as a row of steps.
type pattern []step

// step is one place of a phrase: one of some words, digits, or a gap.
type step struct {
	words  []string
	stems  []string
	digits bool
	gap    int
}

// stemLetters is how much of a stem is looked up; a first word that ends in
// "*" needs at least as many letters.
const stemLetters = 4

// phrases makes a vocabulary of phrases as one writes them:
//
//	"charged|billed twice"   one of two words, then a third
//	"encrypt*"               any word that begins so
//	"fix the ..3 bug"        up to three words between
//	"cve # #"                digits
//
// It is read when it is first asked for: most starts of the program have no
// words to look at.
func phrases(list ...string) func() vocabulary {
	return sync.OnceValue(func() vocabulary {
		v := vocabulary{words: map[string][]pattern{}, stems: map[string][]pattern{}}
		for _, text := range list {
			p := patternOf(text)
			for _, w := range p[0].words {
				v.words[w] = append(v.words[w], p)
			}
			for _, s := range p[0].stems {
				v.stems[s[:stemLetters]] = append(v.stems[s[:stemLetters]], p)
			}
		}
		return v
	})
}

func patternOf(text string) pattern {
	var p pattern
	for _, field := range strings.Fields(text) {
		if field == "#" {
			p = append(p, step{digits: true})
			continue
		}
		if n, ok := strings.CutPrefix(field, ".."); ok {
			p = append(p, step{gap: int(n[0] - '0')})
			continue
		}
		var s step
		for _, word := range strings.Split(field, "|") {
			if stem, ok := strings.CutSuffix(word, "*"); ok {
				s.stems = append(s.stems, stem)
			} else {
				s.words = append(s.words, word)
			}
		}
		p = append(p, s)
	}
	return p
}

func (s step) fits(word string) bool {
	if s.digits {
		return strings.Trim(word, "0123456789") == ""
	}
	return slices.Contains(s.words, word) || slices.ContainsFunc(s.stems, func(stem string) bool { return strings.HasPrefix(word, stem) })
}

// reach gives the place behind the phrase that begins at a place, 0 where it
// does not stand there. Gaps are short, so it looks at few tokens.
func (p pattern) reach(tokens []token, at int, first bool) int {
	if len(p) == 0 {
		return at
	}
	if at >= len(tokens) || !first && !tokens[at].tight {
		return 0
	}
	if p[0].gap > 0 {
		for skip := range p[0].gap + 1 {
			if end := p[1:].reach(tokens, at+skip, false); end > 0 {
				return end
			}
			if at+skip >= len(tokens) || !tokens[at+skip].tight {
				break
			}
		}
		return 0
	}
	if !p[0].fits(tokens[at].word) {
		return 0
	}
	return p[1:].reach(tokens, at+1, false)
}

// at gives the place behind the longest phrase that begins at a place, 0 for
// none.
func (v vocabulary) at(tokens []token, i int) int {
	end := 0
	for _, p := range v.words[tokens[i].word] {
		end = max(end, p.reach(tokens, i, true))
	}
	if len(v.stems) > 0 && len(tokens[i].word) >= stemLetters {
		for _, p := range v.stems[tokens[i].word[:stemLetters]] {
			end = max(end, p.reach(tokens, i, true))
		}
	}
	return end
}

// in says that a phrase of the vocabulary is among the tokens.
func (v vocabulary) in(tokens []token) bool {
	for i := range tokens {
		if v.at(tokens, i) > 0 {
			return true
		}
	}
	return false
}

// maxDistinct bounds the phrases of one text that are told apart.
const maxDistinct = 10

// found gives each different phrase, in lower case, in the order in which they
// first stand.
func (v vocabulary) found(tokens []token) []string {
	var found []string
	for i := range tokens {
		end := v.at(tokens, i)
		if end == 0 || len(found) == maxDistinct {
			continue
		}
		if words := tokensText(tokens[i:end]); !slices.Contains(found, words) {
			found = append(found, words)
		}
	}
	return found
}

func tokensText(tokens []token) string {
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.word
	}
	return strings.Join(words, " ")
}
