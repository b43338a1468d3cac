package cli

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
)

var update = flag.Bool("update", false, "rewrite the pages of the rules")

const pagesFolder = "../../docs/rules"

func exampleWorld(t *testing.T) lint.World {
	t.Helper()
	day, err := time.Parse(time.DateOnly, lint.ExampleDay)
	if err != nil {
		t.Fatal(err)
	}
	w, err := pipeline.LintWorld(day)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestPagesAreWrittenFromTheRules holds docs/rules to the rules' own values
// and to what the linter prints today.
func TestPagesAreWrittenFromTheRules(t *testing.T) {
	w, pages := exampleWorld(t), lint.Pages()
	want := map[string]string{"README.md": report.LintIndex(pages)}
	for _, p := range pages {
		text, err := report.LintPage(p, w)
		if err != nil {
			t.Fatal(err)
		}
		want[p.ID+".md"] = text
	}
	if *update {
		writePages(t, want)
	}
	entries, err := os.ReadDir(pagesFolder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, ok := want[e.Name()]; !ok {
			t.Errorf("%s is the page of nothing", e.Name())
		}
	}
	for name, text := range want {
		data, err := os.ReadFile(filepath.Join(pagesFolder, name))
		if err != nil {
			t.Error(err)
			continue
		}
		if diff := cmp.Diff(text, string(data)); diff != "" {
			t.Errorf("%s: run go test ./internal/cli -run Pages -update (-want +got):\n%s", name, diff)
		}
	}
}

func writePages(t *testing.T, pages map[string]string) {
	t.Helper()
	if err := os.RemoveAll(pagesFolder); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(pagesFolder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(pagesFolder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestPagesShowWhatTheProgramPrints runs the example that stands on each page:
// what it says to find is found, and what it says to be mended is quiet.
func TestPagesShowWhatTheProgramPrints(t *testing.T) {
	w, ran := exampleWorld(t), 0
	blocks := regexp.MustCompile("(?s)\n(```+)(yaml|text)\n(.*?)\n```")
	for _, p := range lint.Pages() {
		text, err := os.ReadFile(filepath.Join(pagesFolder, p.ID+".md"))
		if err != nil {
			t.Fatal(err)
		}
		found := blocks.FindAllStringSubmatch(string(text), -1)
		if len(found) < 3 {
			t.Fatalf("%s shows %d blocks, want what is found, what is said, and the same mended", p.ID, len(found))
		}
		if strings.Contains(string(text), "… and so on.") || strings.Contains(found[0][3], "<U+") {
			continue // the value itself is held in the package lint
		}
		ran++
		bad := p.Look(lint.Example{Text: found[0][3] + "\n", World: p.Bad.World}, w)
		if len(bad) == 0 {
			t.Errorf("%s: what the page shows is not found", p.ID)
		}
		for _, f := range bad {
			if !strings.Contains(found[1][3], f.Position.String()+": "+f.Severity.String()+": ") {
				t.Errorf("%s: the page does not show %s", p.ID, f.Finding)
			}
		}
		if good := p.Look(lint.Example{Text: found[2][3] + "\n", World: p.Good.World}, w); len(good) > 0 {
			t.Errorf("%s: what the page shows as mended is found: %v", p.ID, good)
		}
	}
	if ran < 40 {
		t.Errorf("only %d examples ran", ran)
	}
}

// TestExplainKnowsEveryRule holds the verb to the pages.
func TestExplainKnowsEveryRule(t *testing.T) {
	for _, p := range lint.Pages() {
		text, err := explain(p.ID)
		if err != nil || !strings.Contains(text, p.Summary) {
			t.Errorf("explain %s: %v\n%s", p.ID, err, text)
		}
	}
}
