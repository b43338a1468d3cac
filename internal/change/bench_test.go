package change

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// BenchmarkParse reads changes of four sizes; each file has about 65 lines of
// diff, as in a common pull request.
func BenchmarkParse(b *testing.B) {
	for _, files := range []int{1, 20, 300, 3000} {
		text := randomDiff(files)
		b.Run(fmt.Sprintf("files=%d", files), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if got := mustParse(b, text); len(got) != files {
					b.Fatalf("%d files", len(got))
				}
			}
		})
	}
}

// BenchmarkDigest hashes a change of 300 files.
func BenchmarkDigest(b *testing.B) {
	c := Change{Files: mustParse(b, randomDiff(300))}
	b.ReportAllocs()
	for b.Loop() {
		Digest(c)
	}
}

func randomDiff(files int) string {
	r := rand.New(rand.NewPCG(5, 6))
	var b strings.Builder
	for i := range files {
		edits := append(randomEdits(r, 65), edit{Add, "last"})
		b.WriteString(modified(fmt.Sprintf("dir%d/file%d.go", i%20, i), renderEdits(edits, 3)))
	}
	return b.String()
}
