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
	numbers  map[string]bool // runs of digits, without signs between thousands
	options  map[string]bool // "--json", and the words that code quotes, as "json"
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
		words: map[string]bool{}, pulls: map[int]bool{}, versions: map[string]bool{}, numbers: map[string]bool{}, options: map[string]bool{},
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
		if acronym().MatchString(w) {
			e.words[strings.ToLower(w)] = true
		}
	}
	for _, v := range versionWord().FindAllString(text, -1) {
		e.versions[strings.TrimPrefix(v, "v")] = true
	}
	for _, n := range digits().FindAllString(text, -1) {
		n = plainNumber(n)
		e.numbers[n], e.words[n] = true, true
	}
	for _, m := range option().FindAllStringSubmatch(text, -1) {
		e.options[m[1]] = true
	}
	if strings.IndexByte(text, '-') >= 0 {
		for _, w := range hyphened().FindAllString(text, -1) {
			e.idents[w] = true
		}
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

// grounded says whether enough of a sentence's words stand in the change: one
// in three of those that carry meaning. Prose rephrases, so more would refuse
// honest sentences; less would let any sentence pass.
func (e *evidence) grounded(text string) bool {
	seen, total := e.share(text)
	return seen > 0 && seen*3 >= total
}

// groundedBy is grounded for a sentence with sources. Where it shares a word
// with what it names, one in five is enough: whoever writes for users uses
// words that no code has.
func (e *evidence) groundedBy(text string, sources []string) bool {
	seen, total := e.share(text)
	return e.grounded(text) || seen*5 >= total && e.near(text, sources)
}

// near says whether a sentence shares a word that carries meaning with one of
// the commits, files or pull requests that it names.
func (e *evidence) near(text string, sources []string) bool {
	told := []claim{{text: text}}
	for _, s := range sources {
		about := ""
		for _, i := range e.named(s) {
			about += e.commits[i].Subject + "\n" + e.commits[i].Body + "\n"
		}
		if m := pullRef().FindString(s); m != "" && m == strings.TrimSpace(s) {
			about += e.in.Title + "\n" + e.in.Body
		}
		about += e.fileText(strings.Trim(strings.TrimSpace(s), "`"))
		if strings.TrimSpace(about) != "" && len(meaning(about)) > 0 && speaks(told, about) {
			return true
		}
	}
	return false
}

// fileText gives the path and the shown lines of a file, "" where no file of
// the change has the path.
func (e *evidence) fileText(path string) string {
	var b strings.Builder
	for _, f := range e.in.Change.Files {
		if f.Path != path && f.OldPath != path {
			continue
		}
		b.WriteString(f.Path + "\n")
		for l := range f.Lines() {
			b.WriteString(l.Text + "\n")
		}
	}
	return b.String()
}

// texts gives every text of the input, as it is.
func (in Input) texts(yield func(string) bool) {
	for _, own := range []string{in.Title, in.Body, in.Brief, string(in.Log)} {
		if !yield(own) {
			return
		}
	}
	for _, c := range in.Change.Commits {
		if !yield(c.Subject) || !yield(c.Body) {
			return
		}
	}
	for _, f := range in.Change.Files {
		for l := range f.Lines() {
			if !yield(l.Text) {
				return
			}
		}
	}
}
