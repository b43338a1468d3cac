package pipeline

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/lint"
)

func TestLintRepositoryTakesWhatIsOurs(t *testing.T) {
	t.Parallel()
	repository := fstest.MapFS{}
	for name, text := range map[string]string{
		"routing-policy.yml":                    "version: 1\n",
		"compose.yml":                           "services: {}\n",
		".github/dependabot.yml":                "version: 2\n",
		".github/workflows/b.yaml":              "jobs: {}\n",
		".github/workflows/broken.yml":          "[",
		".github/workflows/README.md":           "# no workflow\n",
		".github/workflows/old/off.yml":         "on: push\njobs: {}\n",
		".github/actions/a/action.yml":          "runs: { using: composite, steps: [] }\n",
		".github/actions/broken/action.yml":     "runs: [\n",
		".github/actions/docker/action.yml":     "runs: { using: docker }\n",
		".github/actions/a/testdata/input.yaml": "a: b\n",
	} {
		repository[name] = &fstest.MapFile{Data: []byte(text)}
	}
	files, err := LintRepository(repository)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	want := []string{"routing-policy.yml", ".github/workflows/b.yaml", ".github/workflows/broken.yml", ".github/actions/a/action.yml", ".github/actions/broken/action.yml"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if files, err := LintRepository(fstest.MapFS{}); err != nil || len(files) > 0 {
		t.Errorf("an empty repository gives %v, %v", files, err)
	}
}

func TestLintKnowsAWorkflowByItsPlaceAndByWhatItHolds(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"stdin jobs: {}": true, "stdin version: 1": false, ".github/workflows/x.yml version: 1": true, "../../.github/workflows/x.yml [": true,
		"x/.github/workflows/deep/x.yml version: 1": false, "action.yml a: b": true, "stdin runs: { steps: [] }": true, "stdin runs: { using: docker }": false,
	} {
		name, text, _ := strings.Cut(name, " ")
		if got := lintsAsWorkflow(LintFile{Name: name, Data: []byte(text)}); got != want {
			t.Errorf("%s with %q is linted as a workflow: %t", name, text, got)
		}
	}
}

func TestATreeWithoutGitIsBounded(t *testing.T) {
	t.Parallel()
	root := fstest.MapFS{"b/c.go": {}, "a.go": {}, ".git/config": {}}
	if diff := cmp.Diff([]string{"a.go", "b/c.go"}, lintWalk(root).Paths); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	many := fstest.MapFS{}
	for i := range maxWalked + 1 {
		many[strings.Repeat("a", 1+i%50)+"/"+time.Unix(int64(i), 0).UTC().Format("150405.20060102")] = &fstest.MapFile{}
	}
	if lintWalk(many) != nil {
		t.Error("a tree of too many files counts as known")
	}
	if lintWalk(os.DirFS(t.TempDir()+"/gone")) != nil {
		t.Error("a folder that is not there counts as known")
	}
}

func TestSpendTakesMediansOfWhatIsKnown(t *testing.T) {
	t.Parallel()
	record := func(run, task, cost string, models ...string) ledger.Record {
		r := ledger.Record{Repository: "acme/widgets", RunID: run, RunAttempt: 1, Task: task, Cost: ledger.Amount(cost)}
		for _, m := range models {
			r.Attempts = append(r.Attempts, ledger.Attempt{Provider: "anthropic", Model: m})
		}
		return r
	}
	reused := record("4", "docs", "0", "haiku")
	reused.Reused = &ledger.Reused{}
	got := spendOf([]ledger.Record{
		record("1", "docs", "0.01", "haiku"), record("1", "code-review", "0.50", "opus"),
		record("2", "docs", "0.03", "haiku", "haiku"), record("2", "code-review", "unknown", "opus"),
		record("3", "docs", "0.40", "haiku", "sonnet"), record("3", "failure-summary", "0"),
		reused,
		record("5", "docs", "0.04", "haiku"), record("5", "code-review", "0.26", "opus"),
	})
	want := &lint.Spend{Weeks: 4, Sessions: 4, MedianRun: 350_000_000, Models: []lint.ModelSpend{
		{Task: "code-review", Provider: "anthropic", Model: "opus", Tasks: 2, Median: 380_000_000},
		{Task: "docs", Provider: "anthropic", Model: "haiku", Tasks: 3, Median: 30_000_000},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := spendOf([]ledger.Record{record("2", "code-review", "unpriced", "opus")}); got != nil {
		t.Errorf("a ledger of unknown costs gives %+v", got)
	}
}

func TestEvidenceOfALinterMaySayPublic(t *testing.T) {
	t.Parallel()
	p, err := lintPlatform([]byte(`{"branch": "main", "public": true, "required_review": true}`))
	if err != nil || !p.Public || p.Evidence.Branch != "main" {
		t.Errorf("platform = %+v, %v", p, err)
	}
	if _, err := lintPlatform([]byte(`{"pubic": true}`)); err == nil {
		t.Error("an unknown key is taken")
	}
}

func TestLintReadsNoMoreThanItsBound(t *testing.T) {
	t.Parallel()
	data, err := ReadLint(fstest.MapFS{"a.yml": {Data: make([]byte, 3<<20)}}, "a.yml")
	if err != nil || len(data) != maxLintBytes {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	if _, err := ReadLint(fstest.MapFS{"a.yml": {Mode: fs.ModeNamedPipe}}, "a.yml"); err == nil {
		t.Error("a pipe is read")
	}
}

func TestLintPathsOfATree(t *testing.T) {
	t.Parallel()
	got := lintPaths([]string{".github/workflows/b.yml", ".github/workflows/a.yml", "x/.github/workflows/a.yml", "action.yml", ".github/actions/a/action.yaml", "policy.yml", ".github/workflows/deep/c.yml"}, "policy.yml")
	want := []string{"policy.yml", ".github/actions/a/action.yaml", ".github/workflows/a.yml", ".github/workflows/b.yml"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
