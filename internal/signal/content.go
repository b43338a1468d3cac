package signal

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/needle"
)

// content is how a signal reads changed lines: those that were removed as
// well as those that were added.
type content struct {
	// reads says which classes of file it looks at. A withheld patch of such a
	// file fires the signal.
	reads func(Class) bool
	// paths are words of a path that fire by themselves, on the whole file.
	paths []string
	// whole says what is to be seen in a file as such, "" for nothing.
	whole func(change.File) string
	// block says what a block shows as one, and at which line.
	block func(block) (line, string)
	rules func() []rule
}

// rule is one thing that a changed line can show.
type rule struct {
	// words are the cheap test: a line without one of these is not looked at.
	// They are parts of names in lower case, as wordsOf cuts them.
	words []string
	// files are names and extensions of files of which every line is looked
	// at, in lower case: their lines hold any words.
	files []string
	// on is change.Add or change.Delete for one side, 0 for both.
	on change.Op
	// classes says of which files lines are looked at, nil for all.
	classes func(Class) bool
	// match says in a few words what was seen, "" for nothing.
	match func(l line, b block) string
}

// line is a changed line with what the rules ask of it. It is handed from rule
// to rule many times, so it only points at what was read. Nobody may write to
// that.
type line struct{ *lineRead }

// lineRead is what was read of a changed line.
type lineRead struct {
	change.Line
	site
	code   string      // Text without the space around it
	folded needle.Text // code, made ready to be searched
	words  []string    // parts of names, in lower case
	rest   bool        // a later piece of a long line
	at     int         // its place on its side of the block
}

// site is where a line stands.
type site struct {
	path   string // one of the file's paths
	class  Class
	ext    string // of path, in lower case with its dot
	hidden bool   // nobody outside may import what stands there
}

func siteOf(path string, class Class) site {
	p := splitPath(path)
	return site{path, class, p.ext, hiddenFolder(p)}
}

// comment says that the line looks like nothing but a comment, by its first
// characters. It is a guess: a danger is not excused by it.
func (l line) comment() bool {
	if l.rest {
		return false
	}
	switch l.ext {
	case "", ".gemspec", ".podspec", ".dockerfile", ".ini", ".cfg", ".hcl", ".tfvars":
		return strings.HasPrefix(l.code, "#")
	}
	return commentStart(l.ext, l.code)
}

// has says that one of the words is on the line.
func (l line) has(words ...string) bool {
	return slices.ContainsFunc(l.words, func(w string) bool { return slices.Contains(words, w) })
}

// matching makes a match of an expression, which is compiled when a line first
// passes the cheap test.
func matching(text, expr string) func(line, block) string {
	p := probing(expr)
	return func(l line, _ block) string {
		if p.in(l) {
			return text
		}
		return ""
	}
}

// lazily gives an expression that is compiled when it is first asked for: most
// starts of the program have few lines to look at.
func lazily(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// expression is lazily with needles.
func expression(expr string) func() needle.Expression {
	return sync.OnceValue(func() needle.Expression { return needle.Of(regexp.MustCompile(expr)) })
}

// fits says that the line matches, and matches only where it may.
func (l line) fits(e needle.Expression) bool { return e.Matches(l.code, l.folded) }

// unlessKept is a match that a line on the other side of the block excuses.
func unlessKept(match func(line, block) string) func(line, block) string {
	return func(l line, b block) string {
		text := match(l, b) // most lines show nothing, and this is cheaper to find out
		if text == "" || b.kept(l) {
			return ""
		}
		return text
	}
}

// anyText reads all files but lock files, which are long lists of names.
func anyText(c Class) bool { return c != LockFile }

// running reads what a machine runs or obeys: neither prose nor tests.
func running(c Class) bool {
	return c != LockFile && c != Documentation && c != Test && c != Snapshot && c != Asset && c != Translation
}

// commentStart is the cheap test for a comment: the first characters.
func commentStart(ext, code string) bool {
	switch ext {
	case ".py", ".rb", ".sh", ".bash", ".yml", ".yaml", ".toml", ".tf", ".ex", ".exs", ".pl", ".r", ".nix", ".mk", ".conf", ".properties", ".graphql":
		return strings.HasPrefix(code, "#")
	case ".sql", ".lua", ".hs", ".elm":
		return strings.HasPrefix(code, "--")
	}
	return strings.HasPrefix(code, "//") || strings.HasPrefix(code, "/*") || strings.HasPrefix(code, "* ") || code == "*" || strings.HasPrefix(code, "*/") ||
		strings.HasPrefix(code, "<!--")
}
