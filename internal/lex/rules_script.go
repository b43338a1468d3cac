package lex

import "strings"

func scriptLanguages() map[string]*language {
	return map[string]*language{
		".py .pyi .pyw": {rows: lazy(pythonRows), marks: []string{"#"}, lines: true, indents: true, refuses: inlineScript, watch: watchFormats},
		".sh .bash":     {rows: lazy(shellRows), marks: []string{"#"}, lines: true, spaces: true, refuses: hasReturns},
		".lua":          {rows: lazy(luaRows), marks: []string{"--"}},
		".ex .exs":      {rows: lazy(elixirRows), marks: []string{"#"}, lines: true, spaces: true, watch: watchSigils},
	}
}

// pythonRows takes the prefix of a string with it, so that the docstrings and
// all others are one piece each.
func pythonRows() table {
	const prefix = `(?i:[rbuft]{0,2})`
	return rooted([]row{
		{space, blanks, ""},
		{newline, lineBreak, ""},
		{comment, `#` + toLineEnd, ""},
		{literal, `(?s)` + prefix + `"""(?:[^\\]|\\.)*?"""`, ""},
		{literal, `(?s)` + prefix + `'''(?:[^\\]|\\.)*?'''`, ""},
		{refuse, prefix + `(?:"""|''')`, ""},
		{literal, prefix + quoted, ""},
		{literal, prefix + ticked, ""},
		{word, `\\\r?\n`, ""},
		{word, `[\pL\pN\pM_]+`, ""},
		{word, `[-+*%&|^!=<>?:~.@/$]+`, ""},
		{word, `[(){}\[\],;]`, ""},
	}, nil)
}

// inlineScript finds settings in comments: PEP 723.
func inlineScript(text string) bool {
	return strings.HasPrefix(text, "# ///") || strings.Contains(text, "\n# ///")
}

// watchFormats refuses a format whose holes do not close in it: newer versions
// of Python let a hole hold the quotes of the string around it.
func watchFormats() func(piece) bool {
	return func(p piece) bool {
		quote := strings.IndexAny(p.text, `"'`)
		if p.kind != literal || quote < 1 || !strings.ContainsAny(p.text[:quote], "fFtT") {
			return true
		}
		return strings.Count(p.text, "{") == strings.Count(p.text, "}")
	}
}

// hasReturns says that lines end as on Windows, where a shell reads the
// carriage return as a part of the word.
func hasReturns(text string) bool { return strings.Contains(text, "\r") }

// attached is what goes on with a word after a quote: there a # is no comment.
const attached = `[^\s'"` + "`" + `$\\;|&()<>\x00]*`

// shellRows refuses what would need a shell to read: case in a substitution,
// patterns with parentheses, more on the line that opens a here document.
func shellRows() table {
	code := shellCode()
	return table{
		"Root":   append([]row{atEnd()}, code...),
		"Sub":    append([]row{{literal, `\)` + attached, out}, {word, `\(`, "Parens"}, {refuse, `case\s`, ""}}, code...),
		"Parens": append([]row{{word, `\)` + attached, out}, {word, `\(`, "Parens"}, {refuse, `case\s`, ""}}, code...),
		"Text": {
			{literal, `"` + attached, out},
			{literal, `[^"$\\` + "`" + `]+`, ""},
			include("Holes"),
			{literal, `\$`, ""},
		},
		"Holes": {
			{literal, `\\(?s:.)`, ""},
			{literal, `\$\(\(`, "Sum"},
			{literal, `\$\(`, "Sub"},
			{literal, `\$\{`, "Param"},
			{literal, "`[^`\\\\\"'#]*`" + attached, ""},
		},
		"Param": {{literal, `\}` + attached, out}, {literal, `"`, "Text"}, include("Holes"), {literal, `[^}"'$\\` + "`" + `\x00]+`, ""}, {literal, `\$`, ""}},
		"Sum":   {{literal, `\)\)` + attached, out}, {word, `\(`, "Group"}, include("Holes"), {literal, `[^()"'$\\` + "`" + `\x00]+`, ""}, {literal, `\$`, ""}},
		"Group": {{literal, `\)`, out}, {word, `\(`, "Group"}, include("Holes"), {literal, `[^()"'$\\` + "`" + `\x00]+`, ""}, {literal, `\$`, ""}},
		"Here":  {{literal, `\n\t*\1(?:\n)`, out}, {literal, `\n[^\n]*`, ""}},
	}
}

