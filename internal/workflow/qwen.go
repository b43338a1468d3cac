package workflow

import "slices"

// qwen is the command line of Qwen Code, which grew out of that of Gemini and
// asks any interface of OpenAI's form.
func qwen() Agent {
	return Agent{
		ID:       "qwen",
		Commands: []string{"qwen"},
		Calls: func(i Invocation) bool {
			return !i.about() && (len(i.Words) > 0 || i.Fed) &&
				(i.Sub() == "" && (i.Fed || i.Has("-p", "--prompt", "-y", "--yolo")) || i.Says() || i.Has("-p", "--prompt") && !slices.Contains([]string{"mcp", "extensions", "auth"}, i.Sub()))
		},
		Loops:      true,
		Models:     []Setting{{Flag: "--model"}, {Flag: "-m"}, {Env: "OPENAI_MODEL"}, {Env: "QWEN_MODEL"}},
		Keys:       []Setting{{Env: "OPENAI_API_KEY"}, {Env: "DASHSCOPE_API_KEY"}},
		Elsewhere:  []Setting{{Flag: "--openai-base-url"}, {Env: "OPENAI_BASE_URL"}},
		Config:     []string{".qwen/settings.json"},
		ConfigKeys: []string{"model.name", "model"},
		Source:     "https://qwenlm.github.io/qwen-code-docs/en/cli/configuration",
	}
}
