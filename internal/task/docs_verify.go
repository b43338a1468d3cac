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

// checkDocPage holds a page to what the change gives a reason for.
func checkDocPage(in Input, r rewrite) []Problem {
	if r.fresh {
		if !newPageFits(in, r.path) {
			return []Problem{problem("touching-other-files", "the new page %.120q stands in no folder of pages, and beside no changed file", r.path)}
		}
		if strings.HasPrefix(r.after, "---\n") || strings.HasPrefix(r.after, "+++\n") {
			return []Problem{problem("changing-code", "the new page %.120q begins with settings", r.path)}
		}
		return nil
	}
	switch {
	case !pageJustified(in, r):
		return []Problem{problem("touching-other-files", "the change gives no reason to edit %.120q", r.path)}
	case frontMatter(r.before) != frontMatter(r.after):
		return []Problem{problem("changing-code", "the settings at the top of %.120q change", r.path)}
	}
	return nil
}

// frontMatter gives the settings that a site generator reads at the top of a
// page, "" where there are none.
func frontMatter(text string) string {
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "\ufeff")
	for _, mark := range []string{"---\n", "+++\n"} {
		if rest, ok := strings.CutPrefix(text, mark); ok {
			if at := strings.Index(rest, "\n"+strings.TrimSpace(mark)); at >= 0 {
				return rest[:at]
			}
			return rest
		}
	}
	return ""
}

// newPageFits takes a new page where pages stand, or a README beside a changed
// file.
func newPageFits(in Input, p string) bool {
	folder := path.Dir(p)
	if inDocsFolder(p) {
		return slices.ContainsFunc(in.HeadPaths, func(q string) bool { return path.Dir(q) == folder && docFile(q) })
	}
	isReadme := strings.HasPrefix(strings.ToLower(path.Base(p)), "readme.")
	return isReadme && slices.ContainsFunc(in.Change.Files, func(f change.File) bool {
		return f.Status != change.Removed && path.Dir(f.Path) == folder
	})
}

// pageJustified says why a page may be edited: it is in the change, it stands
// in the folder of a changed file or above it, or the change and the page
// speak of the same thing by name.
func pageJustified(in Input, r rewrite) bool {
	if inChange(in, r.path) {
		return true
	}
	folder := path.Dir(r.path)
	for _, f := range in.Change.Files {
		if f.Status == change.Removed {
			continue
		}
		if folder == "." || path.Dir(f.Path) == folder || strings.HasPrefix(f.Path, folder+"/") {
			return true
		}
	}
	return sharesNames(in, r) || strings.Contains(in.Title+in.Body+in.Brief, r.path)
}

// sharesNames says that a page is called as a changed file or its folder, or
// that it names the file, or something that a changed line declares.
func sharesNames(in Input, r rewrite) bool {
	if calledAsChange(in, r.path) {
		return true
	}
	for _, f := range in.Change.Files {
		if f.Status == change.Removed || kindOf(f.Path) != kindCode {
			continue
		}
		base := path.Base(f.Path)
		if hasWord(r.before, base) {
			return true
		}
		if slices.ContainsFunc(declaredNames(f), func(name string) bool { return hasWord(r.before, name) }) {
			return true
		}
	}
	return false
}

// calledAsChange says that a page is called as a changed source or its folder.
func calledAsChange(in Input, p string) bool {
	called := foldStem(strings.TrimSuffix(path.Base(p), path.Ext(p)))
	return slices.ContainsFunc(in.Change.Files, func(f change.File) bool {
		if f.Status == change.Removed || kindOf(f.Path) != kindCode {
			return false
		}
		stem := strings.TrimSuffix(path.Base(f.Path), path.Ext(f.Path))
		return called == foldStem(stem) || called == foldStem(path.Base(path.Dir(f.Path)))
	})
}
