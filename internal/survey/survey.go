// Package survey looks at a repository and writes the policy that fits it. It
// is pure: the files, the workflows and what the platform says come in as
// values, the text of a policy comes out.
package survey

import (
	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/workflow"
)

// Repository is what there is to see. Nil or empty parts were not looked at.
type Repository struct {
	Name  string   // owner/name, "" where it is not known
	Paths []string // sorted, with / between folders
	// Owners are who was named to answer for the policy; none: what is here says it.
	Owners []string
	// CodeOwners is the text of the CODEOWNERS file.
	CodeOwners string
	Workflows  []*workflow.File
	Platform   *lint.Platform
	Today      string // YYYY-MM-DD
}

// Seen is what a survey found out.
type Seen struct {
	Languages []Language // most files first
	Manifests []string
	Services  []string // patterns of folders with a service each
	Owners    []string
	Providers []string // whose models the workflows call already, sorted
	Calls     []workflow.Call
	Auth      folders
	Payments  folders
	Schema    folders
	Bots      []string // that open pull requests here
	Guide     string   // a documentation file, for the policy's own tests
}

// Look surveys a repository.
func Look(r Repository) Seen {
	s := Seen{
		Languages: languages(r.Paths), Manifests: manifests(r.Paths), Owners: owners(r), Bots: bots(r.Paths), Guide: guide(r.Paths),
		Auth: authFolders(r.Paths), Payments: paymentFolders(r.Paths), Schema: schemaFolders(r.Paths),
	}
	s.Services = services(s.Manifests)
	for _, w := range r.Workflows {
		s.Calls = append(s.Calls, w.Calls()...)
	}
	s.Providers = providers(s.Calls)
	return s
}
