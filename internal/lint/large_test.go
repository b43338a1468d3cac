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
	tests := []struct{ name, text string }{
		{"thousands of steps that call a model", head + strings.Repeat(action, 5000)},
		{"a script of thousands of calls", head + "      - run: |\n" + strings.Repeat("          claude -p 'x ${{ github.head_ref }}' --model claude-opus-5-5\n", 12000)},
		{"a chain of thousands of jobs", "on: pull_request_target\njobs:\n" + jobs.String()},
		{"expressions that are folded over lines", head + "      - run: >\n          claude -p x\n" + strings.Repeat("          ${{ github.head_ref\n          }}\n", 20000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if r := CheckWorkflow("w.yml", []byte(tt.text), World{Today: "2026-11-25"}); len(r.Findings) == 0 {
				t.Error("nothing was found")
			}
		})
	}
}
