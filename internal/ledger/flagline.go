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

// flagLine is "/flag <task> <verdict>" on a line of its own, with at most three
// spaces before it: more of them, or a tab, make code of it. It is compiled
// when a comment is looked at.
var flagLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^ {0,3}/flag[ \t]+([a-z0-9][a-z0-9_-]{0,79})[ \t]+(cheaper|frontier|right)[ \t]*$`)
})

// Opinions reads the flags of a comment, in its order. Of two about one task
// the later counts. What stands in a quotation, in a block of code, in a
// comment of HTML or in <pre> is said about flags, and flags nothing.
func Opinions(body string) []Opinion {
	var all []Opinion
	var m markdown
	for line := range strings.SplitSeq(body, "\n") {
		line = strings.TrimRight(line, "\r")
		if m.hides(line) {
			continue
		}
		found := flagLine().FindStringSubmatch(line)
		if found == nil {
			continue
		}
		if all = with(all, Opinion{Task: strings.ToLower(found[1]), Verdict: Verdict(strings.ToLower(found[2]))}); len(all) == maxOpinions {
			break
		}
	}
	return all
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