func shellCode() []row {
	return []row{
		{space, `[ \t]+`, ""},
		{newline, lineBreak, ""},
		{comment, `#` + toLineEnd, ""},
		{literal, `'[^']*'` + attached, ""},
		{literal, `\$'(?:[^'\\]|\\(?s:.))*'` + attached, ""},
		{literal, `\$?"`, "Text"},
		include("Holes"),
		{literal, `\$[#?$!@*0-9-]` + attached, ""},
		{literal, `\$` + attached, ""},
		{word, `<<<`, ""},
		{literal, `<<-?[ \t]*(?:'|"|)([A-Za-z_]\w*)(?:'|"|)[ \t]*(?:>>?[ \t]*[\w./-]+|\|[ \t]*[\w ./-]+|)`, "Here"},
		{refuse, `<<`, ""},
		{refuse, `[^\s#'"` + "`" + `$\\;|&()<>\x00]*[@?!*+]\(`, ""},
		{word, `[^\s#'"` + "`" + `$\\;|&()<>\x00]` + attached, ""},
		{word, `[;|&<>]+`, ""},
		{word, `[()]`, ""},
	}
}

// luaRows has a minus of its own: two of them begin a comment.
func luaRows() table {
	long := func(k kind) []row { return []row{{k, `\]\1\]`, out}, {k, `[^\]]+`, ""}, {k, `\]`, ""}} }
	return rooted([]row{
		{space, blanks, ""},
		{newline, lineBreak, ""},
		{comment, `--\[(=*)\[`, "Remark"},
		{comment, `--` + toLineEnd, ""},
		{literal, `\[(=*)\[`, "Long"},
		{literal, `(?:"(?:[^"\\\n]|\\(?s:.))*")`, ""},
		{literal, ticked, ""},
		{word, `[\pL\pN_]+`, ""},
		{word, `[+*%&|^!=<>?:~.@#]+`, ""},
		{word, `[-(){}\[\],;/]`, ""},
	}, table{"Remark": long(comment), "Long": long(literal)})
}

// elixirRows takes a sigil whole; watchSigils refuses one with a hole, which
// may hold its closing mark.
func elixirRows() table {
	return holed([]row{
		{space, blanks, ""},
		{newline, lineBreak, ""},
		{comment, `#` + toLineEnd, ""},
		{refuse, `\?["'#\\]`, ""},
		{literal, `(?s)~[a-zA-Z]+(?:""".*?"""|'''.*?''')[a-z]*`, ""},
		{refuse, `~[a-zA-Z]+(?:"""|''')`, ""},
		{literal, `~[a-zA-Z]+(?:\([^()\\]*\)|\[[^\[\]\\]*\]|<[^<>\\]*>|/(?:[^/\\\n]|\\.)*/|\|(?:[^|\\\n]|\\.)*\||"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')[a-z]*`, ""},
		{literal, `~[a-zA-Z]+\{[^{}\\]*\}[a-z]*`, ""},
		{refuse, `~[a-zA-Z]`, ""},
		{literal, `"""`, "Text3"},
		{literal, `'''`, "Tick3"},
		{literal, `"`, "Text"},
		{literal, `'`, "Tick"},
		{word, `[\pL\pN_@]+[?!]?`, ""},
		{word, `[-+*%&|^!=<>?:~.\\/$]+`, ""},
		{word, `[()\[\],;]`, ""},
	}, table{
		"Text": texts(`"`, `[^"#\\]+`, `#\{`), "Tick": texts(`'`, `[^'#\\]+`, `#\{`),
		"Text3": texts(`"""`, `[^"#\\]+`, `#\{`), "Tick3": texts(`'''`, `[^'#\\]+`, `#\{`),
	})
}

func watchSigils() func(piece) bool {
	return func(p piece) bool {
		return p.kind != literal || p.text[0] != '~' || !strings.Contains(p.text, "#{")
	}
}
