package route

import (
	"fmt"
	"slices"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/needle"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// maxShown bounds the hits of one entry that are shown; the rest is counted.
const maxShown = 50

// mustFrontier gives a reason for every hit of every entry that reaches the
// task, in the order of the policy and, within an entry, of the change.
func mustFrontier(in Input) []Reason {
	var reasons []Reason
	texts := make(changedTexts, len(in.Change.Files))
	for _, entry := range in.Policy.MustFrontier {
		if reaches(entry, in) {
			reasons = append(reasons, hits(entry, in, texts)...)
		}
	}
	return reasons
}

// reaches says whether an entry speaks of the task: by its tasks: where it
// names some, else where the task judges or writes. A brief without a task is
// work of an unknown kind, so every entry reaches it.
func reaches(entry policy.MustFrontier, in Input) bool {
	if in.TaskID == "" {
		return true
	}
	if len(entry.Tasks) > 0 {
		return slices.Contains(entry.Tasks, in.TaskID)
	}
	return !tells(in)
}

// collector gathers the hits of one entry and counts those beyond the bound.
type collector struct {
	entry       policy.MustFrontier
	expressions []needle.Expression
	reasons     []Reason
	more        int
}

func (c *collector) add(file string, line int, what string) {
	if len(c.reasons) == maxShown {
		c.more++
		return
	}
	text := what
	if file != "" {
		text = diag.Position{File: file, Line: line}.String() + " " + what
	}
	if c.entry.Why != "" {
		text += ": " + c.entry.Why
	}
	c.reasons = append(c.reasons, c.reason(file, line, text))
}

func (c *collector) reason(file string, line int, text string) Reason {
	return Reason{
		Rule: "must-frontier/" + c.entry.ID, Tier: policy.Frontier, Lock: true,
		Policy: c.entry.Pos, File: file, Line: line, Text: c.entry.ID + ": " + text,
	}
}

func hits(entry policy.MustFrontier, in Input, texts changedTexts) []Reason {
	c := &collector{entry: entry, expressions: entry.Content}
	for i, f := range in.Change.Files {
		c.paths(f)
		c.content(in, i, texts)
	}
	c.signals(in.Facts)
	c.domains(in.Facts)
	if c.more > 0 {
		c.reasons = append(c.reasons, c.reason("", 0, fmt.Sprintf("and %d more hits", c.more)))
	}
	return c.reasons
}

// paths holds both paths of a rename against the patterns, in any letter
// case: on many machines Auth/ and auth/ are one folder.
func (c *collector) paths(f change.File) {
	if len(c.entry.Paths) == 0 {
		return
	}
	for _, path := range f.Paths() {
		folded := glob.FoldPath(path)
		for _, p := range c.entry.Paths {
			if p.MatchFolded(folded) {
				c.add(path, 0, "matches "+p.String())
				break
			}
		}
	}
}

func (c *collector) signals(f signal.Facts) {
	if len(c.entry.Signals) == 0 {
		return
	}
	for _, h := range f.Hits {
		if slices.Contains(c.entry.Signals, h.Signal) {
			c.add(h.File, h.Line, fmt.Sprintf("fires %s (%s)", h.Signal, h.Text))
		}
	}
}

// domains gives one reason for each domain that is listed, at the first place
// that shows it.
func (c *collector) domains(f signal.Facts) {
	for _, d := range f.Domains {
		if slices.Contains(c.entry.Domains, d) {
			h := witness(f, d)
			c.add(h.File, h.Line, fmt.Sprintf("is of domain %s", d))
		}
	}
}

// witness finds a hit that brought the domain; none where an annotation did.
func witness(f signal.Facts, d task.Domain) signal.Hit {
	var brings []string
	for _, s := range signal.All() {
		if slices.Contains(s.Domains, d) {
			brings = append(brings, s.ID)
		}
	}
	for _, h := range f.Hits {
		if slices.Contains(brings, h.Signal) {
			return h
		}
	}
	return signal.Hit{}
}
