package main

import (
	"bytes"
	"flag"
	"os/exec"
	"strconv"
	"testing"
	"time"
)

var (
	speedCheckout = flag.String("checkout", "", "folder of a git repository whose history BenchmarkBacktestProcess replays")
	commits       = flag.Int("commits", 5000, "how many commits of it, the newest ones")
)

// BenchmarkBacktestProcess replays the newest commits of a real checkout, each
// round after a git log -p of the same commits whose output goes nowhere, and
// reports how many times as long it takes.
func BenchmarkBacktestProcess(b *testing.B) {
	if *speedCheckout == "" {
		b.Skip("no -checkout is given")
	}
	path, newest := builtBinary(b), strconv.Itoa(*commits)
	log := []string{"log", "-p", "--first-parent", "--diff-merges=first-parent", "-n", newest}
	replay := []string{"backtest", "--limit", newest, "--format", "json"}
	var plain, ours time.Duration
	for b.Loop() {
		plain += timeIn(b, *speedCheckout, "git", log...)
		ours += timeIn(b, *speedCheckout, path, replay...)
	}
	b.ReportMetric(float64(plain.Milliseconds())/float64(b.N), "log-ms/op")
	b.ReportMetric(float64(ours)/float64(plain), "times-log")
}

// timeIn runs a program whose output goes nowhere.
func timeIn(b *testing.B, dir, name string, args ...string) time.Duration {
	b.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var said bytes.Buffer
	cmd.Stderr = &said
	start := time.Now()
	if err := cmd.Run(); err != nil {
		b.Fatalf("%s %v in %s: %v: %.400s", name, args, dir, err, said.Bytes())
	}
	return time.Since(start)
}
