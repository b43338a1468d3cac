package lex

import (
	"regexp"
	"strings"
	"sync"
)

func managedLanguages() map[string]*language {
	return map[string]*language{
		".java":      {rows: lazy(javaRows), marks: []string{"//"}, blocks: true, refuses: escapesLetters},
		".cs":        {rows: lazy(csharpRows), marks: []string{"//"}, blocks: true, watch: watchHoles},
		".kt .kts":   {rows: lazy(kotlinRows), marks: []string{"//"}, blocks: true, lines: true, spaces: true, watch: watchHoles},
		".scala .sc": {rows: lazy(scalaRows), marks: []string{"//"}, blocks: true, lines: true, spaces: true, refuses: escapesLetters, watch: watchScala},
		".swift":     {rows: lazy(swiftRows), marks: []string{"//"}, blocks: true, lines: true, spaces: true, watch: watchSwift},
	}
}

var letterEscape = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\\u+00[0-7]`) })

// escapesLetters finds an escape that is read before comments are: "\u000a"
// ends a comment of Java.
func escapesLetters(text string) bool { return letterEscape().MatchString(text) }

func javaRows() table {
	return rooted(slashed("Comment",
		row{literal, `(?s)"""(?:[^\\]|\\.)*?"""`, ""},
		row{refuse, `"""`, ""},
		row{literal, quoted, ""},
		row{literal, ticked, ""},
	), nil)
}

// csharpRows keeps lines of the preprocessor whole. A string with holes is one
// piece; watchHoles refuses it where its holes do not close.
func csharpRows() table {
	return rooted(append([]row{{word, `#[^\n\x00]*\n`, ""}}, slashed("Comment",
		row{refuse, `\$*""""`, ""},
		row{literal, `(?s)\$*""".*?"""`, ""},
		row{refuse, `\$*"""`, ""},
		row{literal, `(?:@\$?|\$@)"(?:[^"]|"")*"`, ""},
		row{refuse, `(?:@\$?|\$@)"`, ""},
		row{literal, `\$?` + quoted, ""},
		row{literal, ticked, ""},
	)...), nil)
}

// watchHoles refuses a string with a hole that does not close inside: the hole
// has quotes of its own, and the string ends elsewhere.
func watchHoles() func(piece) bool {
	return func(p piece) bool {
		return p.kind != literal || !strings.ContainsRune(p.text, '"') || !strings.ContainsAny(p.text, "$#") ||
			strings.Count(p.text, "{") == strings.Count(p.text, "}")
	}
}

func kotlinRows() table {
	t := holed(slashed("Comment",
		row{literal, `(?s)""".*?"""+`, ""},
		row{refuse, `"""`, ""},
		row{literal, `"`, "Text"},
		row{literal, ticked, ""},
		row{word, "`[^`\n]+`", ""},
	), table{"Text": texts(`"`, `[^"$\\\n]+`, `\$\{`)})
	t["Comment"] = nestedComment()
	return t
}

// scalaRows tells the character 'a' from the symbol 'a.
func scalaRows() table {
	t := holed(slashed("Comment",
		row{literal, `(?s)[a-zA-Z]*""".*?"""+`, ""},
		row{refuse, `"""`, ""},
		row{refuse, `raw"`, ""},
		row{literal, `[a-zA-Z]+"`, "Text"},
		row{literal, quoted, ""},
		row{literal, `'(?:[^'\\\n]|\\u[0-9a-fA-F]{4}|\\[^\nu])'`, ""},
		row{word, `'[\pL_][\pL\pN_]*`, ""},
		row{word, "`[^`\n]+`", ""},
	), table{"Text": texts(`"`, `[^"$\\\n]+`, `\$\{`)})
	t["Comment"] = nestedComment()
	return t
}

// watchScala also refuses XML in the code.
func watchScala() func(piece) bool {
	holes := watchHoles()
	return func(p piece) bool {
		opens := p.text == "/" && strings.HasSuffix(p.previous, "<")
		closes := strings.HasPrefix(p.text, ">") && p.previous == "/"
		return holes(p) && !opens && !closes
	}
}

// swiftRows has holes in parentheses: "\(name)".
func swiftRows() table {
	code := append([]row{{word, `\(`, "Parens"}}, slashed("Comment",
		row{literal, `(#+)"""`, "Raw3"},
		row{literal, `(#+)"`, "Raw"},
		row{refuse, `#+/`, ""},
		row{literal, `"""`, "Text3"},
		row{literal, `"`, "Text"},
	)...)
	text := func(quote, rest string) []row {
		return []row{{literal, quote, out}, {literal, `\\\(`, "Hole"}, {literal, `\\(?s:.)`, ""}, {literal, rest, ""}, {literal, `"`, ""}}
	}
	t := rooted(append([]row{{refuse, `\)`, ""}}, code...), table{
		"Hole":   append([]row{{literal, `\)`, out}}, code...),
		"Parens": append([]row{{word, `\)`, out}}, code...),
		"Text":   text(`"`, `[^"\\\n]+`), "Text3": text(`"""`, `[^"\\]+`),
		// A hole in a raw string may hold quotes: it is refused.
		"Raw":  {{literal, `"\1`, out}, {refuse, `\\#+\(`, ""}, {literal, `[^"\\\n]+`, ""}, {literal, `["\\]`, ""}},
		"Raw3": {{literal, `"""\1`, out}, {refuse, `\\#+\(`, ""}, {literal, `[^"\\]+`, ""}, {literal, `["\\]`, ""}},
	})
	t["Comment"] = nestedComment()
	return t
}

// watchSwift refuses a slash that begins a regular expression, or may.
func watchSwift() func(piece) bool {
	return func(p piece) bool { return p.text != "/" || (&script{}).operand(p.previous) }
}

// divides says that a slash after this token is a division.
func divides(previous string) bool {
	if previous == "" {
		return false
	}
	last := previous[len(previous)-1]
	return last == ')' || last == ']' || last == '"' || last == '\'' || last == '`' || last == '_' || last == '$' || last >= 0x80 ||
		'0' <= last && last <= '9' || 'a' <= last|0x20 && last|0x20 <= 'z'
}
