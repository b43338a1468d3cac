package task

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/lex"
)

// verifyDocs releases a patch that applies, touches only what the change gives
// a reason for, leaves all code as it is, and names nothing that is not there.
func verifyDocs(in Input, answer []byte) (Output, []Problem) {
	a, problems := readEdits(answer)
	if problems != nil {
		return Output{}, problems
	}
	all, problems := a.rewrites(in)
	for _, r := range all {
		problems = append(problems, checkDocFile(in, r)...)
	}
	if len(problems) > 0 {
		return Output{}, problems
	}
	text, files, err := unified(all)
	if err != nil {
		return Output{}, []Problem{problem("not-applying", "%v", err)}
	}
	problems = checkPatchSize(text)
	seen := gatherDocs(in)
	for _, f := range files {
		seen.paths[f.Path] = true // pages of one patch may name each other
	}
	for i, f := range files {
		problems = append(problems, checkDocText(seen, all[i], f)...)
	}
	problems = append(problems, checkNotes(seen, a.Notes, files)...)
	if len(problems) > 0 {
		return Output{}, problems
	}
	return patchOutput(a, text, files), nil
}

func checkPatchSize(text string) []Problem {
	if len(text) > maxPatch {
		return brokenForm("the patch has %d bytes, more than %d", len(text), maxPatch)
	}
	return nil
}

// patchOutput is what a reader gets: the writer's notes, then what is touched.
func patchOutput(a editsAnswer, text string, files []change.File) Output {
	var b strings.Builder
	b.WriteString(strings.Join(strings.Fields(a.Notes), " ") + "\n")
	for i, f := range files {
		if i == 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "- %s (%s)\n", codePath(f.Path), plural(len(strings.Split(addedText(f), "\n"))-1, "added line"))
	}
	return Output{Markdown: b.String(), Patch: text}
}

// checkDocFile says why a file may not be touched, and whether anything but
// comments and documentation would change in it.
func checkDocFile(in Input, r rewrite) []Problem {
	if why := writablePath(r.path); why != "" {
		return []Problem{problem("touching-other-files", "%.120q %s", r.path, why)}
	}
	if docFile(r.path) {
		return checkDocPage(in, r)
	}
	switch {
	case kindOf(r.path) != kindCode:
		return []Problem{problem("touching-other-files", "%.120q is a %s, and neither code nor documentation", r.path, kindOf(r.path))}
	case r.fresh:
		return []Problem{problem("changing-code", "%.120q would be a new file that is no documentation", r.path)}
	case !inChange(in, r.path):
		return []Problem{problem("touching-other-files", "%.120q is not in the change", r.path)}
	case !lex.Known(r.path):
		return []Problem{problem("changing-code", "%.120q is in a language whose comments are not known", r.path)}
	}
	same := lex.Compare(r.path, r.before, r.after)
	switch {
	case !same.Code:
		return []Problem{problem("changing-code", "code of %.120q changes, or a comment that steers a tool, or it cannot be read for certain", r.path)}
	case same.Comments:
		return []Problem{problem("changing-code", "%.120q changes in space alone", r.path)}
	}
	return nil
}

// docFile knows pages by their names. Pages that are programs (MDX) and lists
// of dependencies are none.
func docFile(p string) bool {
	name := strings.ToLower(path.Base(p))
	if kindOf(p) == kindTest || strings.Contains(name, "changelog") || strings.Contains(name, "changes") || strings.HasPrefix(name, "history") {
		return false
	}
	switch path.Ext(name) {
	case ".md", ".markdown", ".rst", ".adoc":
		return true
	case ".txt":
		return inDocsFolder(p) && name != "cmakelists.txt" && name != "robots.txt" && !strings.HasPrefix(name, "requirements") && !strings.HasPrefix(name, "constraints")
	}
	return slices.Contains([]string{"readme", "install", "hacking", "contributing", "faq"}, name)
}

func inDocsFolder(p string) bool {
	dirs := strings.Split(strings.ToLower(path.Dir(p)), "/")
	return slices.ContainsFunc(dirs, func(d string) bool {
		return slices.Contains([]string{"docs", "doc", "documentation", "guide", "guides", "man"}, d)
	})
}

func inChange(in Input, p string) bool {
	f, ok := in.Change.File(p)
	return ok && f.Status != change.Removed
}
