package task

import (
	"regexp"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// strangeCalls gives functions that an example calls and nobody declares.
func (e *docEvidence) strangeCalls(code string) []string {
	var strange []string
	for _, m := range callWord().FindAllStringSubmatch(code, -1) {
		if !e.idents[m[1]] && !builtinCall(m[1]) {
			strange = append(strange, m[1])
		}
	}
	return strange
}

var (
	// keyOf is the key of a literal that names a field, and keyLine one on a
	// line of its own; argument is one that is passed by its name.
	keyOf    = lazily(`[{,]\s*(?:\.|\b)([A-Za-z_][\w-]*)\s*[:=](?:[^:=/]|$)`)
	keyLine  = lazily(`(?m)^\s+([A-Za-z_]\w*)\s*:\s+[^\s].*,\s*$`)
	argument = lazily(`[(,]\s*([A-Za-z_]\w*)\s*=[^=>]`)
	// member is what stands behind a dot.
	member = lazily(`([\w)\]]+)\.([A-Za-z_]\w*)`)
	// ownWord is what an example declares for itself.
	ownWord = lazily(`(?m)^\s*(?:(?:const|let|var|val|auto|final|def|func|fn|class|type|import|use|using|from|as)\s+)?([A-Za-z_]\w*)(?:\s*,\s*(\w+))?\s*:?=`)
	quotes  = lazily(`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`)
	remark  = lazily(`(?m)(?:^|\s)(?://|#|--) .*$`)
)

// strangeKeys gives fields, named arguments and names of code that an example
// uses and nobody declares.
func (e *docEvidence) strangeKeys(code string) []string {
	code = remark().ReplaceAllString(quotes().ReplaceAllString(code, `""`), "")
	own := map[string]bool{}
	for _, m := range ownWord().FindAllStringSubmatch(code, -1) {
		own[m[1]], own[m[2]] = true, true
	}
	var strange []string
	ask := func(name string) {
		if !own[name] && !e.idents[name] && !e.loose[loosely(name)] && !commonWord(name) && !builtinCall(name) {
			strange = append(strange, name)
		}
	}
	for _, form := range []*regexp.Regexp{keyOf(), keyLine(), argument()} {
		for _, m := range form.FindAllStringSubmatch(code, -1) {
			if !e.idents[m[1]] && !e.loose[loosely(m[1])] && !commonWord(m[1]) {
				strange = append(strange, m[1])
			}
		}
	}
	for _, m := range member().FindAllStringSubmatch(code, -1) {
		if !usualPackage(m[1]) && !allDigits(m[1]) && !usualMember(m[2]) {
			ask(m[2])
		}
	}
	for _, w := range codeLike().FindAllString(code, -1) {
		if !brand(w) && (w[0] < '0' || w[0] > '9') {
			ask(w)
		}
	}
	return strange
}

// splitFences parts the added lines of a page into prose and fenced code. In
// source all of it is prose.
func splitFences(r rewrite, f change.File) (prose, code string) {
	added := map[int]bool{}
	for l := range f.Lines() {
		if l.Op == change.Add {
			added[l.NewLine] = true
		}
	}
	if !docFile(r.path) {
		return addedText(f), ""
	}
	var p, c strings.Builder
	open, n := "", 0
	for line := range strings.Lines(r.after) {
		n++
		run, info := fenceRun(strings.TrimRight(line, "\r\n"))
		to := &p
		switch {
		case open == "" && run != "":
			open = run
			continue
		case open != "" && run != "" && run[0] == open[0] && len(run) >= len(open) && info == "":
			open = ""
			continue
		case open != "":
			to = &c
		}
		if added[n] {
			to.WriteString(line)
		}
	}
	return p.String(), c.String()
}

// withoutSpans leaves out code between backticks, and addresses.
func withoutSpans(text string) string {
	parts := strings.Split(strings.ReplaceAll(text, "``", "`"), "`")
	for i := 1; i+1 < len(parts); i += 2 {
		parts[i] = ""
	}
	return address().ReplaceAllString(strings.Join(parts, " "), " ")
}
