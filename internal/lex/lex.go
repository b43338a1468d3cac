// Package lex tells code from comments: the text of a source file in, its
// tokens without comments and insignificant space out, for the languages it
// knows, and "do not know" for the rest. In doubt a character is code.
package lex

// Known says that files of this path are in a language that Code can read.
func Known(path string) bool { return false }

// CommentLine is the cheap test: the line, seen alone, may be nothing but
// comment or space. False where it may be code, and for a directive in a
// comment, which is code (//go:build, # type: ignore, @deprecated).
func CommentLine(path, line string) bool { return false }

// Code gives the tokens of a file without comments and without space that
// means nothing; directives in comments are tokens. ok is false where the
// language is not known or the text cannot be read to its end.
func Code(path, text string) (tokens []string, ok bool) { return nil, false }
