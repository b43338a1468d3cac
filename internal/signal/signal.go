// Package signal measures facts from a change and a brief: pure functions,
// one file a signal, each hit with its evidence. It does no input or output,
// and it never takes a fact back because of what the author wrote.
package signal

import "github.com/tierwise/tierwise/internal/task"

// Need names what a signal has to see.
type Need string

// The needs.
const (
	NeedsChange Need = "change" // the list of files, with their paths
	NeedsTree   Need = "tree"   // the paths at the base
	NeedsWords  Need = "words"  // title, body, brief, commit messages
)

// Signal is one entry of the family, as a value. A policy names it by ID in
// signals: of a must_frontier: entry. A worked example:
//
//	Signal{ID: "migration", Summary: "a file changes the schema of a database", Why: …, Fix: …,
//		Needs: []Need{NeedsChange}, Domains: []task.Domain{task.Schema}, Fire: fireMigration}
//
// No built-in signal reads the lines of a patch: a withheld patch can
// therefore not keep one from firing.
type Signal struct {
	ID      string
	Summary string // one line
	Why     string // why it matters for the tier
	Fix     string // what to do where it fires and should not
	Needs   []Need
	Domains []task.Domain // what a hit adds to the set of domains
	Fire    func(Input) []Hit
}

// Hit is one place where a signal fired. File is empty where the words fired
// it; Line is 0 where the whole file did.
type Hit struct {
	Signal string
	File   string
	Line   int
	Text   string // what was seen, in few words; untrusted
}
