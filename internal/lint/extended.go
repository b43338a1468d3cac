package lint

import (
	"slices"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
)

// checkExtending reads a policy merged with what it extends, by all rules of
// policies. What a rule finds in the other file is for the other file's own
// linter: its lines are not lines of this one.
func checkExtending(p Policy, org *policy.File, w World) Report {
	if org == nil {
		w.unextended = true
		return run(p.Source, w, OfPolicy, func(Rule) []Hit { return nil })
	}
	merged, findings := policy.Merge(org, p.File)
	var told []Finding
	for _, f := range findings {
		told = append(told, Finding{Finding: p.here(f)})
	}
	if merged == nil {
		return Report{Findings: told, Files: []string{p.Name}}.sorted()
	}
	p.File = merged
	r := run(p.Source, w, OfPolicy, func(r Rule) []Hit {
		return slices.DeleteFunc(r.Policy(p, w), func(h Hit) bool { return h.Pos.File != p.Name })
	})
	r.Findings = append(r.Findings, told...)
	return r.sorted()
}

// extendedBy gives the policy that another one extends, nil where it is not
// known or where there is none.
func (w World) extendedBy(file *policy.File) *policy.File {
	if given := w.Extended[""]; given != nil || file.Extends == nil {
		return given
	}
	return w.Extended[file.Extends.String()]
}

// here moves a finding of the other file to the line that names that file.
func (p Policy) here(f diag.Finding) diag.Finding {
	if f.File == p.Name {
		return f
	}
	f.Message, f.Position = f.Position.String()+": "+f.Message, p.Root.Pos
	if p.File.Extends != nil {
		f.Position = p.File.Extends.Pos
	}
	return f
}
