package needle

import (
	"strings"
	"unicode/utf8"
)

// Text is a text whose ASCII letters are in lower case. A text that is not
// searched may hold anything.
type Text struct {
	searched bool
	ascii    bool // of nothing else
	lower    string
	pairs    pairs
	triples  *triples // of a text too long for pairs, nil where none are marked
}

// foreign says that the text holds one of the two letters outside of ASCII
// that are ASCII to an expression which ignores letter case: "ſ" is an "s", and
// the sign for kelvin a "k". Such a text is not searched.
// https://www.unicode.org/Public/UCD/latest/ucd/CaseFolding.txt
func foreign(text string) bool {
	return strings.Contains(text, longS) || strings.Contains(text, kelvin)
}

const longS, kelvin = "\u017f", "\u212a"

// Fold prepares a text for searching.
func Fold(text string) Text {
	if len(text) <= maxMarked {
		return foldShort(text)
	}
	f := NewFolder(len(text))
	if !f.Add(text) {
		return Text{}
	}
	lower := string(f.lower[:len(text)])
	return Text{searched: true, ascii: f.ascii, lower: lower, pairs: allPairs(), triples: triplesOf(lower)}
}

// foldShort goes over the text once, for its letters and for its pairs.
func foldShort(text string) Text {
	var lower [maxMarked]byte
	var found pairs
	changed, ascii, last := false, true, byte(0)
	for i := range len(text) {
		c := text[i]
		if c >= utf8.RuneSelf {
			ascii = false
		}
		if c-'A' <= 'Z'-'A' {
			c += 'a' - 'A'
			changed = true
		}
		lower[i] = c
		if i > 0 {
			m := mark(last, c)
			found[m/64] |= 1 << (m % 64)
		}
		last = c
	}
	if !ascii && foreign(text) {
		return Text{}
	}
	if changed {
		text = string(lower[:len(text)])
	}
	return Text{searched: true, ascii: ascii, lower: text, pairs: found}
}

// Part is Fold of a part of the text. Nothing is marked: it is for few words.
func (t Text) Part(from, to int) Text {
	return Text{searched: t.searched, ascii: t.ascii, lower: t.lower[from:to], pairs: allPairs()}
}

// Folder puts lines together to one text to be searched, one after the other.
type Folder struct {
	lower []byte
	ascii bool
}

// NewFolder makes room for size bytes.
func NewFolder(size int) *Folder { return &Folder{make([]byte, 0, size), true} }

// Add adds a line, and a line break. It says false of a line that is not
// searched, which is left out.
func (f *Folder) Add(text string) bool {
	from, ascii := len(f.lower), true
	f.lower = append(f.lower, text...)
	for i, c := range f.lower[from:] {
		switch {
		case c >= utf8.RuneSelf:
			ascii = false
		case c-'A' <= 'Z'-'A':
			f.lower[from+i] = c + 'a' - 'A'
		}
	}
	if !ascii && foreign(text) {
		f.lower = f.lower[:from]
		return false
	}
	f.ascii = f.ascii && ascii
	f.lower = append(f.lower, '\n')
	return true
}

// Text gives what Fold would of all the lines.
func (f *Folder) Text() Text {
	lower := string(f.lower)
	return Text{searched: true, ascii: f.ascii, lower: lower, pairs: pairsOf(lower)}
}

// Lower gives the text in lower case, byte for byte; ok only where it is all
// ASCII.
func (t Text) Lower() (lower string, ok bool) { return t.lower, t.ascii }

// TrimSpace is Fold of the text without the space around it.
func (t Text) TrimSpace() Text {
	t.lower = strings.TrimSpace(t.lower)
	return t
}

// holds says that one of the words stands in the text.
func (t *Text) holds(list []word) bool {
	for i := range list {
		if t.mayHold(&list[i]) && strings.Contains(t.lower, list[i].text) {
			return true
		}
	}
	return false
}

// mayHold is the cheap test before a search.
func (t *Text) mayHold(w *word) bool {
	return t.pairs.all(w.marks) && (t.triples == nil || t.triples.all(w.triples))
}

// word is a needle with the marks of some of its pairs and triples.
type word struct {
	text    string
	marks   []byte
	triples []uint16
}

// maxMarks bounds how many pairs of a word are looked up: four tell nearly all
// texts apart.
const maxMarks = 4

func wordsOf(list []string) []word {
	words := make([]word, len(list))
	for i, text := range list {
		words[i] = word{text: text}
		for at := 1; at < min(len(text), maxMarks+1); at++ {
			words[i].marks = append(words[i].marks, mark(text[at-1], text[at]))
		}
		for at := 2; at < min(len(text), maxMarks+2); at++ {
			words[i].triples = append(words[i].triples, triple(text[at-2], text[at-1], text[at]))
		}
	}
	return words
}
