package task

import (
	"path"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

// checkDocPage holds a page to what the change gives a reason for.
func checkDocPage(in Input, r rewrite) []Problem {
	if r.fresh {
		if !newPageFits(in, r.path) {
			return []Problem{problem("touching-other-files", "the new page %.120q stands in no folder of pages, and beside no changed file", r.path)}
		}
		if frontMatter(r.after) != "" {
			return []Problem{problem("changing-code", "the new page %.120q begins with settings", r.path)}
		}
		return nil
	}
	switch {
	case !pageJustified(in, r.path, r.before):
		return []Problem{problem("touching-other-files", "the change gives no reason to edit %.120q", r.path)}
	case frontMatter(r.before) != frontMatter(r.after):
		return []Problem{problem("changing-code", "the settings at the top of %.120q change", r.path)}
	}
	return nil
}

// settingLine is a first line that generators of sites read as a setting
// without any mark around it.
var settingLine = lazily(`^(?:[A-Za-z][\w-]*:(?:\s|$)|:[\w-]+:)`)

// frontMatter gives the settings that a site generator reads at the top of a
// page, with their marks, "" where there are none.
func frontMatter(text string) string {
	text = strings.TrimLeft(strings.ReplaceAll(text, "\r\n", "\n"), "\ufeff \t\n")
	first, rest, _ := strings.Cut(text, "\n")
	first = strings.TrimRight(first, " \t")
	var closes func(line string) bool
	switch {
	case strings.HasPrefix(first, "---"), first == "+++", first == ";;;":
		closes = func(line string) bool { return line == first[:3] || line == "..." }
	case strings.HasPrefix(first, "{"):
		closes = func(line string) bool { return line == "" }
	case settingLine().MatchString(first):
		closes = func(line string) bool { return !settingLine().MatchString(line) }
	default:
		return ""
	}
	settings := first
	for line := range strings.SplitSeq(rest, "\n") {
		if line = strings.TrimRight(line, " \t"); closes(line) {
			break
		}
		settings += "\n" + line
	}
	return settings
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

// Shows says whether a task that writes is given a file with this text at the
// head: a page that the change gives no reason to edit is not shown, since
// every file that is shown may be edited.
func Shows(t Task, in Input, p, text string) bool {
	return t.ID != "docs" || !docFile(p) || pageJustified(in, p, text)
}

// pageJustified says why a page may be edited: it is in the change, it stands
// in the folder of a changed file or above it and not at the root, or the
// change and the page speak of the same thing by name.
func pageJustified(in Input, p, text string) bool {
	folder := path.Dir(p)
	for _, f := range in.Change.Files {
		if f.Status == change.Removed {
			continue
		}
		if f.Path == p || folder != "." && (path.Dir(f.Path) == folder || strings.HasPrefix(f.Path, folder+"/")) {
			return true
		}
	}
	return sharesNames(in, p, text) || strings.Contains(in.Title+in.Body+in.Brief, p)
}

// sharesNames says that a page is called as a changed file or its folder, or
// that it names the file, or a function or a type that has changed.
func sharesNames(in Input, p, text string) bool {
	if calledAsChange(in, p) {
		return true
	}
	quoted := quotedWords(text)
	for _, f := range in.Change.Files {
		if f.Status == change.Removed || kindOf(f.Path) != kindCode {
			continue
		}
		if hasWord(text, path.Base(f.Path)) {
			return true
		}
		if slices.ContainsFunc(changedNames(f), func(name string) bool {
			return quoted[name] || len(name) >= 4 && notPlain().MatchString(name) && hasWord(text, name)
		}) {
			return true
		}
	}
	return false
}

// notPlain finds a name that no sentence has by chance.
var notPlain = lazily(`[A-Z0-9_-]`)

// quotedWords gives the words that a page shows as code: between backticks, in
// fences, before a bracket.
func quotedWords(page string) map[string]bool {
	words := map[string]bool{}
	fence := ""
	for line := range strings.Lines(page) {
		run, _ := fenceRun(strings.TrimRight(line, "\r\n"))
		var code []string
		switch {
		case run != "" && fence == "":
			fence = run
		case run != "" && run[0] == fence[0] && len(run) >= len(fence):
			fence = ""
		case fence != "":
			code = []string{line}
		default:
			code = codeSpans(line)
		}
		for _, c := range code {
			for _, w := range hyphenWord().FindAllString(c, -1) {
				words[strings.TrimPrefix(w, "--")] = true
			}
		}
		for _, m := range callWord().FindAllStringSubmatch(line, -1) {
			words[m[1]] = true
		}
	}
	return words
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
