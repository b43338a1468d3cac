package task

import (
	"cmp"
	"strings"
)

// goTest reads the text of go test, with -v or without: nested tests, panics,
// timeouts, races, and packages that do not build.
type goTest struct {
	seen     bool
	verbose  bool
	current  string               // the test that is writing
	traces   map[string]*goTrace  // of the package that is being read
	results  []goResult           // of the package that is being read
	pkg      *goTrace             // what the package wrote outside of any test
	building string               // the package of the last "# pkg" line
	builds   map[string]goMessage // the first error of a package that does not build
	order    []string             // of builds
	timeout  string
	running  bool // below "running tests:"
	hung     bool // some test is named as running when the time was up
	abort    *goAbort
	ended    bool            // the binary said itself how the package ended
	last     string          // the last line that a program printed by itself
	open     map[string]bool // tests without a result; false while they wait
	started  []string
	all      []FailedTest
	failures int
	passed   int
	skipped  int
}

// goResult is one "--- FAIL: name" line.
type goResult struct{ outcome, name string }

// maxResults bounds the result lines of one package that are kept.
const maxResults = 200_000

func newGoTest() *goTest {
	return &goTest{traces: map[string]*goTrace{}, pkg: &goTrace{}, builds: map[string]goMessage{}, open: map[string]bool{}}
}

func (g *goTest) name() string { return "go test" }

var (
	goResultLine  = lazily(`^\s*--- (PASS|FAIL|SKIP): (\S.*?) \([0-9.]+m?s\)$`)
	goSwitchLine  = lazily(`^=== (RUN|NAME|CONT|PAUSE)\s+(\S.*)$`)
	goPackageLine = lazily(`^(ok|FAIL|---|\?)\s*\t(\S+)(?:\s+(\[[a-z ]+\]|\(cached\)|[0-9.]+s).*)?$`)
	goNoBuild     = lazily(`^FAIL\t(\S+) \[(build|setup) failed\]`)
	goBuildHead   = lazily(`^# (\S+)(?: \[\S+\])?$`)
	goColumn      = lazily(`^[0-9]{1,7}: `)
	goRunning     = lazily(`^\t+(\S+) \([0-9hms.]+\)$`)
)

// line takes one line of the log. Lines that can only be Go's own are looked
// at first; any other belongs to the test that is writing.
func (g *goTest) line(text string) {
	switch {
	case strings.HasPrefix(text, "=== "):
		g.switchTo(text)
	case strings.Contains(text, "--- ") && g.resultLine(text):
	case strings.HasPrefix(text, "FAIL\t"), strings.HasPrefix(text, "ok  \t"):
		g.packageLine(text)
	case strings.HasPrefix(text, "# ") && goBuildHead().MatchString(text):
		g.building = goBuildHead().FindStringSubmatch(text)[1]
	case g.building != "" && g.buildError(text):
	case g.timedOut(text), g.abortLine(text):
	default:
		g.plain(text)
		g.output(text)
	}
}

func (g *goTest) switchTo(text string) {
	m := goSwitchLine().FindStringSubmatch(text)
	if m == nil {
		return
	}
	g.survived()
	g.seen, g.verbose, g.current, g.ended = true, true, m[2], false
	if _, known := g.open[m[2]]; m[1] == "RUN" && !known && len(g.started) < maxResults {
		g.started = append(g.started, m[2])
		g.open[m[2]] = true
	} else if known {
		g.open[m[2]] = m[1] != "PAUSE"
	}
	if m[1] == "PAUSE" {
		g.current = ""
	} else {
		g.last = ""
	}
}

func (g *goTest) resultLine(text string) bool {
	m := goResultLine().FindStringSubmatch(text)
	if m == nil {
		return false
	}
	g.survived()
	g.seen, g.current, g.ended, g.last = true, m[2], false, ""
	delete(g.open, m[2])
	g.add(m[1], m[2])
	return true
}

func (g *goTest) add(outcome, name string) {
	if len(g.results) < maxResults {
		g.results = append(g.results, goResult{outcome, name})
	}
}

// trace gives the trace of the test that is writing.
func (g *goTest) trace() *goTrace {
	if g.current == "" {
		return g.pkg
	}
	t := g.traces[g.current]
	if t == nil {
		if len(g.traces) >= maxFailed {
			return g.pkg
		}
		t = &goTrace{}
		g.traces[g.current] = t
	}
	return t
}

func (g *goTest) output(text string) {
	if !strings.Contains(text, ".go:") && !strings.HasPrefix(text, "panic: ") && !strings.Contains(text, "DATA RACE") {
		if t := g.trace(); t.waiting != "" {
			t.continued(text)
		}
		return
	}
	g.trace().line(text)
}

func (g *goTest) buildError(text string) bool {
	m, ok := goLine(strings.TrimPrefix(text, "vet: "))
	if !ok || strings.HasPrefix(text, " ") {
		return false
	}
	if _, ok := g.builds[g.building]; !ok && len(g.order) < maxFailed {
		m.text = goColumn().ReplaceAllString(m.text, "")
		g.builds[g.building] = m
		g.order = append(g.order, g.building)
	}
	return true
}

