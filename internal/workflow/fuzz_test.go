package workflow

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/diag"
)

// FuzzParse holds every place to the file: 1-based, on a line that is there,
// and where a model's place is known, with the model's own words at it.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("../../testdata/lint/*/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(strings.TrimPrefix(string(data), "-- workflow.yml --\n"))
	}
	for _, script := range []string{"claude -p \"$(codex exec 'x", "case a in a) `claude", "cat <<-E | claude\n\tE", "((", "x=(", "a\\", "curl -d '{\"model\":\"b\"}' api.openai.com/v1/responses", "f() { claude -p x; }; f"} {
		f.Add(run(script))
	}
	for _, model := range []string{"${{ vars.M || 'b' }}", "${{ env.A }}", "${{ env.V }}", "${{ matrix.o.m }}", "${{ (x && 'b') || inputs.m }}", "${M:-b}"} {
		f.Add(with(model))
	}
	f.Add("---\non: push\nengine: {id: claude, model: x}\n---\nReview the code.\n")
	f.Fuzz(func(t *testing.T, text string) {
		file, findings := Parse("w.yml", []byte(text))
		lines := strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n")
		for _, finding := range findings {
			checkPlace(t, lines, finding.Position)
		}
		if file == nil {
			if len(findings) == 0 {
				t.Fatal("no file and no finding")
			}
			return
		}
		for _, c := range file.Calls() {
			checkPlace(t, lines, c.Pos)
			if c.Model == nil {
				continue
			}
			checkPlace(t, lines, c.Model.Pos)
			for _, m := range append(c.Models, *c.Model) {
				checkPlace(t, lines, m.Pos)
				if m.End > 0 && lines[m.Pos.Line-1][m.Pos.Col-1:m.End-1] != m.Text {
					t.Fatalf("%q does not stand at %v", m.Text, m.Pos)
				}
			}
		}
	})
}

func checkPlace(t *testing.T, lines []string, pos diag.Position) {
	t.Helper()
	if pos.Line < 1 || pos.Line > len(lines) || pos.Col < 1 || pos.Col > len(lines[pos.Line-1])+1 {
		t.Fatalf("%v is no place of the file", pos)
	}
}
