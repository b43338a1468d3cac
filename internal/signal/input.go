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

	// classes holds the classes of each file, worked out once for all signals.
	classes [][]Class
}

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
	return in
}

// classesOf also serves an Input that a caller hands straight to one signal.
func (in Input) classesOf(i int) []Class {
	if in.classes != nil {
		return in.classes[i]
	}
	return Classes(in.Change.Files[i], in.Marks)
}
