package lint

import (
	"fmt"
	"strings"
	"testing"
)

// TestLargeWorkflowsEnd reads files near the bound of 1 MiB. While each call read
// its whole job again they took longer than go test waits; they take about a
// second.
func TestLargeWorkflowsEnd(t *testing.T) {
	t.Parallel()
	const action = "      - uses: anthropics/claude-code-action@v1\n        with: {prompt: 'write the changelog ${{ github.head_ref }}', claude_args: --model claude-opus-5-5}\n"
	head := "on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
	var jobs strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&jobs, "  j%d:\n    needs: [j%d, j%d]\n    steps:\n%s", i, i-1, i-2, action)
	}
	type named struct{ name, text string }
	tests := []named{
		{"thousands of steps that call a model", head + strings.Repeat(action, 5000)},
		{"a script of thousands of calls", head + "      - run: |\n" + strings.Repeat("          claude -p 'x ${{ github.head_ref }}' --model claude-opus-5-5\n", 12000)},
		{"a chain of thousands of jobs", "on: pull_request_target\njobs:\n" + jobs.String()},
		{"expressions that are folded over lines", head + "      - run: >\n          claude -p x\n" + strings.Repeat("          ${{ github.head_ref\n          }}\n", 20000)},
	}
	const legs = "on: issues\nenv:\n  T: ${{ github.event.issue.title }}\njobs:\n  a:\n    strategy:\n      matrix: {m: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v]}\n    steps:\n"
	tests = append(tests,
		named{"a matrix for each of thousands of calls", legs + "      - run: |\n" + strings.Repeat("          claude -p 'review the code of ${{ env.T }}' --model ${{ matrix.m }}\n", 9000)},
		named{"thousands of requests with one body", legs + "      - run: |\n" + strings.Repeat("          B='{\"model\": \"gpt-4\"}'; curl https://api.openai.com/v1/responses -d \"$B\"\n", 9000)},
		named{"thousands of steps that read a long variable", strings.Replace(legs, "title }}", "title }}"+strings.Repeat(" ${{ env.U }}", 30000), 1) +
			strings.Repeat("      - run: claude -p '${{ env.T }}' --model ${{ env.M }}; echo M=x >> $GITHUB_ENV\n", 6000)},
	)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if r := CheckWorkflow("w.yml", []byte(tt.text), World{Today: "2026-11-25"}); len(r.Findings) == 0 {
				t.Error("nothing was found")
			}
		})
	}
}
