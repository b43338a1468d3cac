package lint

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
)

// ExampleDay is the day on which examples are looked at that name no other.
const ExampleDay = "2026-11-25"

// Page is what there is to say of one id: a rule, a refusal of what reads the
// files, or a complaint about a suppression.
type Page struct {
	ID        string
	Subject   Subject
	Severity  diag.Severity
	Summary   string
	Why, Fix  string
	Needs     []Need
	Bad, Good Example
	// Suppressible says that a comment may take the finding back.
	Suppressible bool
}

// Pages gives a page for every id that a linter can print, sorted by id.
func Pages() []Page {
	pages := slices.Concat(refusalsOfYAML(), refusalsOfPolicies(), refusalsOfExtending(), refusalsOfValues(), refusalsOfNames(), refusalsOfSuppressions())
	for _, r := range All() {
		pages = append(pages, Page{
			ID: r.ID, Subject: r.Subject(), Severity: r.Severity, Summary: r.Summary, Why: r.Why, Fix: r.Fix,
			Needs: r.Needs, Bad: r.Bad, Good: r.Good, Suppressible: r.Brief == nil,
		})
	}
	slices.SortFunc(pages, func(a, b Page) int { return strings.Compare(a.ID, b.ID) })
	return pages
}

// FindPage gives the page of an id.
func FindPage(id string) (Page, bool) {
	pages := Pages()
	if i := slices.IndexFunc(pages, func(p Page) bool { return p.ID == id }); i >= 0 {
		return pages[i], true
	}
	return Page{}, false
}

// ExampleName is the path that the example of a subject is shown under.
func ExampleName(s Subject) string {
	switch s {
	case OfPolicy:
		return "routing-policy.yml"
	case OfBrief:
		return "brief.md"
	default:
		return ".github/workflows/ai.yml"
	}
}

// Look reads an example of the page and gives what is said under its id. Of
// the world Known and Prices are taken, and Today where the example names no
// day.
func (p Page) Look(e Example, w World) []Finding {
	world := e.World
	world.Known, world.Prices = w.Known, w.Prices
	if world.Today == "" {
		world.Today = w.Today
	}
	var all []Finding
	for _, f := range lookAt(p.Subject, e.Text, world).Findings {
		if f.ID == p.ID {
			all = append(all, f)
		}
	}
	return all
}

func lookAt(s Subject, text string, w World) Report {
	name := ExampleName(s)
	switch s {
	case OfPolicy:
		return CheckPolicy(name, []byte(text), w)
	case OfBrief:
		return CheckBrief(Brief{Source: NewSource(name, []byte(text))}, w)
	default:
		return CheckWorkflow(name, []byte(text), w)
	}
}

// refusal is a page of what reads policies: lines of a small policy that it
// refuses, and the same mended.
func refusal(id, summary, why, fix, bad, good string) Page {
	return Page{
		ID: id, Subject: OfPolicy, Severity: diag.Error, Summary: summary, Why: why, Fix: fix,
		Bad: Example{Text: minimal(bad)}, Good: Example{Text: minimal(good)},
	}
}

// refusalOf is a page whose examples are whole texts.
func refusalOf(subject Subject, id, summary, why, fix, bad, good string) Page {
	return Page{
		ID: id, Subject: subject, Severity: diag.Error, Summary: summary, Why: why, Fix: fix,
		Bad: Example{Text: bad}, Good: Example{Text: good},
	}
}
