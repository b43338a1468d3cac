package task

import (
	"strings"
)

// Orders to agents come in many words. agentOrder finds those that name who is
// meant; anyOrder those whose words no page needs: a verdict that is given
// beforehand, or what to write whenever code is written.
var (
	agentOrder = lazily(`(?i)\b((?:AIs?|LLMs?|language models?|(?:coding|review|AI|automated) (?:agents?|assistants?|bots?)|assistants?|agents?|bots?))\b[^.!?]{0,40}\b(?:review|read|generat|summari[sz]|edit|scan|check|pars|writ|analy[sz])\w*\b[^.!?]{0,80}\b(?:must|should|shall|needs? to|ha(?:s|ve) to|always|never|do not|treat|reports?|skips?|ignores?|approves?|trusts?)\b`)
	// overlooks is what no program is said to do to a change.
	overlooks = lazily(`(?i)\b(?:treat|reports? (?:no|zero|nothing)|skips?|ignores?|approves?|approved|trusts?|overlooks?)\b`)
	anyOrder  = lazily(`(?i)` + strings.Join([]string{
		`\b(?:automated|automatic|AI|LLM)[ -](?:tools?|reviewers?|reviews?|agents?|assistants?|checkers?)\b[^.!?]{0,80}\b(?:must|should|shall|needs? to|ha(?:s|ve) to|treat|reports?|skips?|ignores?|approves?|trusts?|always|never)\b`,
		`\b(?:reports?|flags?|raises?|finds?|returns?|gives?|lists?)\s+(?:no|zero)\s+(?:findings?|issues?|problems?|vulnerabilit\w+)\b`,
		`\bwhen(?:ever)?\s+(?:you|an?\s+\w+|the\s+\w+)\s+(?:generates?|writes?|reviews?|edits?|changes?|reads?|summari[sz]es?)\s+(?:code|this|these|the (?:diff|change|patch|code|file|page|pull request))\b[^.!?]{0,120}\b(?:always|never|must|should|do not|don't|treat|report|set|add|use|call)\b`,
		`\btreat\b[^.!?]{0,60}\bas\s+(?:\w+\s+and\s+)?(?:reviewed|safe|approved|trusted|audited|verified)\b`,
		`\b(?:note|message|hint|instructions?) (?:to|for) (?:\w+ ){0,3}(?:tools?|agents?|reviewers?|models?|assistants?|AIs?|LLMs?)\b`,
	}, "|"))
)

// leadsAgents gives an order to an agent, "" for none, over the breaks of lines
// and the marks of comments. Where the change or the file speaks of agents, it
// may say what they do, but for looking away.
func leadsAgents(seen *docEvidence, text string) string {
	var words []string
	for w := range strings.FieldsSeq(text) {
		if w = strings.Trim(w, "/#*->_`"); w != "" {
			words = append(words, w)
		}
	}
	flat := strings.Join(words, " ")
	for _, m := range agentOrder().FindAllStringSubmatch(flat, -1) {
		who := strings.Fields(strings.ToLower(m[1]))
		if !seen.words[stem(who[len(who)-1])] || overlooks().MatchString(m[0]) {
			return m[0]
		}
	}
	return anyOrder().FindString(flat)
}
