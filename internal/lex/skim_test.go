package lex

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/alecthomas/participle/v2/lexer"
	"github.com/google/go-cmp/cmp"
)

// seen is a piece as the reader is told of it.
type seen struct {
	Kind         kind
	Text         string
	Line, Offset int
}

// plainly has the lexer read all of a text by itself.
func plainly(m machine, text string) (all []seen) {
	lx, err := m.def.LexString("", text)
	for err == nil {
		var t lexer.Token
		if t, err = lx.Next(); err != nil || t.EOF() {
			return all
		}
		all = append(all, seen{m.kinds[t.Type], t.Value, t.Pos.Line, t.Pos.Offset})
	}
	return all
}

func skimmed(m machine, text string) (all []seen) {
	s := m.skim(text)
	for {
		k, t, ok := s.next()
		if !ok {
			return all
		}
		all = append(all, seen{k, t.Value, t.Pos.Line, t.Pos.Offset})
	}
}

func someText(random *rand.Rand, language string) string {
	pieces := []string{
		"name", "a1", "é", "ſ", " ", "\t", "\n", "\r\n", "\n\n", "\"", "'", "`", "\"\"\"", "'''", "\"text\"", "'c'", "{", "}", "(", ")", "[", "]", "#{", "${", "$(", "\\", "/",
		"//", "/*", "*/", "# note\n", "// note\n", "-- note\n", "--[[", "]]", "<!--", "-->", "<<EOF\n", "<<~EOS\n", "EOF\n", "\n=begin\n", "\n=end\n", "+", "- -", "=", "=>", "::",
		"<", ">", "<a href=\"x\">", "</a>", ";", ",", "?", "!", "@", "$", "%", "%w[a b]", "r#\"", "\"#", "@\"", "1.5", "if", "case ", "return /x/", "\ufeff", "~s(a)", "\x01", "&&", "|",
	}
	var b strings.Builder
	if language == ".php" {
		b.WriteString("<?php\n")
	}
	for range random.IntN(14) {
		b.WriteString(pieces[random.IntN(len(pieces))])
	}
	return b.String() + endMark
}

func TestSkimmingReadsTheSamePiecesAsTheLexer(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	pieces := 0
	for name, lang := range languages() {
		for range 300 {
			text := someText(random, name)
			want, got := plainly(lang.rows(), text), skimmed(lang.rows(), text)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s: %q (-lexer +skimmed)\n%s", name, text, diff)
			}
			pieces += len(want)
		}
	}
	if pieces < 20_000 {
		t.Errorf("only %d pieces were compared", pieces)
	}
}

func TestEveryDirectivePhraseIsLookedFor(t *testing.T) {
	t.Parallel()
	for _, phrase := range directivePhrases() {
		if !hasPhrase("see " + phrase + " there") {
			t.Errorf("%q is not found", phrase)
		}
	}
}
