package signal

import (
	"path"
	"strings"
)

// imported gives what a line imports, as it is written: a path or a dotted
// name, "" for a line that imports nothing.
func imported(ext, text string) string {
	text = strings.TrimLeft(text, " \t")
	word, rest := nextWord(text)
	switch ext {
	case ".go":
		return goImport(word, rest)
	case ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte":
		return scriptImport(word, text)
	case ".py", ".pyi":
		if word == "from" || word == "import" {
			return firstField(rest)
		}
	case ".c", ".h", ".cc", ".cpp", ".hpp", ".cxx", ".m", ".mm":
		if target, ok := strings.CutPrefix(text, "#include"); ok {
			return strings.Trim(target, " \t\"<>")
		}
	case ".java", ".kt", ".kts", ".scala", ".groovy", ".swift", ".dart", ".hs", ".elm", ".proto", ".graphql", ".d":
		if word == "import" {
			return quotedOr(strings.TrimPrefix(rest, " static"))
		}
	case ".rs", ".cs", ".php", ".rb", ".ex", ".exs", ".pl", ".lua", ".ml", ".fs":
		switch word {
		case "use", "using", "require", "require_relative", "require_once", "include", "include_once", "alias", "extern", "open", "load":
			return quotedOr(rest)
		}
	}
	return ""
}

// goImport also takes a line inside a bracket of imports: a path, and a name
// before it at most.
func goImport(word, rest string) string {
	if word == "import" || strings.HasPrefix(rest, ` "`) || word == "" {
		target, ok := strings.CutPrefix(strings.TrimLeft(rest, " _."), `"`)
		if target, after, closed := strings.Cut(target, `"`); ok && closed && strings.Trim(after, " \t;") == "" {
			return target
		}
	}
	return ""
}

func scriptImport(word, text string) string {
	if word == "import" || word == "export" || word == "from" || strings.HasPrefix(text, "} from") {
		if at := strings.LastIndex(text, "from "); at >= 0 {
			return quotedIn(text[at:])
		}
		if word == "import" {
			return quotedIn(text)
		}
		return ""
	}
	for _, call := range []string{"require(", "import("} {
		if _, rest, found := strings.Cut(text, call); found {
			return quotedIn(rest)
		}
	}
	return ""
}

// quotedIn gives the first text between quotes.
func quotedIn(text string) string {
	start := strings.IndexAny(text, "\"'`")
	if start < 0 {
		return ""
	}
	target, _, closed := strings.Cut(text[start+1:], text[start:start+1])
	if !closed {
		return ""
	}
	return target
}

func quotedOr(rest string) string {
	if target := quotedIn(rest); target != "" {
		return target
	}
	return firstField(rest)
}

func firstField(text string) string {
	text = strings.TrimLeft(text, " \t")
	if end := strings.IndexAny(text, " \t;({,"); end >= 0 {
		text = text[:end]
	}
	return text
}

// relative resolves a target that starts from the file's own folder, "" for
// any other.
func relative(from, target string) string {
	dir := parent(from)
	if strings.HasSuffix(from, ".py") && strings.HasPrefix(target, ".") {
		name := strings.TrimLeft(target, ".")
		up := strings.Repeat("../", len(target)-len(name)-1)
		return path.Join(dir, up, strings.ReplaceAll(name, ".", "/"))
	}
	if strings.HasPrefix(target, "./") || strings.HasPrefix(target, "../") {
		return path.Join(dir, target)
	}
	return ""
}

// stepsOf cuts a target into its parts: folders, packages, names. Parts that
// differ in case or dashes alone are one: code spells shop-core as shop_core
// or ShopCore.
func stepsOf(target string) []string {
	target = strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(target), "-", ""), "_", "")
	return strings.FieldsFunc(target, func(r rune) bool { return strings.ContainsRune("/.:\\", r) })
}

// ownSteps passes over what names the repository or its owner: a host and two
// parts behind it, an @scope, a reversed domain.
func ownSteps(target string) []string {
	steps := stepsOf(target)
	host, _, _ := strings.Cut(target, "/")
	switch {
	case strings.HasPrefix(target, "@") && len(steps) > 1:
		return steps[1:]
	case strings.Contains(host, ".") && strings.Contains(target, "/"):
		owner := strings.Count(host, ".") + 1
		return steps[min(owner+2, len(steps)):]
	case len(steps) > 2 && reversedDomain(steps[0]):
		return steps[2:]
	}
	return steps
}

func reversedDomain(step string) bool {
	switch step {
	case "com", "org", "io", "net", "dev", "de", "fr", "uk", "co", "eu", "me", "app", "ch", "nl", "jp", "cn", "edu", "gov":
		return true
	}
	return false
}
