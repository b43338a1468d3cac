package task

import (
	"strings"
)

var (
	// arity is a function as Erlang and Elixir name it: "list/1".
	arity   = lazily(`^([\w.]+[?!]?)/[0-9]$`)
	acronym = lazily(`^(?:[A-Z]{2,5}[0-9]?|[a-z][A-Z]{2}|[a-z]{1,3}OS)$`)
	// option is an option as it is typed, or a word that code quotes: programs
	// declare options so.
	option  = lazily("(?:^|[^\\w-])(--[a-z][\\w-]*|[\"'`][a-z][\\w-]*[\"'`])")
	options = lazily(`(?:^|[^\w-])(--[a-z][\w-]*)`)
)

// hasName says whether code that an answer quotes stands in the change: a
// path, or text whose every word does.
func (e *evidence) hasName(code string) bool {
	code = arity().ReplaceAllString(strings.TrimSpace(code), "$1")
	path, _, _ := strings.Cut(code, ":")
	if e.hasPath(path) || e.source(code) || !strings.HasPrefix(code, "-") && (e.idents[path] || e.idents[code]) {
		return true
	}
	for _, p := range pathWord().FindAllString(code, -1) {
		if !e.idents[p] {
			return false
		}
	}
	if !e.hasOptions(code) {
		return false
	}
	words := identWord().FindAllString(code, -1)
	for _, w := range words {
		if !e.idents[w] && !e.spelled(code, w) {
			return false
		}
	}
	return len(words) > 0 || e.hasNumbers(code)
}

// hasOptions says whether every option and every word with hyphens stands in
// the change as a whole: its parts stand in many.
func (e *evidence) hasOptions(code string) bool {
	for _, m := range options().FindAllStringSubmatch(code, -1) {
		name := strings.TrimPrefix(m[1], "--")
		quoted := e.options[`"`+name+`"`] || e.options["'"+name+"'"] || e.options["`"+name+"`"]
		if !e.options[m[1]] && !quoted && !e.otherwise(name) {
			return false
		}
	}
	for _, w := range hyphened().FindAllString(code, -1) {
		if !e.idents[w] && !e.otherwise(w) {
			return false
		}
	}
	return true
}

// otherwise says whether a name with hyphens stands in the change as code
// spells it: max_retries, maxRetries or MaxRetries.
func (e *evidence) otherwise(name string) bool {
	if !strings.Contains(name, "-") {
		return false
	}
	var camel strings.Builder
	for _, part := range strings.Split(name, "-") {
		camel.WriteString(upperFirst(part))
	}
	pascal := camel.String()
	return e.idents[strings.ReplaceAll(name, "-", "_")] || e.idents[pascal] || e.idents[strings.ToLower(pascal[:1])+pascal[1:]]
}

func upperFirst(word string) string {
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// spelled says that a word of code is a part of an option or a hyphened name,
// which hasOptions has found as a whole.
func (e *evidence) spelled(code, word string) bool {
	for _, w := range hyphened().FindAllString(code, -1) {
		for _, part := range strings.Split(w, "-") {
			if part == word {
				return true
			}
		}
	}
	return false
}

// hasNumbers says whether code that has no word shows versions and numbers of
// the change, or none at all.
func (e *evidence) hasNumbers(code string) bool {
	for _, v := range versionWord().FindAllString(code, -1) {
		if !e.versions[strings.TrimPrefix(v, "v")] {
			return false
		}
	}
	for _, n := range digits().FindAllString(code, -1) {
		if !e.numbers[plainNumber(n)] {
			return false
		}
	}
	return true
}

// share counts the words of a sentence that carry meaning, and those of them
// that stand in the change. A name in backticks that stands there counts, as
// short as it may be.
func (e *evidence) share(text string) (seen, total int) {
	for _, word := range meaning(text) {
		total++
		if e.words[word] {
			seen++
		}
	}
	for _, code := range codeSpans(text) {
		if len(meaning(code)) == 0 && e.hasName(code) {
			seen, total = seen+1, total+1
		}
	}
	return seen, total
}

// meaning gives the folded words of a text that say something: long ones,
// acronyms and numbers.
func meaning(text string) []string {
	var words []string
	for _, w := range identWord().FindAllString(text, -1) {
		if acronym().MatchString(w) {
			words = append(words, strings.ToLower(w))
			continue
		}
		for _, part := range splitIdent(w) {
			if len(part) >= 4 && !emptyWord(part) {
				words = append(words, stem(part))
			}
		}
	}
	for _, m := range bareNumber().FindAllStringSubmatch(text, -1) {
		words = append(words, plainNumber(m[1]))
	}
	return words
}
