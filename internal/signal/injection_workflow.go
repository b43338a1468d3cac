package signal

import "strings"

// within narrows rules to some classes of file, where the signal reads more.
func within(reads func(Class) bool, rules []rule) []rule {
	for i := range rules {
		narrow := reads
		if before := rules[i].classes; before != nil {
			narrow = func(c Class) bool { return before(c) && reads(c) }
		}
		rules[i].classes = narrow
	}
	return rules
}

// workflowInjection is text of strangers that a shell of a workflow reads.
func workflowInjection() []rule {
	return []rule{{words: []string{"github"}, match: unlessKept(ofWorkflow(strangersText))}}
}

var (
	strangers = probing(`(?i)\$\{\{[^}]*\bgithub\.(?:head_ref\b|event\.(?:issue|pull_request|comment|review|review_comment|discussion|head_commit|commits|workflow_run|inputs|pages)\b[\w.\[\]*]*\.(?:title|body|message|name|email|ref|label|head_branch|head_ref|default_branch|page_name)\b)`)
	plainKey  = probing(`^(?:-\s+)?["']?[\w.-]+["']?\s*:(?:\s|$)`)
	shellKey  = probing(`^(?:-\s+)?(?:run|script|bash|pwsh)\s*:`)
)

// strangersText leaves a variable or an input alone: there the text is data.
func strangersText(l line, _ block) string {
	if l.comment() || !strings.Contains(l.code, "${{") || !strangers.in(l) {
		return ""
	}
	if plainKey.in(l) && !shellKey.in(l) {
		return ""
	}
	return "text of strangers becomes part of a command"
}
