package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// Class is what a file is, by its path and by what the base says of it.
type Class string

// The classes. Each is also the id of the signal that fires on it.
const (
	Documentation Class = "documentation"
	Test          Class = "test"
	Configuration Class = "configuration"
	Code          Class = "code"
	Generated     Class = "generated"
	Vendored      Class = "vendored"
	LockFile      Class = "lock-file"
	Migration     Class = "migration"
	Workflow      Class = "workflow"
	PolicyFile    Class = "policy-change"
)

// byRisk lists the classes, the one with most at stake first.
func byRisk() []Class {
	return []Class{PolicyFile, Workflow, Migration, Code, Generated, Vendored, Configuration, LockFile, Test, Documentation}
}

// Classify gives the class of a file; of a renamed file's two classes the one
// with more at stake. In doubt a file is Code.
func Classify(f change.File, m Marks) Class { return Classes(f, m)[0] }

// Classes gives the classes of a file by each of its paths, most at stake
// first, without duplicates: a rename counts on both its paths.
func Classes(f change.File, m Marks) []Class {
	paths := f.Paths()
	first := classOf(paths[0], m)
	if len(paths) == 1 {
		return []Class{first}
	}
	second := classOf(paths[1], m)
	if first == second {
		return []Class{first}
	}
	if order := byRisk(); slices.Index(order, second) < slices.Index(order, first) {
		return []Class{second, first}
	}
	return []Class{first, second}
}

// classOf goes from what steers machines to what is merely read. The marks of
// the base come after everything that raises, so that no mark can hide a
// workflow or a migration.
func classOf(path string, m Marks) Class {
	p := splitPath(path)
	switch {
	case m.PolicyPath != "" && strings.EqualFold(path, m.PolicyPath):
		return PolicyFile
	case isWorkflow(p):
		return Workflow
	case isLockFile(p):
		return LockFile
	case isMigration(p):
		return Migration
	case steersMachines(p):
		return Configuration
	}
	if class, ok := markedPath(path, m); ok {
		return class
	}
	switch {
	case isTest(p):
		return Test
	case isDocumentation(p):
		return Documentation
	case isConfiguration(p):
		return Configuration
	case marked(path, m, "linguist-documentation"):
		return Documentation
	}
	return Code
}

// place is a path in the parts that the tables ask for, in lower case: names
// that differ in case alone are one file on many machines.
type place struct {
	path string
	dirs []string
	name string
	stem string // name without its last extension
	ext  string // with its dot, "" where there is none
	// spelled is the name with its letter case, for FooTest.java.
	// It can be longer or shorter than name: a capital and its small letter
	// need not have the same number of bytes.
	spelled string
}

func splitPath(path string) place {
	lower := strings.ToLower(path)
	parts := strings.Split(lower, "/")
	p := place{path: lower, dirs: parts[:len(parts)-1], name: parts[len(parts)-1]}
	p.spelled = path[strings.LastIndexByte(path, '/')+1:]
	p.stem, p.ext = splitExt(p.name)
	return p
}

// splitExt takes the last extension off a name. A leading dot begins none.
func splitExt(name string) (stem, ext string) {
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		return name[:dot], name[dot:]
	}
	return name, ""
}

// under says that one of the folders above the file has one of these names.
func (p place) under(names ...string) bool {
	for _, dir := range p.dirs {
		if slices.Contains(names, dir) {
			return true
		}
	}
	return false
}

// in says that the file stands somewhere below the folder at the root.
func (p place) in(folder string) bool { return strings.HasPrefix(p.path, folder+"/") }

func (p place) hasExt(list ...string) bool { return p.ext != "" && slices.Contains(list, p.ext) }

func (p place) named(list ...string) bool { return slices.Contains(list, p.name) }
