package task

import (
	"slices"
	"strings"
)

// wraps gives a new line that makes old ones a part of something new, though
// each of them is still there: an opening that only an old or a later line
// closes, an operator that takes in the line after it or before it.
func (l testLanguage) wraps(r rewrite) string {
	before, after := splitLines(r.before), splitLines(r.after)
	down := l.wrapping(runsOf(before, after))
	if down == "" {
		return ""
	}
	// Where new lines look like old ones, they may stand above or below them.
	slices.Reverse(before)
	slices.Reverse(after)
	runs := runsOf(before, after)
	for _, run := range runs {
		slices.Reverse(run)
	}
	if l.wrapping(runs) == "" {
		return ""
	}
	return down
}

func splitLines(text string) []string {
	lines := strings.Split(strings.ReplaceAll(endedLine(text), "\r\n", "\n"), "\n")
	return lines[:len(lines)-1]
}

// runsOf gives the runs of new lines in after, given that all lines of before
// stand in it in their order.
func runsOf(before, after []string) [][]string {
	var runs [][]string
	var run []string
	at := 0
	for _, line := range after {
		if at < len(before) && line == before[at] {
			at++
			if run != nil {
				runs, run = append(runs, run), nil
			}
			continue
		}
		run = append(run, line)
	}
	if run != nil {
		runs = append(runs, run)
	}
	return runs
}

func (l testLanguage) wrapping(runs [][]string) string {
	for _, run := range runs {
		if line := l.wrapsRun(run); line != "" {
			return line
		}
	}
	return ""
}

// wrapsRun looks at one run: brackets, and the words that open and close where
// a language has them, must close what they open, and nothing else.
func (l testLanguage) wrapsRun(run []string) string {
	brackets, words := 0, 0
	first, last := "", ""
	for _, line := range run {
		code := strings.TrimSpace(trailingComment().ReplaceAllString(unquoted(l.withoutComments(line)), ""))
		if code == "" {
			continue
		}
		if first == "" {
			first = code
		}
		last = code
		low, net := balance(code)
		if brackets+low < 0 {
			return strings.TrimSpace(line)
		}
		brackets += net
		if words += l.ends(code); words < 0 {
			return strings.TrimSpace(line)
		}
	}
	switch {
	case brackets != 0 || words != 0, reachesUp().MatchString(first):
		return first
	case reachesDown().MatchString(last) || l.sources[0] == ".py" && strings.HasSuffix(last, ":"):
		return last
	}
	return ""
}

var (
	trailingComment = lazily(`\s(?://|#\s).*$`)
	// reachesUp begins a line that goes on with the one before it, reachesDown
	// ends one that goes on with the one after it.
	reachesUp   = lazily(`^(?:\|\||&&|\?|\.\w|->|::|\+|\*|/|%|=|<|>|and\b|or\b)`)
	reachesDown = lazily(`(?:&&|\|\||[?=+*/%!&|^~\\.]|=>|->|\band|\bor|\bnot)$`)
	quoted      = lazily("\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*'|`[^`\\n]*`")
	wordOpens   = lazily(`^(?:if|unless|while|until|case|begin|def|class|module|for)\b|\bdo(?:\s*\|[^|]*\|)?$|=\s*(?:if|unless|case|begin)\b`)
	wordCloses  = lazily(`^end\b`)
	oneLineDef  = lazily(`;\s*end$|\bend$|^def\s+\S+(?:\([^)]*\))?\s*=\s|^if\b.*\bthen\b.*\bend\b`)
)

// unquoted leaves out what stands in quotes on one line.
func unquoted(line string) string { return quoted().ReplaceAllString(line, `""`) }

// balance gives how far a line goes below where it began, and where it ends,
// counted in open brackets.
func balance(code string) (low, net int) {
	for _, c := range code {
		switch c {
		case '(', '[', '{':
			net++
		case ')', ']', '}':
			net--
			low = min(low, net)
		}
	}
	return low, net
}

// ends counts the words that open and close a block, in the languages that
// have them.
func (l testLanguage) ends(code string) int {
	if l.sources[0] != ".rb" && l.sources[0] != ".ex" {
		return 0
	}
	switch {
	case wordCloses().MatchString(code):
		return -1
	case wordOpens().MatchString(code) && !oneLineDef().MatchString(code):
		return 1
	}
	return 0
}
