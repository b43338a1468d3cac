package workflow

// reusableWorkflow is a job that calls another workflow and tells it a model.
// What that workflow does with it is seen there; the name is seen here.
func reusableWorkflow() Agent {
	return Agent{
		ID: "reusable-workflow",
		Models: []Setting{
			{With: "model"},
			{With: "claude_model"},
			{With: "claude-model"},
			{With: "anthropic_model"},
			{With: "anthropic-model"},
			{With: "openai_model"},
			{With: "openai-model"},
			{With: "codex_model"},
			{With: "codex-model"},
			{With: "gemini_model"},
			{With: "gemini-model"},
			{With: "ai_model"},
			{With: "ai-model"},
			{With: "llm_model"},
			{With: "llm-model"},
			{With: "claude_args", Flag: "--model"},
		},
		Prompts: []Setting{{With: "prompt"}},
		Source:  "https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows",
	}
}
