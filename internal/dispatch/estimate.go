package dispatch

import (
	"path"
	"strings"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

// Estimate is what is known of a prompt before its call, in tokens: what is
// expected, and what it is held to. Class is the class of the files that make
// up most of it: "code", "docs", "tests", "config", "log", or "" for none.
// Calibrated is Expected as earlier prompts of the model and class turned out,
// never over Most, and 0 where too few were measured. It is shown and kept; no
// tier and no ceiling looks at it.
type Estimate struct {
	Expected, Most int64
	Class          string
	Calibrated     int64
}

func (d *Dispatcher) estimate(t task.Task, in task.Input, p prompt, m policy.Model) *Estimate {
	e := Estimate{Expected: min(p.most, EstimateTokens(p.system)+EstimateTokens(p.text)), Most: p.most, Class: classOf(t, in)}
	if d.Calibrated != nil {
		e.Calibrated = min(e.Most, max(0, d.Calibrated(m, e.Class, e.Expected)))
	}
	return &e
}

// classOf names the class with the most changed lines. It is for statistics
// alone: nothing is decided by it.
func classOf(t task.Task, in task.Input) string {
	if t.NeedsLog {
		return "log"
	}
	lines := map[string]int{}
	best := ""
	for _, f := range in.Change.Files {
		class := classOfPath(f.Path)
		lines[class] += f.Additions + f.Deletions
		if best == "" || lines[class] > lines[best] {
			best = class
		}
	}
	return best
}

func classOfPath(name string) string {
	name = strings.ToLower(name)
	switch path.Ext(name) {
	case ".md", ".rst", ".adoc", ".txt":
		return "docs"
	case ".yml", ".yaml", ".json", ".toml", ".ini", ".cfg", ".lock", ".sum", ".mod":
		return "config"
	}
	if base := path.Base(name); strings.Contains(base, "_test.") || strings.Contains(base, ".test.") || strings.Contains(base, ".spec.") ||
		strings.HasPrefix(base, "test_") || strings.Contains("/"+name, "/tests/") || strings.Contains("/"+name, "/test/") {
		return "tests"
	}
	return "code"
}
