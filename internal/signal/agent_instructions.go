package signal

import "github.com/tierwise/tierwise/internal/task"

func agentSignal() Signal {
	return Signal{
		ID:      string(AgentInstructions),
		Summary: "a file tells an agent what to do",
		Why:     "it looks like documentation and a machine obeys it, with the rights that the machine has",
		Example: "CLAUDE.md, AGENTS.md, .github/copilot-instructions.md, .cursor/rules/style.mdc, skills/release/SKILL.md, .mcp.json",
		Fix:     "keep prose for people out of folders that agents read; name the file under paths: of a must_frontier: entry where it matters",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Config},
		Fire:    classFire(AgentInstructions),
	}
}
