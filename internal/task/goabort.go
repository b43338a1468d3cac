package task

import (
	"cmp"
	"strings"
)

// goAbort is a panic, or a fatal error of the runtime, that may have ended a
// whole test binary. It stands below the last result that was printed, and
// need not be of that test: a goroutine of the next one may have panicked.
type goAbort struct {
	trace   goTrace
	culprit string // the test function of its stack
	inStack bool   // below "goroutine 7 [running]:"
	past    bool   // below the first stack
}

var (
	goTestFrame = lazily(`[./)]((?:Test|Fuzz|Example)[\pL\pN_]*)(?:[.(\[]|$| in goroutine )`)
	goOwnNoise  = lazily(`^(?:exit status [0-9]+|signal: .*|coverage: .*|PASS|FAIL|ok\s.*|\?\s.*|=== .*|#.*|Found [0-9]+ data race.*)$`)
)

// abortLine reads a panic and the first stack below it.
func (g *goTest) abortLine(text string) bool {
	if strings.HasPrefix(text, "panic: ") || strings.HasPrefix(text, "fatal error: ") {
		g.seen, g.ended = true, false
		g.survived()
		g.abort = &goAbort{trace: goTrace{inPanic: true, panicked: goMessage{text: strings.TrimSpace(text)}}}
		return true
	}
	a := g.abort
	if a == nil || a.past {
		return false
	}
	switch {
	case strings.HasPrefix(text, "goroutine "):
		a.inStack = true
	case a.inStack && strings.TrimSpace(text) == "":
		a.past = true
	case a.inStack && !strings.HasPrefix(text, "\t"):
		if m := goTestFrame().FindStringSubmatch(text); m != nil {
			a.culprit = m[1]
		}
	default:
		a.trace.special(text)
	}
	return true
}

// survived says that the binary went on: the panic was only printed, by the
// test that was writing.
func (g *goTest) survived() {
	if a := g.abort; a != nil {
		g.abort = nil
		if t := g.trace(); t.panicked.empty() {
			t.panicked = a.trace.panicked
		}
	}
}

// plain keeps the last line that a program printed by itself: what log.Fatal
// says is all that there is to see of it.
func (g *goTest) plain(text string) {
	if text != "" && text[0] != ' ' && text[0] != '\t' && !goOwnNoise().MatchString(text) {
		g.last = clip(text, maxError)
	}
	if text == "FAIL" || text == "PASS" {
		g.ended = true
	}
}

// aborted adds the failure that ended a binary before its own last line, which
// is "FAIL": a panic, os.Exit, log.Fatal. It says whether the package has to
// be named for it, with what.
func (g *goTest) aborted() (goMessage, bool) {
	if a := g.abort; a != nil {
		g.abort = nil
		name := g.owner(a)
		if name == "" {
			return a.trace.panicked, true
		}
		g.endedBy(name, a.trace.panicked)
		return goMessage{}, false
	}
	if g.timeout != "" {
		return goMessage{text: g.timeout}, !g.hung
	}
	text := goMessage{text: g.last}
	if g.ended {
		return text, false
	}
	if len(g.results)+len(g.started) > 0 {
		text.text = cmp.Or(text.text, "the program ended before its tests did")
	}
	leaves := g.unfinished()
	for _, name := range leaves {
		g.endedBy(name, text)
	}
	return text, len(leaves) == 0
}

// endedBy makes a test a failed one, and says with what.
func (g *goTest) endedBy(name string, with goMessage) {
	if !g.failed(name) {
		g.add("FAIL", name)
	}
	delete(g.open, name)
	if t := g.traces[name]; t == nil {
		g.traces[name] = &goTrace{panicked: with}
	} else if t.panicked.empty() {
		t.panicked = with
	}
}

// owner gives the test that an abort belongs to, "" where nothing tells: the
// one of the stack, else the one that was writing and has not passed.
func (g *goTest) owner(a *goAbort) string {
	if c := a.culprit; c != "" {
		for _, name := range append(g.unfinished(), g.current) {
			if name == c || strings.HasPrefix(name, c+"/") || strings.HasSuffix(name, "/"+c) || strings.Contains(name, "/"+c+"/") {
				return name
			}
		}
		return c
	}
	recovered := strings.Contains(a.trace.panicked.text, "[recovered")
	if _, open := g.open[g.current]; open || g.failed(g.current) && (recovered || !a.inStack) {
		return g.current
	}
	if leaves := g.unfinished(); len(leaves) == 1 {
		return leaves[0]
	}
	return ""
}

func (g *goTest) failed(name string) bool {
	for i := len(g.results) - 1; i >= 0; i-- {
		if g.results[i].name == name {
			return g.results[i].outcome == "FAIL"
		}
	}
	return false
}

// unfinished gives the innermost tests that ran and have no result, without
// those that waited for their turn.
func (g *goTest) unfinished() []string {
	var open []goResult
	for _, name := range g.started {
		if _, ok := g.open[name]; ok {
			open = append(open, goResult{name: name})
		}
	}
	parents := ancestors(open)
	var leaves []string
	for _, r := range open {
		if running := g.open[r.name]; running && !parents[r.name] {
			leaves = append(leaves, r.name)
		}
	}
	return leaves
}
