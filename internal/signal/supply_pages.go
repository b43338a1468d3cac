package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// pageRules find code in what looks like pages: what builds or shows them runs
// it.
func pageRules() []rule {
	return []rule{
		{files: []string{"mkdocs.yml", "mkdocs.yaml"}, on: change.Add, match: unlessKept(pageHook)},
		{files: []string{".svg"}, on: change.Add, match: unlessKept(matching("a picture holds a script", `(?i)<script\b|[\s"']on[a-z]{3,}\s*=\s*["']|javascript:|<foreignObject\b|<iframe\b|data:text/html|<!ENTITY\b`))},
		{files: []string{".mdx"}, on: change.Add, match: unlessKept(matching("a page runs code when it is built",
			`\b(?:from|require\(|import\()\s*["'](?:node:\w+|(?:fs|child_process|os|net|http|https|dns|vm|worker_threads|process|path)(?:/\w+)?)["']|\bprocess\.(?:env|binding|exit)\b|\bexecSync\b|\beval\(|new Function\(`))},
	}
}

var (
	hooksKey   = probing(`^(?:hooks|custom_dir)\s*:|^(?:-\s+)?["']?module_name["']?\s*:|^!!python/`)
	pythonItem = probing(`^-\s+["']?[\w./-]+\.py["']?$`)
)

// pageHook finds a script that the build of a site of pages runs.
func pageHook(l line, b block) string {
	if l.comment() || !hooksKey.in(l) && !(pythonItem.in(l) && headOf(l, b).key() == "hooks") {
		return ""
	}
	return "a build of pages runs a script"
}

// linkMode is what git writes for a symbolic link.
const linkMode = "120000"

// maxLink bounds the target of a link, as most systems do.
const maxLink = 4096

// leadsElsewhere finds a link that is new or was turned. A platform that does
// not tell modes shows a file of one line, a path, without an end of line.
func leadsElsewhere(f change.File) string {
	switch {
	case f.Status == change.Removed:
		return ""
	case f.NewMode == linkMode, onePath(f):
		return "a link leads to another place"
	}
	return ""
}

func onePath(f change.File) bool {
	if len(f.Hunks) != 1 || f.Hunks[0].NewStart != 1 {
		return false
	}
	lines := f.Hunks[0].Lines
	return len(lines) > 0 && len(lines) <= 2 && !slices.ContainsFunc(lines, func(l change.Line) bool { return l.Op == change.Context || !pathAlone(l) }) &&
		slices.ContainsFunc(lines, func(l change.Line) bool { return l.Op == change.Add })
}

// pathAlone says that a line is the target of a link, as git stores it.
func pathAlone(l change.Line) bool {
	return l.NoEOL && len(l.Text) <= maxLink && strings.Contains(l.Text, "/") && !strings.ContainsAny(l.Text, " \t:{}<>()\"'=;,@#*")
}
