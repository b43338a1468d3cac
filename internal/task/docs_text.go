package task

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// docEvidence is what documentation may name: what stands in the change, in
// the whole files of the change, in the file that is edited, and files that
// exist.
type docEvidence struct {
	*evidence
	loose map[string]bool // names folded, so that --max-age is max_age
	texts []string
	asked int // how often all texts were searched
}

// maxSearches bounds how often whole texts are searched for one file: what an
// answer names beyond it counts as not there.
const maxSearches = 300

func (e *docEvidence) search(found func(text string) bool) bool {
	e.asked++
	return e.asked <= maxSearches && slices.ContainsFunc(e.texts, found)
}

func gatherDocs(in Input) *docEvidence {
	e := gatherTexts(in)
	for _, p := range in.HeadPaths {
		for at := len(p); at > 0; at = strings.LastIndexByte(p[:at], '/') {
			e.paths[p[:at]] = true
		}
	}
	return e
}

// gatherTexts takes in the change and the whole files of it.
func gatherTexts(in Input) *docEvidence {
	e := &docEvidence{evidence: gather(in), loose: map[string]bool{}}
	for p, text := range in.Head {
		if inChange(in, p) {
			e.read(text)
		}
	}
	for _, f := range in.Change.Files {
		for l := range f.Lines() {
			e.read(l.Text)
		}
	}
	for _, text := range []string{in.Title, in.Body, in.Brief} {
		e.read(text)
	}
	return e
}

// read takes in a text that may be quoted.
func (e *docEvidence) read(text string) {
	e.texts = append(e.texts, text)
	for line := range strings.Lines(text) {
		e.prose(line)
		for _, w := range hyphenWord().FindAllString(line, -1) {
			e.loose[loosely(w)] = true
		}
	}
}

// with is the evidence for one file, which its own text joins.
func (e *docEvidence) with(text string) *docEvidence {
	own := gatherTexts(e.in)
	own.paths = e.paths // a repository has more of them than one would gather again
	own.read(text)
	return own
}

// shown says that a text stands, as it is, in what may be quoted.
func (e *docEvidence) shown(text string) bool {
	text = strings.TrimSpace(text)
	return text != "" && e.search(func(t string) bool { return strings.Contains(t, text) })
}

var (
	hyphenWord = lazily(`[A-Za-z][\w]*(?:-[\w]+)*`)
	optionWord = lazily(`(?:^|[\s\x60"'(\[|=,])(--[A-Za-z][\w-]*)`)
	callWord   = lazily(`([A-Za-z_$][\w$]*)\s?\(`)
	codeLike   = lazily(`\b(?:[a-z][a-z0-9]*[A-Z]\w*|[A-Z][a-z0-9]+[A-Z]\w*|\w+_\w+)\b`)
	defaultOf  = lazily(`(?i)\bdefaults?\b[^.\n;]{0,30}?\b([0-9]+)\b`)
)

// loosely folds the ways in which one name is written.
func loosely(name string) string {
	return strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(name, "-", ""), "_", ""))
}

// Shares say how many words of documentation may stand for one that the change
// or the file has: it explains in words of its own, more than a summary does. A
// comment stands beside its code, and gives reasons that the code does not have.
const (
	pageShare    = 5
	commentShare = 15
)

// groundedIn is grounded for another share than one in three.
func (e *docEvidence) groundedIn(text string, share int) bool {
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
	return seen > 0 && seen*share >= total
}

func shareOf(path string) int {
	if docFile(path) {
		return pageShare
	}
	return commentShare
}

// checkDocText looks at what a patch adds to one file.
func checkDocText(e *docEvidence, r rewrite, f change.File) []Problem {
	seen := e.with(r.before)
	added := addedText(f)
	place := "the text for " + r.path
	var problems []Problem
	for _, name := range seen.invented(r, f) {
		problems = append(problems, problem("naming-what-is-not-there", "%s names what is neither in the change nor in the file: %.40q", place, name))
	}
	if len(problems) == 0 && strings.TrimSpace(added) != "" && !seen.groundedIn(added, shareOf(r.path)) {
		problems = append(problems, problem("naming-what-is-not-there", "%s says what neither the change nor the file shows", place))
	}
	if docFile(r.path) {
		problems = append(problems, checkMarkup(seen, place, r, f)...)
	}
	problems = append(problems, checkLost(f)...)
	problems = append(problems, outwardWritten(seen, place, added)...)
	return append(problems, checkCommands(seen, place, r, f)...)
}

