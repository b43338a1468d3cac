package signal

import (
	"cmp"
	"slices"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/lex"
)

// Bounds of the reading of whole files: 2 MiB take about a second.
const (
	maxWanted     = 200
	maxProofBytes = 2 << 20
)

// proof is what both whole versions of a file prove. Nothing is proven of a
// file that was not read.
type proof struct {
	lex.Sameness
	imports bool // the order of the imports has changed at most
}

// WantsVersions gives the paths of those files of which both whole versions
// may prove that no code has changed: their changed lines are comments, or
// have the same characters on both sides.
func WantsVersions(in Input) []string {
	var wanted []string
	for _, f := range in.Change.Files {
		if len(wanted) == maxWanted {
			break
		}
		if mayProve(f) {
			wanted = append(wanted, f.Path)
		}
	}
	return wanted
}

// mayProve is the cheap test, on the diff alone.
func mayProve(f change.File) bool {
	if f.Status != change.Modified || len(f.Paths()) > 1 || f.Withheld || f.Binary || f.OldMode != f.NewMode || len(f.Hunks) == 0 || !lex.Known(f.Path) {
		return false
	}
	var balance [256]int
	for _, h := range f.Hunks {
		for _, l := range h.Lines {
			if l.Op != change.Context && !lex.CommentLine(f.Path, l.Text) {
				weigh(&balance, l)
			}
		}
	}
	return balance == [256]int{}
}

// weigh counts what a line adds and takes away, without its space.
func weigh(balance *[256]int, l change.Line) {
	sign := 1
	if l.Op == change.Delete {
		sign = -1
	}
	for i := range len(l.Text) {
		if c := l.Text[i]; c != ' ' && c != '\t' {
			balance[c] += sign
		}
	}
}

// proofs reads the versions of the files, in the order of the change, until
// the bound is met.
func (in Input) proofs() []proof {
	proven := make([]proof, len(in.Change.Files))
	read := 0
	for i, f := range in.Change.Files {
		v := in.Versions[f.Path]
		if read += len(v.Before) + len(v.After); read > maxProofBytes {
			break
		}
		proven[i] = in.prove(f)
	}
	return proven
}

func (in Input) prove(f change.File) proof {
	v, ok := in.Versions[f.Path]
	if !ok || !mayProve(f) {
		return proof{}
	}
	return proof{lex.Compare(f.Path, v.Before, v.After), lex.SameButImports(f.Path, v.Before, v.After)}
}

// proven also serves an Input that a caller hands straight to one signal.
func (in Input) proven(i int) proof {
	if in.proofsOf == nil {
		return in.prove(in.Change.Files[i])
	}
	return in.proofsOf[i]
}

// onlyComments says that the code of a file is proven to be the same, and that
// each run of changed lines has a comment in it and nothing but comments.
func (in Input) onlyComments(i int) bool {
	return in.proven(i).Code && everyRun(in.Change.Files[i], commentRun)
}

func commentRun(path string, run []change.Line) bool {
	words := false
	for _, l := range run {
		if !lex.CommentLine(path, l.Text) {
			return false
		}
		words = words || !blank(l.Text)
	}
	return words
}

func blank(text string) bool {
	return !slices.ContainsFunc([]byte(text), func(c byte) bool { return c != ' ' && c != '\t' && c != '\r' && c != '\f' })
}

// everyRun asks it of each run of changed lines without context between them.
func everyRun(f change.File, ask func(path string, run []change.Line) bool) bool {
	for _, h := range f.Hunks {
		start := 0
		for i, l := range h.Lines {
			if l.Op != change.Context {
				continue
			}
			if start < i && !ask(f.Path, h.Lines[start:i]) {
				return false
			}
			start = i + 1
		}
		if start < len(h.Lines) && !ask(f.Path, h.Lines[start:]) {
			return false
		}
	}
	return true
}

// firstComment finds a changed line that is a comment by one of the file's
// paths, and not blank. Lines that nobody has seen may be comments.
func (in Input) firstComment(f change.File) (line int, found bool) {
	for _, path := range f.Paths() {
		if !lex.Known(path) {
			continue
		}
		if line, found := commentIn(f, path); found || in.unread(f) {
			return line, true
		}
	}
	return 0, false
}

func commentIn(f change.File, path string) (line int, found bool) {
	for _, h := range f.Hunks {
		for _, l := range h.Lines {
			if l.Op != change.Context && !blank(l.Text) && lex.CommentLine(path, l.Text) {
				return cmp.Or(l.NewLine, l.OldLine), true
			}
		}
	}
	return 0, false
}
