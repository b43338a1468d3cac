package signal

import (
	"slices"

	"github.com/tierwise/tierwise/internal/task"
)

// Outline is what a brief says, read as if its words were trusted: what a
// linter can speak of, with places. It decides nothing. Offsets are bytes of
// the text.
type Outline struct {
	Asks  []Ask
	Open  []Phrase // what leaves something open, in the order of the text
	Files []string // that are to be changed
	// Ambiguity is 0 where the words say nothing about it.
	Ambiguity task.Ambiguity
	Scope     task.Scope    // 0 where the words say nothing about it
	Domains   []task.Domain // sorted
	// Clear says that the words ask for something, of something, and leave
	// nothing open; Ends says that they tell how one sees that it is done.
	Clear, Ends bool
}

// Ask is one thing to be done. At is where its verb stands.
type Ask struct {
	Verb, Object string
	At           int
	// Work says that something is changed or built: to ask, to sum up and to
	// say how it should behave are not pieces of work.
	Work bool
}

// Phrase is a part of the text, with the signal that it fires.
type Phrase struct {
	Signal, Words string
	Start, End    int
}

// OutlineOf reads a brief.
func OutlineOf(words string) Outline {
	r := read(text{source: "brief", words: words, trusted: true, kind: asked})
	o := Outline{
		Open: r.open(), Ambiguity: r.ambiguity(), Scope: r.scope(), Clear: r.clear(),
		Ends: endTerms().in(r.said) || r.caused(),
	}
	o.Domains = Measure(Input{Brief: task.Brief{Text: words, Trusted: true}}).Inferred.Domains
	for _, c := range r.clauses {
		work := c.does != asks && c.does != sumsUp && c.does != behaves
		o.Asks = append(o.Asks, Ask{Verb: c.verb, Object: tokensText(c.object), At: c.start, Work: work})
	}
	for _, f := range r.files {
		o.Files = append(o.Files, f.path)
	}
	return o
}

// leavesOpen is what leaves something open, under one signal.
type leavesOpen struct {
	signal string
	terms  vocabulary
}

// open gives the phrases that leave something open, each place once.
func (r reading) open() []Phrase {
	lists := []leavesOpen{
		{"vague-words", vagueTerms()},
		{"vague-words", looseTerms()},
		{"vague-words", slackTerms()},
		{"open-question", questionTerms()},
		{"earlier-context", earlierTerms()},
	}
	if !r.caused() {
		lists = append(lists, leavesOpen{"no-stated-cause", causelessTerms()}, leavesOpen{"no-stated-cause", symptomTerms()})
	}
	var found []Phrase
	for _, list := range lists {
		for i := range r.said {
			if end := list.terms.at(r.said, i); end > 0 && len(found) < maxOpen {
				found = r.withPhrase(found, list.signal, r.said[i:end])
			}
		}
	}
	slices.SortFunc(found, func(a, b Phrase) int { return a.Start - b.Start })
	return found
}

// withPhrase adds a phrase, unless a part of it was found already.
func (r reading) withPhrase(found []Phrase, signal string, tokens []token) []Phrase {
	p := Phrase{Signal: signal, Start: tokens[0].start, End: tokens[len(tokens)-1].end}
	if slices.ContainsFunc(found, func(o Phrase) bool { return o.Start < p.End && p.Start < o.End }) {
		return found
	}
	p.Words = r.words[p.Start:p.End]
	return append(found, p)
}

// maxOpen bounds what a hostile brief can make us print.
const maxOpen = 20

// endTerms tell by what one sees that a piece of work is done.
var endTerms = phrases("should|must|shall", "so that", "done|accepted when|if|once", "acceptance|criteria|criterion", "definition of done", "expected|expect|expects", "instead of", "returns|fails|passes|rejects|accepts|shows|prints|gives|renders|redirects|responds",
	"test|tests|check|build|lint|ci ..2 pass|passes|green|succeeds", "no longer", "still work|works|pass|passes", "until|only if|only when", "verify|confirm|ensure|assert that", "with status|code|http #", "from|to #", "at most|least", "equal|equals|matches|identical")
