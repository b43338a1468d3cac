package signal

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/tierwise/tierwise/internal/task"
)

// text is one piece of words, with the name by which it is shown.
type text struct {
	source  string
	words   string
	trusted bool
}

// texts gives every piece of words that came with the work, in a fixed order.
func (in Input) texts() []text {
	all := []text{
		{"brief", in.Brief.Text, in.Brief.Trusted},
		{"title", in.Brief.Title, false},
		{"body", in.Brief.Body, false},
	}
	for _, c := range in.Change.Commits {
		all = append(all, text{"commit message", c.Subject + "\n" + c.Body, false})
	}
	return all
}

// statements are the short texts in which an author says what is to be done.
// A long body always has a vague word somewhere; it is asked for its subject
// alone.
func (in Input) statements() []text { return in.texts()[:2] }

// maxJoined bounds how much of what was seen one hit tells.
const maxJoined = 3

// said is a word that fits, and the text in which it first stands.
type said struct{ source, word string }

// wordHits gives one hit that tells the first words that fit; none where
// nothing fits. Words have no place, so a second hit would say nothing new.
func wordHits(id string, texts []text, terms ...func() *regexp.Regexp) []Hit {
	var found []said
	seen := map[string]bool{}
	for _, words := range terms {
		for _, t := range texts {
			if t.words == "" {
				continue
			}
			for _, word := range distinct(words(), t.words) {
				if !seen[word] {
					seen[word] = true
					found = append(found, said{t.source, word})
				}
			}
		}
	}
	if len(found) == 0 {
		return nil
	}
	return []Hit{{Signal: id, Text: quoteSaid(found)}}
}

// quoteSaid writes `title says "auth", "token"; body says "login"`.
func quoteSaid(found []said) string {
	var b strings.Builder
	for i, s := range found[:min(len(found), maxJoined)] {
		switch {
		case i > 0 && s.source == found[i-1].source:
			fmt.Fprintf(&b, ", %q", s.word)
			continue
		case i > 0:
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "%s says %q", s.source, s.word)
	}
	if len(found) > maxJoined {
		b.WriteString(" and more")
	}
	return b.String()
}

// maxDistinct bounds the words of one text that are told apart.
const maxDistinct = 10

// distinct gives each different word that fits, in the order in which they
// first stand.
func distinct(words *regexp.Regexp, in string) []string {
	var found []string
	seen := map[string]bool{}
	for _, word := range words.FindAllString(in, -1) {
		word = strings.ToLower(strings.Join(strings.Fields(word), " "))
		if !seen[word] && len(found) < maxDistinct {
			seen[word] = true
			found = append(found, word)
		}
	}
	return found
}

// phrase joins alternatives into an expression over whole words, in any case,
// with any space between the words of one alternative. It is compiled when it
// is first asked for: that takes a millisecond, and most starts of the program
// have no words to look at.
func phrase(alternatives ...string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp {
		spaced := strings.ReplaceAll(strings.Join(alternatives, "|"), " ", `\s+`)
		return regexp.MustCompile(`(?i)\b(?:` + spaced + `)\b`)
	})
}

var (
	// vagueTerms say that the author does not know either.
	vagueTerms = phrase(`wip`, `work in progress`, `somehow`, `something`, `stuff`, `whatever`, `misc`, `miscellaneous`, `tbd`, `not sure`,
		`figure out`, `figure it out`, `make it work`, `make it better`)
	// looseTerms leave a part open, and stand in many clear titles; two
	// different ones are vague.
	looseTerms = phrase(`clean(?:s|ed|ing)? ?-?up`, `cleanups?`, `tid(?:y|ies|ied|ying)(?: ?-?up)?`, `various`, `a bit`, `a little`, `things`,
		`improv(?:e|es|ed|ing|ements?)`, `nicer`, `polish(?:es|ed|ing)?`, `tweak(?:s|ed|ing)?`, `maybe`, `perhaps`, `kind of`, `sort of`, `as needed`,
		`as appropriate`, `and so on`, `moderni[sz](?:e|es|ed|ing)`,
		`(?:fix|solve|resolve|repair)(?:es|s|d|ed|ing)? (?:the|a|an|some|this|that|another)(?: [\w-]+){0,3} (?:bug|issue|problem|error|failure)s?`)
)

// ambiguityOf gives High where the words are vague, Medium where they are
// loose, and 0 where they say nothing about it. Words are never taken back:
// "fix the login bug because …" stays loose, or a later half-sentence could
// lower.
func ambiguityOf(texts []text) task.Ambiguity {
	loose := map[string]bool{}
	for _, t := range texts {
		if t.words == "" {
			continue
		}
		if vagueTerms().MatchString(t.words) {
			return task.High
		}
		for _, word := range distinct(looseTerms(), t.words) {
			loose[root(word)] = true
		}
	}
	switch len(loose) {
	case 0:
		return 0
	case 1:
		return task.Medium
	}
	return task.High
}

// root makes "improve" and "improvements" one word.
func root(word string) string { return word[:min(len(word), 5)] }
