package pipeline

import (
	"fmt"
	"time"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// BriefWorld is LintWorld with what briefs are also read by. The rules for
// secrets are set up here, once for many briefs.
func BriefWorld(now time.Time) (lint.World, error) {
	world, err := LintWorld(now)
	if err != nil {
		return world, err
	}
	detector, err := sanitize.NewDetector()
	if err != nil {
		return world, fmt.Errorf("look for secrets: %w", err)
	}
	world.Redact = func(text string) (string, []string) { return detector.Redact("", text) }
	return world, nil
}

// LintedBrief is what a linter says of a brief. Shown is its text with the
// lines that hold a secret covered.
type LintedBrief struct {
	Report  lint.Report
	Verdict lint.Dispatch
	Shown   lint.Source
}

// LintBrief reads the words of a piece of work as a linter, with what the work
// brings: its policy, its change, the tree around it.
func (w *Work) LintBrief(name string, s Settings, world lint.World) LintedBrief {
	world.Policy = w.Policy
	if w.HasChange {
		world.Change = &w.Change
	}
	if w.Tree != nil {
		world.Tree = &lint.Tree{Paths: w.Tree}
	}
	b := lint.Brief{Source: lint.NewSource(name, []byte(s.Brief)), Title: s.Title, Trusted: s.TrustBrief, Annotation: s.Annotation}
	b = b.ReadOnce()
	report := lint.CheckBrief(b, world)
	return LintedBrief{Report: report, Verdict: lint.DispatchOf(b, report), Shown: b.Shown(world)}
}
