package lex

import (
	"regexp"
	"strings"
	"sync"
)

func dataLanguages() map[string]*language {
	return map[string]*language{
		".sql":                                 {rows: lazy(sqlRows), marks: []string{"-- "}, watch: watchEscapes, directive: namesQuery},
		".toml":                                {rows: lazy(tomlRows), marks: []string{"#"}, lines: true},
		".tf .tfvars .hcl":                     {rows: lazy(hclRows), marks: []string{"#", "//"}, blocks: true, lines: true},
		".yml .yaml":                           {rows: lazy(yamlRows), marks: []string{"#"}, lines: true, indents: true, spaces: true, refuses: blockScalar},
		"dockerfile containerfile .dockerfile": {rows: lazy(dockerRows), marks: []string{"#"}, lines: true, indents: true, refuses: hereDocument},
	}
}

// sqlRows refuses what one dialect takes for a comment and another for code.
func sqlRows() table {
	return rooted([]row{
		{space, blanks, ""},
		{newline, lineBreak, ""},
		{comment, `--(?:[ \t\r]` + toLineEnd + `|-*\r?\n)`, ""},
		{refuse, `--`, ""},
		{refuse, `#`, ""},
		{comment, `/\*`, "Comment"},
		{refuse, `(?i:n?q)'`, ""},
		{literal, `'(?:[^']|'')*'`, ""},
		{literal, `"[^"\n]*"`, ""},
		{literal, "`[^`\n]*`", ""},
		{literal, `\$([\pL_]*)\$`, "Dollar"},
		{word, `[\pL\pN_@$]+`, ""},
		{word, `[+*%&|^!=<>?:~.@]+`, ""},
		{word, `[-(){}\[\],;/\\]`, ""},
	}, table{
		"Comment": {{comment, `[^*/]+`, ""}, {comment, `\*/`, out}, {refuse, `/\*`, ""}, {comment, `[*/]`, ""}},
		"Dollar":  {{literal, `\$\1\$`, out}, {literal, `[^$]+`, ""}, {literal, `\$`, ""}},
	})
}

// watchEscapes refuses a quote behind a backslash: an escape in some dialects.
func watchEscapes() func(piece) bool {
	return func(p piece) bool { return p.kind != literal || !strings.Contains(p.text, `\'`) }
}

var namedQuery = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^-- *[\w.-]+:|^/\* *[\w.-]+:`) })

// namesQuery finds "-- name: GetUser :one" and "-- migrate:up".
func namesQuery(comment string) bool { return namedQuery().MatchString(comment) }

func tomlRows() table {
	return rooted([]row{
		{space, blanks, ""},
		{newline, lineBreak, ""},
		{comment, `#` + toLineEnd, ""},
		{literal, `(?s)"""(?:[^\\]|\\.)*?"""+`, ""},
		{literal, `(?s)'''.*?'''+`, ""},
		{refuse, `"""|'''`, ""},
		{literal, quoted, ""},
		{literal, `'[^'\n]*'`, ""},
		{word, `[^\s#"'=,\[\]{}\x00]+`, ""},
		{word, `[=,\[\]{}]`, ""},
	}, nil)
}

func hclRows() table {
	return holed([]row{
		{space, blanks, ""},
		{newline, lineBreak, ""},
		{comment, `(?://|#)` + toLineEnd, ""},
		{comment, `/\*`, "Comment"},
		{literal, `"`, "Text"},
		{literal, `<<-?([\pL_][\pL\pN_-]*)`, "Here"},
		{word, `[\pL\pN_-]+`, ""},
		{word, `[+*%&|^!=<>?:~.@$]+`, ""},
		{word, `[(\[)\],;/\\]`, ""},
	}, table{
		"Text": texts(`"`, `[^"$%\\\n]+`, `[$%]\{`),
		"Here": {{literal, `\n[ \t]*\1(?:\r?\n)`, out}, {literal, `\n[^\n]*`, ""}},
	})
}

// yamlRows keeps strings within their line: one that is read wrongly must not
// turn the rest of the file inside out.
func yamlRows() table {
	return rooted([]row{
		{space, `[ \t\r\x{feff}]+`, ""},
		{newline, lineBreak, ""},
		{comment, `#` + toLineEnd, ""},
		{literal, quoted + `[^\s,\[\]{}:"'\x00]*`, ""},
		{literal, `'(?:[^'\n]|'')*'[^\s,\[\]{}:"'\x00]*`, ""},
		{word, `[,\[\]{}:]`, ""},
		{refuse, `[^\s#,\[\]{}:"'\x00][^\s,\[\]{}\x00]*,["']`, ""},
		{word, `[^\s#,\[\]{}:"'\x00](?:[^\s,\[\]{}:\x00]|:[^\s,\[\]{}\x00])*`, ""},
	}, nil)
}

var scalarMark = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)(?:^|[\s:-])[|>][+-]?[1-9]?[+-]?[ \t\r]*(?:#.*)?$`)
})

// blockScalar finds text of more lines, in which a # means nothing.
func blockScalar(text string) bool { return scalarMark().MatchString(text) }

// dockerRows knows a comment that has a line to itself, and no other.
func dockerRows() table {
	return rooted([]row{
		{space, `[ \t\r]+`, ""},
		{newline, lineBreak, ""},
		{word, `[^\s#\x00][^\n\x00]*`, ""},
		{comment, `#` + toLineEnd, ""},
	}, nil)
}

// hereDocument finds a file inside the file.
func hereDocument(text string) bool { return strings.Contains(text, "<<") }
