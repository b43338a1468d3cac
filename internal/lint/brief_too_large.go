package lint

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/signal"
)

// maxWorks is how many pieces of work, each in a place of its own, still pass
// for one: a fix with its test, its docs and its changelog entry is one.
const maxWorks = 5

func briefTooLarge() Rule {
	return Rule{
		ID:       "brief-too-large",
		Severity: diag.Warning,
		Summary:  "the brief holds more than one task",
		Why:      "Several tasks in one brief are routed by the hardest of them, so that the easy ones cost what the hard one costs; and nobody can tell later which of them a bad output belongs to.",
		Fix:      "Send one brief for each piece of work.",
		Bad:      Example{Text: "Return 404 for unknown users in api/users.go.\nWhile you are at it, update the logo on the start page.\n"},
		Good:     Example{Text: "Return 404 for unknown users in api/users.go.\n"},
		Brief: func(b Brief, _ World) []Hit {
			o := b.outline()
			if at := asideTerms().FindStringIndex(b.Text); at != nil && bothSides(o, at[0]) {
				pos, end := b.stretch(at[0], at[1])
				return []Hit{{Pos: pos, End: end, Message: fmt.Sprintf("%.40q begins another task: send it in a brief of its own", b.Text[at[0]:at[1]])}}
			}
			if works := b.works(o); len(works) > maxWorks {
				pos := b.Offset(works[maxWorks].At)
				return []Hit{{Pos: pos, End: pos.Col + len(works[maxWorks].Verb), Message: fmt.Sprintf("this is the %dth of %d pieces of work in one brief: send one brief for each", maxWorks+1, len(works))}}
			}
			return nil
		},
	}
}

// asideTerms begin what has nothing to do with the rest.
var asideTerms = lazily(`(?i)\b(while (you are|you're|we are|we're) (at it|there)|on an unrelated note|unrelated(ly)?:|as a separate (task|thing)|totally separate(ly)?)\b`)

// bothSides says that something is asked for before and behind a place.
func bothSides(o signal.Outline, at int) bool {
	before, behind := false, false
	for _, a := range o.Asks {
		before = before || a.At < at
		behind = behind || a.At > at
	}
	return before && behind
}

// works gives the pieces of work that stand on items of a list, one an item.
// What stands behind a heading about acceptance is no work.
func (b Brief) works(o signal.Outline) []signal.Ask {
	var works []signal.Ask
	last := 0
	stop := b.acceptance()
	for _, a := range o.Asks {
		pos := b.Offset(a.At)
		if a.Work && pos.Line != last && pos.Line < stop && isItem(b.Line(pos.Line), pos.Col) {
			last = pos.Line
			works = append(works, a)
		}
	}
	return works
}

// acceptance gives the line where what is to hold at the end begins.
func (b Brief) acceptance() int {
	for n := 1; n <= b.Lines(); n++ {
		line := strings.ToLower(strings.Trim(b.Line(n), "#*_: \t"))
		if line == "acceptance" || strings.HasPrefix(line, "acceptance criteria") || strings.HasPrefix(line, "definition of done") || line == "done when" {
			return n
		}
	}
	return b.Lines() + 1
}

// isItem says that a verb is the first word of an item of a list.
func isItem(line string, col int) bool {
	if col < 2 || col-1 > len(line) {
		return false
	}
	mark := strings.TrimSpace(line[:col-1])
	mark = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(mark, "[ ]"), "[x]"))
	return mark == "-" || mark == "*" || mark == "+" || strings.Trim(mark, "0123456789.)") == "" && mark != ""
}
