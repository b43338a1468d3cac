//go:build !image

package gitrepo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// BenchmarkHistory reads 2,000 commits, each round after a git log -p of the
// same commits whose output goes nowhere, and reports how many times as long
// it takes.
func BenchmarkHistory(b *testing.B) {
	s := generated(b, 2000)
	r := s.open()
	var plain, ours time.Duration
	for b.Loop() {
		start := time.Now()
		log := exec.Command("git", "-C", s.dir, "log", "-p", "--first-parent", "--diff-merges=first-parent")
		if err := log.Run(); err != nil {
			b.Fatal(err)
		}
		plain += time.Since(start)
		start, n := time.Now(), 0
		err := r.History(context.Background(), Span{}, func(p Past) error { n += len(p.Change.Files); return nil })
		if err != nil || n < 2000 {
			b.Fatalf("%d files, %v", n, err)
		}
		ours += time.Since(start)
	}
	b.ReportMetric(float64(plain.Milliseconds())/float64(b.N), "log-ms/op")
	b.ReportMetric(float64(ours)/float64(plain), "times-log")
}

// generated makes a repository of 60 files of 300 lines, of which each commit
// edits three.
func generated(tb testing.TB, commits int) *sandbox {
	tb.Helper()
	s := newSandbox(tb)
	random := rand.New(rand.NewPCG(1, 2))
	files := make([][]string, 60)
	for i := range files {
		for range 300 {
			files[i] = append(files[i], someLine(random))
		}
	}
	var stream strings.Builder
	for n := range commits {
		fmt.Fprintf(&stream, "commit refs/heads/main\ncommitter Ann <ann@example.com> %d +0000\ndata 7\ncommit\n", 1_700_000_000+n)
		for range 3 {
			i := random.IntN(len(files))
			for range 10 {
				files[i][random.IntN(300)] = someLine(random)
			}
			text := strings.Join(files[i], "")
			fmt.Fprintf(&stream, "M 100644 inline dir%d/file%d.go\ndata %d\n%s\n", i%7, i, len(text), text)
		}
	}
	load := exec.Command("git", "-C", s.dir, "fast-import", "--quiet")
	load.Stdin = strings.NewReader(stream.String())
	if out, err := load.CombinedOutput(); err != nil {
		tb.Fatalf("%v\n%s", err, out)
	}
	return s
}

func someLine(random *rand.Rand) string {
	return fmt.Sprintf("\tresult%d := call(%d, \"some text %d\")\n", random.IntN(100), random.IntN(1000), random.IntN(1000))
}
