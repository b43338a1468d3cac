package task

import (
	"strings"
	"testing"
)

func TestLinesOfATestFileKnowWhatTheyStandIn(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		path, text string
		even       bool
		depth      int // of the line that holds HERE
	}{
		"a bracket in a string opens nothing":    {"a_test.go", "f(\"{\")\nHERE()\n", true, 0},
		"a raw string of several lines":          {"a_test.go", "f(`{\n(`)\nHERE()\n", true, 0},
		"a comment opens nothing":                {"a.test.ts", "f() // {\n/* ( */ HERE()\n", true, 0},
		"a block is what its bracket opened":     {"a.test.ts", "f(() => {\n  HERE()\n})\n", true, 2},
		"a lifetime is no string":                {"tests/a.rs", "fn f<'a>(x: &'a str) {\n  HERE\n}\n", true, 1},
		"indentation is what Python goes by":     {"test_a.py", "class A:\n    def f(self):\n        HERE\n", true, 2},
		"a bracket that is never closed":         {"a_test.go", "f(\nHERE\n", false, 1},
		"a bracket that was never opened":        {"a_test.go", "HERE\n}\n", false, 0},
		"more brackets than anybody would write": {"a_test.go", strings.Repeat("(", 200) + "\nHERE\n" + strings.Repeat(")", 200), false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, known := testLanguageOf(tt.path)
			if !known {
				t.Fatalf("%s is unknown", tt.path)
			}
			text := splitLines(tt.text)
			lines, even := l.codeLines(text, make([]bool, len(text)))
			if even != tt.even {
				t.Fatalf("even: %v", even)
			}
			for _, line := range lines {
				if strings.Contains(line.code, "HERE") && len(line.in) != tt.depth {
					t.Errorf("stands in %v, want %d", line.in, tt.depth)
				}
			}
		})
	}
}

func FuzzLinesOfATestFile(f *testing.F) {
	f.Add("a_test.go", "package a\n", "func TestA(t *testing.T) {\n\tt.Error(\"(\")\n}\n")
	f.Add("test_a.py", "def test_a():\n    assert f\n", "@x(\n'''\n")
	f.Add("a.test.ts", "it(`a`, () => {})\n", "expect(f(1))\n")
	f.Fuzz(func(t *testing.T, path, before, put string) {
		l, known := testLanguageOf(path)
		if !known {
			return
		}
		old := rewrite{path: path, before: before, after: before}
		if line := l.inside(old); line != "" && !strings.Contains(line, "brackets") {
			t.Errorf("a file that is as it was has a new line: %q", line)
		}
		grown := rewrite{path: path, before: before, after: endedLine(before) + put}
		_, _, _ = l.inside(grown), l.runsAtLoad(grown), l.harms(before, put)
		_, _ = l.unheard(put), idleForm(l, put)
	})
}
