package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// builtBinary builds the program as it is released.
func builtBinary(tb testing.TB) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "tierwise")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		tb.Fatalf("build: %v\n%s", err, out)
	}
	return path
}

// diffOf makes a change of n files, each with 20 added lines.
func diffOf(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, "diff --git a/pkg/f%d.go b/pkg/f%d.go\nnew file mode 100644\n--- /dev/null\n+++ b/pkg/f%d.go\n@@ -0,0 +1,20 @@\n", i, i, i)
		for l := range 20 {
			fmt.Fprintf(&b, "+\tline%d := call(%d, \"text\")\n", l, i)
		}
	}
	return b.Bytes()
}

// oneRun is how long a process took and the most memory it held, in bytes.
type oneRun struct {
	took   time.Duration
	memory int64
}

func runOnce(tb testing.TB, stdin []byte, name string, args ...string) oneRun {
	tb.Helper()
	cmd := exec.Command(name, args...)
	cmd.Stdin, cmd.Dir = bytes.NewReader(stdin), tb.TempDir()
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		tb.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	took := time.Since(start)
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		tb.Fatal("no resource usage here")
	}
	return oneRun{took, usage.Maxrss << 10}
}

// BenchmarkRouteProcess is route on a change of 20 files as a whole process,
// beside the same program doing nothing (version), as the baseline.
func BenchmarkRouteProcess(b *testing.B) {
	path := builtBinary(b)
	diff := diffOf(20)
	cases := []struct {
		name string
		args []string
	}{
		{"version", []string{"version"}},
		{"route20files", []string{"route", "--task", "changelog", "--diff", "-"}},
	}
	for _, c := range cases {
		b.Run(c.name, func(b *testing.B) {
			var times []time.Duration
			var memory int64
			for b.Loop() {
				r := runOnce(b, diff, path, c.args...)
				times, memory = append(times, r.took), max(memory, r.memory)
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "median-ms")
			b.ReportMetric(float64(memory)/1e6, "max-MB")
		})
	}
}
