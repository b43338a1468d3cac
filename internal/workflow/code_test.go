package workflow

import (
	"strings"
	"testing"
)

// scripted puts a program into a step of actions/github-script.
func scripted(program string) string {
	return in("      - uses: actions/github-script@v7\n        with:\n          script: |\n            " + strings.ReplaceAll(program, "\n", "\n            ") + "\n")
}

// python puts a program into a step whose shell is Python.
func python(program string) string {
	return in("      - shell: python\n        run: |\n          " + strings.ReplaceAll(program, "\n", "\n          ") + "\n")
}

func TestCallsOfPrograms(t *testing.T) {
	t.Parallel()
	const (
		messages = "https://api.anthropic.com/v1/messages"
		body     = ", {body: JSON.stringify({model: 'claude-haiku-4-5', messages})})"
	)
	tests := []struct{ name, text, want string }{
		{"fetch", scripted("const r = await fetch('" + messages + "'" + body), "9:36-73 anthropic-api claude-haiku-4-5@9:107-123\n"},
		{"a name that leads to the model", scripted("const model = 'gpt-5'\naxios.post(\"https://api.openai.com/v1/responses\", {model: model})"), "10:25-60 openai-api gpt-5@9:28-33\n"},
		{"a model that is computed", scripted("fetch('" + messages + "', {model: process.env.M || 'x'})"), "9:20-57 anthropic-api computed@8:19\n"},
		{"two models", scripted("fetch('" + messages + "', {model: 'a'})\nfetch('" + messages + "', {model: 'b'})"), "9:20-57 anthropic-api computed@8:19\n"},
		{"a list of models", scripted("fetch('https://api.openai.com/v1/models')"), ""},
		{"a comment", scripted("// fetch('" + messages + "'" + body), ""},
		{"an address that nobody asks", scripted("const url = '" + messages + "'"), ""},
		{"another host", scripted("fetch('https://example.org/v1/messages'" + body), ""},
		{"another action", in("      - uses: acme/script@v7\n        with: {script: \"fetch('" + messages + "')\"}\n"), ""},
		{"no script", in("      - uses: actions/github-script@v7\n"), ""},
		{"python's own client", python("import anthropic\nm = anthropic.Anthropic().messages.create(model=\"claude-haiku-4-5\", max_tokens=5)"), "9:36-53 anthropic-api claude-haiku-4-5@9:60-76\n"},
		{"python with an address", python("requests.post('https://api.openai.com/v1/chat/completions', json={'model': 'gpt-5'})"), "8:26-68 openai-api gpt-5@8:87-92\n"},
		{"python of another server", python("from openai import OpenAI\nOpenAI(base_url=x).chat.completions.create(model='m')"), "9:29-54 openai-api m@9:61-62 elsewhere\n"},
		{"gemini by its model's object", python("import google.generativeai as genai\ng = genai.GenerativeModel('gemini-2.5-pro')\ng.generate_content(p)"), "10:12-30 gemini-api gemini-2.5-pro@9:38-52\n"},
		{"python without the import", python("x.messages.create(model='a')"), ""},
		{"python in a here document", run("python3 - <<'E'\nimport anthropic\nanthropic.Anthropic().messages.create(model='a')\nE"), "9:32-49 anthropic-api a@9:56-57\n"},
		{"python's file is not read", run("python3 ask.py\n# import anthropic\n# x.messages.create(model='a')"), ""},
		{"a text about it in a shell", run("cat <<'E' > ask.py\nimport anthropic\nx.messages.create(model='a')\nE"), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { t.Parallel(); wantCalls(t, tt.text, tt.want) })
	}
}
