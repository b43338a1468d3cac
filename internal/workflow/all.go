package workflow

import (
	"slices"
	"strings"
)

// Agents gives every agent that is known, sorted by id.
func Agents() []Agent {
	list := append(requests(),
		aider(), aiderAction(), aiInference(), aiPRReviewer(), claude(), claudeCodeAction(), claudeCodeSecurityReview(), codex(), codexAction(),
		copilot(), cursorAgent(), gemini(), ghAW(), ghModels(), llm(), openHands(), opencode(), prAgent(), qwen(), qwenCodeAction(),
		reusableWorkflow(), runGeminiCLI(), tierwise(),
	)
	slices.SortFunc(list, func(a, b Agent) int { return strings.Compare(a.ID, b.ID) })
	return list
}

// AgentOf gives the agent with an id.
func AgentOf(id string) (Agent, bool) {
	for _, a := range Agents() {
		if a.ID == id {
			return a, true
		}
	}
	return Agent{}, false
}
