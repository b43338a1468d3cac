package workflow

// Agents gives every agent that is known, sorted by id.
func Agents() []Agent {
	return []Agent{
		aider(), aiInference(), aiPRReviewer(), claude(), claudeCodeAction(), claudeCodeSecurityReview(), codex(), codexAction(),
		copilot(), gemini(), ghAW(), ghModels(), llm(), opencode(), prAgent(), reusableWorkflow(), runGeminiCLI(), tierwise(),
	}
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
