package signal

import "strings"

// declaredSymbol gives the exported symbol that a line declares, "" for none.
// It goes by the line alone, as the language of the extension writes it.
func declaredSymbol(ext, text string) string {
	switch ext {
	case ".go":
		return goSymbol(text)
	case ".py", ".pyi":
		return pythonSymbol(text)
	case ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte":
		return scriptSymbol(text)
	case ".java", ".cs":
		return publicSymbol(text)
	case ".rs":
		return rustSymbol(text)
	case ".kt", ".kts", ".scala", ".swift", ".php", ".rb", ".ex", ".exs", ".dart", ".groovy":
		return openSymbol(text)
	case ".proto", ".thrift", ".avdl", ".graphql", ".graphqls", ".gql":
		return messageSymbol(text)
	case ".sql":
		return tableSymbol(text)
	}
	return ""
}

// goSymbol takes declarations at the start of a line: what is indented is
// local, or a part of something that has its own line.
func goSymbol(text string) string {
	word, rest := nextWord(text)
	switch word {
	case "func":
		if strings.HasPrefix(strings.TrimLeft(rest, " "), "(") {
			_, rest, _ = strings.Cut(rest, ")")
		}
	case "type", "const", "var":
	default:
		return ""
	}
	name, _ := nextWord(rest)
	if name == "" || !upper(name[0]) || word == "" || text[0] != word[0] {
		return ""
	}
	return name
}

func pythonSymbol(text string) string {
	word, rest := nextWord(text)
	if word == "async" {
		word, rest = nextWord(rest)
	}
	if word != "def" && word != "class" {
		return ""
	}
	indented := text[0] == ' ' || text[0] == '\t'
	if indented && !strings.Contains(rest, "(self") && !strings.Contains(rest, "(cls") && word == "def" {
		return ""
	}
	name, _ := nextWord(rest)
	return unlessHidden(name)
}

func unlessHidden(name string) string {
	if strings.HasPrefix(name, "_") {
		return ""
	}
	return name
}

// scriptSymbol wants export or exports: without it the name stays in its file.
func scriptSymbol(text string) string {
	word, rest := nextWord(text)
	switch word {
	case "export":
		return keywordName(rest)
	case "module":
		word, rest = nextWord(strings.TrimPrefix(rest, "."))
		if word != "exports" {
			return ""
		}
	case "exports":
	default:
		return ""
	}
	name, _ := nextWord(strings.TrimPrefix(rest, "."))
	return name
}

// rustSymbol wants a plain pub: pub(crate) is seen in its own crate only.
func rustSymbol(text string) string {
	word, rest := nextWord(text)
	if word != "pub" || strings.HasPrefix(rest, "(") {
		return ""
	}
	return keywordName(rest)
}

// publicSymbol wants public, or protected. A method of Java and C# has no
// keyword: its name stands before the first bracket.
func publicSymbol(text string) string {
	word, rest := nextWord(text)
	if word != "public" && word != "protected" {
		return ""
	}
	if name := keywordName(rest); name != "" {
		return name
	}
	head, _, found := strings.Cut(rest, "(")
	if !found {
		head, _, _ = strings.Cut(strings.TrimRight(rest, " ;{"), "=")
		head, _, _ = strings.Cut(head, "{")
	}
	return lastWord(head)
}

// openSymbol is for languages in which a symbol is seen unless it says that it
// is not.
func openSymbol(text string) string {
	word, _ := nextWord(text)
	switch word {
	case "private", "fileprivate", "internal", "protected", "defp", "defmacrop", "val", "var", "let", "const":
		return ""
	}
	return unlessHidden(keywordName(text))
}

// keywordName passes over modifiers, and gives the name behind the keyword of
// a declaration.
func keywordName(text string) string {
	for word, rest := nextWord(text); word != ""; word, rest = nextWord(rest) {
		switch {
		case modifier(word):
		case keyword(word):
			name, more := nextWord(strings.TrimLeft(rest, " *"))
			if keyword(name) || name == "self" { // enum class Colour, def self.call
				name, _ = nextWord(strings.TrimPrefix(more, "."))
			}
			return name
		default:
			return ""
		}
	}
	return ""
}

func modifier(word string) bool {
	switch word {
	case "export", "default", "declare", "abstract", "async", "public", "static", "final", "sealed", "override", "virtual", "open", "data", "inline",
		"suspend", "pub", "unsafe", "extern", "partial", "readonly", "case", "implicit", "lazy", "operator", "infix", "mutating", "indirect", "value", "ref":
		return true
	}
	return false
}

func keyword(word string) bool {
	switch word {
	case "func", "function", "class", "interface", "type", "enum", "struct", "trait", "def", "fn", "const", "let", "var", "val", "fun", "record", "object",
		"module", "namespace", "protocol", "mod", "union", "defmodule", "defmacro", "mixin", "extension", "actor", "typealias":
		return true
	}
	return false
}
