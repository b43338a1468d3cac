package signal

import (
	"testing"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/glob"
)

const policyPath = "routing-policy.yml"

func file(path string) change.File {
	return change.File{Path: path, Status: change.Modified, Additions: 1}
}

func renamed(from, to string) change.File {
	return change.File{Path: to, OldPath: from, Status: change.Renamed}
}

// of makes the input of a change of these files.
func of(files ...change.File) Input {
	return Input{Change: change.Change{Files: files}, HasChange: true, Marks: Marks{PolicyPath: policyPath}}
}

func paths(list ...string) Input {
	files := make([]change.File, len(list))
	for i, p := range list {
		files[i] = file(p)
	}
	return of(files...)
}

func marks(attributes string) Marks {
	return Marks{Attributes: glob.ParseAttributes(attributes), PolicyPath: policyPath}
}

func compile(t *testing.T, list ...string) []glob.Pattern {
	t.Helper()
	var patterns []glob.Pattern
	for _, text := range list {
		p, err := glob.Compile(text)
		if err != nil {
			t.Fatalf("compile %q: %v", text, err)
		}
		patterns = append(patterns, p)
	}
	return patterns
}

// inFile makes a file of code with one added line.
func inFile(path, text string) change.File {
	f := file(path)
	f.Hunks = []change.Hunk{{NewStart: 7, NewLines: 1, Lines: []change.Line{{Op: change.Add, Text: text, NewLine: 7}}}}
	return f
}
