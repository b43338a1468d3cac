package lint

import (
	"fmt"
	"sync"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// CheckPolicy reads a policy by all rules of policies. What parsing refuses is
// reported alone: a policy that is half understood says nothing sure.
func CheckPolicy(name string, data []byte, w World) Report {
	s := NewSource(name, data)
	file, findings := policy.Parse(name, data, w.Known)
	if file == nil {
		return refused(s, asFindings(findings), w)
	}
	root, _ := yamltree.Parse(name, data) // without findings, or there would be no file
	p := Policy{Source: s, Root: root, File: file}
	if org := w.extendedBy(file); org != nil || file.Extends != nil {
		return checkExtending(p, org, w)
	}
	return run(s, w, OfPolicy, func(r Rule) []Hit { return r.Policy(p, w) })
}

// CheckBrief reads a brief by all rules of briefs. Nothing in a brief
// suppresses a finding: its words are a stranger's.
func CheckBrief(b Brief, w World) Report {
	b = b.ReadOnce()
	return run(b.Source, w, OfBrief, func(r Rule) []Hit { return r.Brief(b, w) })
}

// CheckWorkflow reads a workflow or a composite action by all rules of
// workflows.
func CheckWorkflow(name string, data []byte, w World) Report {
	f, findings := ReadWorkflow(name, data)
	return f.Check(findings, w)
}

// ReadWorkflow reads a workflow or a composite action for Check. Its File is
// nil where it cannot be read.
func ReadWorkflow(name string, data []byte) (Workflow, diag.Findings) {
	f := Workflow{Source: NewSource(name, data), memory: newMemory()}
	file, findings := workflow.Parse(name, data)
	if file != nil {
		f.File, f.Calls = file, file.Calls()
	}
	return f, findings
}

// Check asks all rules of workflows. What reading found is reported in place
// of every rule.
func (f Workflow) Check(findings diag.Findings, w World) Report {
	if f.File == nil || len(findings) > 0 {
		return refused(f.Source, asFindings(findings), w)
	}
	return run(f.Source, w, OfWorkflow, func(r Rule) []Hit { return r.Workflow(f, w) })
}

// Join makes one report of several.
func Join(reports ...Report) Report {
	var all Report
	for _, r := range reports {
		all.Findings = append(all.Findings, r.Findings...)
		all.Suppressed = append(all.Suppressed, r.Suppressed...)
		all.NotExamined = append(all.NotExamined, r.NotExamined...)
		all.Files = append(all.Files, r.Files...)
	}
	return all.sorted()
}

// rules is All, built once: each file asks for it, and most of a rule is its
// examples.
var rules = sync.OnceValue(All)

// run asks each rule of a subject.
func run(s Source, w World, subject Subject, ask func(Rule) []Hit) Report {
	var findings []Finding
	var blind []NotExamined
	var examined []string
	for _, r := range rules() {
		if r.Subject() != subject {
			continue
		}
		if missing, ok := w.lacks(r.Needs); ok {
			blind = append(blind, NotExamined{Rule: r.ID, File: s.Name, Need: missing})
			continue
		}
		examined = append(examined, r.ID)
		findings = append(findings, r.findings(ask(r))...)
	}
	if subject == OfBrief {
		return Report{Findings: findings, NotExamined: blind, Files: []string{s.Name}}.sorted()
	}
	return suppress(s, findings, blind, examined, w)
}

// maxOnLine bounds the findings of a rule on one line. Each has its place
// counted from the line's beginning, so that a line of twenty thousand would
// take minutes; and nobody reads more.
const maxOnLine = 100

// findings gives one finding a hit. What an anchor repeats is read more than
// once and stands in one place: of hits that say the same of it one counts.
// Where a line has more than the bound, its last finding says how many.
func (r Rule) findings(hits []Hit) []Finding {
	type said struct {
		pos     diag.Position
		message string
	}
	var list []Finding
	type line struct {
		file string
		line int
	}
	seen, onLine, last := map[said]bool{}, map[line]int{}, map[line]int{}
	for _, h := range hits {
		is, at := said{h.Pos, h.Message}, line{h.Pos.File, h.Pos.Line}
		if onLine[at] <= maxOnLine && seen[is] {
			continue
		}
		if onLine[at]++; onLine[at] > maxOnLine {
			continue
		}
		seen[is] = true
		list = append(list, r.finding(h))
		last[at] = len(list) - 1
	}
	for at, n := range onLine {
		if more := n - maxOnLine; more > 0 {
			list[last[at]].Message += fmt.Sprintf(" (and %d more on this line)", more)
		}
	}
	return list
}

func (r Rule) finding(h Hit) Finding {
	return Finding{
		Finding: diag.Finding{Position: h.Pos, Severity: max(r.Severity, h.As), ID: r.ID, Message: h.Message},
		End:     h.End, Edits: h.Edits,
	}
}

func asFindings(list diag.Findings) []Finding {
	findings := make([]Finding, len(list))
	for i, f := range list {
		findings[i] = Finding{Finding: f}
	}
	return findings
}

// lacks gives the first need that is not met.
func (w World) lacks(needs []Need) (Need, bool) {
	if w.unextended {
		return NeedsExtended, true
	}
	for _, n := range needs {
		met := map[Need]bool{
			NeedsPolicyChange: w.PolicyChange != nil,
			NeedsTree:         w.Tree != nil, NeedsPlatform: w.Platform != nil, NeedsLedger: w.Spend != nil,
			NeedsWorkflows: w.Workflows != nil, NeedsChange: w.Change != nil, NeedsSecrets: w.Redact != nil,
		}
		if !met[n] {
			return n, true
		}
	}
	return "", false
}
