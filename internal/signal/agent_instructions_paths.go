package signal

// isAgentInstructions tells prose and settings that agents obey. They look
// like documentation and are none.
func isAgentInstructions(p place) bool {
	switch {
	case agentName(p), p.ends(".instructions.md", ".prompt.md", ".chatmode.md", ".agent.md", ".prompt.yml", ".prompt.yaml", ".mdc", ".prompt"):
		return true
	case p.under(".claude", ".claude-plugin", ".cursor", ".codex", ".gemini", ".windsurf", ".clinerules", ".roo", ".continue", ".aider", ".opencode",
		".agents", ".agent", ".junie", ".kiro", ".trae", ".augment", ".amazonq", ".goose", ".aiassistant", ".qwen", ".crush", ".factory"):
		return true
	case p.in(".github/prompts", ".github/instructions", ".github/agents", ".github/chatmodes", ".github/skills"):
		return true
	}
	return promptText(p)
}

func agentName(p place) bool {
	return p.named("claude.md", "claude.local.md", "agents.md", "agents.override.md", "agent.md", "gemini.md", "qwen.md", "crush.md", "warp.md", "replit.md",
		"copilot-instructions.md", "skill.md", ".cursorrules", ".windsurfrules", ".clinerules", ".roorules", ".goosehints", ".continuerules", ".rules",
		".mcp.json", "mcp.json", ".aider.conf.yml", "claude_desktop_config.json", ".cursorignore", ".aiexclude", "opencode.json", "gemini-extension.json")
}

// promptText tells text that a program hands to a model.
func promptText(p place) bool {
	if !p.hasExt(".md", ".txt", ".jinja", ".jinja2", ".j2", ".yml", ".yaml", ".tmpl", ".mustache", ".hbs", ".xml") || p.in("docs", "doc") {
		return false
	}
	return p.under("prompts", "system_prompts", "system-prompts", "skills") || p.begins("system_prompt", "system-prompt", "systemprompt")
}
