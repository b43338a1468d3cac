// Package change holds a diff as files and hunks. A malformed diff is an
// error, never a shorter diff; a diff that is known to be cut short says so.
package change

// Status says what happened to a file.
type Status string

// The statuses. They are GitHub's words where it has one.
const (
	Added    Status = "added"
	Modified Status = "modified"
	Removed  Status = "removed"
	Renamed  Status = "renamed"
	Copied   Status = "copied"
)

// Op says what happened to a line.
type Op byte

// The operations, as a unified diff writes them.
const (
	Context Op = ' '
	Add     Op = '+'
	Delete  Op = '-'
)

// Line is one line of a hunk. OldLine and NewLine are 1-based line numbers in
// the old and the new file; the side on which the line does not stand is 0.
// Text has no line ending and no operator.
type Line struct {
	Op      Op
	Text    string
	OldLine int
	NewLine int
	CR      bool // a carriage return stood before the line's end, as in a CRLF file
	NoEOL   bool // the file ends here without a newline
}

// Hunk is one "@@" block. Starts are 1-based, 0 for an empty side.
type Hunk struct {
	OldStart, OldLines int
	NewStart, NewLines int
	Section            string
	Lines              []Line
}

// File is one row of a change. Paths are slash-separated and relative to the
// repository's root. OldPath is empty unless the file was renamed or copied.
// Additions and Deletions count lines as the source of the diff gave them.
type File struct {
	Path      string
	OldPath   string
	Status    Status
	OldMode   string // octal as git prints it, "" where unchanged or unknown
	NewMode   string
	Binary    bool
	Hunks     []Hunk
	Additions int
	Deletions int
	// Withheld says that lines changed and the source did not show them: a
	// binary, or a patch that the platform left out.
	Withheld bool
}

// Paths gives both paths of a renamed file and the one path of any other.
func (f File) Paths() []string {
	if f.OldPath == "" || f.OldPath == f.Path {
		return []string{f.Path}
	}
	return []string{f.Path, f.OldPath}
}

// Commit is one commit of a change.
type Commit struct {
	SHA     string
	Subject string
	Body    string
	Author  string // the name as written; untrusted
	Parents int
}

// Change is everything between a base and a head.
type Change struct {
	Base    string // commit id or revision as given
	Head    string
	Files   []File
	Commits []Commit // oldest first; merges included
	// Incomplete lists, in plain words, why the change is known to be cut
	// short. Empty means complete.
	Incomplete []string
}

// Complete says that nothing is known to be missing.
func (c Change) Complete() bool { return len(c.Incomplete) == 0 }
