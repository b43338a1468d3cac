package task

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// area is the files of a change that stand in one folder, near enough to the
// root that a reader knows it by name.
type area struct {
	Folder string // "." for the root
	Files  []change.File
	Added  int // lines
	Gone   int // lines
}

// groups sorts files into areas, the largest first. Two components name an
// area where the first is a folder that only collects others.
func groups(files []change.File) []area {
	at := map[string]int{}
	var areas []area
	for _, f := range files {
		folder := areaOf(f.Path)
		i, ok := at[folder]
		if !ok {
			i = len(areas)
			at[folder] = i
			areas = append(areas, area{Folder: folder})
		}
		areas[i].Files = append(areas[i].Files, f)
		areas[i].Added += f.Additions
		areas[i].Gone += f.Deletions
	}
	for _, a := range areas {
		slices.SortStableFunc(a.Files, func(x, y change.File) int {
			return cmp.Or(cmp.Compare(y.Additions+y.Deletions, x.Additions+x.Deletions), cmp.Compare(x.Path, y.Path))
		})
	}
	slices.SortStableFunc(areas, func(x, y area) int {
		return cmp.Or(cmp.Compare(y.Added+y.Gone, x.Added+x.Gone), cmp.Compare(x.Folder, y.Folder))
	})
	return areas
}

func areaOf(p string) string {
	parts := strings.Split(path.Dir(p), "/")
	collects := []string{"internal", "pkg", "src", "lib", "libs", "packages", "services", "apps", "cmd", "crates", "modules", "components", "plugins", "app"}
	if len(parts) > 1 && slices.Contains(collects, parts[0]) {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

// name writes the folder for a sentence.
func (a area) name() string {
	if a.Folder == "." {
		return "the root folder"
	}
	return codePath(a.Folder)
}

// sentence words what happened to the files with a status: names while they
// are few, else their number; "" where there are none.
func (a area) sentence(verb string, status []change.Status) string {
	const named = 3
	var names []string
	for _, f := range a.Files {
		if slices.Contains(status, f.Status) {
			names = append(names, "`"+strings.ReplaceAll(f.Path, "`", "'")+"`")
		}
	}
	switch {
	case len(names) == 0:
		return ""
	case len(names) <= named:
		return verb + " " + list(names)
	}
	folder := "the root folder"
	if a.Folder != "." {
		folder = "`" + strings.ReplaceAll(a.Folder, "`", "'") + "`"
	}
	return fmt.Sprintf("%s %s in %s", verb, plural(len(names), "file"), folder)
}
