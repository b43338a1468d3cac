package signal

import (
	"slices"
	"strings"
	"sync"

	"github.com/tierwise/tierwise/internal/task"
)

// reading is what one text says, made once for all that ask.
type reading struct {
	text
	tokens []token // every word: what is pasted may add a signal
	// said is what the author says. In trusted words it leaves out what is
	// pasted or quoted: a log is no brief, and "something" in it not vague. In
	// the words of anybody it is everything.
	said    []token
	clauses []clause
	files   []namedFile // to be changed
	blocks  []span      // what is pasted as whole lines
	// errorText is the error message that a trusted brief shows.
	errorText string
}

// read reads a text. It is linear in the text, however hostile that is.
func read(t text) reading {
	r := reading{text: t, tokens: tokensOf(t.words)}
	r.said = r.tokens
	if t.trusted {
		var quotes []span
		r.blocks, quotes = pasted(t.words)
		r.said = outside(outside(r.tokens, merged(r.blocks, annotationSpans(t.words))), quotes)
	}
	if t.kind == asked || t.trusted {
		r.clauses = clausesOf(r.said, t.trusted)
		if t.trusted {
			r.errorText = errorIn(t.words, r.tokens)
		}
		r.files = slices.DeleteFunc(filesNamed(t.words, r.blocks), r.sourced)
	}
	return r
}

// annotationSpans gives the brackets of a text. What they say counts as an
// annotation, and not once more as words.
func annotationSpans(words string) []span {
	var spans []span
	for _, at := range brackets().FindAllStringIndex(words, -1) {
		if strings.ContainsAny(words[at[0]:at[1]], ":=\uff1a\uff1d") {
			spans = append(spans, span{at[0], at[1]})
		}
	}
	return spans
}

// merged puts spans in order, as outside asks for them.
func merged(a, b []span) []span {
	all := slices.Concat(a, b)
	slices.SortFunc(all, func(x, y span) int { return x.start - y.start })
	return all
}

// versions is a step from one version to another.
var versions = expression(`(?i)\bfrom v?\d+(?:\.\d+)+\S* to v?\d|\bto v\d|\bto \d+\.\d+|\d\.\d\S* ?(?:->|=>|→) ?v?\d`)

// movesVersion says that a step to another version is what is asked for.
func (r reading) movesVersion() bool {
	for _, c := range r.clauses {
		switch c.verb {
		case "move", "update", "switch", "migrate", "bump", "upgrade", "downgrade", "pin", "set":
			return versions().MatchString(r.words)
		}
	}
	return false
}

// domains gives what the text says that the work is about.
func (r reading) domains(m Marks) []task.Domain {
	var all []task.Domain
	if r.trusted {
		all = r.settled(m)
	} else {
		all = r.anything(m)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// anything is for the words of anybody: whatever says a domain adds it.
func (r reading) anything(m Marks) []task.Domain {
	var all []task.Domain
	for _, c := range r.clauses {
		all = append(all, c.domains()...)
		if spellObject().in(c.object) {
			all = append(all, task.Docs)
		}
	}
	if r.movesVersion() {
		all = append(all, task.Config)
	}
	prose, _ := r.fileDomains(m)
	return append(all, prose...)
}

// settled is for trusted words, which found the facts: each clause is about
// what its verb and its object lead to, and about a feature where they and the
// files say nothing else.
func (r reading) settled(m Marks) []task.Domain {
	prose, code := r.fileDomains(m)
	all := slices.Clone(prose)
	w := r.wholeText(len(prose) > 0)
	for _, c := range r.clauses {
		all = append(all, w.settledClause(c)...)
	}
	if code && !slices.Contains(all, task.Refactor) && !slices.Contains(all, task.Tests) {
		all = append(all, task.Feature)
	}
	return all
}

// wholeText is what the whole text says, asked once for all of its clauses.
type wholeText struct {
	named                            bool // a file that is no code
	docsObject, docsPlace, toVersion func() bool
}

func (r reading) wholeText(named bool) wholeText {
	return wholeText{
		named:      named,
		docsObject: sync.OnceValue(func() bool { return docsObject().in(r.said) }),
		docsPlace:  sync.OnceValue(func() bool { return docsPlace().in(r.said) }),
		toVersion:  sync.OnceValue(r.movesVersion),
	}
}

func (w wholeText) settledClause(c clause) []task.Domain {
	leads := c.leads()
	switch {
	case c.does == asks || c.does == sumsUp:
		return nil
	case spellObject().in(c.object):
		if w.named || w.docsObject() {
			return []task.Domain{task.Docs}
		}
		return []task.Domain{task.Docs, task.Feature}
	case c.does == edits && w.toVersion():
		return append(leads, task.Config)
	case len(leads) == 0 && c.does == edits && w.docsPlace():
		return []task.Domain{task.Docs}
	case len(leads) == 0 && !w.named:
		return []task.Domain{task.Feature}
	}
	return leads
}

// docsPlace is where something is to be changed that has no file's name.
var docsPlace = phrases("in|to|from|of the|our ..1 docs|documentation|readme|changelog|wiki|faq|tutorial")

// fileDomains gives the domains of the files that the text names, and whether
// one of them is code.
func (r reading) fileDomains(m Marks) (prose []task.Domain, code bool) {
	for _, f := range r.files {
		domains := domainsOfName(f.path, m)
		if slices.Contains(domains, task.Feature) {
			code = true
		} else {
			prose = append(prose, domains...)
		}
	}
	return prose, code
}

var sourceWords = phrases("described|specified|defined|documented|listed|explained|said|written|given|shown in|by|at", "as in", "follow|follows|following", "according to",
	"see", "per", "read|parse|load|like", "generated|derived from")

// sourced says that a trusted brief names a file for what stands in it, and not
// to have it changed.
func (r reading) sourced(f namedFile) bool {
	if !r.trusted {
		return false
	}
	at, _ := slices.BinarySearchFunc(r.tokens, f.start, func(t token, start int) int { return t.start - start })
	return sourceWords().in(r.tokens[max(0, at-3):at])
}

// scope gives how far the words reach.
func (r reading) scope() task.Scope {
	switch {
	case serviceTerms().in(r.said):
		return task.CrossService
	case broadTerms().in(r.said) || len(r.files) > 1:
		return task.MultiFile
	case len(r.files) == 1:
		return task.SingleFile
	}
	return 0
}
