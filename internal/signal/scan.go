package signal

import (
	"slices"
	"sync"

	"github.com/tierwise/tierwise/internal/change"
)

// maxHitsOfFile bounds the hits of one signal in one file: the first ones are
// shown, and more would say nothing new.
const maxHitsOfFile = 5

// scanner holds the rules of every content signal by the words that wake them,
// so that one pass over the lines serves all.
type scanner struct {
	readers []reader
	wakes   map[string][]woken
	paths   map[string][]int // word of a path → readers
	rules   int
}

// reader is one content signal.
type reader struct {
	id    string
	reads func(Class) bool
}

// woken is a rule and the reader that it belongs to.
type woken struct {
	rule   *rule
	reader int
	number int // of the rule among all, for the marks
}

var scanAll = sync.OnceValue(func() scanner { return newScanner(All()) })

func newScanner(signals []Signal) scanner {
	s := scanner{wakes: map[string][]woken{}, paths: map[string][]int{}}
	for _, sig := range signals {
		if sig.Content == nil {
			continue
		}
		at := len(s.readers)
		s.readers = append(s.readers, reader{sig.ID, sig.Content.reads})
		for _, w := range sig.Content.paths {
			s.paths[w] = append(s.paths[w], at)
		}
		for _, r := range sig.Content.rules() {
			for _, w := range r.words {
				s.wakes[w] = append(s.wakes[w], woken{&r, at, s.rules})
			}
			s.rules++
		}
	}
	return s
}

// scan gives the hits of every content signal, by its id.
func (s scanner) scan(in Input) map[string][]Hit {
	found := map[string][]Hit{}
	tried := &attempts{of: make([]int, s.rules)}
	for i, f := range in.Change.Files {
		p := pass{scanner: s, file: f, classes: in.classesOf(i), hits: make([][]Hit, len(s.readers)), tried: tried}
		p.whole()
		for h := range f.Hunks {
			p.hunk(f.Hunks[h])
		}
		for at, hits := range p.hits {
			if len(hits) > 0 {
				id := s.readers[at].id
				found[id] = append(found[id], hits...)
			}
		}
	}
	return found
}

// pass is one file on its way through.
type pass struct {
	scanner
	file    change.File
	classes []Class
	hits    [][]Hit // by reader
	tried   *attempts
}

// attempts remembers which rules the present line has woken already.
type attempts struct {
	line int
	of   []int // by number of the rule: the last line that woke it
}

// first says that the line has not woken this rule before, and notes it.
func (a *attempts) first(number int) bool {
	again := a.of[number] == a.line
	a.of[number] = a.line
	return !again
}

// readBy says that one of the file's classes is read by the signal.
func (p *pass) readBy(at int) bool {
	return slices.ContainsFunc(p.classes, p.readers[at].reads)
}

func (p *pass) hit(at int, h Hit) {
	if len(p.hits[at]) == maxHitsOfFile || !p.readBy(at) {
		return
	}
	h.Signal = p.readers[at].id
	last := len(p.hits[at]) - 1
	if last >= 0 && p.hits[at][last].File == h.File && p.hits[at][last].Line == h.Line {
		return // one place is told once
	}
	p.hits[at] = append(p.hits[at], h)
}

// whole fires on a file as such: by its paths, and where its lines are not
// shown, which counts as everything that lines could show.
func (p *pass) whole() {
	for _, path := range p.file.Paths() {
		for _, w := range wordsOf(path, nil) {
			for _, at := range p.paths[w] {
				p.hit(at, Hit{File: path, Text: "its path says " + w})
			}
		}
	}
	if !p.file.Withheld || Inert(p.file) {
		return
	}
	for at := range p.readers {
		p.hit(at, Hit{File: p.file.Path, Text: "its lines are not shown"})
	}
}

// hunk cuts the lines into blocks.
func (p *pass) hunk(h change.Hunk) {
	lines := h.Lines
	for from := 0; from < len(lines); {
		if lines[from].Op == change.Context {
			from++
			continue
		}
		end := from
		for end < len(lines) && lines[end].Op != change.Context {
			end++
		}
		p.block(lines[from:end], above{h.Section, lines[max(0, from-maxAboveBlock):from]})
		from = end
	}
}

func (p *pass) block(lines []change.Line, over above) {
	var removed, added []line
	words := make([]string, 0, 8*len(lines))
	for _, l := range lines {
		path := p.file.Path
		if l.Op == change.Delete && p.file.OldPath != "" {
			path = p.file.OldPath
		}
		for i, piece := range pieces(l.Text) {
			var read line
			l.Text = piece
			read, words = readLine(l, path, p.classes[0], words)
			read.rest = i > 0
			if l.Op == change.Delete {
				removed = append(removed, read)
			} else {
				added = append(added, read)
			}
		}
	}
	b := newBlock(removed, added)
	b.over = over
	for _, side := range [][]line{removed, added} {
		for _, l := range side {
			p.line(l, b)
		}
	}
}

func (p *pass) line(l line, b block) {
	p.tried.line++
	for _, w := range l.words {
		for _, r := range p.wakes[w] {
			if r.rule.on != 0 && r.rule.on != l.Op || !p.tried.first(r.number) {
				continue
			}
			if len(p.hits[r.reader]) == maxHitsOfFile || !p.readBy(r.reader) {
				continue
			}
			if text := r.rule.match(l, b); text != "" {
				p.hit(r.reader, Hit{File: l.path, Line: max(l.NewLine, l.OldLine), Text: text})
			}
		}
	}
}
