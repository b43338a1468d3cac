package signal

import (
	"slices"
	"strings"
)

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
	return slices.ContainsFunc(p.dirs, func(dir string) bool { return slices.Contains(names, dir) })
}

// in says that the file stands somewhere below one of these folders at the
// root.
func (p place) in(folders ...string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool {
		rest, below := strings.CutPrefix(p.path, folder)
		return below && strings.HasPrefix(rest, "/")
	})
}

func (p place) hasExt(list ...string) bool { return p.ext != "" && slices.Contains(list, p.ext) }

func (p place) named(list ...string) bool { return slices.Contains(list, p.name) }

// begins and ends compare the name with several beginnings or endings.
func (p place) begins(list ...string) bool {
	return slices.ContainsFunc(list, func(prefix string) bool { return strings.HasPrefix(p.name, prefix) })
}

func (p place) ends(list ...string) bool {
	return slices.ContainsFunc(list, func(suffix string) bool { return strings.HasSuffix(p.name, suffix) })
}

// yaml says that the file is YAML, or JSON, which is YAML too.
func (p place) yaml() bool { return p.hasExt(".yml", ".yaml", ".json", ".jsonc") }

// source says that the extension is one of a programming language.
func (p place) source() bool {
	return p.hasExt(".go", ".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".vue", ".svelte", ".astro", ".py", ".pyi", ".rb", ".rake", ".php",
		".java", ".kt", ".kts", ".scala", ".groovy", ".clj", ".cljs", ".cljc", ".cs", ".fs", ".vb", ".swift", ".m", ".mm", ".c", ".cc", ".cpp", ".cxx", ".h", ".hh",
		".hpp", ".rs", ".zig", ".d", ".nim", ".v", ".ex", ".exs", ".erl", ".hrl", ".hs", ".elm", ".ml", ".mli", ".jl", ".r", ".pl", ".pm", ".lua", ".dart", ".cr",
		".sh", ".bash", ".zsh", ".fish", ".ps1", ".psm1", ".bat", ".cmd", ".sql", ".coffee", ".sol", ".f90", ".pas", ".asm", ".s", ".exe", ".dll", ".so", ".jar",
		".wasm", ".ipynb", ".html", ".htm", ".css", ".scss", ".awk", ".tcl", ".rkt", ".scm", ".lisp", ".el", ".gd", ".cu", ".proto", ".pyx", ".ftl", ".vbs")
}
