package task

import (
	"path"
	"regexp"
	"slices"

	"github.com/tierwise/tierwise/internal/change"
)

// Each form reads one line of a manifest: a name, then a version.
var (
	goModLine       = lazily(`^(?:require )?\s*([\w./~-]+\.[\w./~-]+) (v[0-9]\S*)(?:\s*//.*)?$`)
	packageJSONLine = lazily(`^\s+"((?:@[\w.-]+/)?[\w.-]+)": "((?:[\^~><= ]*[0-9]|workspace:|npm:|latest|\*)[^"]*)",?$`)
	cargoLine       = lazily(`^([\w-]+) = (?:"([\^~=]?[0-9][^"]*)"|\{.*version = "([^"]+)".*\})$`)
	requirementLine = lazily(`^([\w.-]+(?:\[[\w,-]+\])?)\s*((?:[=~><!]=?|===)\s*[0-9].*)?$`)
)

func dependencyForm(p string) *regexp.Regexp {
	switch base := path.Base(p); {
	case requirements().MatchString(p):
		return requirementLine()
	case base == "go.mod":
		return goModLine()
	case base == "package.json":
		return packageJSONLine()
	case base == "Cargo.toml":
		return cargoLine()
	}
	return nil
}

// dependencyLines tells new, updated and dropped dependencies apart where the
// manifest's form is known, and names the manifest where it is not.
func dependencyLines(files []change.File) []string {
	var lines, unread []string
	for _, f := range files {
		if kindOf(f.Path) != kindManifest || f.Status == change.Removed {
			continue
		}
		form := dependencyForm(f.Path)
		if form == nil {
			unread = append(unread, f.Path)
			continue
		}
		before, after := dependencies(f, form)
		in := " in " + codePath(f.Path)
		lines = append(lines,
			named("New dependencies"+in, minus(after, before)),
			named("Dropped dependencies"+in, minus(before, after)),
			named("Updated dependencies"+in, both(before, after)))
	}
	return append(lines, named("Dependency manifests change", unread))
}

func dependencies(f change.File, form *regexp.Regexp) (before, after []string) {
	notNames := []string{"version", "node", "npm", "name", "edition", "rust-version", "toolchain"}
	for l := range f.Lines() {
		m := form.FindStringSubmatch(l.Text)
		if m == nil || slices.Contains(notNames, m[1]) {
			continue
		}
		switch l.Op {
		case change.Add:
			after = append(after, m[1])
		case change.Delete:
			before = append(before, m[1])
		}
	}
	return before, after
}

func minus(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

func both(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return !slices.Contains(b, s) })
}
