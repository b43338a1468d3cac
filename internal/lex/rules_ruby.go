package lex

import (
	"slices"
	"strings"
)

func rubyLanguages() map[string]*language {
	return map[string]*language{
		".rb .rake .gemspec gemfile rakefile": {rows: lazy(rubyRows), marks: []string{"#"}, lines: true, spaces: true, watch: watchRuby},
	}
}

// rubyRows refuses the quotes of one's own choice that could be a remainder,
// and a character after a question mark that could be a quote.
func rubyRows() table {
	code := []row{
		{refuse, `[ \t]+/[^\s=]|def[ \t]+` + "`", ""},
		{space, blanks, ""},
		{comment, `(?s)\n=begin\b.*?\n=end\b[^\n\x00]*`, ""},
		{refuse, `\n=begin\b`, ""},
		{refuse, `\n__END__`, ""},
		{newline, lineBreak, ""},
		{comment, `#` + toLineEnd, ""},
		{refuse, `\?["'#` + "`" + `/%\\]`, ""},
		{literal, `<<[~-]?'([A-Z_a-z]\w*)'[\w.,()&:\t ]*`, "Here"},
		{literal, `<<[~-]?"([A-Z_a-z]\w*)"[\w.,()&:\t ]*`, "Here"},
		{literal, `<<[~-]?([A-Z_]\w*)[\w.,()&:\t ]*`, "Here"},
		{refuse, `<<[~-]?['"` + "`" + `a-z]`, ""},
		{literal, `%[wWiI](?:\[[^\[\]#\\]*\]|\([^()#\\]*\)|<[^<>#\\]*>|\{[^{}#\\]*\})`, ""},
		{literal, `%q?(?:\([^()#\\]*\)|\{[^{}#\\]*\})`, ""},
		{refuse, `%[qQwWiIrsx]?[^\w\s=]`, ""},
		{literal, `"`, "Text"},
		{literal, "`", "Shell"},
		{literal, `(?s)'(?:[^'\\]|\\.)*'`, ""},
		{word, `(?:[(\[,;|]|[-+*%&|^!=<>?:~]*[&|!=~<>?:])[ \t]*/(?:[^/\\\n*#"'` + "`" + `]|\\.)(?:[^/\\\n#"'` + "`" + `]|\\.)*/[a-z]*`, ""},
		{word, `\$[^\w\s\x00]`, ""},
		{word, `[\pL\pN_@$]+[?!]?`, ""},
		{word, `[-+*%&|^!=<>?:~.\\]+`, ""},
		{word, `[(\[)\],;/]`, ""},
	}
	return holed(code, table{
		"Text": texts(`"`, `[^"#\\]+`, `#\{`), "Shell": texts("`", "[^`#\\\\]+", `#\{`),
		"Here": {{literal, `\n[ \t]*\1(?:\r?\n)`, out}, {literal, `\n[^\n]*`, ""}},
	})
}

// watchRuby refuses a slash that may begin a regular expression.
func watchRuby() func(piece) bool {
	slash := false
	return func(p piece) bool {
		if p.kind == literal {
			return true
		}
		after := slash
		slash = p.text == "/"
		if slash && (after || !divides(p.previous) || slices.Contains(rubyKeywords(), p.previous)) {
			return false
		}
		return !strings.HasPrefix(p.text, "__END__")
	}
}

func rubyKeywords() []string {
	return []string{"if", "unless", "when", "and", "or", "not", "while", "until", "return", "in", "then", "elsif", "else", "do", "puts", "split", "match", "match?", "gsub", "sub", "scan"}
}
