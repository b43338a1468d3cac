package needle

import (
	"math/rand/v2"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
)

func TestBeginnings(t *testing.T) {
	t.Parallel()
	for expr, want := range map[string][]string{
		`(?i)\bjwt\b`:                    {"jwt"},
		`(?:alpha|beta)+ gamma`:          {"alpha", "beta"},
		`["']?\b(?:not_?)?(?:aa|bb)\w*=`: {"aa", "bb", "notaa", "notbb", "not_aa", "not_bb"},
		`\w*foo`:                         {"foo"},
		`\b\w*foo`:                       nil, // the foo of "xfoo" stands at no boundary
		`\b(?:x?foo)`:                    {"foo", "xfoo"},
		`(?:x*foo|bar)baz`:               {"foo", "bar"},
		`\b(?:x*foo|bar)`:                nil,
		`select\s.+\sfrom|insert\s+into`: {"select", "insert"},
		`(?:ab)?`:                        nil,
		`[a-z]+x`:                        nil,
		`a\w+`:                           {"a"}, // too short to be used
		`\.(?:get|post)\(`:               {".get(", ".post("},
		`(?:^|[.(])(?:it|test)\.skip`:    {"it.skip", "test.skip", "(it.skip", ".it.skip", "(test.skip", ".test.skip"},
		`verylong(?:beginning)\w(?:a|b)`: {"verylongbeginning"},
	} {
		tree, err := syntax.Parse(expr, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		got := beginnings(tree, false)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("beginnings(%q) = %q, want %q", expr, got, want)
		}
	}
}

// FuzzMatchesSaysWhatTheExpressionSays holds the search at places against the
// plain way.
func FuzzMatchesSaysWhatTheExpressionSays(f *testing.F) {
	exprs := []string{
		`(?i)\bjwt\b`, `(?i)pass(?:word|phrase)\s*=`, `["']?\b(?:not_?)?(?:aa|bb)\w*=`, `\w*foo\b`, `(?:x*foo|bar)$`, `^foo|bar`, `(?m)^foo`,
		`(?i)select\s.+\sfrom`, `(?:^|[.(])(?:it|test)\.skip`, `(?s)aa.*bb`, `\Bfoo`, `(?i)(?:s|k)foo`, `(?:fo{2}|ba{1,2})r?\b`, `foo(?i:bar)`, `\bfoo`, `(?i)[äé]foo`, `(?i)foo\b`, `(?i)[ks]foo`,
	}
	words := []string{"jwt", "JWT", "passWord", "passphrase ", "=", "not_aa", "bb", "foo", "FOO", "bar", "x", " ", "\n", "select ", " from", ".it.skip", "(test.skip", "aa", "K", "ſfoo", "é", "É", "Ä", "ü", "\xff", "_"}
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 300 {
		var text strings.Builder
		for range 1 + r.IntN(8) {
			text.WriteString(words[r.IntN(len(words))])
		}
		f.Add(exprs[i%len(exprs)], text.String())
	}
	f.Fuzz(func(t *testing.T, expr, text string) {
		compiled, err := regexp.Compile(expr)
		if err != nil {
			t.Skip()
		}
		e := Of(compiled)
		if got, want := e.Matches(text, Fold(text)), compiled.MatchString(text); got != want {
			t.Fatalf("%q in %q: %v, want %v", expr, text, got, want)
		}
	})
}

func TestABeginningThatStandsOftenIsFoundAtItsLastPlace(t *testing.T) {
	t.Parallel()
	e := Of(regexp.MustCompile(`foo\d`))
	for _, n := range []int{0, 1, maxPlaces, maxPlaces + 1, 100} {
		text := strings.Repeat("foo ", n)
		if e.Fits(text) || !e.Fits(text+"Foo foo1") {
			t.Errorf("%d places before", n)
		}
	}
}
