package lint

import (
	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
)

func criticalPathCheap() Rule {
	return Rule{
		ID:       "critical-path-cheap",
		Severity: diag.Warning,
		Summary:  "the critical path runs below frontier in effect, or is asked to",
		Why: "Nobody looks again behind a review that passed. What is locked to frontier runs on whatever stands in the pool's frontier row, " +
			"the fallbacks behind the first model too, and with enforce: false on the baseline: a model of a cheaper class there judges merges under a dear name.",
		Fix:    "Put models of the frontier class under frontier:, and leave labels for a critical task out: no label lowers it.",
		Bad:    Example{Text: pooled("frontier: [{ provider: anthropic, model: claude-haiku-5-5 }]", "claude-haiku-5-5", "")},
		Good:   Example{Text: pooled("frontier: [{ provider: anthropic, model: claude-opus-5-5 }]", "claude-opus-5-5", "")},
		Policy: cheapCriticalPath,
	}
}

func cheapCriticalPath(p Policy, _ World) []Hit {
	var hits []Hit
	place := 0
	for _, m := range p.models() {
		if m.baseline || m.Tier != policy.Frontier {
			continue
		}
		place++
		known, ok := ModelOf(m.Provider, m.Model.Model)
		if !ok || known.Class == 0 || known.Class >= policy.Frontier {
			continue
		}
		role := "carries all that is locked to frontier"
		if place > 1 {
			role = "takes what is locked to frontier wherever the model before it fails"
		}
		h := p.onValue(m.node, "%s is of the %s class and %s: put a frontier model here", m.Model.Model, known.Class, role)
		h.As = diag.Error
		hits = append(hits, h)
	}
	return append(append(hits, cheapBaseline(p)...), labelsOfCritical(p)...)
}

// cheapBaseline finds a baseline on which everything runs while the policy only
// observes, what is locked to frontier included.
func cheapBaseline(p Policy) []Hit {
	if p.File.Enforce {
		return nil
	}
	for _, m := range p.models() {
		known, ok := ModelOf(m.Provider, m.Model.Model)
		if !m.baseline || !ok || known.Class == 0 || known.Class >= policy.Frontier {
			continue
		}
		h := p.onValue(m.node, "%s is of the %s class, and with enforce: false all that is locked to frontier runs on the baseline: name a frontier model here", m.Model.Model, known.Class)
		h.As = diag.Error
		return []Hit{h}
	}
	return nil
}

// labelsOfCritical finds labels that promise to lower what is locked.
func labelsOfCritical(p Policy) []Hit {
	var hits []Hit
	for _, l := range p.File.Override.Labels {
		row, ok := p.File.Task(l.Task)
		if !ok || !row.CriticalPath || !lowers(l) || !p.owns(l.Pos) {
			continue
		}
		hits = append(hits, Hit{
			Pos: l.Pos, End: p.nameEnd(l.Pos, l.Name),
			Message: l.Task + " is on the critical path and stays frontier, whatever this label asks: take it out",
		})
	}
	return hits
}
