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
	measured := task.Annotation{Scope: scopeOf(in), Domains: domainsOf(files), Ambiguity: clearBrief(in, stated)}
	raised := merge(stated.untrusted, task.Annotation{Domains: domainsOf(words), Ambiguity: ambiguityOf(in.statements())})
	f.place(measured, raised)
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

// clearBrief gives Low for trusted words that are neither vague nor loose, and
// say so without a broken annotation. Nothing else infers Low.
func clearBrief(in Input, s stated) task.Ambiguity {
	brief := in.texts()[0]
	if !brief.trusted || strings.TrimSpace(brief.words) == "" || len(s.notes) > 0 || ambiguityOf([]text{brief}) != 0 {
		return 0
	}
	return task.Low
}

// fired runs every signal, those of files and those of words apart: files
// found facts, words can only add to them.
func fired(in Input) (files, words []Hit) {
	for _, s := range All() {
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
	for _, s := range All() {
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
