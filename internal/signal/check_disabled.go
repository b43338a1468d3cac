package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

func checkDisabled() Signal {
	return Signal{
		ID:      "check-disabled",
		Summary: "a check was switched off: of certificates, of input, of code, or of what an agent may do",
		Why:     "everything goes on working, and nothing notices any more when it should not",
		Example: "+	tls.Config{InsecureSkipVerify: true}",
		Fix:     "where a check has to be off, say why beside it and let a reviewer see it",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Security},
		Content: &content{reads: anyText, whole: pipelineGone, rules: disabledAnywhere},
	}
}

func disabledRules() []rule {
	rules := disabledTransport()
	rules = append(rules, disabledAccess()...)
	rules = append(rules, disabledHardening()...)
	rules = append(rules, disabledScans()...)
	rules = append(rules, disabledGates()...)
	rules = append(rules, lostChecks()...)
	rules = append(rules, fewerStarts()...)
	rules = append(rules, disabledSettings()...)
	rules = append(rules, ignoredMore()...)
	rules = append(rules, turnedInstructions()...)
	return append(rules, disabledBrakes()...)
}

// off is a rule of an added line that switches a check off. A comment does not
// excuse it where the comment is what switches.
func off(words, text, expr string) rule {
	return rule{words: strings.Fields(words), on: change.Add, match: unlessKept(matching(text, expr))}
}

// uncommented narrows a rule to what is no comment.
func (r rule) uncommented() rule {
	return r.where(func(l line) bool { return !l.comment() && !describes(l) })
}

// taken is a rule of a removed line that held a check on, unless the block
// still names it.
func taken(words, text, expr string) rule {
	list := strings.Fields(words)
	seen := matching(text, expr)
	return rule{words: list, on: change.Delete, match: func(l line, b block) string {
		if l.comment() || b.kept(l) || stillThere(l, b, guardWordsOf(l, list)) || wentWhole(l, b) {
			return ""
		}
		return seen(l, b)
	}}
}