// timedOut reads the panic of the test binary's own alarm, and the tests that
// were running then.
func (g *goTest) timedOut(text string) bool {
	if after, ok := strings.CutPrefix(text, "panic: test timed out after "); ok {
		g.seen, g.timeout = true, "test timed out after "+clip(after, 40)
		return true
	}
	if g.timeout == "" {
		return false
	}
	if strings.TrimSpace(text) == "running tests:" {
		g.running = true
		return true
	}
	if !g.running {
		return false
	}
	m := goRunning().FindStringSubmatch(text)
	if m == nil {
		g.running = false
		return false
	}
	g.add("FAIL", m[1])
	g.hung = true
	// The stacks that follow are its own as far as we can tell: the first
	// frame of the program is where it hung.
	g.current = m[1]
	g.traces[g.current] = &goTrace{panicked: goMessage{text: g.timeout}, inPanic: true}
	return true
}

// packageLine ends a package: its failing tests now have their suite.
func (g *goTest) packageLine(text string) {
	if m := goNoBuild().FindStringSubmatch(text); m != nil {
		g.seen = true
		g.close(m[1])
		b := g.builds[m[1]]
		if b.empty() {
			b.text = m[2] + " failed"
		}
		delete(g.builds, m[1])
		g.report(m[1], m[1], b)
		return
	}
	m := goPackageLine().FindStringSubmatch(text)
	if m == nil {
		return
	}
	g.seen = true
	g.closePackage(m[2], m[1] == "FAIL")
	g.pkg, g.timeout, g.running, g.building = &goTrace{}, "", false, ""
}

// closePackage ends a package that ran. One that failed has a failure, and one
// that was ended by something else than its tests has that one, too.
func (g *goTest) closePackage(pkg string, failed bool) {
	if !failed {
		g.close(pkg)
		return
	}
	before, outside := len(g.all), g.pkg.best()
	with, beside := g.aborted()
	beside = beside && len(g.results) > 0
	g.close(pkg)
	if !beside && len(g.all) > before {
		return
	}
	if beside || outside.empty() {
		outside = with
	}
	outside.text = cmp.Or(outside.text, "the package failed outside of a test")
	g.report(pkg, pkg, outside)
}

// close reports the failing tests of a package, without those that failed
// only because a test inside them did.
func (g *goTest) close(pkg string) {
	parents := ancestors(g.results)
	for i, r := range g.results {
		switch {
		case r.outcome == "FAIL":
			g.closeFailed(pkg, r.name, parents[r.name], i == len(g.results)-1)
		case parents[r.name]:
		case r.outcome == "PASS":
			g.passed++
		default:
			g.skipped++
		}
	}
	g.results, g.traces, g.current = nil, map[string]*goTrace{}, ""
	g.open, g.started, g.abort, g.ended, g.last, g.hung = map[string]bool{}, nil, nil, false, "", false
}

func (g *goTest) closeFailed(pkg, name string, parent, last bool) {
	t := g.traces[name]
	if t == nil {
		t = &goTrace{}
	}
	if parent && t.panicked.empty() && t.likely.empty() {
		return
	}
	b := t.best()
	switch {
	case b.empty() && last:
		b = g.pkg.best()
	case b == t.race && b.file == "" && !g.pkg.race.empty():
		b = g.pkg.race // its report stands before the result
	}
	g.report(name, pkg, b)
}

// ancestors names the tests that hold other tests.
func ancestors(results []goResult) map[string]bool {
	parents := map[string]bool{}
	for _, r := range results {
		for at := strings.LastIndexByte(r.name, '/'); at > 0; at = strings.LastIndexByte(r.name[:at], '/') {
			if parents[r.name[:at]] {
				break
			}
			parents[r.name[:at]] = true
		}
	}
	return parents
}

func (g *goTest) report(name, suite string, b goMessage) {
	g.failures++
	if len(g.all) < maxFailed {
		g.all = append(g.all, FailedTest{Name: name, Suite: suite, File: b.file, Line: b.line, Error: b.text})
	}
}

// result ends the log. A log that was cut has no line for its last package.
func (g *goTest) result() (Failures, bool) {
	if g.abort != nil && len(g.results)+len(g.started) > 0 {
		if with, beside := g.aborted(); beside {
			g.report("panic", "", with)
		}
	}
	g.close("")
	for _, pkg := range g.order {
		if b, ok := g.builds[pkg]; ok {
			g.seen = true
			g.report(pkg, pkg, b)
		}
	}
	f := Failures{Failed: unique(g.all)}
	f.Counts.Failed = known(max(g.failures, len(f.Failed)))
	if g.verbose {
		f.Counts.Passed, f.Counts.Skipped = known(g.passed), known(g.skipped)
	}
	return f, g.seen
}
