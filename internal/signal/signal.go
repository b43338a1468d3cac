// Package signal measures facts from a change and a brief: pure functions,
// one file a signal, each hit with its evidence. It does no input or output,
// and it never takes a fact back because of what the author wrote.
package signal

import "github.com/tierwise/tierwise/internal/task"

// Need names what a signal has to see.
type Need string

// The needs.
const (
	NeedsDiff    Need = "diff"    // the files of the change and their lines
	NeedsTree    Need = "tree"    // the paths at the base
	NeedsHistory Need = "history" // what changed together before
	NeedsWords   Need = "words"   // title, body, brief, commit messages
)

// Signal is one entry of the family, as a value. A policy names it by ID in
// signals: of a must_frontier: entry. A worked example:
//
//	Signal{ID: "migration", Summary: "a file changes the schema of a database", Why: …, Example: …, Fix: …,
//		Needs: []Need{NeedsDiff}, Domains: []task.Domain{task.Schema}, Fire: fireMigration}
//
// A signal has either Fire or Content. One that reads lines fires on a file
// whose lines are withheld: not shown is not harmless.
type Signal struct {
	ID      string
	Summary string // one line
	Why     string // why it matters for the tier
	Example string // what fires it, as it would stand in a diff or a brief
	Fix     string // what to do where it fires and should not
	Needs   []Need
	Domains []task.Domain // what a hit adds to the set of domains
	Fire    func(Input) []Hit
	Content *content // how it reads changed lines
}

// Hit is one place where a signal fired. File is empty where the words fired
// it; Line is 0 where the whole file did, else the line on the side on which
// it stands.
type Hit struct {
	Signal string
	File   string
	Line   int
	Text   string // what was seen, in few words; untrusted
}

// Hits gives what the signal found, in the order of the change.
func (s Signal) Hits(in Input) []Hit {
	if s.Content != nil {
		return in.content()[s.ID]
	}
	return s.Fire(in)
}
