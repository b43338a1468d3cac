package signal

import "strings"

// messageSymbol reads interface languages: messages, services, calls, and the
// fields of a message.
func messageSymbol(text string) string {
	word, rest := nextWord(text)
	switch word {
	case "message", "service", "rpc", "enum", "struct", "type", "input", "interface", "union", "scalar", "record":
		name, _ := nextWord(rest)
		return name
	case "", "syntax", "option", "package", "import", "extend", "reserved", "namespace", "query", "mutation", "fragment":
		return ""
	}
	if number, _, found := strings.Cut(rest, "="); found { // string order_total = 3;
		return lastWord(number)
	}
	if rest = strings.TrimLeft(rest, " "); strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "(") { // orderTotal: Int!
		return word
	}
	return ""
}

// tableSymbol gives the table of a CREATE, ALTER or DROP, and the column that
// it adds, drops or renames where that stands on the same line.
func tableSymbol(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" \t\"`[](),;.", r) })
	name := ""
	for i, w := range words {
		if w != "table" && w != "column" && w != "view" {
			continue
		}
		for i++; i < len(words); i++ {
			if w := words[i]; w != "if" && w != "not" && w != "exists" && w != "only" && w != "public" {
				name = words[i]
				break
			}
		}
	}
	return name
}

// fieldName gives the name under which a line writes a field of a message: a
// tag, an annotation, a quoted key, or a member of a type.
func fieldName(ext, text string) string {
	if name := taggedName(text); name != "" {
		return name
	}
	trimmed := strings.TrimLeft(text, " \t")
	key := strings.TrimLeft(trimmed, `"'`)
	if len(trimmed)-len(key) > 1 || len(trimmed) == len(key) && !typed(ext) {
		return ""
	}
	name, rest := nextWord(key)
	rest = strings.TrimLeft(rest, `"'?!`)
	if name == "" || !strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "::") {
		return ""
	}
	return name
}

// taggedName gives the name behind the first mark by which a language says how
// a field is called outside.
func taggedName(text string) string {
	for at := 0; at < len(text); at++ {
		quote := strings.IndexByte(text[at:], '"')
		if quote < 0 {
			return ""
		}
		at += quote
		if hasAnySuffix(text[:at], "json:", "JsonProperty(", "SerializedName(", "JsonPropertyName(", "rename = ", "alias=", "bson:") {
			name, _ := nextWord(text[at+1:])
			return name
		}
	}
	return ""
}

// typed tells languages whose types list their members as "name: type".
func typed(ext string) bool {
	switch ext {
	case ".ts", ".tsx", ".mts", ".py", ".pyi", ".yml", ".yaml", ".rs", ".swift", ".kt":
		return true
	}
	return false
}

// nextWord gives the first name of a text and what comes behind it. Only space
// may stand before it.
func nextWord(text string) (word, rest string) {
	text = strings.TrimLeft(text, " \t")
	end := 0
	for end < len(text) && (wordByte(text[end]) || text[end] == '_' || text[end] == '$') {
		end++
	}
	return text[:end], text[end:]
}

// lastWord gives the name at the end of a text.
func lastWord(text string) string {
	text = strings.TrimRight(text, " \t")
	if open := strings.LastIndexByte(text, '<'); open >= 0 && strings.HasSuffix(text, ">") && !strings.ContainsAny(text[open:], " ") {
		text = text[:open] // public <T> T read<T>
	}
	start := len(text)
	for start > 0 && (wordByte(text[start-1]) || text[start-1] == '_' || text[start-1] == '$') {
		start--
	}
	return text[start:]
}
