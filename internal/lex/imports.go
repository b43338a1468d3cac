package lex

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// SameButImports says that two versions of a file differ in the order of
// their imports at most: the same code and comments before and after them, and
// the same imports between. Comments there are let go of, directives are not.
// It knows languages where the order means nothing: in Python, JavaScript and
// Scala an import runs code, or hides what another one brought.
func SameButImports(file, before, after string) bool {
	of := importsOf(file)
	if of == nil {
		return false
	}
	b, ok := of.cut(file, before)
	if !ok {
		return false
	}
	a, ok := of.cut(file, after)
	return ok && slices.Equal(b.imports, a.imports) && b.head.same(a.head) && b.rest.same(a.rest)
}

// importer knows the lines of one language that import.
type importer struct {
	line  func() *regexp.Regexp
	block bool // "import (" begins a list, as in Go
}

func importsOf(file string) *importer {
	return importers()[strings.ToLower(path.Ext(file))]
}

var importers = sync.OnceValue(func() map[string]*importer {
	known := map[string]*importer{}
	for names, expr := range map[string]string{
		".go":      `^(import\s+)?([\w.]+\s+)?"[^"\\]+"$`,
		".java":    `^import (static )?[\w.*]+;$`,
		".kt .kts": `^import [\w.*` + "`" + `]+( as \w+)?$`,
		".cs":      `^(global )?using (static )?(\w+ = )?[\w.<>,]+;$`,
		".rs":      `^(pub(\([\w ]+\))? )?use [\w:*, {}]+;$`,
		".swift":   `^(@\w+ )?import (\w+ )?[\w.]+$`,
		".dart":    `^(import|export) ['"][^'"\\]+['"][\w ,]*;$`,
		".php":     `^use (function |const )?[\w\\, {}]+;$`,
	} {
		of := &importer{line: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) }), block: names == ".go"}
		for name := range strings.FieldsSeq(names) {
			known[name] = of
		}
	}
	return known
})

// parts is a file around its imports.
type parts struct {
	head, rest reading
	imports    []string
}

func (r reading) same(other reading) bool {
	return slices.Equal(r.tokens, other.tokens) && slices.Equal(r.comments, other.comments)
}

// cut is not ok where something else stands between two imports.
func (of *importer) cut(file, text string) (parts, bool) {
	lines := joined(strings.Split(text, "\n"))
	first := slices.IndexFunc(lines, of.imports)
	if first < 0 {
		return parts{}, false
	}
	last := first
	for i, line := range lines {
		if of.imports(line) {
			last = i
		}
	}
	p := parts{}
	for _, line := range lines[first : last+1] {
		switch trimmed := strings.TrimSpace(line); {
		case of.imports(line):
			p.imports = append(p.imports, normal(trimmed))
		case of.block && slices.Contains([]string{"import (", ")"}, trimmed):
		case !nothing(file, line):
			return parts{}, false
		}
	}
	slices.Sort(p.imports)
	return p, p.readAround(file, lines[:first], lines[last+1:])
}

// nothing says that a line is blank, or a comment that ends on it.
func nothing(file, line string) bool {
	tokens, ok := Code(file, line)
	return ok && len(tokens) == 0
}

// readAround reads what stands before and after. Each must be whole by
// itself: else the lines that look like imports stand in a string.
func (p *parts) readAround(file string, head, rest []string) bool {
	var ok bool
	if p.head, ok = read(file, strings.Join(head, "\n")); !ok {
		return false
	}
	p.rest, ok = read(file, strings.Join(rest, "\n"))
	return ok
}

func (of *importer) imports(line string) bool {
	if line == "" || !of.block && (line[0] == ' ' || line[0] == '\t') {
		return false
	}
	line = strings.TrimSpace(line)
	return len(line) < 4096 && of.line().MatchString(line)
}

// joined puts an import over many lines on one: its names may be sorted too.
func joined(lines []string) []string {
	var whole []string
	open := false
	for _, line := range lines {
		if open {
			whole[len(whole)-1] += " " + strings.TrimSpace(line)
		} else {
			whole = append(whole, line)
			open = strings.HasSuffix(line, "{") && hasPrefix(line, "import ", "use ", "pub use ") || strings.HasSuffix(line, "(") && hasPrefix(line, "from ")
		}
		if strings.ContainsAny(line, "})") || len(whole[len(whole)-1]) > 4096 {
			open = false
		}
	}
	return whole
}

func hasPrefix(line string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(line, p) })
}

// normal sorts the names in the one pair of brackets of an import.
func normal(line string) string {
	open, shut := strings.IndexAny(line, "({"), strings.LastIndexAny(line, ")}")
	if open < 0 || shut < open || strings.ContainsAny(line[open+1:shut], "({") {
		return strings.Join(strings.Fields(line), " ")
	}
	names := strings.Split(line[open+1:shut], ",")
	for i, name := range names {
		names[i] = strings.Join(strings.Fields(name), " ")
	}
	slices.Sort(names)
	return strings.Join(strings.Fields(line[:open]), " ") + "{" + strings.Trim(strings.Join(names, ","), ",") + "}" + strings.TrimSpace(line[shut+1:])
}

// importPiece is one of the lines on which a long import lists its names, or
// the one that ends it.
var importPiece = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([\w$*:.,\s]+|import \(|(import|from|use|pub use) .*[{(]|[})].*)$`)
})

// MayImport is the cheap test: the line, seen alone, may be an import or a
// part of one.
func MayImport(file, line string) bool {
	of := importsOf(file)
	if of == nil {
		return false
	}
	return len(line) < 4096 && (of.imports(line) || importPiece().MatchString(strings.TrimSpace(line)))
}
