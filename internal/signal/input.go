package signal

import (
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
	Tree     []string // paths at the base; nil where they are not known
	Marks    Marks
	// Versions are whole files before and after, by the path at the head, for
	// those files alone of which both were read.
	Versions map[string]Versions
	// Users are the files at the base, outside of the change, that mention a
	// name of SharedNames; nil where nobody looked.
	Users map[string][]string

	// classes holds the classes of each file, worked out once for all signals.
	classes [][]Class
	// found holds what the content signals found, in one pass for all.
	found map[string][]Hit
	// readings holds what the words say, read once for all signals.
	readings []reading
}

// Versions is one file, whole, before and after the change.
type Versions struct{ Before, After string }

// Marks is what the base says of files. It is trusted.
type Marks struct {
	Attributes glob.Attributes // the base's .gitattributes
	PolicyPath string          // where the policy is read from; "" where nowhere
}

func (in Input) prepared() Input {
	in.classes = make([][]Class, len(in.Change.Files))
	for i, f := range in.Change.Files {
		in.classes[i] = Classes(f, in.Marks)
	}
	in.found = scanAll().scan(in)
	in.readings = in.read()
	return in
}

// content also serves an Input that a caller hands straight to one signal.
func (in Input) content() map[string][]Hit {
	if in.found != nil {
		return in.found
	}
	return scanAll().scan(in)
}

// classesOf also serves an Input that a caller hands straight to one signal.
func (in Input) classesOf(i int) []Class {
	if in.classes != nil {
		return in.classes[i]
	}
	return Classes(in.Change.Files[i], in.Marks)
}
