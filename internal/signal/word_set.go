package signal

import (
	"slices"
	"strings"
	"sync"
)

// wordSet is a list of words that a line is held against. A long list is
// looked up, not gone through.
type wordSet map[string]bool

// setOfWords makes a set of words with space between them, when a line first
// asks for it.
func setOfWords(lists ...string) func() wordSet {
	return sync.OnceValue(func() wordSet { return setOf(strings.Fields(strings.Join(lists, " "))...) })
}

func (s wordSet) holds(word string) bool { return s[word] }

// hasOf says that one of the words is on the line.
func (l line) hasOf(words wordSet) bool { return slices.ContainsFunc(l.words, words.holds) }
