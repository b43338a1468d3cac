package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/task"
)

var errorPhrases = phrases("traceback", "index out of range|bounds", "nil|null pointer dereference|exception", "cannot read|set property|properties", "is not defined|iterable|callable", "not a function",
	"segmentation fault", "exit|exited code|status #", "exit status #", "no such file|table|column|module", "connection refused|reset", "http #", "stack overflow", "deadlock detected", "divide|division by zero",
	"undefined reference|method|variable|symbol", "panicked at", "out of memory", "expected ..2 got|found", "sigsegv|segfault|econnrefused|enoent|etimedout|keyerror|typeerror|valueerror")

// errorIn gives the error message that a text shows, "" where it shows none:
// from the word that tells it to the end of its line.
func errorIn(text string, tokens []token) string {
	at := slices.IndexFunc(tokens, func(t token) bool { return errorName(text, t) })
	for i := range tokens {
		if at >= 0 && i >= at || errorPhrases().at(tokens, i) > 0 {
			return upToLineEnd(text[tokens[i].start:])
		}
	}
	return ""
}

func upToLineEnd(text string) string {
	line := text[:min(len(text), maxQuoted)]
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		return line[:end]
	}
	return line
}

// errorName says that a word is an error's name, as in "panic: …" and
// "TypeError".
func errorName(text string, t token) bool {
	switch t.word {
	case "panic", "error", "fatal", "exception":
		return strings.HasPrefix(text[t.end:], ": ")
	}
	named := strings.HasSuffix(t.word, "error") || strings.HasSuffix(t.word, "exception")
	return named && text[t.start] >= 'A' && text[t.start] <= 'Z' && t.word != "error" && t.word != "exception"
}

// cureVerbs begin a sentence that says what should be there instead.
func cureVerb(c clause) bool {
	switch c.verb {
	case "fix", "resolve", "repair", "update", "improve", "report", "test", "debug", "run", "start", "avoid", "prevent", "ensure":
		return false
	}
	return (c.does == edits || c.does == behaves || c.does == restructs) && len(c.object) > 0
}

var shouldBe = phrases("should|must return|be|use|give|show|check|skip|yield|print|call|have|read", "instead of", "needs to be|return|check|use")

// cure says that the text says what should be there instead.
func (r reading) cure() bool {
	return slices.ContainsFunc(r.clauses, cureVerb) || shouldBe().in(r.said)
}

// wordsDomain weighs what a text without a type prefix says that the work is
// about, for the best guess alone: 3 for what a verb and its object lead to, 2
// for a named file, 1 for a word anywhere. It is empty where it says nothing.
func wordsDomain(words string) map[task.Domain]int {
	r := read(text{words: words, trusted: true, kind: asked})
	weight := map[task.Domain]int{}
	for _, c := range r.clauses {
		for _, d := range c.leads() {
			weight[d] += 3
		}
	}
	prose, code := r.fileDomains(Marks{})
	if code {
		prose = append(prose, task.Feature)
	}
	for _, d := range prose {
		weight[d] += 2
	}
	for _, t := range topics() {
		if t.words().in(r.said) || t.domain == task.Config && r.movesVersion() || t.domain == task.Docs && spellObject().in(r.said) {
			weight[t.domain]++
		}
	}
	return weight
}
