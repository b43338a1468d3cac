package lex

import "strings"

// Expressions that many tables share. Operators stand in runs, so that "a- -b"
// is never "a--b"; a slash stands alone, because it may begin a comment.
const (
	blanks      = `[ \t\r\f\v\x{feff}]+`
	lineBreak   = `\n`
	toLineEnd   = `[^\n\x00]*`
	name        = `[\pL\pN\pM_$@]+`
	operators   = `[-+*%&|^!=<>?:~.@]+`
	punctuation = `[(){}\[\],;/\\#]`
	quoted      = `"(?:[^"\\\n]|\\(?s:.))*"`
	ticked      = `'(?:[^'\\\n]|\\(?s:.))*'`
)

// slashed is a table of the C kind: its strings, and what all have in common.
// The comments nest where nested is "Comment".
func slashed(nested string, strings ...row) []row {
	rows := []row{
		{space, blanks, ""},
		{newline, lineBreak, ""},
		{comment, `//` + toLineEnd, ""},
		{comment, `/\*`, nested},
	}
	return append(append(rows, strings...), row{word, name, ""}, row{word, operators, ""}, row{word, punctuation, ""})
}

func blockComment() []row {
	return []row{{comment, `[^*]+`, ""}, {comment, `\*/`, out}, {comment, `\*`, ""}}
}

// nestedComment is one that ends with as many marks as it has begun with.
func nestedComment() []row {
	return []row{{comment, `[^*/]+`, ""}, {comment, `/\*`, "Comment"}, {comment, `\*/`, out}, {comment, `[*/]`, ""}}
}

func rooted(code []row, states table) table {
	t := table{"Root": append([]row{atEnd()}, code...), "Comment": blockComment()}
	for state, rows := range states {
		t[state] = rows
	}
	return t
}

// holed is a table whose strings have holes with code in them. Braces are
// counted, so that a hole ends where it does.
func holed(code []row, states table) table {
	code = append([]row{{word, `\{`, "Braces"}}, code...)
	t := rooted(append([]row{{refuse, `\}`, ""}}, code...), states)
	t["Hole"] = append([]row{{literal, `\}`, out}}, code...)
	t["Braces"] = append([]row{{word, `\}`, out}}, code...)
	return t
}

// texts are the rows of a string that ends with a quote; rest is what it holds
// besides, without the beginnings of escapes and holes.
func texts(quote, rest, hole string) []row {
	return []row{{literal, quote, out}, {literal, hole, "Hole"}, {literal, `\\(?s:.)`, ""}, {literal, rest, ""}, {literal, `[$#%'"]`, ""}}
}

func braceLanguages() map[string]*language {
	c := &language{rows: lazy(cRows), marks: []string{"//"}, blocks: true, bangs: true, refuses: cRefuses}
	return map[string]*language{
		".go":                               {rows: lazy(goRows), marks: []string{"//"}, blocks: true, lines: true, refuses: goRefuses, watch: watchCgo},
		".rs":                               {rows: lazy(rustRows), marks: []string{"//"}, blocks: true, bangs: true, setsIn: true},
		".dart":                             {rows: lazy(dartRows), marks: []string{"//"}, blocks: true},
		".c .h .cc .hh .cpp .hpp .cxx .hxx": c,
		".proto":                            {rows: lazy(protoRows), marks: []string{"//"}, blocks: true},
	}
}

func goRows() table {
	return rooted(slashed("Comment", row{literal, quoted, ""}, row{literal, ticked, ""}, row{literal, "`[^`]*`", ""}), nil)
}

// goRefuses leaves examples alone: the test runs compare their comments.
func goRefuses(text string) bool {
	return strings.Contains(text, "func Example") && strings.Contains(strings.ToLower(text), "output:")
}

// watchCgo refuses import "C": the comment above it is C.
func watchCgo() func(piece) bool {
	return func(p piece) bool {
		if p.kind != literal || p.text != `"C"` && p.text != "`C`" {
			return true
		}
		return p.previous != "import" && p.previous != "(" && p.previous != ";" && !strings.ContainsAny(p.previous, "\"`")
	}
}

func protoRows() table {
	return rooted(slashed("Comment", row{literal, quoted, ""}, row{literal, ticked, ""}), nil)
}

// rustRows tells the character 'a' from the lifetime 'a.
func rustRows() table {
	t := rooted(slashed("Comment",
		row{literal, `(?:b|c)?r(#*)"`, "Raw"},
		row{literal, `(?:b|c)?"`, "Text"},
		row{literal, `b?'(?:[^'\\\n]|\\(?:u\{[0-9a-fA-F_]+\}|x[0-9a-fA-F]{2}|[^ux\n]))'`, ""},
		row{word, `'[\pL\pN_]+`, ""},
	), table{
		"Raw":  {{literal, `"\1`, out}, {literal, `[^"]+`, ""}, {literal, `"`, ""}},
		"Text": {{literal, `"`, out}, {literal, `[^"\\]+`, ""}, {literal, `\\(?s:.)`, ""}},
	})
	t["Comment"] = nestedComment()
	return t
}

// cRefuses leaves alone comments that a backslash, or its trigraph, carries
// over the end of the line.
func cRefuses(text string) bool {
	if !strings.Contains(text, "//") {
		return false
	}
	for line := range strings.Lines(text) {
		_, after, found := strings.Cut(line, "//")
		after = strings.TrimRight(after, " \t\r\n")
		if found && (strings.HasSuffix(after, `\`) || strings.HasSuffix(after, "??/")) {
			return true
		}
	}
	return false
}

// cRows keeps spaces and line breaks in lines of the preprocessor.
func cRows() table {
	strings := []row{
		{literal, `(?:u8|[uUL])?R"([^()\\\s"]*)\(`, "Raw"},
		{literal, `(?:u8|[uUL])?` + quoted, ""},
		{literal, `(?:u8|[uUL])?` + ticked, ""},
		{word, `[0-9](?:'?[\pL\pN_.])*`, ""},
	}
	code := append([]row{
		{word, `#[ \t]*(?:error|warning|pragma|region|endregion)\b[^\n\x00]*`, ""},
		{word, `#[ \t]*(?:include|include_next|import)[ \t]*<[^>\n]*>`, ""},
		{word, `#`, "Line"},
	}, slashed("Comment", strings...)...)
	line := append([]row{{word, `\n`, out}, {word, `\\\r?\n`, ""}, {word, `[ \t]+`, ""}}, slashed("Comment", strings...)...)
	return rooted(code, table{"Line": append(line, atEnd()), "Raw": {{literal, `\)\1"`, out}, {literal, `[^)]+`, ""}, {literal, `\)`, ""}}})
}

func dartRows() table {
	t := holed(slashed("Comment",
		row{literal, `(?s)r""".*?"""|r'''.*?'''`, ""},
		row{refuse, `r"""|r'''`, ""},
		row{literal, `r"[^"\n]*"|r'[^'\n]*'`, ""},
		row{literal, `"""`, "Text3"},
		row{literal, `'''`, "Tick3"},
		row{literal, `"`, "Text"},
		row{literal, `'`, "Tick"},
	), table{
		"Text": texts(`"`, `[^"$\\\n]+`, `\$\{`), "Tick": texts(`'`, `[^'$\\\n]+`, `\$\{`),
		"Text3": texts(`"""`, `[^"$\\]+`, `\$\{`), "Tick3": texts(`'''`, `[^'$\\]+`, `\$\{`),
	})
	t["Comment"] = nestedComment()
	return t
}
