package pipeline

import (
	"bytes"
	"context"
	"fmt"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// LintChange gives what rules look at of a change of the policy of that name.
func LintChange(name string, s backtest.ChangeSummary) *lint.PolicyChange {
	c := &lint.PolicyChange{Policy: name, Looked: s.Changes}
	if s.Inside > 0 {
		c.Spend = moreOrLess(s.Difference())
	}
	for _, f := range s.Falls {
		c.Falls = append(c.Falls, lint.PolicyFall{Change: nameOf(f.PastChange), Title: f.Title, Entry: f.Entry, Tasks: f.Tasks, To: f.To, Hit: f.Text})
	}
	for _, m := range s.Moves {
		c.Moves = append(c.Moves, lint.PolicyMove{Task: m.Task, From: m.From, To: m.To, Changes: m.Changes})
	}
	return c
}

func nameOf(c backtest.PastChange) string {
	if c.Number > 0 {
		return fmt.Sprintf("number %d", c.Number)
	}
	return fmt.Sprintf("%.12s", c.SHA)
}

func moreOrLess(n money.Nano) string {
	switch {
	case n > 0:
		return n.Dollars() + " more"
	case n < 0:
		return (-n).Dollars() + " less"
	}
	return "the same"
}

// mayExtend says whether a text may have the key extends:, which only an escape
// could write in another way. It saves reading every workflow once more.
func mayExtend(data []byte) bool {
	return bytes.Contains(data, []byte("extends")) || bytes.IndexByte(data, '\\') >= 0
}

// LintExtended gives the policies that others extend, for a linter's world. A
// text that is no policy, or that extends nothing, adds nothing. What cannot be
// had is a warning: the rules then look at nothing of that policy, and say so.
func LintExtended(ctx context.Context, given Extending, files []LintFile) (extended map[string]*policy.File, warnings []string) {
	extended = map[string]*policy.File{}
	if given.File != nil {
		file, findings := policy.Parse(given.File.Name, given.File.Data, Known())
		if file == nil {
			return extended, []string{findings.Error()}
		}
		return map[string]*policy.File{"": file}, nil
	}
	for _, f := range files {
		if !mayExtend(f.Data) || lintsAsWorkflow(f) {
			continue
		}
		own, _ := policy.Parse(f.Name, f.Data, Known())
		if own == nil || own.Extends == nil || extended[own.Extends.String()] != nil {
			continue
		}
		w := Work{Extending: given}
		name, text, err := w.extended(ctx, own)
		if err != nil {
			warnings = append(warnings, err.Error())
			continue
		}
		file, findings := policy.Parse(name, text, Known())
		if file == nil {
			warnings = append(warnings, findings.Error())
			continue
		}
		extended[own.Extends.String()] = file
	}
	return extended, warnings
}
