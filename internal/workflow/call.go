package workflow

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// Call is one step that calls a model.
type Call struct {
	Agent Agent
	Job   *Job
	Step  *Step
	// Model is nil where none is named.
	Model *Named
	// Limited says that something bounds turns or spend.
	Limited bool
	// Task is the task of the catalogue that the words tell, "" where they do
	// not tell one. It is a guess, for a linter to speak of.
	Task    string
	Prompts []*yamltree.Node
	Keys    []*yamltree.Node
}

// Named is a value with the place where it stands. Expression says that the
// value is computed (${{ … }}), so that Text is not what is used.
type Named struct {
	Text       string
	Pos        diag.Position
	End        int // the column after its last byte, on the line of Pos; 0 where the place is not known that well
	Expression bool
}

// Calls gives the steps that call models, in the order of the file.
func (f *File) Calls() []Call {
	var calls []Call
	for i := range f.Jobs {
		for j := range f.Jobs[i].Steps {
			if c, ok := call(&f.Jobs[i], &f.Jobs[i].Steps[j]); ok {
				calls = append(calls, c)
			}
		}
	}
	return calls
}

func call(j *Job, s *Step) (Call, bool) {
	if s.Uses == nil {
		return Call{}, false
	}
	action, _, _ := strings.Cut(s.Uses.Text, "@")
	for _, a := range Agents() {
		if slices.Contains(a.Uses, strings.ToLower(action)) {
			return Call{Agent: a, Job: j, Step: s, Model: model(a, s)}, true
		}
	}
	return Call{}, false
}

func model(a Agent, s *Step) *Named {
	for _, m := range a.Models {
		if n := Value(s.With, m.With); n != nil && m.Flag == "" {
			return &Named{Text: n.Text, Pos: n.Pos, Expression: strings.Contains(n.Text, "${{")}
		}
	}
	return nil
}
