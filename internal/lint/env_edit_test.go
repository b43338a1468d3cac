package lint

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/workflow"
)

// TestStrangersWordsInACommandLine mends what is mechanical in a run: line and
// leaves the rest to a person. It takes the last step of a job for a call, so
// that it does not hang on which command lines are known.
func TestStrangersWordsInACommandLine(t *testing.T) {
	t.Parallel()
	const title = "${{ github.event.issue.title }}"
	tests := []struct{ name, step, want string }{
		{
			"outside of quotes",
			"      - run: claude -p " + title + " # ask\n",
			"      - env:\n          ISSUE_TITLE: " + title + "\n        run: claude -p \"${ISSUE_TITLE}\" # ask\n",
		},
		{
			"inside of double quotes, twice",
			"      - name: x\n        run: |\n          claude -p \"Sort: " + title + "\" \\\n            --append \"" + title + "\"\n",
			"      - name: x\n        env:\n          ISSUE_TITLE: " + title + "\n        run: |\n          claude -p \"Sort: ${ISSUE_TITLE}\" \\\n            --append \"${ISSUE_TITLE}\"\n",
		},
		{
			"beside variables that are there",
			"      - run: claude -p \"" + title + "\"\n        env:\n          # the key\n          KEY: x\n",
			"      - run: claude -p \"${ISSUE_TITLE}\"\n        env:\n          # the key\n          ISSUE_TITLE: " + title + "\n          KEY: x\n",
		},
		{
			"with the variable that is there",
			"      - run: claude -p \"" + title + "\"\n        env: { ISSUE_TITLE: \"" + title + "\" }\n",
			"      - run: claude -p \"${ISSUE_TITLE}\"\n        env: { ISSUE_TITLE: \"" + title + "\" }\n",
		},
		{"inside of single quotes", "      - run: claude -p '" + title + "'\n", ""},
		{"in a here document", "      - run: |\n          claude <<END\n          " + title + "\n          END\n", ""},
		{"in a quote over two lines", "      - run: |\n          claude -p \"Sort:\n          " + title + "\"\n", ""},
		{"in another shell", "      - run: claude -p \"" + title + "\"\n        shell: pwsh\n", ""},
		{"in more than the words", "      - run: claude -p \"${{ github.event.issue.title || 'none' }}\"\n", ""},
		{"where the name is taken", "      - run: claude -p \"" + title + "\"\n        env:\n          ISSUE_TITLE: other\n", ""},
		{"beside variables in brackets", "      - run: claude -p \"" + title + "\"\n        env: { KEY: x }\n", ""},
		{"a step in brackets", "      - { run: 'claude -p \"" + title + "\"' }\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			const head = "on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
			got, done, err := Mend(head+tt.step, checkLastStep(t))
			if err != nil {
				t.Fatal(err)
			}
			if len(done) == 0 {
				got = head
			}
			if diff := cmp.Diff(head+tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if tt.want == "" && !strings.Contains(shown(checkLastStep(t)(head+tt.step).Findings), "error: github.event.issue.title becomes part of the command line") {
				t.Error("nothing was found")
			}
		})
	}
}

func checkLastStep(t *testing.T) func(string) Report {
	return func(text string) Report {
		file, findings := workflow.Parse("workflow.yml", []byte(text))
		if file == nil {
			t.Fatalf("%v in\n%s", findings, text)
		}
		steps := file.Jobs[0].Steps
		f := Workflow{
			Source: NewSource("workflow.yml", []byte(text)), File: file,
			Calls: []workflow.Call{{Agent: workflow.Agent{ID: "claude"}, Job: &file.Jobs[0], Step: &steps[len(steps)-1]}},
		}
		var r Report
		for _, h := range untrustedInPrompt().Workflow(f, World{}) {
			r.Findings = append(r.Findings, untrustedInPrompt().finding(h))
		}
		return r
	}
}

func TestUntrustedIn(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"${{ github.event.issue.title }}":                                        "github.event.issue.title",
		"${{github.event.comment.body}}":                                         "github.event.comment.body",
		"${{ github.event['pull_request']['head']['ref'] }}":                     "github.event.pull_request.head.ref",
		"${{ GitHub.Head_Ref }}":                                                 "github.head_ref",
		"${{ github.event.commits[0].message }}":                                 "github.event.commits.*.message",
		"${{ github.event.commits.*.message }}":                                  "github.event.commits.*.message",
		"${{ toJSON(github.event) }}":                                            "github.event",
		"${{ format('{0}', github.event.review.body) }}":                         "github.event.review.body",
		"${{ github.event.issue.number == 1 && github.event.issue.title }}":      "github.event.issue.title",
		"${{ github.event.issue.title == 'x' }}":                                 "",
		"${{ contains(github.event.issue.title, 'x') && 'yes' || 'no' }}":        "",
		"${{ 'github.event.issue.title' }}":                                      "",
		"${{ github.event.issue.number }}":                                       "",
		"${{ github.event.issue.user.login }}":                                   "",
		"${{ github.event.pull_request.head.sha }}":                              "",
		"${{ toJSON(github.event.label) }}":                                      "",
		"${{ steps.x.outputs.github_head_ref }}":                                 "",
		"${{ github.event.issue.title_length }}":                                 "",
		"${{ env.TITLE }}":                                                       "",
		"${{ inputs.title }}":                                                    "",
		"${{ github.base_ref }}":                                                 "",
		"${{ github.event.pull_request.title }} and ${{ github.event.x.title }}": "github.event.pull_request.title",
	}
	for expression, want := range tests {
		if got, _ := untrustedIn(expression); got != want {
			t.Errorf("untrustedIn(%s) = %q, want %q", expression, got, want)
		}
	}
}
