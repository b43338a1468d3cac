// Package lex tells code from comments: the text of a source file in, its
// tokens without comments and insignificant space out, for the languages it
// knows, and "do not know" for the rest. In doubt a character is code.
//
// A language is a table of expressions in rules_*.go, which the lexer of
// alecthomas/participle runs: Go's own regular expressions, linear in the
// text, with a stack of states. The tables of alecthomas/chroma cost 10 ms and
// 4 MB at every start of the program (20 runs each: 12 against 2 ms), its
// engine alone reads half as fast (1 to 2 against 2.5 to 6 MB a second), and
// it gives up on a match by the clock, so that a busy machine would change
// what is code.
package lex

// MaxBytes is the longest file that is read.
const MaxBytes = 1 << 20

// Known says that files of this path are in a language that Code can read.
func Known(path string) bool { return languageOf(path) != nil }

// CommentLine is the cheap test: the line, seen alone, may be nothing but
// comment or space. False where it may be code, and for a directive in a
// comment, which is code (//go:build, # type: ignore, @deprecated).
func CommentLine(path, line string) bool { return CommentLines(path)(line) }

// CommentLines gives CommentLine for the lines of one file.
func CommentLines(path string) func(line string) bool {
	if lang := languageOf(path); lang != nil {
		return lang.commentLine
	}
	return func(string) bool { return false }
}

// Code gives the tokens of a file without comments and without space that
// means nothing; directives in comments are tokens. ok is false where the
// language is not known or the text cannot be read to its end.
func Code(path, text string) (tokens []string, ok bool) {
	r, ok := read(path, text)
	return r.tokens, ok
}

// SameCode says that two versions of a file were both read to their ends and
// have the same tokens.
func SameCode(path, before, after string) bool { return Compare(path, before, after).Code }

func read(path, text string) (reading, bool) {
	lang := languageOf(path)
	if lang == nil {
		return reading{}, false
	}
	return lang.read(text)
}
