package lex

import (
	"slices"
	"strings"
)

func webLanguages() map[string]*language {
	typescript := &language{rows: lazy(jsRows), marks: []string{"//"}, blocks: true, lines: true, watch: watchTypes}
	javascript := &language{rows: lazy(jsRows), marks: []string{"//"}, blocks: true, lines: true, watch: watchMarkup}
	return map[string]*language{
		".ts .mts .cts":           typescript,
		".js .mjs .cjs .jsx .tsx": javascript,
		".css":                    {rows: lazy(cssRows), blocks: true, spaces: true},
		".scss .less":             {rows: lazy(scssRows), marks: []string{"//"}, blocks: true, spaces: true, watch: watchHoles},
		".php":                    {rows: lazy(phpRows), marks: []string{"//", "# "}, blocks: true},
		".graphql .gql .graphqls": {rows: lazy(graphqlRows), marks: []string{"#"}},
	}
}

// regexBody is a regular expression on one line.
const regexBody = `/(?:[^*/\\\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])(?:[^/\\\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])*/[a-zA-Z]*`

// jsRows takes a regular expression together with what stands before it, which
// is what tells it from a division. watchTypes refuses what this leaves open.
func jsRows() table {
	return holed(slashed("Comment",
		row{comment, `#![^\n\x00]*`, ""},
		row{literal, quoted, ""},
		row{literal, ticked, ""},
		row{literal, "`", "Template"},
		row{word, `(?:[(\[,;]|[-+*%&|^!=<>?:~]*[*%&|^!=<>?:~])\s*` + regexBody, ""},
		row{word, `(?:return|typeof|case|throw|delete|void|else|do|in|instanceof|new)[ \t]+` + regexBody, ""},
	), table{"Template": texts("`", "[^`$\\\\]+", `\$\{`)})
}

func watchTypes() func(piece) bool  { return (&script{}).accept }
func watchMarkup() func(piece) bool { return (&script{markup: true}).accept }

// script follows what a slash and a "<" can mean.
type script struct {
	markup    bool   // "<" may begin an element, whose text is read by other rules
	parens    []bool // those open; true for the condition of a statement
	condition bool   // the last to be closed was one
}

func (s *script) accept(p piece) bool {
	if p.kind == literal {
		return true
	}
	if strings.Contains(p.text, "<!--") || strings.HasPrefix(p.text, "-->") {
		return false // the comments of a page, in a script
	}
	switch p.text[0] {
	case '(':
		s.parens = append(s.parens, slices.Contains([]string{"if", "while", "for", "with"}, p.previous))
	case ')':
		if len(s.parens) == 0 {
			return false
		}
		s.condition = s.parens[len(s.parens)-1]
		s.parens = s.parens[:len(s.parens)-1]
	case '/':
		return s.operand(p.previous)
	case '>':
		return p.previous != "/"
	case '<':
		return !s.markup || s.operand(p.previous)
	case '!':
		return !strings.Contains(p.text, "/") || !s.operand(p.previous)
	}
	// "a.return /x/" divides twice.
	return !strings.Contains(p.text, "/") || !strings.HasSuffix(p.previous, ".")
}

// operand says that a value has ended, so that a slash divides it.
func (s *script) operand(previous string) bool {
	switch previous {
	case "++", "--":
		return true
	case ")":
		return !s.condition
	case "/", "return", "typeof", "case", "throw", "delete", "void", "else", "do", "in", "of", "instanceof", "new", "await", "yield", "default", "extends":
		return false
	}
	return divides(previous) || strings.Contains(previous, "/")
}

// cssRows has no comments to the end of the line, scssRows has.
func cssRows() table { return rooted(styles(), nil) }

func scssRows() table {
	return rooted(styles(row{refuse, `[a-z]+://`, ""}, row{comment, `//` + toLineEnd, ""}), nil)
}

// styles reads an address without quotes as one piece: it may hold "//".
func styles(comments ...row) []row {
	rows := append([]row{
		{space, blanks, ""},
		{newline, lineBreak, ""},
		{comment, `/\*`, "Comment"},
		{literal, `(?i:url)\([^)('"\n\x00]*\)`, ""},
		{refuse, `(?i:url)\([^"'\s]`, ""},
	}, comments...)
	return append(rows, row{literal, quoted, ""}, row{literal, ticked, ""}, row{word, name, ""}, row{word, operators, ""}, row{word, punctuation, ""})
}

// phpRows reads the page around the code as one text. A comment to the line's
// end also ends where the code does.
func phpRows() table {
	code := phpCode()
	return table{
		"Root":    {atEnd(), {literal, `<\?(?:php\b|=)?`, "Code"}, {literal, `[^<\x00]+`, ""}, {literal, `<`, ""}},
		"Code":    append([]row{{word, `\?>`, out}, atEnd()}, code...),
		"Comment": blockComment(),
		"Text":    phpText(`"`),
		"Shell":   phpText("`"),
		"Hole":    append([]row{{literal, `\}`, out}, {word, `\{`, "Braces"}, {refuse, `\?>`, ""}}, code...),
		"Braces":  append([]row{{word, `\}`, out}, {word, `\{`, "Braces"}, {refuse, `\?>`, ""}}, code...),
		"Here":    {{literal, `[ \t]*\1\b`, out}, {literal, `[^\n]*\n`, ""}},
	}
}

func phpCode() []row {
	return []row{
		{space, blanks, ""},
		{newline, lineBreak, ""},
		{word, `#\[`, ""},
		{comment, `(?://|#)(?:[^\n?\x00]|\?+[^>?\n\x00])*(?:\?*\n)?`, ""},
		{comment, `/\*`, "Comment"},
		{literal, `(?s)'(?:[^'\\]|\\.)*'`, ""},
		{literal, `"`, "Text"},
		{literal, "`", "Shell"},
		{literal, `<<<[ \t]*"([\pL_][\pL\pN_]*)"\r?\n`, "Here"},
		{literal, `<<<[ \t]*'([\pL_][\pL\pN_]*)'\r?\n`, "Here"},
		{literal, `<<<[ \t]*([\pL_][\pL\pN_]*)\r?\n`, "Here"},
		{refuse, `<<<`, ""},
		{word, name, ""},
		{word, `[-+*%&|^!=<>:~.@]+`, ""},
		{word, `\?`, ""},
		{word, punctuation, ""},
	}
}

func phpText(quote string) []row {
	return []row{
		{literal, quote, out}, {literal, `\{\$`, "Hole"}, {literal, `\$\{`, "Hole"}, {literal, `\\(?s:.)`, ""}, {literal, "[^\"`{$\\\\]+", ""}, {literal, "[\"`{$]", ""},
	}
}

func graphqlRows() table {
	return rooted([]row{
		{space, `[ \t\r,\x{feff}]+`, ""},
		{newline, lineBreak, ""},
		{comment, `#` + toLineEnd, ""},
		{literal, `(?s)"""(?:[^\\]|\\.)*?"""`, ""},
		{refuse, `"""`, ""},
		{literal, quoted, ""},
		{word, `[\pL\pN_$@-]+`, ""},
		{word, `[!:=|&.()\[\]{}]`, ""},
	}, nil)
}
