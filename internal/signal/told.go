package signal

import (
	"slices"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

// Told adds what a handoff says of the work. Anybody may have written it, so
// it adds to what routes and founds nothing: a row that lowers is not helped
// by it, and no shape of the change is. Of its signals those count that are
// known, at files of the change.
func (f Facts) Told(told task.HandoffFacts, ch change.Change) Facts {
	if len(told.Domains)+len(told.Signals)+int(told.Scope)+int(told.Ambiguity) == 0 {
		return f
	}
	own := f.Own()
	f.Measured, f.Handed = &own, addsTo(own, told, f.Handed)
	said := task.Annotation{Scope: told.Scope, Domains: told.Domains, Ambiguity: told.Ambiguity}
	routed := merge(task.Annotation{Scope: f.Scope, Domains: f.Domains, Ambiguity: f.Ambiguity}, said)
	f.Scope, f.Domains, f.Ambiguity = routed.Scope, routed.Domains, routed.Ambiguity
	f.Inferred = merge(f.Inferred, said)
	known := map[string]bool{}
	for _, s := range All() {
		known[s.ID] = true
	}
	hits := slices.Clone(f.Hits)
	for _, s := range told.Signals {
		if known[s.ID] && !hasHit(hits, s) && (s.File == "" || touches(ch, s.File)) {
			f.Handed.Signals = append(slices.Clone(f.Handed.Signals), s)
			hits = append(hits, Hit{Signal: s.ID, File: s.File, Line: max(0, s.Line), Text: "told by a handoff"})
		}
	}
	f.Hits = sortHits(hits)
	return f
}

// Own are the facts without what a handoff told.
func (f Facts) Own() task.Annotation {
	if f.Measured != nil {
		return *f.Measured
	}
	return task.Annotation{Scope: f.Scope, Domains: f.Domains, Ambiguity: f.Ambiguity}
}

// addsTo is what the words of handoffs say beyond what was measured.
func addsTo(own task.Annotation, told, before task.HandoffFacts) task.HandoffFacts {
	more := task.HandoffFacts{Signals: before.Signals}
	if scope := max(told.Scope, before.Scope); scope > own.Scope {
		more.Scope = scope
	}
	if ambiguity := max(told.Ambiguity, before.Ambiguity); ambiguity > own.Ambiguity {
		more.Ambiguity = ambiguity
	}
	for _, d := range slices.Concat(before.Domains, told.Domains) {
		if !slices.Contains(own.Domains, d) && !slices.Contains(more.Domains, d) {
			more.Domains = append(more.Domains, d)
		}
	}
	return more
}

func hasHit(hits []Hit, s task.HandoffSignal) bool {
	return slices.ContainsFunc(hits, func(h Hit) bool { return h.Signal == s.ID && h.File == s.File && h.Line == s.Line })
}

func touches(ch change.Change, path string) bool {
	return slices.ContainsFunc(ch.Files, func(f change.File) bool { return slices.Contains(f.Paths(), path) })
}
