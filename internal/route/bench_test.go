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
