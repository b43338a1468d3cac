package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// inlineTests finds tests inside files of code. They add to what the file is
// and take nothing from it: the file stays code.
func inlineTests(in Input) []Hit {
	var hits []Hit
	for i, f := range in.Change.Files {
		marks := inlineMarks(f)
		if len(marks) == 0 || slices.Contains(in.classesOf(i), Test) {
			continue
		}
		if hit, ok := inlineTest(f, marks); ok {
			hits = append(hits, hit)
		}
	}
	return hits
}

// inlineTest gives the first place that shows a test.
func inlineTest(f change.File, marks []string) (Hit, bool) {
	hit := Hit{Signal: string(Test), File: f.Path}
	if f.Withheld {
		hit.Text = "its lines are not shown"
		return hit, true
	}
	for _, h := range f.Hunks {
		if mark, ok := showsTest(h.Section, marks); ok {
			hit.Line, hit.Text = max(h.NewStart, h.OldStart), "the lines stand below "+mark
			return hit, true
		}
		for _, l := range h.Lines {
			if mark, ok := showsTest(l.Text, marks); ok {
				hit.Line, hit.Text = max(l.NewLine, l.OldLine), "a test begins with "+mark
				return hit, true
			}
		}
	}
	return Hit{}, false
}

func showsTest(text string, marks []string) (string, bool) {
	text = strings.TrimSpace(text)
	for _, mark := range marks {
		if strings.HasPrefix(text, mark) {
			return mark, true
		}
	}
	return "", false
}

// inlineMarks are the beginnings of a test, for languages in which tests stand
// beside the code that they test.
func inlineMarks(f change.File) []string {
	var marks []string
	for _, path := range f.Paths() {
		switch splitPath(path).ext {
		case ".rs":
			marks = append(marks, "#[test]", "#[cfg(test)]", "#[cfg(all(test", "#[tokio::test", "#[async_std::test", "#[rstest", "#[should_panic", "mod tests", "mod test ")
		case ".zig":
			marks = append(marks, `test "`, "test {")
		case ".d":
			marks = append(marks, "unittest", "@safe unittest", "pure unittest")
		case ".rkt":
			marks = append(marks, "(module+ test")
		case ".ts", ".js", ".tsx", ".jsx", ".mts", ".mjs":
			marks = append(marks, "if (import.meta.vitest)")
		case ".ml", ".mli":
			marks = append(marks, "let%test", "let%expect_test")
		}
	}
	return marks
}
