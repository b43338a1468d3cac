package route

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/needle"
)

// TestNeedlesHideNoMatch holds the search against the plain way, line by line,
// over random expressions and lines.
func TestNeedlesHideNoMatch(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	exprs := []string{`(?i)\bjwt\b`, `pass(word|phrase)`, `(?i)K[0-9]`, `^$`, `^token$`, `(?i)secret|api.key`, `a{2}b`, `(?i)(ſ|x)y`, `(?s).`, `\bx\b|y`, `(?i)s`}
	words := []string{"jwt", "JWT", "password", "Passphrase", "k1", "K1", "", "token", "TOKEN", "secret", "ſecret", "api_key", "aab", "xy", "SY", " ", "x", "é"}
	hits := 0
	for range 20000 {
		var list []*regexp.Regexp
		for _, e := range exprs {
			if r.IntN(3) == 0 {
				list = append(list, regexp.MustCompile(e))
			}
		}
		var texts []string
		for range r.IntN(3) + 1 {
			texts = append(texts, strings.Join([]string{words[r.IntN(len(words))], words[r.IntN(len(words))]}, []string{"", " "}[r.IntN(2)]))
		}
		f := lines("a.go", texts...)
		found := map[*change.Line]bool{}
		for line := range changedLines(f).matches(f, expressions(list)) {
			found[line] = true
		}
		for line := range changed(f) {
			want := slices.ContainsFunc(list, func(e *regexp.Regexp) bool { return e.MatchString(line.Text) })
			if found[line] != want {
				t.Fatalf("%v on %q in %q: %v, want %v", list, line.Text, texts, found[line], want)
			}
			if want {
				hits++
			}
		}
	}
	if hits == 0 {
		t.Error("nothing ever matched")
	}
}

func TestAFileWithoutChangedLinesIsNotSearched(t *testing.T) {
	t.Parallel()
	if got := couldMatch(expressions([]*regexp.Regexp{regexp.MustCompile(`x*`)}), changedLines(change.File{})); got != nil {
		t.Errorf("%v", got)
	}
}

func expressions(list []*regexp.Regexp) []needle.Expression {
	all := make([]needle.Expression, len(list))
	for i, expr := range list {
		all[i] = needle.Of(expr)
	}
	return all
}
