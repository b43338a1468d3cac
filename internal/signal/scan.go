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
	sieve   *sieve             // of the words of wakes
	files   map[string][]woken // name or extension of a file → rules
	paths   map[string][]int   // word of a path → readers
	rules   int
	desks   *sync.Pool // of *desk
}

// reader is one content signal.
type reader struct {
	id    string
	reads func(Class) bool
	whole func(change.File) string
	block func(block) (line, string)
}

// woken is a rule and the reader that it belongs to.
type woken struct {
	on      change.Op
	reader  int
	number  int // of the rule among all, for the marks
	classes func(Class) bool
	match   func(line, block) string
}

var scanAll = sync.OnceValue(func() scanner { return newScanner(every()) })

// Prepare builds what Measure looks words up in, which takes a millisecond.
// Who must read a change first lets it run beside. Measure needs no call of it.
func Prepare() { scanAll() }

// usualWords is about how many words wake a rule, so that their map need not
// grow on every start.
const usualWords = 1300

func newScanner(signals []Signal) scanner {
	s := scanner{
		wakes: make(map[string][]woken, usualWords), sieve: &sieve{}, files: map[string][]woken{}, paths: map[string][]int{}, desks: &sync.Pool{},
	}
	for _, sig := range signals {
		if sig.Content == nil {
			continue
		}
		at := len(s.readers)
		s.readers = append(s.readers, reader{sig.ID, sig.Content.reads, sig.Content.whole, sig.Content.block})
		for _, w := range sig.Content.paths {
			s.paths[w] = append(s.paths[w], at)
		}
		rules := sig.Content.rules()
		for i := range rules { // by index: a copy of each would go to the heap
			s.wake(&rules[i], woken{rules[i].on, at, s.rules, rules[i].classes, rules[i].match})
			s.rules++
		}
	}
	return s
}

func (s scanner) wake(r *rule, w woken) {
	for _, word := range r.words {
		s.wakes[word] = append(s.wakes[word], w)
		s.sieve.add(word)
	}
	for _, name := range r.files {
		s.files[name] = append(s.files[name], w)
	}
}

// everyLine gives the rules that look at every line of a file.
func (s scanner) everyLine(p place) []woken {
	if p.ext == "" {
		return s.files[p.name]
	}
	return slices.Concat(s.files[p.name], s.files[p.ext])
}

// workers is how many files are read at a time. What is found does not depend
// on it: each file is read by itself, and the hits are put in the files' order.
const workers = 4

// scan gives the hits of every content signal, by its id.
func (s scanner) scan(in Input) map[string][]Hit {
	files := make([][][]Hit, len(in.Change.Files))
	next := make(chan int, len(files))
	for i := range files {
		next <- i
	}
	close(next)
	var done sync.WaitGroup
	for range min(workers, len(files)) {
		done.Go(func() {
			d := s.desk()
			for i := range next {
				files[i] = s.read(in, i, d)
			}
			if d.lines.small() {
				s.desks.Put(d)
			}
		})
	}
	done.Wait()
	return s.byID(files)
}

func (s scanner) byID(files [][][]Hit) map[string][]Hit {
	found := map[string][]Hit{}
	for _, hits := range files {
		for at := range hits {
			if len(hits[at]) > 0 {
				id := s.readers[at].id
				found[id] = append(found[id], hits[at]...)
			}
		}
	}
	return found
}

// read gives the hits in one file, by reader.
func (s scanner) read(in Input, i int, d *desk) [][]Hit {
	f := in.Change.Files[i]
	p := pass{scanner: s, file: f, unread: in.unread(f), hits: make([][]Hit, len(s.readers)), desk: d}
	p.open(in, i)
	p.whole()
	for h := range f.Hunks {
		p.hunk(f.Hunks[h])
	}
	return p.hits
}

// pass is one file on its way through.
type pass struct {
	scanner
	file   change.File
	unread bool // it may hold lines that nobody has seen
	views  []view
	hits   [][]Hit // by reader
	*desk
}

