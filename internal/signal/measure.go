package signal

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/task"
)

// Measure finds the facts of a piece of work. The same input gives the same
// facts, and more files or more untrusted words never give less.
func Measure(in Input) Facts {
	if !in.HasChange {
		// What is known to be missing stays: a change that could not be read
		// must not pass for one that is not there.
		in.Change.Files, in.Change.Commits = nil, nil
	}
	in = in.prepared()
	stated := in.annotations()
	files, words := fired(in)
	f := Facts{
		Declared: stated.trusted, Untrusted: stated.untrusted, Notes: stated.notes,
		DeclaredHigh: max(stated.trusted.Ambiguity, stated.untrusted.Ambiguity) == task.High,
		Hits:         sortHits(slices.Concat(files, words)),
		Domain:       guess(in, stated.trusted), Complete: in.Change.Complete(), Incomplete: in.Change.Incomplete,
		Files: len(in.Change.Files),
	}
	f.Shapes = shapesOf(in)
	measured := task.Annotation{Scope: scopeOf(in), Domains: domainsOf(files)}
	raised := merge(stated.untrusted, task.Annotation{Domains: domainsOf(words), Ambiguity: in.vagueness(stated)})
	f.place(merge(measured, in.founded(stated)), merge(raised, in.asked()))
	f.NotExamined = in.notExamined(files)
	return f
}

// place joins what was declared, what was measured and what may only raise.
// Ambiguity that nobody trusted has stated is Medium: unknown is not low, and
// an untrusted "low" must not make it so.
func (f *Facts) place(measured, raised task.Annotation) {
	f.Founded = merge(f.Declared, measured)
	all := merge(f.Founded, raised)
	f.Domains, f.Scope, f.Ambiguity = all.Domains, all.Scope, all.Ambiguity
	f.Inferred = merge(measured, raised)
	if f.Founded.Ambiguity == 0 {
		f.Ambiguity = max(f.Ambiguity, task.Medium)
		f.Inferred.Ambiguity = f.Ambiguity
	}
}

// founded is what a trusted brief founds: that it is clear, and before
// anything has been changed also what it is about and how far it reaches. A
// change that is there says those two itself. A brief with a broken annotation
// is not clear.
func (in Input) founded(s stated) task.Annotation {
	var a task.Annotation
	for _, r := range in.read() {
		if !r.trusted {
			continue
		}
		if !s.broken && (r.clear() || r.kind == titled && r.names()) {
			a.Ambiguity = task.Low
		}
		if !in.HasChange {
			a.Domains, a.Scope = r.domains(in.Marks), r.scope()
		}
	}
	return a
}

// asked is what the words that ask for work say of it. It can only raise.
func (in Input) asked() task.Annotation {
	var all []task.Annotation
	for _, r := range in.read() {
		switch {
		case r.kind == asked:
			all = append(all, task.Annotation{Domains: r.domains(in.Marks), Scope: r.scope()})
		case r.trusted:
			all = append(all, task.Annotation{Domains: slices.DeleteFunc(r.domains(in.Marks), madeOfCode)})
		}
	}
	return merge(all...)
}

// madeOfCode tells domains that a change shows by itself: beside one, a verb
// such as "add" or "move" says nothing of them.
func madeOfCode(d task.Domain) bool { return d == task.Feature || d == task.Refactor }

// vagueness is the highest ambiguity of any statement. A trusted brief without
// a word, before there is a change, leaves everything open.
func (in Input) vagueness(s stated) task.Ambiguity {
	var most task.Ambiguity
	for _, r := range in.read() {
		if s.trusted.Ambiguity != 0 && r.short() {
			continue // its author has said how clear it is
		}
		most = max(most, r.ambiguity())
	}
	if brief := in.Brief; brief.Trusted && !in.HasChange && strings.TrimSpace(brief.Text) == "" && s.trusted.Empty() {
		return task.High
	}
	return most
}

// fired runs every signal, those of files and those of words apart: files
// found facts, words can only add to them.
func fired(in Input) (files, words []Hit) {
	for _, s := range every() {
		hits := s.Hits(in)
		if slices.Contains(s.Needs, NeedsWords) {
			words = append(words, hits...)
		} else {
			files = append(files, hits...)
		}
	}
	return files, words
}

func domainsOf(hits []Hit) []task.Domain {
	byID := map[string][]task.Domain{}
	for _, s := range every() {
		byID[s.ID] = s.Domains
	}
	seen := map[task.Domain]bool{}
	for _, h := range hits {
		for _, d := range byID[h.Signal] {
			seen[d] = true
		}
	}
	domains := make([]task.Domain, 0, len(seen))
	for d := range seen {
		domains = append(domains, d)
	}
	slices.Sort(domains)
	return domains
}

// sortHits tells one place once by each signal: a platform may list one path on
// two rows, and a file may be of a class in two ways.
func sortHits(hits []Hit) []Hit {
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Signal, b.Signal), cmp.Compare(a.Text, b.Text))
	})
	return slices.CompactFunc(hits, func(a, b Hit) bool { return a.File == b.File && a.Line == b.Line && a.Signal == b.Signal })
}
