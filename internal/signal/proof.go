package signal

import (
	"cmp"
	"slices"
	"sync"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/lex"
)

// Bounds of the reading of whole files: 2 MiB take about a second.
const (
	maxWanted     = 200
	maxProofBytes = 2 << 20
)

// proof is what both whole versions of a file prove, read when it is asked for
// and only once. Nothing is proven of a file that was not read.
type proof struct {
	same    func() lex.Sameness
	imports func() bool // the order of the imports has changed at most
}

func noProof() proof {
	return proof{func() lex.Sameness { return lex.Sameness{} }, func() bool { return false }}
}

func proofOf(path string, v Versions) proof {
	return proof{
		sync.OnceValue(func() lex.Sameness { return lex.Compare(path, v.Before, v.After) }),
		sync.OnceValue(func() bool { return lex.SameButImports(path, v.Before, v.After) }),
	}
}

// WantsVersions gives the paths of those files of which both whole versions
// may prove that no code has changed.
func WantsVersions(in Input) []string {
	var wanted []string
	for i, wants := range in.provable() {
		if len(wanted) == maxWanted {
			break
		}
		if wants {
			wanted = append(wanted, in.Change.Files[i].Path)
		}
	}
	return wanted
}

// proofs gives what may be proven of the files, in the order of the change,
// until the bound is met.
func (in Input) proofs() []proof {
	proven := make([]proof, len(in.Change.Files))
	if len(in.Versions) == 0 {
		for i := range proven {
			proven[i] = noProof()
		}
		return proven
	}
	provable := in.provable()
	read := 0
	for i, f := range in.Change.Files {
		v, ok := in.Versions[f.Path]
		read += len(v.Before) + len(v.After)
		proven[i] = noProof()
		if ok && provable[i] && read <= maxProofBytes {
			proven[i] = proofOf(f.Path, v)
		}
	}
	return proven
}

// proven also serves an Input that a caller hands straight to one signal.
func (in Input) proven(i int) proof {
	if in.proofsOf == nil {
		return in.proofs()[i]
	}
	return in.proofsOf[i]
}

// commentRun says that a run of changed lines has a comment in it and nothing
// but comments.
func commentRun(run []change.Line, comment func(string) bool) bool {
	words := false
	for _, l := range run {
		if !comment(l.Text) {
			return false
		}
		words = words || !blank(l.Text)
	}
	return words
}

func blank(text string) bool {
	return !slices.ContainsFunc([]byte(text), func(c byte) bool { return c != ' ' && c != '\t' && c != '\r' && c != '\f' })
}

// onlyComments says that each run of changed lines without context between them
// is a commentRun.
func onlyComments(f change.File) bool {
	comment := lex.CommentLines(f.Path)
	for _, h := range f.Hunks {
		start := 0
		for i, l := range h.Lines {
			if l.Op != change.Context {
				continue
			}
			if start < i && !commentRun(h.Lines[start:i], comment) {
				return false
			}
			start = i + 1
		}
		if start < len(h.Lines) && !commentRun(h.Lines[start:], comment) {
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
	comment := lex.CommentLines(path)
	for _, h := range f.Hunks {
		for _, l := range h.Lines {
			if l.Op != change.Context && comment(l.Text) && !blank(l.Text) {
				return cmp.Or(l.NewLine, l.OldLine), true
			}
		}
	}
	return 0, false
}
