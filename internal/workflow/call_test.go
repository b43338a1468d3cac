package workflow

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shown prints calls as "line:col-end agent model@line:col-end …".
func shown(f *File) string {
	var b strings.Builder
	for _, c := range f.Calls() {
		fmt.Fprintf(&b, "%d:%d-%d %s", c.Pos.Line, c.Pos.Col, c.End, c.Agent.ID)
		if m := c.Model; m != nil && m.Expression {
			fmt.Fprintf(&b, " computed@%d:%d", m.Pos.Line, m.Pos.Col)
		} else if m != nil {
			fmt.Fprintf(&b, " %s@%d:%d-%d", m.Text, m.Pos.Line, m.Pos.Col, m.End)
		}
		if c.Limited {
			b.WriteString(" limited")
		}
		if c.Elsewhere {
			b.WriteString(" elsewhere")
		}
		if c.Task != "" {
			b.WriteString(" task=" + c.Task)
		}
		for _, e := range c.Unread {
			b.WriteString(" unread=" + e.Key)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// in puts the lines of a step, which begins at line 6, into a workflow.
func in(step string) string {
	return "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n" + step
}

// run puts a script, whose first line is line 7, into a workflow.
func run(script string) string {
	return in("      - run: |\n          " + strings.ReplaceAll(script, "\n", "\n          ") + "\n")
}

func TestCallsOfActions(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{
			"a flag inside of a block", in(`      - uses: anthropics/claude-code-action@v1
        with:
          claude_args: |
            --max-turns 5
            --model claude-opus-5-5
`), "6:15-47 claude-code-action claude-opus-5-5@10:21-36 limited\n",
		},
		{"a flag with an equals sign in quotes", in(`      - uses: Anthropics/Claude-Code-Action@v1
        with: {claude_args: '--model="claude-opus-5-5"'}
`), "6:15-47 claude-code-action claude-opus-5-5@7:39-54\n"},
		{"a comment in the arguments names nothing", in(`      - uses: anthropics/claude-code-action@v1
        with:
          claude_args: |
            # --model claude-opus-5-5
            --verbose # --max-turns 3
`), "6:15-47 claude-code-action\n"},
		{"the last of two flags counts", in(`      - uses: anthropics/claude-code-action@v1
        with:
          claude_args: --model a --model b
`), "6:15-47 claude-code-action b@8:42-43\n"},
		{"arguments that are computed may say anything", in(`      - uses: anthropics/claude-code-action@v1
        with:
          claude_args: ${{ inputs.args }}
`), "6:15-47 claude-code-action computed@8:24 limited\n"},
		{"a model that is computed", in(`      - uses: anthropics/claude-code-action@v1
        with:
          claude_args: --model ${{ vars.MODEL || 'claude-opus-5-5' }} --allowedTools "Bash(git log:*),Read"
`), "6:15-47 claude-code-action computed@8:32\n"},
		{"v1 reads no input of v0", in(`      - uses: anthropics/claude-code-action@v1
        with:
          model: claude-opus-5-5
          max_turns: "3"
`), "6:15-47 claude-code-action unread=model unread=max_turns\n"},
		{"v0 does", in(`      - uses: anthropics/claude-code-action@beta
        with:
          model: claude-opus-5-5
          max_turns: "3"
`), "6:15-49 claude-code-action claude-opus-5-5@8:18-33 limited\n"},
		{"the comment beside a sha tells the version", in(`      - uses: anthropics/claude-code-action@0123456789012345678901234567890123456789 # v1.0.3
        with:
          model: claude-opus-5-5
`), "6:15-85 claude-code-action unread=model\n"},
		{"a sha alone tells none", in(`      - uses: anthropics/claude-code-action@0123456789012345678901234567890123456789
        with:
          model: claude-opus-5-5
`), "6:15-85 claude-code-action claude-opus-5-5@8:18-33\n"},
		{"settings as JSON", in(`      - uses: anthropics/claude-code-action@v1
        with:
          settings: |
            {
              "env": {"X": "y"},
              "model": "claude-opus-5-5"
            }
`), "6:15-47 claude-code-action claude-opus-5-5@11:25-40\n"},
		{"settings as a file", in(`      - uses: anthropics/claude-code-action@v1
        with:
          settings: .github/claude.json
`), "6:15-47 claude-code-action computed@8:21\n"},
		{
			"variables of the step, the job and the workflow", `on: push
env: {GEMINI_MODEL: gemini-3.8-flash}
jobs:
  a:
    env:
      ANTHROPIC_MODEL: claude-opus-5-5
    steps:
      - uses: anthropics/claude-code-action@v1
      - uses: google-github-actions/run-gemini-cli@v0
      - uses: anthropics/claude-code-action@v1
        env: {ANTHROPIC_MODEL: '${{ vars.M }}'}
`, "8:15-47 claude-code-action claude-opus-5-5@6:24-39\n9:15-54 run-gemini-cli gemini-3.8-flash@2:21-37\n10:15-47 claude-code-action computed@11:33\n",
		},
		{"turns in the settings of Gemini", in(`      - uses: 'google-github-actions/run-gemini-cli@v0'
        with:
          gemini_model: '${{ vars.GEMINI_MODEL }}'
          settings: |-
            {"model": {"maxSessionTurns": 25}}
          prompt: '/pr-code-review'
`), "6:16-55 run-gemini-cli computed@8:26 limited task=code-review\n"},
		{"codex", in(`      - uses: openai/codex-action@v1
        with:
          codex-args: -c model="gpt-6-luna"
          prompt: Write the release notes of this version.
`), "6:15-37 codex-action gpt-6-luna@8:33-43 task=release-notes\n"},
		{"codex with a list of arguments", in(`      - uses: openai/codex-action@v1
        with:
          codex-args: '["--model", "gpt-6-luna"]'
`), "6:15-37 codex-action computed@8:23\n"},
		{"pr-agent as an image, by variables with dots", in(`      - uses: docker://codiumai/pr-agent:0.31-github_action
        env:
          config.model: "anthropic/claude-opus-5-5"
`), "6:15-60 pr-agent anthropic/claude-opus-5-5@8:26-51 task=code-review\n"},
		{"pr-agent that reviews nothing", in(`      - uses: qodo-ai/pr-agent@main
        env:
          github_action_config.auto_review: "false"
`), "6:15-36 pr-agent\n"},
		{"a cloud", in(`      - uses: anthropics/claude-code-action@v1
        with:
          use_bedrock: "true"
          claude_args: --model us.anthropic.claude-opus-5-5
`), "6:15-47 claude-code-action us.anthropic.claude-opus-5-5@9:32-60 elsewhere\n"},
		{"security review", in("      - uses: anthropics/claude-code-security-review@main\n        with: {claude-model: claude-haiku-5-5}\n"), "6:15-58 claude-code-security-review claude-haiku-5-5@7:30-46 task=security-scan\n"},
		{"another action", in("      - uses: actions/checkout@v4\n        with: {model: x}\n"), ""},
		{"a job that calls a workflow with a model", "on: push\njobs:\n  a:\n    uses: o/r/.github/workflows/x.yml@v1\n    with:\n      model: claude-opus-5-5\n", "4:11-41 reusable-workflow claude-opus-5-5@6:14-29\n"},
		{"a job that calls a workflow without one", "on: push\njobs:\n  a:\n    uses: o/r/.github/workflows/x.yml@v1\n", ""},
		{
			"a composite action", "name: x\ninputs: {model: {default: claude-opus-5-5}}\nruns:\n  using: composite\n  steps:\n    - uses: openai/codex-action@v1\n      with: {model: '${{ inputs.model }}'}\n    - run: codex exec --model gpt-6-luna 'do it'\n      shell: bash\n",
			"6:13-35 codex-action computed@7:22\n8:12-17 codex gpt-6-luna@8:31-41\n",
		},
		{
			"an anchor repeats a step", "on: push\njobs:\n  a:\n    steps:\n      - &s\n        uses: openai/codex-action@v1\n        with: {model: gpt-6-luna}\n      - *s\n",
			"6:15-37 codex-action gpt-6-luna@7:23-33\n6:15-37 codex-action gpt-6-luna@7:23-33\n",
		},
		{"folded arguments", in(`      - uses: anthropics/claude-code-action@v1
        with:
          claude_args: >-
            --allowedTools "Read"

            --model
            claude-opus-5-5
`), "6:15-47 claude-code-action claude-opus-5-5@12:13-28\n"},
		{"a quoted value over lines", in("      - uses: anthropics/claude-code-action@v1\n        with:\n          claude_args: \"--append-system-prompt \\\"é\\\"\n            --model claude-opus-5-5\"\n"), "6:15-47 claude-code-action claude-opus-5-5@9:21-36\n"},
		{"a plain value over lines, with a line end of Windows", in("      - uses: anthropics/claude-code-action@v1\r\n        with:\r\n          claude_args: --max-turns 3\r\n            --model claude-opus-5-5\r\n"), "6:15-47 claude-code-action claude-opus-5-5@9:21-36 limited\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { t.Parallel(); wantCalls(t, tt.text, tt.want) })
	}
}

func wantCalls(t *testing.T, text, want string) {
	t.Helper()
	f, findings := Parse("w.yml", []byte(text))
	if f == nil || len(findings) > 0 {
		t.Fatal(findings)
	}
	if diff := cmp.Diff(want, shown(f)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCallsOfCommands(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, script, want string }{
		{"a plain call", "claude -p 'x' --model claude-opus-5-5", "7:11-17 claude claude-opus-5-5@7:33-48\n"},
		{"after another command", "cd x && claude -p y || true", "7:19-25 claude\n"},
		{"in a pipe", "cat f | claude --max-turns 3", "7:19-25 claude limited\n"},
		{"in a substitution in quotes", "X=\"$(claude -p \"$(cat p.md)\")\"\necho done", "7:16-22 claude\n"},
		{"in backquotes", "X=`claude -p y`", "7:14-20 claude\n"},
		{"with variables in front", "FOO=1 ANTHROPIC_MODEL=claude-opus-5-5 claude -p y", "7:49-55 claude claude-opus-5-5@7:33-48\n"},
		{"behind sudo, timeout and npx", "sudo -E -u me timeout -k 5 10m npx -y @anthropic-ai/claude-code@1.2.3 -p y", "7:49-80 claude\n"},
		{"behind if and !", "if ! claude -p y; then echo no; fi", "7:16-22 claude\n"},
		{"behind xargs", "ls | xargs -n 1 -I {} codex exec {}", "7:33-38 codex\n"},
		{"on several lines", "codex exec \\\n  --model gpt-6-luna \\\n  'write tests for this'", "7:11-16 codex gpt-6-luna@8:21-31 task=tests\n"},
		{"in a shell in a shell", "bash -lc 'set -e; claude -p x --model claude-opus-5-5'", "7:29-35 claude claude-opus-5-5@7:49-64\n"},
		{"in a container", "docker run --rm -e K img bash -lc '\n  timeout 5m codex exec x < /dev/null\n'", "8:24-29 codex\n"},
		{"as the entry of a container", "docker run \\\n  \"$IMAGE\" -lc 'claude -p x'", "8:27-33 claude\n"},
		{"a loop", "for f in *.go; do\n  gemini -m gemini-3.8-flash -p \"$f\"\ndone", "8:13-19 gemini gemini-3.8-flash@8:23-39\n"},
		{"a path to the program", "./node_modules/.bin/claude -p x", "7:11-37 claude\n"},
		{"in a subshell", "(cd x; aider --message y --model gpt-6-luna)", "7:18-23 aider gpt-6-luna@7:44-54\n"},
		{"in an unquoted here document", "cat <<EOF > x\n$(claude -p y)\nEOF", "8:13-19 claude\n"},
		{"in an arm of case", "case $x in\n  claude) codex exec y ;;\n  codex|gemini) claude -p y ;;\nesac\nclaude -p z", "8:21-26 codex\n9:27-33 claude\n11:11-17 claude\n"},
		{"a model in a variable that is computed", "claude -p x --model \"$MODEL\"", "7:11-17 claude computed@7:32\n"},
		{"flags in a variable", "claude -p x $FLAGS", "7:11-17 claude computed@6:14 limited\n"},
		{"a prompt in a variable is no flag", "claude -p \"$PROMPT\"", "7:11-17 claude\n"},
		{"an expression as a model", "claude -p x --model ${{ inputs.model }}", "7:11-17 claude computed@7:31\n"},
		{"llm with a prompt", "git diff | llm -m gpt-6-luna 'Summarize this diff'", "7:22-25 llm gpt-6-luna@7:29-39 task=pr-summary\n"},
		{"opencode and copilot", "opencode run -m openai/gpt-6-luna 'x y'\ncopilot -p 'x y' --model gpt-6-luna", "7:11-19 opencode openai/gpt-6-luna@7:27-44\n8:11-18 copilot gpt-6-luna@8:36-46 elsewhere\n"},
		{"gh models", "gh models run openai/gpt-4o 'x'", "7:11-13 gh-models openai/gpt-4o@7:25-38 elsewhere\n"},
		{"a setting that is computed", "codex exec -c \"$X\" 'x y'", "7:11-16 codex computed@7:26 elsewhere\n"},
		{"uvx", "uvx --from aider-chat aider --message x", "7:33-38 aider\n"},

		{"installing is no call", "npm install -g @anthropic-ai/claude-code @openai/codex && pip install aider-chat", ""},
		{"asking for the version is none", "claude --version\ncodex --version && gemini -v\nwhich claude\ncommand -v codex", ""},
		{"asking for help is none", "codex exec --help\ncodex e --version\ncodex help exec\ncodex exec help\nclaude -p --help\nclaude help\ngemini help\ngh models run --help", ""},
		{"a subcommand that is not known is none", "codex update\ncodex execpolicy check review\nclaude project purge\ngemini update", ""},
		{"a prompt of one word behind -p", "claude fix -p\ngemini fix -p x", "7:11-17 claude\n8:11-17 gemini\n"},
		{"flags in front of the subcommand", "codex -m gpt-6-luna --full-auto exec x", "7:11-16 codex gpt-6-luna@7:20-30\n"},
		{"settings are none", "claude mcp add x\ncodex login --api-key y\nllm install llm-gemini\nllm keys set openai\ngemini extensions install x", ""},
		{"text is none", "# claude -p x\necho claude -p x\necho 'a; claude -p x'\necho \"a\nclaude -p x\"", ""},
		{"a quoted here document is none", "cat <<'EOF' > x\nclaude -p y\n$(claude -p y)\nEOF\ncat <<-E\n\tclaude\n\tE", ""},
		{"names of files and folders are none", "cat claude\nrm -rf ~/.claude\ncd claude && ls\ngit add claude\n./scripts/claude run", ""},
		{"a test is none", "[[ $x =~ (claude|codex) ]] && echo y\nif [ \"$x\" = claude ]; then echo y; fi", ""},
		{"a function and a list are none", "claude() { echo x; }\nx=(claude codex)\nfor a in claude codex; do echo $a; done", ""},
		{"the target of a redirection is none", "echo x > claude\necho y 2>&1 >> codex", ""},
		{"another program of that name is none", "llm build\nllm serve --port 3", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { t.Parallel(); wantCalls(t, run(tt.script), tt.want) })
	}
}

func TestCallsOfOtherShells(t *testing.T) {
	t.Parallel()
	wantCalls(t, in("      - run: claude -p x\n        shell: python\n      - run: claude -p x\n        shell: bash -e {0}\n"), "8:14-20 claude\n")
	wantCalls(t, "on: push\ndefaults: {run: {shell: pwsh}}\njobs: {a: {steps: [{run: claude -p x}]}}\n", "")
}

func TestVariableOfTheFile(t *testing.T) {
	t.Parallel()
	wantCalls(t, in("      - env: {M: claude-opus-5-5}\n        run: claude -p x --model \"${M}\"\n"), "7:14-20 claude claude-opus-5-5@6:18-33\n")
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	wantCalls(t, "---\non: push\nengine:\n  id: claude\n  model: claude-opus-5-5\nmax-turns: 3\nsteps:\n  - run: claude -p x\n---\n\n# Changelog\n\nWrite the changelog entry.\n",
		"8:10-16 claude\n4:3-0 gh-aw claude-opus-5-5@5:10-25 limited task=changelog\n")
	wantCalls(t, "---\non: push\nengine: codex\npermissions: {}\n---\nSay hello.\n", "3:9-0 gh-aw\n")
	wantCalls(t, "---\non: push\nengine:\n  id: custom\n  steps:\n    - uses: actions/ai-inference@v3\n      with: {model: gpt-4.1}\n---\nx\n",
		"6:13-36 ai-inference gpt-4.1@7:21-28 elsewhere\n")
	for text, want := range map[string]bool{
		"---\non: push\nengine: x\n---\n": true, "---\ntitle: x\n---\n": false, "# x\n": false, "---\non: push\n": false, "": false,
	} {
		if got := IsMarkdown([]byte(text)); got != want {
			t.Errorf("IsMarkdown(%q) = %t", text, got)
		}
	}
}

func TestCompiledMarkdown(t *testing.T) {
	t.Parallel()
	wantCalls(t, "#\n# This file was automatically generated by gh-aw. DO NOT EDIT.\n"+in(`      - run: claude -p x
      - id: agentic_execution
        run: sudo awf -- /bin/bash -c 'claude --print'
        env:
          ANTHROPIC_API_KEY: ${{ secrets.K }}
          ANTHROPIC_MODEL: claude-opus-5-5
          GH_AW_MAX_AI_CREDITS: 1000
`), "9:9-0 gh-aw claude-opus-5-5@13:28-43 limited\n")
}

func TestTasksThatWordsTell(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, prompt, want string }{
		{"Claude Code Review", "", "code-review"},
		{"review", "", "code-review"},
		{"Gemini PR reviewer", "", "code-review"},
		{"Security review", "", "security-scan"},
		{"Security and code review", "", "code-review"},
		{"Dependency review", "", ""},
		{"Docs review", "", ""},
		{"Address review comments", "", ""},
		{"Respond to review", "", ""},
		{"Changelog", "", "changelog"},
		{"changeset-bot", "", "changelog"},
		{"Update docs", "", "docs"},
		{"Multi-Device Docs Tester", "", ""},
		{"PR summary", "", "pr-summary"},
		{"Summarize PR", "Review this pull request for bugs.", ""},
		{"Release notes", "", "release-notes"},
		{"Explain CI failures", "", "failure-summary"},
		{"Fix CI failures", "", ""},
		{"Write tests", "", "tests"},
		{"Run tests", "", ""},
		{"Test", "", ""},
		{"Claude", "Please review this pull request and look at tests and documentation.", "code-review"},
		{"Claude", "/code-review:code-review owner/repo/pull/1", "code-review"},
		{"Claude", "Write the changelog entry. Do not review the diff.", ""},
		{"Claude", "Summarize this diff in three lines.", "pr-summary"},
		{"Claude", "Audit the pages. Provide a detailed summary of the changes you make.", ""},
		{"Claude", "Write a summary of this pull request.", "pr-summary"},
		{"Claude", "Summarize the failing tests from the build log.", "failure-summary"},
		{"Claude", "Generate unit tests for the new functions.", "tests"},
		{"Claude", "Update the documentation after this change.", "docs"},
		{"Claude", "Check for vulnerabilities in what this adds.", "security-scan"},
		{"Claude", "Act as a board. Do not review infrastructure.", ""},
		{"Claude", "Fix the issue and open a pull request.", ""},
		{"Claude", "Triage this issue and add labels.", ""},
		{"Claude", "Detect duplicates. Review changes in HEAD.", ""},
		{"Claude", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name+": "+tt.prompt, func(t *testing.T) {
			t.Parallel()
			text := in("      - name: " + tt.name + "\n        uses: openai/codex-action@v1\n        with:\n          prompt: \"" + tt.prompt + "\"\n")
			f, findings := Parse("w.yml", []byte(text))
			if len(findings) > 0 {
				t.Fatal(findings)
			}
			if got := f.Calls()[0].Task; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
