package ledger

import (
	"regexp"
	"strings"
	"sync"
)

// Opinion is what one line of a comment says of a task.
type Opinion struct {
	Task    string
	Verdict Verdict
}

// maxOpinions bounds what one comment can say.
const maxOpinions = 50

// flagLine is "/flag <task> <verdict>" on a line of its own. It is compiled
// when a comment is looked at.
var flagLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^[ \t]{0,3}/flag[ \t]+([a-z0-9][a-z0-9_-]{0,79})[ \t]+(cheaper|frontier|right)[ \t]*$`)
})

// Opinions reads the flags of a comment, in its order. Of two about one task
// the later counts. What stands in a quotation or in a block of code is said
// about flags, and flags nothing.
func Opinions(body string) []Opinion {
	var all []Opinion
	fence := ""
	for line := range strings.SplitSeq(body, "\n") {
		line = strings.TrimRight(line, "\r")
		if mark := fenceOf(line); mark != "" {
			fence = toggled(fence, mark)
			continue
		}
		m := flagLine().FindStringSubmatch(line)
		if m == nil || fence != "" {
			continue
		}
		if all = with(all, Opinion{Task: strings.ToLower(m[1]), Verdict: Verdict(strings.ToLower(m[2]))}); len(all) == maxOpinions {
			break
		}
	}
	return all
}

// fenceOf gives the mark that begins or ends a block of code, "" for none.
func fenceOf(line string) string {
	text := strings.TrimLeft(line, " ")
	for _, mark := range []string{"```", "~~~"} {
		if strings.HasPrefix(text, mark) {
			return mark
		}
	}
	return ""
}

// toggled gives the block that is open after a mark.
func toggled(open, mark string) string {
	switch open {
	case "":
		return mark
	case mark:
		return ""
	}
	return open
}

func with(all []Opinion, o Opinion) []Opinion {
	for i := range all {
		if all[i].Task == o.Task {
			all[i].Verdict = o.Verdict
			return all
		}
	}
	return append(all, o)
}
