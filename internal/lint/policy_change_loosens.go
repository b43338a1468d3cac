package lint

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// PolicyChange is what a change of the policy would have done to the changes
// before it.
type PolicyChange struct {
	Policy string // the file that changes, as findings name it; "" where only one is looked at
	Looked int    // changes that were looked at
	Spend  string // the difference in words, "" where nothing is priced
	Falls  []PolicyFall
	Moves  []PolicyMove
}

// PolicyFall is a case that an entry of must_frontier held at frontier, and
// that nothing holds any more. Change, Hit and Tasks are a stranger's words.
type PolicyFall struct {
	Change string // "number 12", or a commit
	Title  string
	Entry  string
	Tasks  []string // "" is a brief that the table places
	To     policy.Tier
	Hit    string
}

// PolicyMove is the changes on which a task goes to another tier.
type PolicyMove struct {
	Task     string
	From, To policy.Tier
	Changes  int
}

func policyChangeLoosens() Rule {
	fallen := &PolicyChange{Looked: 30, Falls: []PolicyFall{{
		Change: "number 12", Title: "Let people in by mail", Entry: "auth", Tasks: []string{"", "docs"}, To: policy.Efficient, Hit: "auth/mail.go matches auth/**",
	}}}
	return Rule{
		ID:       "policy-change-loosens",
		Severity: diag.Error,
		Summary:  "an earlier change would no longer have been held at frontier",
		Why: "The list of must_frontier is short because each entry stands for work where a bad output is too dear. " +
			"A smaller pattern looks harmless in a diff; over the changes that really came it shows what falls through.",
		Fix: "Give the entry back what it lost. If the case may really go lower, say so beside the entry, where reviewers see it: " +
			"# tierwise: ignore policy-change-loosens until 2027-01-31: why.",
		Needs: []Need{NeedsPolicyChange},
		Bad:   Example{Text: minimal(""), World: World{PolicyChange: fallen}},
		Good:  Example{Text: minimal("must_frontier:\n  - { id: auth, why: people get in, paths: [\"auth/**\"] }\n"), World: World{PolicyChange: &PolicyChange{Looked: 30}}},
		Policy: func(p Policy, w World) []Hit {
			if !w.PolicyChange.changes(p) {
				return nil
			}
			var hits []Hit
			for _, f := range w.PolicyChange.Falls {
				hits = append(hits, Hit{Pos: entryPlace(p, f.Entry), Message: fallText(f)})
			}
			return hits
		},
	}
}

// changes says whether the change is one of this file.
func (c PolicyChange) changes(p Policy) bool { return c.Policy == "" || c.Policy == p.Name }

// CheckChange reports the cases that fall by a change of a policy that is not
// among the files that are linted: one that is taken out, or that nobody
// named, has no line to speak of and loosens no less.
func (c PolicyChange) CheckChange(w World) Report {
	p := Policy{Source: NewSource(c.Policy, nil), File: &policy.File{}, Root: &yamltree.Node{Pos: diag.Position{File: c.Policy, Line: 1, Col: 1}}}
	w.PolicyChange = &c
	r := policyChangeLoosens()
	var told Report
	for _, h := range r.Policy(p, w) {
		told.Findings = append(told.Findings, r.finding(h))
	}
	return told.sorted()
}

func fallText(f PolicyFall) string {
	tasks := make([]string, len(f.Tasks))
	for i, t := range f.Tasks {
		tasks[i] = workName(t)
	}
	return fmt.Sprintf("%s (%.60q) would no longer be held at frontier by %.60q: %s would go as low as %s; it hit: %.120q; keep what covers it, or ignore this here with a reason",
		f.Change, f.Title, f.Entry, strings.Join(tasks, ", "), f.To, f.Hit)
}

func workName(id string) string {
	if id == "" {
		return "a brief"
	}
	return fmt.Sprintf("%.60s", id)
}

// entryPlace is the entry where it still stands, else the list, else the file.
func entryPlace(p Policy, id string) diag.Position {
	for _, e := range p.File.MustFrontier {
		if e.ID == id && e.Pos.File == p.Name {
			return e.Pos
		}
	}
	for _, e := range p.Root.Entries {
		if e.Key == "must_frontier" {
			return e.Pos
		}
	}
	return p.Root.Pos
}
