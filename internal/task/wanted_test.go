package task

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/change"
)

func TestFilesThatATaskWants(t *testing.T) {
	t.Parallel()
	files := []change.File{
		{Path: "client/retry.go", Status: change.Modified},
		{Path: "client/gone.go", Status: change.Removed},
		{Path: "web/cache.ts", Status: change.Added},
		{Path: "go.sum", Status: change.Modified},
		{Path: ".github/workflows/ci.yml", Status: change.Modified},
		{Path: "docs/changed.md", Status: change.Modified},
	}
	paths := []string{
		".env", ".github/workflows/ci.yml", "AGENTS.md", "CHANGELOG.md", "LICENSE", "README.md", "client/README.md", "client/client_test.go", "client/retry.go", "client/retry_test.go",
		"docs/changed.md", "docs/other.md", "docs/retry.md", "go.sum", "other/README.md", "other/retry_test.go", "web/cache.test.ts", "web/cache.ts", "web/setup.ts", "web/__snapshots__/cache.test.ts.snap",
	}
	want := map[string][]string{
		"docs":  {"client/retry.go", "web/cache.ts", "docs/changed.md", "docs/retry.md", "README.md", "client/README.md", "docs/other.md"},
		"tests": {"client/retry.go", "web/cache.ts", "client/retry_test.go", "web/cache.test.ts", "client/client_test.go"},
	}
	for id, want := range want {
		task, _ := Find(id)
		if diff := cmp.Diff(want, WantedFiles(task, files, paths)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
	}
	task, _ := Find("docs")
	if got := WantedFiles(task, files, nil); !cmp.Equal(got, []string{"client/retry.go", "web/cache.ts", "docs/changed.md"}) {
		t.Errorf("without a list: %v", got)
	}
}

func TestWantedFilesAreBounded(t *testing.T) {
	t.Parallel()
	var files []change.File
	var paths []string
	for i := range 100 {
		p := fmt.Sprintf("a/f%d.go", i)
		files = append(files, change.File{Path: p, Status: change.Modified})
		paths = append(paths, p, fmt.Sprintf("a/f%d_test.go", i), fmt.Sprintf("docs/f%d.md", i))
	}
	for _, id := range []string{"docs", "tests"} {
		task, _ := Find(id)
		if got := WantedFiles(task, files, paths); len(got) > MaxWanted || len(got) <= maxSources {
			t.Errorf("%s wants %d files", id, len(got))
		}
	}
}

func TestPathsThatNoTaskWrites(t *testing.T) {
	t.Parallel()
	refused := []string{
		"CLAUDE.md", "docs/AGENTS.md", ".github/copilot-instructions.md", "x.instructions.md", "prompts/a.md", "skills/release/SKILL.md", ".cursorrules", "llms.txt",
		"LICENSE", "LICENSE-MIT", "docs/NOTICE.txt", "CODEOWNERS", "docs/CODEOWNERS", "SECURITY.md", "CODE_OF_CONDUCT.md", "routing-policy.yml",
		".github/workflows/a.yml", ".github/README.md", ".git/config", "docs/.git/x.md", "git~1/x.md", "a/../b.md", "/a.md", "a//b.md", "./a.md", `a\b.md`, "C:/a.md", "a.md ", "a\nb.md", `a"b.md`,
		"go.mod", "package.json", "requirements.txt", "Makefile", "config.yml", "vendor/x/doc.go", "node_modules/x/README.md", "db/migrations/1.sql", "yarn.lock",
	}
	for _, p := range refused {
		if writablePath(p) == "" {
			t.Errorf("%q may be written", p)
		}
	}
	for _, p := range []string{"README.md", "docs/a b.md", "docs/größe.md", "internal/agents/agent.go", "src/license/check.go", "cmd/notice.go", "lib/a_test.go", "docs/security/auth.md"} {
		if why := writablePath(p); why != "" {
			t.Errorf("%q may not be written: it %s", p, why)
		}
	}
}
