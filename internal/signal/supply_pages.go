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
		{files: []string{".mdx"}, on: change.Add, match: unlessKept(pageCode)},
	}
}

var (
	hooksKey   = probing(`^(?:hooks|custom_dir)\s*:|^(?:-\s+)?["']?module_name["']?\s*:|^!!python/`)
	pythonItem = probing(`^-\s+["']?[\w./-]+\.py["']?$`)
)

// pageHook finds a script that the build of a site of pages runs.
func pageHook(l line, b block) string {
	switch {
	case l.comment():
		return ""
	case hooksKey.in(l), pythonItem.in(l) && headOf(l, b).key() == "hooks":
		return "a build of pages runs a script"
	case strings.HasPrefix(itemText(l.code), "http") && headOf(l, b).key() == "extra_javascript":
		return "pages load a script of others"
	}
	return ""
}

var builderCode = probing(`^(?:import|export)\b.*\bfrom\s*["'](?:node:\w+|(?:fs|child_process|os|net|http|https|dns|vm|worker_threads|process)(?:/\w+)?)["']|^import\s*["'](?:node:\w+|fs|child_process)["']|` +
	`\{.*\b(?:require|import)\(\s*["'](?:node:\w+|fs|child_process|os|net|http|https|vm)(?:/\w+)?["']|\{.*\b(?:execSync|eval|process\.binding)\(|\{.*\bnew Function\(`)

// pageCode finds modules of the machine in a page whose imports and braces are
// run when it is built. Samples stand between fences; an import that runs
// stands at the beginning of its line.
func pageCode(l line, b block) string {
	if !builderCode.in(l) || fenced(l, b) || strings.HasPrefix(l.code, "import") && l.Text[:1] != l.code[:1] {
		return ""
	}
	return "a page runs code when it is built"
}

// fenced says that the nearest fence above opens a sample: only such a one
// names a language.
func fenced(l line, b block) bool {
	for _, o := range slices.Backward(b.added[:l.at]) {
		if strings.HasPrefix(o.code, "```") {
			return len(o.code) > 3
		}
	}
	for _, o := range slices.Backward(b.over.lines) {
		if code := strings.TrimSpace(o.Text); o.Op != change.Delete && strings.HasPrefix(code, "```") {
			return len(code) > 3
		}
	}
	return false
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
	if len(f.Hunks) != 1 || f.Hunks[0].NewStart != 1 || splitPath(f.Path).named(".nvmrc", ".node-version", "version") {
		return false // a version such as lts/iron
	}
	lines := f.Hunks[0].Lines
	return len(lines) > 0 && len(lines) <= 2 && !slices.ContainsFunc(lines, func(l change.Line) bool { return l.Op == change.Context || !pathAlone(l) }) &&
		slices.ContainsFunc(lines, func(l change.Line) bool { return l.Op == change.Add })
}

// pathAlone says that a line is the target of a link, as git stores it.
func pathAlone(l change.Line) bool {
	return l.NoEOL && len(l.Text) <= maxLink && strings.Contains(l.Text, "/") && !strings.ContainsAny(l.Text, " \t:{}<>()\"'=;,@#*")
}
