package signal

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// Class is what a file is, by its path and by what the base says of it.
type Class string

// The classes. Each is also the id of the signal that fires on it.
const (
	PolicyFile        Class = "policy-change"
	Workflow          Class = "workflow"
	Owners            Class = "owners"
	AgentInstructions Class = "agent-instructions"
	Migration         Class = "migration"
	Infrastructure    Class = "infrastructure"
	InterfaceFile     Class = "interface-file"
	Code              Class = "code"
	Generated         Class = "generated"
	Vendored          Class = "vendored"
	Deployment        Class = "deployment"
	Configuration     Class = "configuration"
	LockFile          Class = "lock-file"
	Translation       Class = "translation"
	Snapshot          Class = "snapshot"
	Test              Class = "test"
	Asset             Class = "asset"
	Documentation     Class = "documentation"
)

// byRisk lists the classes, the one with most at stake first.
func byRisk() []Class {
	return []Class{
		PolicyFile, Workflow, Owners, AgentInstructions, Migration, Infrastructure, InterfaceFile, Code, Generated, Vendored, Deployment,
		Configuration, LockFile, Translation, Snapshot, Test, Asset, Documentation,
	}
}

// IsClass says that a signal's id is that of a class: it says what a file is,
// and fires on nearly every file.
func IsClass(id string) bool { return slices.Contains(byRisk(), Class(id)) }

// Classify gives the class of a file; of several classes the one with most at
// stake. In doubt a file is Code.
func Classify(f change.File, m Marks) Class { return Classes(f, m)[0] }

// Classes gives the classes of a file, most at stake first, without
// duplicates: a rename counts on both its paths, and text that is named like
// an image is code as well.
func Classes(f change.File, m Marks) []Class {
	classes := make([]Class, 0, 3)
	for _, path := range f.Paths() {
		class := classOf(path, m)
		classes = append(classes, class)
		if class == Asset && hasLines(f) {
			classes = append(classes, Code)
		}
	}
	if len(classes) == 1 {
		return classes
	}
	order := byRisk()
	slices.SortFunc(classes, func(a, b Class) int { return cmp.Compare(slices.Index(order, a), slices.Index(order, b)) })
	return slices.Compact(classes)
}

func hasLines(f change.File) bool { return f.Additions != 0 || f.Deletions != 0 || len(f.Hunks) > 0 }

// classOf goes from what steers machines to what is merely read. The marks of
// the base come after everything that raises, so that no mark can hide a
// workflow or a migration.
func classOf(path string, m Marks) Class {
	if class, known := m.classes[path]; known {
		return class
	}
	p := splitPath(path)
	if class, ok := steering(path, p, m); ok {
		return class
	}
	if class, ok := markedPath(path, m); ok {
		return class
	}
	if class, ok := byTable(p); ok {
		return class
	}
	if marked(path, m, "linguist-documentation") {
		return Documentation
	}
	return Code
}

// steering tells the classes that no mark may hide, and lock files, which
// need none.
func steering(path string, p place, m Marks) (Class, bool) {
	switch {
	case m.PolicyPath != "" && strings.EqualFold(path, m.PolicyPath):
		return PolicyFile, true
	case isOwners(p):
		return Owners, true
	case isWorkflow(p):
		return Workflow, true
	case isLockFile(p):
		return LockFile, true
	case isMigration(p):
		return Migration, true
	case isAgentInstructions(p):
		return AgentInstructions, true
	case p.named(".gitattributes"):
		return Configuration, true
	}
	return "", false
}

// byTable goes through the rest of the tables. A test of anything is a test;
// prose about anything is documentation.
func byTable(p place) (Class, bool) {
	for _, row := range []struct {
		class Class
		is    func(place) bool
	}{
		{Snapshot, isSnapshot},
		{Test, isTest},
		{Documentation, isDocumentation},
		{InterfaceFile, isInterface},
		{Infrastructure, isInfrastructure},
		{Translation, isTranslation},
		{Deployment, isDeployment},
		{Asset, isAsset},
		{Configuration, isConfiguration},
	} {
		if row.is(p) {
			return row.class, true
		}
	}
	return "", false
}
