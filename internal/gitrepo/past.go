package gitrepo

import (
	"time"

	"github.com/tierwise/tierwise/internal/change"
)

// Span says which commits of a history are meant: those that the first
// parents lead to from Head until Base, or a list. Zero values set no bound.
type Span struct {
	Base string // not among them, and nothing before it; "" for the beginning
	Head string // "" for HEAD
	// Since leaves out commits from before: a number of days, weeks, months or
	// years ("90d", "12w", "6m", "1y"), a date ("2026-01-31") or an RFC 3339 time.
	Since string
	// Commits lists ids instead, in the order wanted. Each counts once. Base,
	// Head and Since must then be empty.
	Commits []string
	Limit   int // at most so many, the first ones
}

// Past is one commit of a history: what it changed over its first parent,
// also where it is a merge. Change.Base is the id of the first parent or of
// the empty tree, Change.Head is the commit's own, and Change.Commits holds
// the commit alone. Where the patch could not be had the change has no files,
// and Incomplete says why.
type Past struct {
	Change change.Change
	When   time.Time // of the commit, not of its first writing; in UTC
}
