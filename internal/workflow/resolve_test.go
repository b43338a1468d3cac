package workflow

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// candidates prints what the model of each call may be, as "text@line:col-end
// [where …]", with | between those of one call.
func candidates(t *testing.T, text string) string {
	t.Helper()
	f, findings := Parse("w.yml", []byte(text))
	if f == nil || len(findings) > 0 {
		t.Fatal(findings)
	}
	var calls []string
	for _, c := range f.Calls() {
		var list []string
		for _, m := range c.Models {
			line := fmt.Sprintf("%s@%d:%d-%d", m.Text, m.Pos.Line, m.Pos.Col, m.End)
			if m.When != "" {
				line += " where " + m.When
			}
			if m.Matrix {
				line += " in a matrix"
			}
			list = append(list, line)
		}
		calls = append(calls, strings.Join(list, " | "))
	}
	return strings.Join(calls, "\n")
}

// with puts an expression into a step whose job has a matrix, whose workflow
// has variables and whose input has a default.
func with(model string) string {
	return `on: {workflow_call: {inputs: {m: {default: d}}}}
env: {A: a, E: '', L: '${{ env.L }}', V: "${{ vars.X || 'v' }}"}
jobs:
  a:
    strategy: {matrix: {m: [x, y], o: [{m: z}, {n: 1}], exclude: [{m: y}], include: [{m: i}]}}
    steps:
      - uses: openai/codex-action@v1
        with: {model: "` + model + `"}
`
}

func TestWhatAModelMayBe(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, model, want string }{
		{"itself", "gpt", "gpt@8:24-27"},
		{"a literal", "${{ 'b' }}", "b@8:29-30"},
		{"a variable of the file", "${{ env.A }}", "a@2:10-11"},
		{"a variable that is empty", "${{ env.E || 'b' }}", "b@8:38-39 where env.E is empty"},
		{"a variable that is itself", "${{ env.L }}", ""},
		{"a variable that has a fallback", "${{ env.V }}", "v@2:58-59 where vars.X is empty"},
		{"a variable that nobody sets here", "${{ env.N }}", ""},
		{"a fallback", "${{ vars.M || 'b' }}", "b@8:39-40 where vars.M is empty"},
		{"a fallback of two", "${{ vars.M || secrets.N || 'b' }}", "b@8:52-53 where vars.M is empty and secrets.N is empty"},
		{"what stands behind a literal never counts", "${{ 'b' || 'c' }}", "b@8:29-30"},
		{"a choice", "${{ github.ref == 'x' && 'b' || 'c' }}", "b@8:50-51 where a condition holds | c@8:57-58 where no condition before it holds"},
		{"a choice in brackets", "${{ (github.ref == 'x' && 'b') || 'c' }}", "b@8:51-52 where a condition holds | c@8:59-60 where what stands before it is empty"},
		{"an input with a default", "${{ inputs.m }}", "d@1:44-45 where inputs.m is not given"},
		{"a matrix", "${{ matrix.m }}", "x@5:29-30 in a matrix | i@5:90-91 in a matrix"},
		{"a key in a matrix", "${{ matrix.o.m }}", "z@5:44-45 in a matrix"},
		{"a function is not known", "${{ fromJSON(vars.M) || 'b' }}", ""},
		{"a text around it is not known", "x-${{ env.A }}", ""},
		{"a quote in a quote is not known", "${{ 'it''s' }}", ""},
		{"what is no expression ends nothing", "${{ ", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, candidates(t, with(tt.model))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatAModelOfAScriptMayBe(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, script, want string }{
		{"a shell's fallback", `claude -p x --model "${M:-b}"`, "b@7:37-38 where $M is empty"},
		{"a shell's fallback of a fallback", `claude -p x --model "${M:-$N}"`, ""},
		{"a variable of a script", `M=b; claude -p x --model "$M"`, "b@7:13-14"},
		{"a variable of a script in braces", "M='b'\nclaude -p x --model=${M}", "b@7:14-15"},
		{"an exported one", "export M=b\nclaude -p x --model $M", "b@7:20-21"},
		{"one that leads to another", "N=b\nM=$N\nclaude -p x --model $M", "b@7:13-14"},
		{"one with a fallback of its own", `M="${M:-b}"; claude -p x --model "$M"`, "b@7:19-20 where $M is empty"},
		{"one that the agent reads", "export ANTHROPIC_MODEL=b\nclaude -p x", "b@7:34-35"},
		{"one that the agent does not see", "ANTHROPIC_MODEL=b\nclaude -p x", ""},
		{"one of two", "M=b\nif x; then M=c; fi\nclaude -p x --model $M", ""},
		{"one that is written behind", "claude -p x --model $M\nM=b", ""},
		{"one of another command", "M=b true\nclaude -p x --model $M", ""},
		{"one that is read", "M=b\nread -r M < file\nclaude -p x --model $M", ""},
		{"one that is added to", "M=b\nM+=c\nclaude -p x --model $M", ""},
		{"one that is computed", "M=$(cat file)\nclaude -p x --model $M", ""},
		{"one that is itself", "M=$M\nclaude -p x --model $M", ""},
		{"two that are each other", "M=$N\nN=$M\nclaude -p x --model $M", ""},
		{"one that is only told", "M=b\necho \"M=$M\" >> \"$GITHUB_OUTPUT\"\nclaude -p x --model $M", "b@7:13-14"},
		{"a shell's fallback for what the script says", "M=c\nclaude -p x --model ${M:-b}", ""},
		{"wget", `wget --post-data='{"model":"b"}' -O- https://api.openai.com/v1/responses`, "b@7:39-40"},
		{"a body", `curl -d '{"model":"b"}' https://api.anthropic.com/v1/messages`, "b@7:30-31"},
		{"a body in double quotes", `curl -d "{\"model\": \"b\"}" api.openai.com/v1/responses`, "b@7:34-35"},
		{"two bodies", "A='{\"model\":\"b\"}'; B='{\"model\":\"c\"}'\ncurl -d \"$A\" https://api.anthropic.com/v1/messages", ""},
		{"a here document", "curl https://openrouter.ai/api/v1/chat/completions -d @- <<'E'\n{\"model\": \"o/b\"}\nE", "o/b@8:22-25"},
		{"an address", `curl --json "$B" "https://generativelanguage.googleapis.com/v1/models/b:generateContent"`, "b@7:81-82"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, candidates(t, run(tt.script))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFunctionsAreNoPrograms(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, script, want string }{
		{"a function", "claude() { echo x; }\nclaude -p x", ""},
		{"a function with its word", "function claude() { echo x; }\nclaude -p x\nfunction codex { echo; }\ncodex exec x", ""},
		{"its body", "claude() { command claude -p \"$1\"; }\nif claude x; then :; fi", "7:30-36 claude\n"},
		{"before it is declared", "claude -p x\nclaude() { :; }", "7:11-17 claude\n"},
		{"what runs programs runs no functions", "claude() { :; }\ntimeout 5 claude -p x\nnpx claude -p x\n./bin/claude -p x", "8:21-27 claude\n9:15-21 claude\n10:11-23 claude\n"},
		{"another shell does not know it", "claude() { :; }\nbash -c 'claude -p x'", "8:20-26 claude\n"},
		{"an alias of another program", "alias claude=true\nclaude -p x", ""},
		{"an alias that adds flags", "alias claude='claude --verbose'\nclaude -p x", "8:11-17 claude\n"},
		{"an arm of case declares nothing", "case x in claude) ;; esac\nclaude -p x", "8:11-17 claude\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { t.Parallel(); wantCalls(t, run(tt.script), tt.want) })
	}
}
