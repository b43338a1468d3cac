package task

import (
	"encoding/json"
	"slices"
	"strings"
)

// goTestJSON reads the stream of go test -json (https://pkg.go.dev/cmd/test2json):
// the text of every package, taken apart by package since packages run side by
// side, and read as text.
type goTestJSON struct {
	packages map[string]*goTest
	partial  map[string]string // output without its line's end yet
}

type goEvent struct {
	Action     string
	Package    string
	ImportPath string // of build-output, "pkg [pkg.test]"
	Output     string
}

func newGoTestJSON() *goTestJSON {
	return &goTestJSON{packages: map[string]*goTest{}, partial: map[string]string{}}
}

func (g *goTestJSON) name() string { return "go test -json" }

func (g *goTestJSON) line(text string) {
	if !strings.HasPrefix(text, "{") || !strings.Contains(text, `"Action":`) {
		return
	}
	var e goEvent
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		return // a line of another program, or one that was cut
	}
	pkg, _, _ := strings.Cut(e.ImportPath, " ")
	if pkg == "" {
		pkg = e.Package
	}
	if pkg == "" {
		return
	}
	p := g.packages[pkg]
	if p == nil {
		if len(g.packages) >= maxFailed {
			return
		}
		p = newGoTest()
		g.packages[pkg] = p
	}
	g.feed(pkg, p, e.Output)
}

func (g *goTestJSON) feed(pkg string, p *goTest, output string) {
	output = g.partial[pkg] + output
	for {
		line, rest, whole := strings.Cut(output, "\n")
		if !whole {
			break
		}
		p.line(cleanLogLine([]byte(line)))
		output = rest
	}
	g.partial[pkg] = output[:min(len(output), maxLogLine)]
}

func (g *goTestJSON) result() (Failures, bool) {
	names := make([]string, 0, len(g.packages))
	for name := range g.packages {
		names = append(names, name)
	}
	slices.Sort(names)
	var all Failures
	for i, name := range names {
		found, _ := g.packages[name].result()
		for j := range found.Failed {
			if found.Failed[j].Suite == "" {
				found.Failed[j].Suite = name
			}
		}
		// Every event of a run is in the stream, so a package that wrote no
		// test at all is known to have passed none.
		found.Counts.Passed, found.Counts.Skipped = known(found.Counts.Passed.N), known(found.Counts.Skipped.N)
		if i == 0 {
			found.Format = g.name()
			all = found
			continue
		}
		all.add(g.name(), found)
	}
	all.Format = g.name()
	return all, len(names) > 0
}
