package signal

import (
	"slices"

	"github.com/tierwise/tierwise/internal/task"
)

// merge gives the union of domains and the maxima of the rest.
func merge(annotations ...task.Annotation) task.Annotation {
	var all task.Annotation
	for _, a := range annotations {
		all.Scope = max(all.Scope, a.Scope)
		all.Ambiguity = max(all.Ambiguity, a.Ambiguity)
		all.Domains = append(all.Domains, a.Domains...)
	}
	slices.Sort(all.Domains)
	all.Domains = slices.Compact(all.Domains)
	return all
}

// stated is what annotations say, by whether they stand in trusted words.
type stated struct {
	trusted   task.Annotation
	untrusted task.Annotation
	notes     []string
	broken    bool // a trusted text has a mistake in an annotation
}

// annotations reads the annotation that came as a value and those inside
// texts. Commit messages state nothing: they are about what was done.
func (in Input) annotations() stated {
	s := stated{trusted: merge(in.Brief.Annotation)}
	for _, t := range in.texts()[:3] {
		a, errs := find(t)
		for _, err := range errs {
			s.notes = append(s.notes, t.source+": "+err.Error())
			s.broken = s.broken || t.trusted
		}
		if t.trusted {
			s.trusted = merge(s.trusted, a)
		} else {
			s.untrusted = merge(s.untrusted, a)
		}
	}
	return s
}

// brackets is anything that could be a part of an annotation.
var brackets = lazily(`[\[\x{ff3b}\x{3010}][^\[\]\x{ff3b}\x{ff3d}\x{3010}\x{3011}\r\n]*[\]\x{ff3d}\x{3011}]`)

// find reads the annotations of a text. In untrusted words each bracket also
// counts by itself: a code fence before it must not take back what it raises.
func find(t text) (task.Annotation, []error) {
	a, errs := task.FindAnnotation(t.words)
	if t.trusted {
		return a, errs
	}
	for _, one := range brackets().FindAllString(t.words, -1) {
		b, _ := task.FindAnnotation(one) // its mistakes are in errs already
		a = merge(a, b)
	}
	return a, errs
}
