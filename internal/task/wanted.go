package task

import (
	"path"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/lex"
)

// Bounds of the whole files that a task is given. Each is a request of its own
// where there is no checkout.
const (
	MaxWanted      = 30
	MaxWantedBytes = 256 << 10 // of one file
)

// WantedFiles names the files at the head that a task which writes works on,
// what matters most first: the changed sources in the order of files, then
// what is written beside them. paths lists the files at the head; without it
// only changed files are named.
func WantedFiles(t Task, files []change.File, paths []string) []string {
	w := wanted{in: Input{Change: change.Change{Files: files}}, exists: map[string]bool{}}
	for _, p := range paths {
		w.exists[p] = true
	}
	if t.ID == "tests" {
		w.tests(paths)
	} else {
		w.docs(paths)
	}
	return w.names[:min(len(w.names), MaxWanted)]
}

// maxSources keeps room for what stands beside the sources, maxPages for other
// kinds of pages. Which pages are shown is known once they are read: Shows.
const (
	maxSources = 18
	maxPages   = 8
)

type wanted struct {
	in     Input
	exists map[string]bool
	names  []string
}

func (w *wanted) add(p string) {
	if writablePath(p) == "" && !slices.Contains(w.names, p) && (len(w.exists) == 0 || w.exists[p]) {
		w.names = append(w.names, p)
	}
}

// changed adds the changed files for which ok holds.
func (w *wanted) changed(most int, ok func(p string) bool) {
	for _, f := range w.in.Change.Files {
		if len(w.names) < most && f.Status != change.Removed && !f.Binary && ok(f.Path) {
			w.add(f.Path)
		}
	}
}

// docs takes the changed sources whose comments are known, the changed pages,
// pages of the same name, and the READMEs above.
func (w *wanted) docs(paths []string) {
	w.changed(maxSources, func(p string) bool { return kindOf(p) == kindCode && lex.Known(p) && !docFile(p) })
	w.changed(MaxWanted, docFile)
	var named, readmes, others []string
	for _, p := range paths {
		switch {
		case !proseEnding(p) && path.Ext(p) != "" || !docFile(p):
		case calledAsChange(w.in, p):
			named = append(named, p)
		case strings.HasPrefix(strings.ToLower(path.Base(p)), "readme") && w.above(p):
			readmes = append(readmes, p)
		case inDocsFolder(p):
			others = append(others, p)
		}
	}
	for _, list := range [][]string{named, readmes, others} {
		for _, p := range list[:min(len(list), maxPages)] {
			w.add(p)
		}
	}
}

// above says that a file stands in a folder of a changed file, or above it.
func (w *wanted) above(p string) bool {
	folder := path.Dir(p)
	return slices.ContainsFunc(w.in.Change.Files, func(f change.File) bool {
		return f.Status != change.Removed && (folder == "." || path.Dir(f.Path) == folder || strings.HasPrefix(f.Path, folder+"/"))
	})
}

// tests takes the changed sources of a language whose tests are known, the
// changed tests, and the tests that are named after the sources or stand
// beside them.
func (w *wanted) tests(paths []string) {
	w.changed(maxSources, func(p string) bool {
		return kindOf(p) == kindCode && slices.ContainsFunc(testLanguages(), func(l testLanguage) bool { return slices.Contains(l.sources, path.Ext(p)) })
	})
	stems := map[string]bool{}
	for _, p := range w.names {
		stems[foldStem(strings.TrimSuffix(path.Base(p), path.Ext(p)))] = true
	}
	isTest := func(p string) bool { _, ok := testLanguageOf(p); return ok }
	w.changed(MaxWanted, isTest)
	var named, beside []string
	for _, p := range paths {
		l, ok := testLanguageOf(p)
		switch {
		case !ok || !l.besideChange(w.in, p):
		case stems[foldStem(l.subject(p))]:
			named = append(named, p)
		default:
			beside = append(beside, p)
		}
	}
	for _, p := range append(named, beside[:min(len(beside), 6)]...) {
		w.add(p)
	}
}
