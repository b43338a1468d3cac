package signal

import (
	"slices"
	"sync"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/glob"
	"github.com/tierwise/tierwise/internal/task"
)

// Input is everything that facts are measured from.
type Input struct {
	Change change.Change
	// HasChange is false for a brief before anything has been changed. Then
	// the files do not count; what Change.Incomplete says counts all the same.
	HasChange bool
	Brief     task.Brief
	// Services are the policy's folders, one service each. Without them a
	// service is a folder with a manifest.
	Services []glob.Pattern
	// AlsoServices are further such lists: a change is cross-service where any
	// of the lists says so.
	AlsoServices [][]glob.Pattern
	Tree         []string // paths at the base; nil where they are not known
	// Manifests are those paths of Tree for which IsManifest holds, where the
	// caller has them at hand; nil lets Measure look for them in Tree.
	Manifests []string
	Marks     Marks
	// Versions are whole files before and after, by the path at the head, for
	// those files alone of which both were read.
	Versions map[string]Versions
	// Users are the files at the base, those of the change among them, that
	// mention a name of SharedNames; nil where nobody looked.
	Users map[string][]string
	// Together are the files that used to change with a file, as Companions
	// gives them; nil where nobody looked.
	Together map[string][]string

	// classes holds the classes of each file, worked out once for all signals.
	classes [][]Class
	// proofsOf holds what the versions of each file prove.
	proofsOf []proof
	// beside says which files stand beside others of their kind, asked once.
	beside func() []bool
	// found holds what the content signals found, in one pass for all.
	found map[string][]Hit
	// ties holds how the modules of the change hang together.
	ties *[]coupling
	// readings holds what the words say, read once for all signals.
	readings []reading
}

// Versions is one file, whole, before and after the change.
type Versions struct{ Before, After string }

// Marks is what the base says of files. It is trusted.
type Marks struct {
	Attributes glob.Attributes // the base's .gitattributes
	PolicyPath string          // where the policy is read from; "" where nowhere

	// classes holds the class of each path of a change, worked out once for
	// all who ask.
	classes map[string]Class
}

func (in Input) prepared() Input {
	in.Marks = in.Marks.of(in.Change)
	in.proofsOf = in.proofs()
	classes := make([][]Class, len(in.Change.Files))
	for i := range in.Change.Files {
		classes[i] = in.classesOf(i)
	}
	in.classes = classes
	in.found = scanAll().scan(in)
	tied := in.tie()
	in.ties = &tied
	in.beside = sync.OnceValue(func() []bool { return siblingsOf(in) })
	in.readings = in.read()
	return in
}

// of works out the classes of the paths of a change.
func (m Marks) of(ch change.Change) Marks {
	known := make(map[string]Class, len(ch.Files))
	for _, f := range ch.Files {
		for _, path := range f.Paths() {
			if _, twice := known[path]; !twice {
				known[path] = classOf(path, m)
			}
		}
	}
	m.classes = known
	return m
}

// content also serves an Input that a caller hands straight to one signal.
func (in Input) content() map[string][]Hit {
	if in.found != nil {
		return in.found
	}
	return scanAll().scan(in)
}

// siblings also serves an Input that a caller hands straight to one shape.
func (in Input) siblings() []bool {
	if in.beside != nil {
		return in.beside()
	}
	return siblingsOf(in)
}

// classesOf also serves an Input that a caller hands straight to one signal.
func (in Input) classesOf(i int) []Class {
	if in.classes != nil {
		return in.classes[i]
	}
	if in.byComments(i) {
		return []Class{Documentation}
	}
	f := in.Change.Files[i]
	classes := Classes(f, in.Marks)
	if slices.Contains(classes, Asset) && !slices.Contains(classes, Code) && in.unread(f) {
		return append([]Class{Code}, classes...) // text may hide behind an image's name
	}
	return classes
}

// unread says that a file may hold lines that nobody here has seen. A pure
// rename and an image or a font have none to show. Where the change is known
// to be cut short nothing tells a row that has no lines from one that lost
// them with its counts, so neither excuses there.
func (in Input) unread(f change.File) bool {
	if len(in.Change.Incomplete) > 0 && (f.Withheld || f.OldPath != "") {
		return true
	}
	return f.Withheld && !Inert(f) || in.becomesObeyed(f)
}

// becomesObeyed says that a file moved to a place where machines obey it: all
// of its lines are new there, and none is shown.
func (in Input) becomesObeyed(f change.File) bool {
	if f.OldPath == "" || f.OldPath == f.Path {
		return false
	}
	now := classOf(f.Path, in.Marks)
	obeyed := slices.Contains([]Class{PolicyFile, Workflow, Owners, AgentInstructions, Migration}, now)
	return obeyed && classOf(f.OldPath, in.Marks) != now
}
