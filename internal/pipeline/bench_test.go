package pipeline

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/gitrepo"
)

// BenchmarkBacktest replays 600 commits, each round after a git log -p of the
// same commits whose output goes nowhere, and reports how many times as long
// it takes.
func BenchmarkBacktest(b *testing.B) {
	const commits = 600
	dir := pastWorkIn(b, commits)
	repo, err := gitrepo.OpenHistory(context.Background(), dir)
	if err != nil {
		b.Fatal(err)
	}
	var plain, ours time.Duration
	for b.Loop() {
		start := time.Now()
		if err := exec.Command("git", "-C", dir, "log", "-p", "--first-parent", "--diff-merges=first-parent").Run(); err != nil {
			b.Fatal(err)
		}
		plain += time.Since(start)
		start = time.Now()
		s, err := Replay(context.Background(), repo, ReplayRequest{Examples: 3, Now: time.Unix(1_800_000_000, 0)})
		if err != nil || s.Commits != commits {
			b.Fatalf("%d commits, %v", s.Commits, err)
		}
		ours += time.Since(start)
	}
	b.ReportMetric(float64(plain.Milliseconds())/float64(b.N), "log-ms/op")
	b.ReportMetric(float64(ours)/float64(plain), "times-log")
}

// pastWorkIn makes a repository of services with code, tests, pages and
// settings, of which each commit edits a few.
func pastWorkIn(tb testing.TB, commits int) string {
	tb.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	files := map[string][]string{}
	var paths []string
	for service := range 20 {
		for _, name := range []string{"handler.go", "store.go", "handler_test.go", "client.ts", "worker.py", "README.md", "config.yaml", "go.mod"} {
			path := fmt.Sprintf("services/s%d/%s", service, name)
			paths = append(paths, path)
			for range 40 {
				files[path] = append(files[path], passage(random, name)...)
			}
		}
	}
	var stream strings.Builder
	write := func(path string) {
		text := strings.Join(files[path], "\n") + "\n"
		fmt.Fprintf(&stream, "M 100644 inline %s\ndata %d\n%s\n", path, len(text), text)
	}
	for n := range commits {
		fmt.Fprintf(&stream, "commit refs/heads/main\ncommitter Ann <ann@example.com> %d +0000\ndata 22\nfix: answer in order %d\n", 1_700_000_000+n, n%10)
		if n == 0 {
			for _, path := range paths {
				write(path)
			}
		}
		for range 1 + random.IntN(4) {
			path := paths[random.IntN(len(paths))]
			edit(random, files, path)
			write(path)
		}
	}
	return imported(tb, stream.String())
}

func imported(tb testing.TB, stream string) string {
	tb.Helper()
	dir := tb.TempDir()
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"fast-import", "--quiet"}} {
		git := exec.Command("git", append([]string{"-C", dir}, args...)...)
		git.Stdin = strings.NewReader(stream)
		if out, err := git.CombinedOutput(); err != nil {
			tb.Fatalf("git %s: %v\n%s", args[0], err, out)
		}
	}
	return dir
}

// edit changes a few passages of a file; one time in five it is but a comment.
func edit(random *rand.Rand, files map[string][]string, path string) {
	lines := files[path]
	if at := random.IntN(len(lines)); random.IntN(5) == 0 {
		for i := range lines {
			if line := lines[(at+i)%len(lines)]; strings.HasPrefix(line, "//") {
				lines[(at+i)%len(lines)] = line + " again"
				return
			}
		}
	}
	for range 1 + random.IntN(3) {
		at := random.IntN(len(lines))
		fresh := append([]string{}, lines[:at]...)
		fresh = append(fresh, passage(random, path)...)
		lines = append(fresh, lines[min(at+random.IntN(4), len(lines)):]...)
	}
	files[path] = lines
}

func passage(random *rand.Rand, path string) []string {
	noun := []string{"order", "account", "report", "session", "invoice", "page", "queue", "user"}[random.IntN(8)]
	n := random.IntN(1000)
	var text string
	switch path[strings.LastIndexByte(path, '.'):] {
	case ".go":
		text = fmt.Sprintf("// load%[2]d gives the %[1]s by its number, or an error.\nfunc load%[2]d(ctx context.Context, id int) (%[1]s, error) {\n\tfound, err := db.find(ctx, \"%[1]ss\", id)\n"+
			"\tif err != nil {\n\t\treturn %[1]s{}, fmt.Errorf(\"load %[1]s %%d: %%w\", id, err)\n\t}\n\tlog.Debug(\"loaded\", \"count\", %[2]d)\n\treturn found.(%[1]s), nil\n}\n", noun, n)
	case ".ts":
		text = fmt.Sprintf("// shows the %[1]s\nexport const show%[2]d = async (id: number) => {\n  const res = await fetch(`/api/%[1]ss/${id}`)\n  return res.ok ? res.json() : null\n}\n", noun, n)
	case ".py":
		text = fmt.Sprintf("# sends the %[1]s away\ndef send_%[1]s_%[2]d(queue, item):\n    if not item:\n        raise ValueError('no %[1]s')\n    queue.put({'kind': '%[1]s', 'size': %[2]d})\n", noun, n)
	case ".md":
		text = fmt.Sprintf("The %[1]s is kept for %[2]d days. After that it is moved to the archive,\nwhere only its number and its date can be seen.\n", noun, n)
	case ".yaml":
		text = fmt.Sprintf("%[1]s_%[2]d:\n  retries: %[2]d\n  timeout: %[2]ds\n", noun, n)
	default:
		text = fmt.Sprintf("require example.com/%[1]s v1.%[2]d.0", noun, n)
	}
	return strings.Split(text, "\n")
}
