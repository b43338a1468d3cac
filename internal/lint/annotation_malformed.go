package lint

import (
	"strings"
	"unicode/utf8"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/task"
)

func annotationMalformed() Rule {
	return Rule{
		ID:       "annotation-malformed",
		Severity: diag.Error,
		Summary:  "an annotation cannot be read",
		Why:      "A part that cannot be read is passed over: the work is then placed as if nobody had said it.",
		Fix:      "Write [scope: single-file], [scope: multi-file] or [scope: cross-service]; [domain: docs] and the like; [ambiguity: low], medium or high.",
		Bad:      Example{Text: "Fix the typo in docs/setup.md. [scope: one-file] [domain: docs]\n"},
		Good:     Example{Text: "Fix the typo in docs/setup.md. [scope: single-file] [domain: docs]\n"},
		Brief: func(b Brief, _ World) []Hit {
			var hits []Hit
			for _, m := range task.AnnotationMistakes(b.Text) {
				start, end := annotationStretch(b.Line(m.Line))
				hits = append(hits, Hit{Pos: b.At(m.Line, start+1), End: end + 1, Message: m.Text})
			}
			return hits
		},
	}
}

// annotationStretch gives what to underline of a line: from its first bracket
// to its last, or all of it.
func annotationStretch(line string) (start, end int) {
	start, end = strings.IndexAny(line, "[\uff3b\u3010"), strings.LastIndexAny(line, "]\uff3d\u3011")
	if start < 0 || end < start {
		return len(line) - len(strings.TrimLeft(line, " \t")), len(strings.TrimRight(line, " \t"))
	}
	_, width := utf8.DecodeRuneInString(line[end:])
	return start, end + width
}
