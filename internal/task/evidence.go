package task

import (
	"strconv"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// evidence is what a change shows, prepared for questions: an answer may name
// only what stands in it.
type evidence struct {
	in       Input
	commits  []commit
	paths    map[string]bool // both paths of a rename, and every folder above
	idents   map[string]bool // the words of code and the paths, as they are written
	words    map[string]bool // the words of prose and code, folded
	pulls    map[int]bool
	versions map[string]bool
}

var (
	identWord   = lazily(`[\pL_$][\pL\pN_$]*`)
	pullRef     = lazily(`#([0-9]{1,9})\b`)
	versionWord = lazily(`\bv?[0-9]+\.[0-9]+(?:\.[0-9]+)*\b`)
	pathWord    = lazily(`[\w@.~-]*/[\w@./~-]*\w`)
	shaWord     = lazily(`^[0-9a-f]{7,64}$`)
)

func gather(in Input) *evidence {
	e := &evidence{
		in: in, commits: parseCommits(in.Change.Commits), paths: map[string]bool{}, idents: map[string]bool{},
		words: map[string]bool{}, pulls: map[int]bool{}, versions: map[string]bool{},
	}
	if in.PullNumber > 0 {
		e.pulls[in.PullNumber] = true
	}
	for _, text := range []string{in.Title, in.Body, in.Brief} {
		e.prose(text)
	}
	for _, c := range in.Change.Commits {
		e.prose(c.Subject)
		e.prose(c.Body)
	}
	for _, f := range in.Change.Files {
		e.file(f)
	}
	return e
}

func (e *evidence) prose(text string) {
	e.see(text)
	for _, m := range pullRef().FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			e.pulls[n] = true
		}
	}
}

func (e *evidence) file(f change.File) {
	for _, p := range f.Paths() {
		e.see(p)
		for at := len(p); at > 0; at = strings.LastIndexByte(p[:at], '/') {
			e.paths[p[:at]] = true
		}
		// People name a file by the end of its path, too.
		for rest := p; rest != ""; _, rest, _ = strings.Cut(rest, "/") {
			e.idents[rest] = true
		}
	}
	for _, h := range f.Hunks {
		e.see(h.Section)
		for _, l := range h.Lines {
			e.see(l.Text)
		}
	}
}

// see takes in the words of a text.
func (e *evidence) see(text string) {
	for _, w := range identWord().FindAllString(text, -1) {
		if e.idents[w] {
			continue
		}
		e.idents[w] = true
		for _, part := range splitIdent(w) {
			e.words[stem(part)] = true
		}
	}
	for _, v := range versionWord().FindAllString(text, -1) {
		e.versions[strings.TrimPrefix(v, "v")] = true
	}
	if strings.IndexByte(text, '/') >= 0 {
		for _, p := range pathWord().FindAllString(text, -1) {
			e.idents[p] = true
		}
	}
}

// source says whether something of the change is named: a commit by at least
// seven digits of its id or by its subject, a path, or a pull request.
func (e *evidence) source(name string) bool {
	name = strings.Trim(strings.TrimSpace(name), "`")
	if m := pullRef().FindStringSubmatch(name); m != nil && name == m[0] {
		n, err := strconv.Atoi(m[1])
		return err == nil && e.pulls[n]
	}
	return e.hasPath(name) || len(e.named(name)) > 0
}

// named gives the places of the commits that a source names. A name may be a
// line of the prompt: the id, then the subject.
func (e *evidence) named(source string) []int {
	source = strings.Trim(strings.TrimSpace(source), "`")
	first, _, _ := strings.Cut(source, " ")
	first = strings.ToLower(first)
	var at []int
	for i, c := range e.commits {
		bySHA := shaWord().MatchString(first) && strings.HasPrefix(strings.ToLower(c.SHA), first)
		byRef := strings.HasPrefix(source, "#") && strings.Contains(c.Subject, "("+source+")")
		if bySHA || byRef || source != "" && sameWords(source, c.Subject) {
			at = append(at, i)
		}
	}
	return at
}

func (e *evidence) hasPath(path string) bool {
	path = strings.TrimSuffix(strings.TrimPrefix(path, "./"), "/")
	return path != "" && e.paths[path]
}

// hasName says whether code that an answer quotes stands in the change: a
// path, or text whose every word does.
func (e *evidence) hasName(code string) bool {
	code = strings.TrimSpace(code)
	path, _, _ := strings.Cut(code, ":")
	if e.hasPath(path) || e.source(code) {
		return true
	}
	if e.idents[path] || e.idents[code] {
		return true
	}
	for _, p := range pathWord().FindAllString(code, -1) {
		if !e.idents[p] {
			return false
		}
	}
	words := identWord().FindAllString(code, -1)
	for _, w := range words {
		if !e.idents[w] {
			return false
		}
	}
	return len(words) > 0 || !strings.ContainsAny(code, "0123456789")
}

// grounded says whether enough of a sentence's words stand in the change: one
// in three of those that carry meaning. Prose rephrases, so more would refuse
// honest sentences; less would let any sentence pass.
func (e *evidence) grounded(text string) bool {
	total, seen := 0, 0
	for _, w := range identWord().FindAllString(text, -1) {
		for _, part := range splitIdent(w) {
			if len(part) < 4 || emptyWord(part) {
				continue
			}
			total++
			if e.words[stem(part)] {
				seen++
			}
		}
	}
	return seen > 0 && seen*3 >= total
}

// strangers gives what a sentence names and the change does not show: code in
// backticks, versions, and pull requests.
func (e *evidence) strangers(text string) []string {
	var strange []string
	for _, code := range codeSpans(text) {
		if !e.hasName(code) {
			strange = append(strange, code)
		}
	}
	for _, v := range versionWord().FindAllString(text, -1) {
		if !e.versions[strings.TrimPrefix(v, "v")] {
			strange = append(strange, v)
		}
	}
	for _, m := range pullRef().FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(m[1]); err != nil || !e.pulls[n] {
			strange = append(strange, m[0])
		}
	}
	return strange
}

// contains says whether a text stands somewhere in the input, as it is.
func (in Input) contains(text string) bool {
	for _, own := range []string{in.Title, in.Body, in.Brief, string(in.Log)} {
		if strings.Contains(own, text) {
			return true
		}
	}
	for _, c := range in.Change.Commits {
		if strings.Contains(c.Subject, text) || strings.Contains(c.Body, text) {
			return true
		}
	}
	for _, f := range in.Change.Files {
		for l := range f.Lines() {
			if strings.Contains(l.Text, text) {
				return true
			}
		}
	}
	return false
}
