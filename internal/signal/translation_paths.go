package signal

import "strings"

// isTranslation tells the words of a program in a language. A table of words
// that is written in a programming language can hold more than words, and
// stays code.
func isTranslation(p place) bool {
	switch {
	case p.hasExt(".po", ".pot", ".mo", ".arb", ".xliff", ".xlf", ".strings", ".stringsdict", ".xcstrings", ".resx", ".resw", ".lproj"):
		return true
	case p.ext == ".xml" && androidValues(p):
		return true
	case p.ext == ".properties" && (p.begins("messages", "labels", "translations", "i18n", "validationmessages") || languageEnd(p.stem)):
		return true
	case p.ext == ".ftl":
		return p.under("locales", "locale", "l10n", "i18n")
	case !p.hasExt(".json", ".json5", ".jsonc", ".yml", ".yaml", ".toml", ".properties", ".ini", ".lang"):
		return false
	}
	return p.under("locales", "locale", "i18n", "l10n", "translations", "translation", "messages", "lang", "langs", "_locales", "intl",
		"i18n-messages") && !p.named("package.json", "tsconfig.json")
}

// androidValues tells res/values-de/strings.xml.
func androidValues(p place) bool {
	if len(p.dirs) == 0 || !strings.HasPrefix(p.dirs[len(p.dirs)-1], "values") {
		return false
	}
	return p.named("strings.xml", "plurals.xml", "arrays.xml") || p.begins("strings_", "strings-")
}

// languageEnd tells names of Java's resource bundles: words_de, words_pt_BR.
func languageEnd(stem string) bool {
	parts := strings.Split(stem, "_")
	if len(parts) < 2 {
		return false
	}
	last := parts[len(parts)-1]
	if len(parts) > 2 && len(last) == 2 {
		last = parts[len(parts)-2]
	}
	return len(last) == 2 && strings.Trim(last, "abcdefghijklmnopqrstuvwxyz") == ""
}
