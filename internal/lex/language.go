package lex

import (
	"slices"
	"strings"
	"sync"
)

// language is how the files of one language are read.
type language struct {
	rows   func() machine
	marks  []string // what a comment to the end of the line begins with
	blocks bool     // comments of the /* */ kind
	bangs  bool     // "//!" begins a doc comment
	setsIn bool     // code in doc comments is told by its indentation, and runs
	// lines says that a line break can end a statement, indents that the space
	// at the start of a line means something, spaces that any space does.
	lines, indents, spaces bool
	// refuses says that a text cannot be read for a reason that no table sees.
	refuses func(text string) bool
	// watch gives what looks at the tokens of one file in turn, and says false
	// where one of them makes the rest uncertain.
	watch func() func(piece) bool
	// directive finds more comments that steer machines, in lower case.
	directive func(comment string) bool
}

// piece is a token with what stands before it.
type piece struct {
	kind     kind
	text     string
	previous string // the token before, without line breaks
}

func lazy(t func() table) func() machine {
	return sync.OnceValue(func() machine { return t().compile() })
}

// languageOf knows a language by the file's name; nil where it knows none.
func languageOf(path string) *language {
	name := strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])
	known := languages()
	if lang := known[name]; lang != nil && name[0] != '.' {
		return lang
	}
	dot := strings.LastIndexByte(name, '.')
	if dot <= 0 {
		return nil
	}
	switch ext := name[dot:]; {
	case known[ext] != nil:
		return known[ext]
	case strings.HasPrefix(name, "dockerfile.") && !slices.Contains([]string{".md", ".txt", ".svg", ".png"}, ext):
		return known["dockerfile"]
	}
	return nil
}

// languages lists all that is known, by extension or by name.
var languages = sync.OnceValue(func() map[string]*language {
	known := map[string]*language{}
	for _, family := range []map[string]*language{braceLanguages(), managedLanguages(), scriptLanguages(), rubyLanguages(), webLanguages(), dataLanguages()} {
		for names, lang := range family {
			for name := range strings.FieldsSeq(names) {
				known[name] = lang
			}
		}
	}
	return known
})