// checkLost refuses to take documentation away: a licence's header, and more
// lines than come.
func checkLost(f change.File) []Problem {
	lost := linesOf(f, change.Delete)
	if legalLine().MatchString(lost) && !legalLine().MatchString(addedText(f)) {
		return []Problem{problem("changing-code", "a line about copyright or licence is taken out of %.120q", f.Path)}
	}
	if gone, come := strings.Count(lost, "\n"), strings.Count(addedText(f), "\n"); gone > come+3 {
		return []Problem{problem("changing-code", "%d lines are taken out of %.120q, and %d are put in", gone, f.Path, come)}
	}
	return nil
}

var legalLine = lazily(`(?i)\bcopyright\b|\blicen[cs]ed?\b|SPDX-`)

// invented gives what the added lines name and the evidence does not have.
func (e *docEvidence) invented(r rewrite, f change.File) []string {
	prose, code := splitFences(r, f)
	var strange []string
	strange = append(strange, e.unknown(prose)...)
	for _, w := range codeLike().FindAllString(withoutSpans(prose), -1) {
		if !e.idents[w] && !brand(w) {
			strange = append(strange, w)
		}
	}
	for _, m := range optionWord().FindAllStringSubmatch(prose+"\n"+code, -1) {
		if !e.hasOption(m[1]) {
			strange = append(strange, m[1])
		}
	}
	for _, m := range defaultOf().FindAllStringSubmatch(prose, -1) {
		if !e.hasLiteral(m[1]) {
			strange = append(strange, m[0])
		}
	}
	strange = append(strange, e.strangeCalls(code)...)
	strange = append(strange, e.strangeKeys(code)...)
	strange = append(strange, e.spelledOut(prose)...)
	if docFile(r.path) {
		strange = append(strange, e.deadLinks(r.path, prose)...)
	}
	return strange
}

// unknown gives the strangers of a text that stand nowhere in another form. A
// number in a sentence counts in units of its own ("one second" is 1000 of
// something), so it is asked for only as code, and as a default.
func (e *docEvidence) unknown(text string) []string {
	spans := codeSpans(text)
	var strange []string
	for _, s := range e.strangers(text) {
		if commonWord(s) || allDigits(s) && !slices.Contains(spans, s) || e.hasLoose(s) || e.hasLiteral(s) {
			continue
		}
		strange = append(strange, s)
	}
	return strange
}

func allDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// hasLoose takes an option or a setting that is written in another form.
func (e *docEvidence) hasLoose(code string) bool {
	words := hyphenWord().FindAllString(code, -1)
	for _, w := range words {
		if !e.loose[loosely(w)] && !e.idents[w] && !commonWord(w) {
			return false
		}
	}
	return len(words) > 0
}

func (e *docEvidence) hasOption(option string) bool {
	name := strings.TrimPrefix(option, "--")
	if e.loose[loosely(name)] || e.shown(option) {
		return true
	}
	rest, negated := strings.CutPrefix(name, "no-")
	return negated && e.loose[loosely(rest)]
}

// hasLiteral takes a number or a piece of code that stands somewhere whole.
func (e *docEvidence) hasLiteral(text string) bool {
	return e.search(func(t string) bool { return hasWord(t, text) })
}

func hasWord(text, word string) bool {
	if len(word) < 1 {
		return false
	}
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		from, to := at+i, at+i+len(word)
		if (from == 0 || !wordByte(text[from-1])) && (to == len(text) || !wordByte(text[to])) {
			return true
		}
		at = from + 1
	}
}

func wordByte(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}
