package signal

import (
	"slices"
	"sync"

	"github.com/tierwise/tierwise/internal/change"
)

// pureTest says that a file only gains lines of a test, and that neither they
// nor what stands around them touches the world: a function is given values
// and its result is compared.
func pureTest(in Input, i int) bool {
	f := in.Change.Files[i]
	if f.Withheld || f.Binary || f.Deletions != 0 || f.OldPath != "" || f.Additions == 0 || !slices.Equal(in.classesOf(i), []Class{Test}) {
		return false
	}
	if p := splitPath(f.Path); !p.source() || standsBy(p) {
		return false
	}
	added := 0
	for _, h := range f.Hunks {
		if worldly(h.Section) || slices.ContainsFunc(h.Lines, func(l change.Line) bool { return l.Op == change.Delete || worldly(l.Text) }) {
			return false
		}
		for _, l := range h.Lines {
			if l.Op == change.Add {
				added++
			}
		}
	}
	return added == f.Additions
}

// standsBy tells files that other tests rest on: a mistake in one is a mistake
// in all.
func standsBy(p place) bool {
	folders := []string{
		"fixtures", "__fixtures__", "testdata", "test-data", "test_data", "__mocks__", "mocks", "mock", "support", "helpers", "testutil", "testutils",
		"test-utils", "test_utils", "testhelpers", "test-helpers", "test_helpers", "testkit", "testing", "factories", "e2e", "cypress", "playwright",
		"integration", "integration-tests", "integration_tests", "benches", "fuzz", "jmh", "resources",
	}
	names := []string{
		"setup", "helper", "helpers", "mock", "mocks", "stub", "stubs", "fake", "fakes", "fixture", "fixtures", "factory", "base", "abstract", "util", "utils",
		"suite", "conftest", "main", "init", "index",
	}
	return p.under(folders...) || slices.ContainsFunc(wordsOf(p.spelled, nil), func(w string) bool { return slices.Contains(names, w) })
}

// worldly says that a text names something that is not the same twice, or that
// a test replaces or leaves out.
func worldly(text string) bool {
	known := worldWords()
	return slices.ContainsFunc(wordsOf(text, nil), func(w string) bool { return known[w] })
}

var worldWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for _, group := range [][]string{
		{
			"http", "https", "httptest", "url", "fetch", "axios", "request", "requests", "socket", "tcp", "udp", "grpc", "server", "client", "listen",
			"port", "dns", "websocket", "net", "network", "curl", "webhook", "smtp", "api",
		},
		{
			"time", "now", "date", "datetime", "clock", "timer", "timers", "timeout", "sleep", "wait", "delay", "tick", "ticker", "today", "timestamp",
			"deadline", "eventually",
		},
		{"rand", "random", "uuid", "faker", "seed", "shuffle", "nonce"},
		{
			"fs", "os", "io", "file", "files", "filepath", "filesystem", "tmp", "temp", "tempfile", "tempdir", "tmpdir", "mkdir", "dir", "directory",
			"stdin", "stdout", "stderr", "path", "pathlib", "readfile", "writefile",
		},
		{
			"db", "database", "sql", "sqlite", "postgres", "mysql", "redis", "mongo", "query", "transaction", "session", "repository", "testcontainers",
			"docker", "container", "queue", "kafka",
		},
		{
			"browser", "page", "playwright", "cypress", "cy", "selenium", "webdriver", "puppeteer", "dom", "document", "window", "render", "screen",
			"screenshot", "click", "mount", "wrapper",
		},
		{
			"exec", "spawn", "process", "subprocess", "command", "cmd", "shell", "env", "environ", "getenv", "setenv", "thread", "threads", "goroutine",
			"async", "await", "promise", "future", "mutex", "lock", "channel", "signal", "fork",
		},
		{
			"mock", "mocks", "mocked", "mocker", "stub", "spy", "patch", "monkeypatch", "fake", "skip", "skipped", "xit", "only", "pending", "xfail",
			"ignore", "ignored", "disabled", "todo", "retry", "flaky",
		},
	} {
		for _, w := range group {
			words[w] = true
		}
	}
	return words
})
