package signal

import "github.com/tierwise/tierwise/internal/task"

// Facts are what is known of a piece of work. They only grow: the set of
// domains is a union, scope and ambiguity are maxima, and no signal is
// cancelled by more diff.
type Facts struct {
	Domains   []task.Domain  // sorted, no duplicates: the set that routes
	Domain    task.Domain    // best guess: shown and measured, never routes
	Scope     task.Scope     // 0 where nothing is known
	Ambiguity task.Ambiguity // never 0
	// Founded is the part of the facts that files and trusted words found. A
	// row that lowers needs it: untrusted words can add to the facts, and
	// must not turn "nothing is known" into something that fits.
	Founded task.Annotation
	// DeclaredHigh says that the author calls it unclear in a place that
	// declares (an annotation), not merely by a word. An untrusted annotation
	// counts as well: raising is allowed to anybody.
	DeclaredHigh bool
	Declared     task.Annotation // what trusted words stated
	Inferred     task.Annotation // what was measured
	// Untrusted is what annotations in untrusted text stated. It is a part of
	// Inferred, and can only raise.
	Untrusted task.Annotation
	// Measured is what routes without what handoffs told, nil where none told
	// anything, and Handed what they added.
	Measured *task.Annotation
	Handed   task.HandoffFacts

	Hits        []Hit    // sorted by file, line, signal
	NotExamined []string // signals that needed a tree or history
	// Notes are mistakes in annotations, in plain words; untrusted.
	Notes []string
	// Complete says that nothing of the change is known to be missing, and
	// Incomplete what is, in the order of the change; untrusted. They are
	// kept also where there is no change, for one that could not be read.
	Complete   bool
	Incomplete []string
	Files      int
	// Shapes are the shapes of work that the whole change has, sorted. More
	// diff can only lose one. Only a row that lowers asks for them.
	Shapes []Shape
}
