package signal

import "github.com/tierwise/tierwise/internal/change"

// turnedInstructions are sentences for agents that became their opposite.
func turnedInstructions() []rule {
	return []rule{became("proceed trust skip without automatically straight immediately directly auto assume accept", turnedAround)}
}

var (
	careful  = probing(`(?i)\b(?:confirm|ask|validate|never|check|verify|review|approv\w*|must\s+not|do\s+not|don['’]t|untrusted|wait)\b`)
	careless = probing(`(?i)\b(?:proceed|trust|skip|automatically|straight\s+away|immediately|directly|without\s+(?:\w+\s+)?(?:ask\w*|confirm\w*|review\w*|check\w*|approv\w*|wait\w*)|assume|accept)\b`)
	heldBack = probing(`(?i)\b(?:never|do\s+not|don['’]t|must\s+not|avoid|before|after|once|only)\b`)
)

func turnedAround(was, is line) string {
	if instructs(is) && instructs(was) && careful.in(was) && careless.in(is) && !careless.in(was) && !heldBack.in(is) {
		return "an instruction to take care became one to go ahead"
	}
	return ""
}

// planted are sentences in any text that speak to the agent that reads it.
func planted() []rule {
	match := matching("text that gives orders to an agent", `(?i)\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+|the\s+|your\s+|of\s+|every\s+)*(?:previous|prior|above|earlier|preceding|system)\s+(?:\w+\s+)?(?:instructions?|prompts?|rules|guidelines|directions)\b`+
		`|\b(?:ai|llms?|agents?|assistants?|copilot|claude|gpt|models?|bots?|reviewers?)\b.{0,80}\bapprove\s+(?:this|the)\s+(?:pr|mr|pull\s+request|merge\s+request|change|diff)\b|\b(?:approve|merge)\s+this\s+(?:pr|mr|pull\s+request|change)\b.{0,60}\b(?:without|immediately|automatically|no\s+comments?)\b`)
	return []rule{{words: []string{"ignore", "disregard", "forget", "override", "approve", "merge"}, on: change.Add, match: unlessKept(match)}}
}

// disabledAnywhere adds to the rules of what is obeyed those of prose: a
// machine that reads it may take it for an order.
func disabledAnywhere() []rule {
	return append(within(obeyed, disabledRules()), planted()...)
}
