package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
	"github.com/tierwise/tierwise/internal/testkit/fakemodel"
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

func runOnce(tb testing.TB, stdin []byte, name string, args ...string) time.Duration {
	tb.Helper()
	cmd := exec.Command(name, args...)
	cmd.Stdin, cmd.Dir = bytes.NewReader(stdin), tb.TempDir()
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		tb.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return time.Since(start)
}

// peakMemory is the most memory that a process held, in bytes, as GNU time
// tells it. The kernel counts a child's memory from before its exec too, so
// the number of a child of this large test process would be this process's.
func peakMemory(b *testing.B, stdin []byte, name string, args ...string) (int64, bool) {
	b.Helper()
	gnuTime, err := exec.LookPath("time")
	if err != nil {
		b.Log("memory is not measured: GNU time is not installed")
		return 0, false
	}
	report := filepath.Join(b.TempDir(), "memory")
	cmd := exec.Command(gnuTime, append([]string{"-f", "%M", "-o", report, name}, args...)...)
	cmd.Stdin, cmd.Dir = bytes.NewReader(stdin), b.TempDir()
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	kilobytes, err := strconv.ParseInt(strings.TrimSpace(readFile(b, report)), 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return kilobytes << 10, true
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
			for b.Loop() {
				times = append(times, runOnce(b, diff, path, c.args...))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "median-ms")
			if memory, ok := peakMemory(b, diff, path, c.args...); ok {
				b.ReportMetric(float64(memory)/1e6, "max-MB")
			}
		})
	}
}

// BenchmarkActionToFirstModelRequest is the action's own time from the start of
// the process to its first request to a model: the wall time, less what the
// platform took to answer.
func BenchmarkActionToFirstModelRequest(b *testing.B) {
	path := builtBinary(b)
	var asked atomic.Int64
	hub, model := fakes(b, func(fakemodel.Request) fakemodel.Answer {
		asked.CompareAndSwap(0, time.Now().UnixNano())
		return fakemodel.Answer{Text: review, Usage: fakemodel.Usage{Input: 100, Output: 50}}
	})
	var answering atomic.Int64
	front := httptest.NewServer(timed(b, hub.URL(), &answering))
	defer front.Close()
	env := actionEnvironment(b, front.URL+fakegithub.BasePath, model.BaseURL(fakemodel.Anthropic))
	var own []time.Duration
	for b.Loop() {
		asked.Store(0)
		answering.Store(0)
		cmd := exec.Command(path)
		cmd.Env = env
		start := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		own = append(own, time.Duration(asked.Load()-start.UnixNano()-answering.Load()))
	}
	slices.Sort(own)
	b.ReportMetric(float64(own[len(own)/2].Microseconds())/1000, "median-ms")
}

// timed passes requests on and adds up how long the answers took, until the
// first request to the model.
func timed(tb testing.TB, to string, spent *atomic.Int64) http.Handler {
	tb.Helper()
	target, err := url.Parse(to)
	if err != nil {
		tb.Fatal(err)
	}
	target.Path = ""
	proxy := httputil.NewSingleHostReverseProxy(target)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		proxy.ServeHTTP(w, r)
		spent.Add(int64(time.Since(start)))
	})
}

// actionEnvironment is what the runner gives to the action's container.
func actionEnvironment(tb testing.TB, api, model string) []string {
	tb.Helper()
	dir := tb.TempDir()
	event := filepath.Join(dir, "event.json")
	if err := os.WriteFile(event, pullRequestEvent(tb), 0o644); err != nil {
		tb.Fatal(err)
	}
	return []string{
		"GITHUB_ACTIONS=true", "GITHUB_EVENT_NAME=pull_request", "GITHUB_EVENT_PATH=" + event,
		"GITHUB_API_URL=" + api, "GITHUB_SERVER_URL=https://github.com", "GITHUB_REPOSITORY=acme/widgets", "GITHUB_REPOSITORY_ID=1",
		"GITHUB_SHA=" + headSHA, "GITHUB_REF=refs/pull/7/merge", "GITHUB_RUN_ID=1", "GITHUB_RUN_ATTEMPT=1", "GITHUB_JOB=review",
		"GITHUB_WORKFLOW=review", "GITHUB_ACTOR=ada", "GITHUB_TRIGGERING_ACTOR=ada", "GITHUB_WORKSPACE=" + dir,
		"GITHUB_OUTPUT=" + filepath.Join(dir, "out"), "GITHUB_STEP_SUMMARY=" + filepath.Join(dir, "summary"),
		"INPUT_TASK=code-review", "INPUT_MODE=run", "INPUT_GITHUB-TOKEN=ghs_fake_token_0123456789",
		"INPUT_ANTHROPIC-API-KEY=sk-ant-fake-0123456789", "INPUT_BASE-URL=" + model,
	}
}
