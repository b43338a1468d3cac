package signal

import (
	"slices"
	"strings"
	"sync"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

// namedFile is a file that words name, with the line where they give one.
type namedFile struct {
	path  string
	line  string
	start int // its place in the text
}

// maxNamed bounds the files of one text; two are as many as any.
const maxNamed = 100

// filesNamed gives each file that a text names outside of some parts, once.
func filesNamed(text string, without []span) []namedFile {
	var files []namedFile
	seen := map[string]bool{}
	next := 0
	for len(files) < maxNamed {
		start, end := nextField(text, next)
		if start == end {
			break
		}
		next = end
		for len(without) > 0 && without[0].end <= start {
			without = without[1:]
		}
		if len(without) > 0 && without[0].start <= start {
			continue
		}
		f := fileOf(text[start:end])
		if f.start = start; f.path != "" && !seen[f.path] {
			seen[f.path] = true
			files = append(files, f)
		}
	}
	return files
}

func nextField(text string, at int) (start, end int) {
	const space = " \t\r\n"
	start = at
	for start < len(text) && strings.IndexByte(space, text[start]) >= 0 {
		start++
	}
	if n := strings.IndexAny(text[start:], space); n >= 0 {
		return start, start + n
	}
	return start, len(text)
}

// maxPath bounds a name that is taken for a path.
const maxPath = 260

// fileOf reads "`pkg/x.go:88`," as a file and a line; no path where it is none.
func fileOf(field string) namedFile {
	if len(field) > maxPath || strings.Contains(field, "://") {
		return namedFile{}
	}
	field = strings.TrimRight(strings.TrimLeft(field, "`\"'([{<*_\u201c\u2018"), "`\"'.,;:!?)]}>*\u201d\u2019")
	path, line := cutLine(field)
	if !isFileName(path) {
		return namedFile{}
	}
	return namedFile{path: path, line: line}
}

func cutLine(field string) (path, line string) {
	path, rest, found := strings.Cut(field, ":")
	if !found {
		path, rest, found = strings.Cut(field, "#L")
	}
	if !found {
		return field, ""
	}
	line, _, _ = strings.Cut(rest, ":")
	if line == "" || strings.Trim(line, "0123456789-L") != "" {
		return "", "" // "note: this" is no file
	}
	return path, line
}

// isFileName says that a word is a file's name: a path with an ending, a name
// with an ending that files have, or one that files bear without any.
func isFileName(path string) bool {
	name := path[strings.LastIndexByte(path, '/')+1:]
	if wholeNames()[name] {
		return true
	}
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 || strings.ContainsAny(path, "()=<>|\\,;@") || productNames()[strings.ToLower(path)] {
		return false
	}
	ext := strings.ToLower(name[dot+1:])
	return fileEndings()[ext] || len(name) < len(path) && dot > 0 && plainEnding(ext)
}

func plainEnding(ext string) bool {
	letters := strings.Trim(ext, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
	return letters && ext != "" && len(ext) <= 10 && (ext[0] < '0' || ext[0] > '9') && !hostEnding(ext)
}

var wholeNames = sync.OnceValue(func() map[string]bool {
	return setOf("README", "CHANGELOG", "CONTRIBUTING", "LICENSE", "NOTICE", "CODEOWNERS", "Makefile", "GNUmakefile", "Dockerfile", "Containerfile",
		"Jenkinsfile", "Gemfile", "Rakefile", "Procfile", "Vagrantfile", "Brewfile", "Justfile", "justfile", "Tiltfile", "Pipfile", "Podfile", "Earthfile",
		"BUILD", "WORKSPACE", ".gitignore", ".gitattributes", ".dockerignore", ".editorconfig", ".env", ".npmrc", ".nvmrc", ".prettierrc", ".eslintrc",
		".babelrc", ".browserslistrc", ".tool-versions")
})

var fileEndings = sync.OnceValue(func() map[string]bool {
	return setOf("adoc", "bash", "bat", "bazel", "c", "cc", "cfg", "cjs", "clj", "conf", "cpp", "cs", "csproj", "css", "csv", "cts", "cxx", "dart", "diff",
		"dockerfile", "erb", "erl", "ex", "example", "exs", "fish", "fs", "gitignore", "go", "gradle", "graphql", "groovy", "h", "hbs", "hcl", "hpp", "hs",
		"html", "ini", "ipynb", "java", "jl", "js", "json", "json5", "jsonc", "jsx", "kt", "kts", "less", "lock", "lua", "m", "md", "mdx", "mjs", "mk", "ml",
		"mm", "mod", "mts", "nix", "patch", "php", "pl", "po", "prisma", "properties", "proto", "ps1", "py", "pyi", "r", "rb", "rs", "rst", "sass", "scala",
		"scss", "sh", "snap", "sol", "sql", "sum", "svelte", "svg", "swift", "tex", "tf", "tfvars", "toml", "ts", "tsv", "tsx", "txt", "vb", "vue", "xml",
		"yaml", "yml", "zig", "zsh")
})

// hostEnding is that of "docs/example.com": no file.
func hostEnding(ext string) bool {
	return slices.Contains([]string{"com", "org", "net", "io", "dev", "app"}, ext)
}

// productNames end like files and are none.
var productNames = sync.OnceValue(func() map[string]bool {
	return setOf("node.js", "next.js", "nuxt.js", "vue.js", "react.js", "express.js", "three.js", "d3.js", "chart.js", "ember.js", "backbone.js",
		"angular.js", "nest.js", "alpine.js", "solid.js", "ml.net")
})

func setOf(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}

// domainsOfName gives the domains that a file of this name has by its class.
func domainsOfName(path string, m Marks) []task.Domain {
	var domains []task.Domain
	for _, c := range Classes(change.File{Path: path}, m) {
		domains = append(domains, Adds(string(c))...)
	}
	return domains
}