// view is what a file is by one of its paths.
type view struct {
	site
	every []woken // look at every line of the file
}

// open finds out what the file is.
func (p *pass) open(in Input, i int) {
	classes := in.classesOf(i)
	for at, r := range p.readers {
		p.reads[at] = slices.ContainsFunc(classes, r.reads)
	}
	for _, path := range p.file.Paths() {
		class := classes[0]
		if len(classes) > 1 {
			class = classOf(path, in.Marks)
		}
		p.views = append(p.views, view{siteOf(path, class), p.everyLine(splitPath(path))})
	}
}

// desk is what one goroutine works with, one file after the other.
type desk struct {
	tried attempts
	reads []bool // by reader: one of the file's classes is read by it
	lines lines
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

// desk gives one that was left, or a new one. What lies on it is written over.
func (s scanner) desk() *desk {
	if d, left := s.desks.Get().(*desk); left {
		return d
	}
	return &desk{tried: attempts{of: make([]int, s.rules)}, reads: make([]bool, len(s.readers))}
}

func (p *pass) hit(at int, h Hit) {
	if len(p.hits[at]) == maxHitsOfFile || !p.reads[at] {
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
	p.wholeFile()
	if !p.unread {
		return
	}
	for at := range p.readers {
		p.hit(at, Hit{File: p.file.Path, Text: "its lines are not shown"})
	}
}

func (p *pass) wholeFile() {
	for at, r := range p.readers {
		if r.whole == nil {
			continue
		}
		if text := r.whole(p.file); text != "" {
			p.hit(at, Hit{File: p.file.Path, Text: text})
		}
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
		around := surroundings{above{h.Section, lines[max(0, from-maxAboveBlock):from]}, contextFrom(lines[end:])}
		p.block(lines[from:end], around)
		from = end
	}
}

// block reads a run of changed lines as what the file is by each of its paths:
// a rename must take nothing back that the lines show by the other path.
func (p *pass) block(lines []change.Line, around surroundings) {
	for i := range p.views {
		p.blockOf(&p.views[i], lines, around)
	}
}

func (p *pass) blockOf(v *view, lines []change.Line, around surroundings) {
	b := p.lines.read(v, lines, around)
	for _, side := range [][]line{b.removed, b.added} {
		for _, l := range side {
			p.line(l, b, v.every)
		}
	}
	p.wholeBlock(b)
}

// wholeBlock asks the readers that look at a block as one.
func (p *pass) wholeBlock(b block) {
	for at, r := range p.readers {
		if r.block == nil || len(p.hits[at]) == maxHitsOfFile || !p.reads[at] {
			continue
		}
		if l, text := r.block(b); text != "" {
			p.hit(at, Hit{File: p.standsIn(l.Op), Line: max(l.NewLine, l.OldLine), Text: text})
		}
	}
}

// standsIn gives the path of the side on which a line stands.
func (p *pass) standsIn(op change.Op) string {
	if op == change.Delete && p.file.OldPath != "" {
		return p.file.OldPath
	}
	return p.file.Path
}

func (p *pass) line(l line, b block, every []woken) {
	p.tried.line++
	p.try(every, l, b)
	for _, w := range l.words {
		if p.sieve.holds(w) {
			p.try(p.wakes[w], l, b)
		}
	}
}

func (p *pass) try(rules []woken, l line, b block) {
	for i := range rules {
		r := &rules[i]
		if r.on != 0 && r.on != l.Op || !p.reads[r.reader] || len(p.hits[r.reader]) == maxHitsOfFile || !p.tried.first(r.number) {
			continue
		}
		if r.classes != nil && !r.classes(l.class) {
			continue
		}
		if text := r.match(l, b); text != "" {
			p.hit(r.reader, Hit{File: p.standsIn(l.Op), Line: max(l.NewLine, l.OldLine), Text: text})
		}
	}
}
