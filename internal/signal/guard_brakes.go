package signal

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// removedBrakes are sentences that held an agent back.
func removedBrakes() []rule {
	list := strings.Fields("never not don always ask must only require requires required approval confirm without forbidden")
	seen := matching("an instruction that holds agents back",
		`(?i)\b(?:never|must\s+not|do\s+not|don['’]?t|always\s+ask|ask\s+(?:\w+\s+){0,3}(?:before|first|for)|requires?|only\s+(?:with|after)|must\s+be|without|wait\s+for|forbidden)\b.*\b(?:secrets?|credentials?|tokens?|keys?|passwords?|approv\w+|permissions?|review\w*|production|prod|deploy\w*|push\w*|force|merge|delet\w+|destructive|drop|main|tests?|checks?|confirm\w*|sandbox|network|sudo|install)\b`)
	return []rule{{words: list, on: change.Delete, match: func(l line, b block) string {
		if !instructs(l) || b.kept(l) || stillThere(l, b, guardWordsOf(l, append(list, strings.Fields("secrets credentials approval permission review production push delete tests")...))) {
			return ""
		}
		return seen(l, b)
	}}}
}

// instructs says that the file tells agents in prose what to do.
func instructs(l line) bool {
	return l.class == AgentInstructions && (l.ext == ".md" || l.ext == ".mdc" || l.ext == "" || strings.HasSuffix(l.ext, "rules"))
}
