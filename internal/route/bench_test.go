package route

import (
	"fmt"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
)

// wide makes a change of n files with 67 lines each.
func wide(n int) []change.File {
	texts := make([]string, 67)
	for i := range texts {
		texts[i] = "	return fmt.Errorf(\"read the file: %w\", err)"
	}
	files := make([]change.File, n)
	for i := range files {
		files[i] = lines(fmt.Sprintf("services/s%d/pkg/file%d.go", i%40, i), texts...)
	}
	return files
}

// mixed are lines as they stand in real changes: some wake signals, most do
// not.
func mixed() []string {
	return []string{
		"	return fmt.Errorf(\"read the file: %w\", err)", "	if !user.HasRole(\"admin\") {", "	for i := range items {", "		total += items[i].Price * quantity",
		"	token := request.Header.Get(\"Authorization\")", "", "	// The list is short.", "	rows, err := db.Query(\"SELECT id FROM users WHERE name = ?\", name)",
		"	defer mu.Unlock()", "export function formatName(first: string, last: string): string {", "	expect(result).toEqual(expected)", "  timeout: 30s",
	}
}

// mixedFiles makes n files of 67 lines in several languages and folders.
func mixedFiles(n int) []change.File {
	texts, exts := mixed(), []string{".go", ".ts", ".py", ".md", ".yml", "_test.go", ".java", ".rb"}
	files := make([]change.File, n)
	for i := range files {
		body := make([]string, 67)
		for l := range body {
			body[l] = texts[(i+l)%len(texts)]
		}
		files[i] = lines(fmt.Sprintf("services/s%d/pkg/file%d%s", i%40, i, exts[i%len(exts)]), body...)
	}
	return files
}

// BenchmarkFactsAndDecision shows that the time grows with the lines and no
// faster: ns/line stays the same over four sizes. The largest is 3,000 files
// with 201,000 lines.
func BenchmarkFactsAndDecision(b *testing.B) {
	for _, n := range []int{375, 750, 1500, 3000} {
		b.Run(fmt.Sprintf("%d files", n), func(b *testing.B) {
			w := doing("docs", mixedFiles(n)...)
			b.ReportAllocs()
			for b.Loop() {
				w.decide()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n*67), "ns/line")
		})
	}
}

func BenchmarkDecide(b *testing.B) {
	for _, n := range []int{20, 3000} {
		b.Run(fmt.Sprintf("%d files", n), func(b *testing.B) {
			in := doing("docs", wide(n)...).input()
			for b.Loop() {
				Decide(in)
			}
		})
	}
}
