package needle

import (
	"math/rand/v2"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
)

func TestNeedles(t *testing.T) {
	t.Parallel()
	for expr, want := range map[string][]string{
		`(?i)\bjwt\b`:           {"jwt"},
		`Money`:                 {"money"},
		`(?:alpha|beta)+ gamma`: {" gamma"},
		`(alpha|beta)`:          {"alpha", "beta"},
		`x{2,}y*`:               {"x"},
		`(?:ab)?`:               nil,
		`[a-z]+`:                nil,
		`alpha|[0-9]`:           nil,
		`ſ`:                     nil,
		``:                      nil,
	} {
		tree, err := syntax.Parse(expr, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		if got := needles(tree); !slices.Equal(got, want) {
			t.Errorf("needles(%q) = %q, want %q", expr, got, want)
		}
	}
}

// TestNeedlesHideNoMatch holds the search against the plain way, over random
// texts.
func TestNeedlesHideNoMatch(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	exprs := []string{`(?i)\bjwt\b`, `pass(word|phrase)`, `(?i)K[0-9]`, `^$`, `^token$`, `(?i)secret|api.key`, `a{2}b`, `(?i)(ſ|x)y`, `(?s).`, `\bx\b|y`, `(?i)s`, `[äé]\w*x`, `(?i)[äé]x`, `(?i)[ks]x`, `(?i)é`, `pass.*(word|key)`, `(api|k[0-9]).?(_key|jwt)$`, `^(token)?.*secret`}
	words := []string{"jwt", "JWT", "password", "Passphrase", "k1", "K1", "", "token", "TOKEN", "secret", "ſecret", "api_key", "aab", "xy", "SY", " ", "x", "é", "É", "Äx", "Kx", "\u212ax"}
	hits, spared := 0, 0
	for range 20000 {
		e := Of(regexp.MustCompile(exprs[r.IntN(len(exprs))]))
		text := words[r.IntN(len(words))] + []string{"", " "}[r.IntN(2)] + words[r.IntN(len(words))]
		switch matches, possible := e.MatchString(text), e.Possible(Fold(text)); {
		case matches && !possible:
			t.Fatalf("%v is hidden in %q", e, text)
		case matches:
			hits++
		case !possible:
			spared++
		}
	}
	if hits == 0 || spared == 0 {
		t.Errorf("%d matched, %d were spared", hits, spared)
	}
}

// TestFolderFoldsAsFoldDoes holds lines that are put together one by one
// against the same text in one piece, in which a long one marks no pairs.
func TestFolderFoldsAsFoldDoes(t *testing.T) {
	t.Parallel()
	for _, lines := range [][]string{{}, {""}, {"Alpha", "beta GAMMA"}, {"café"}, {"Alpha", "CAFÉ", "Beta"}, {"Alpha", "ſet", "\u212aey"}, {strings.Repeat("Éa", 200)}, {strings.Repeat("Ab", 200), "c"}} {
		f := NewFolder(1)
		searched := ""
		for _, line := range lines {
			if known := !foreign(line); f.Add(line) != known {
				t.Errorf("%q: searched, want it to be %v", line, known)
			} else if known {
				searched += line + "\n"
			}
		}
		want := Fold(searched)
		want.triples = nil // nobody asks a text of many lines for enough words
		if got := f.Text(); got != want {
			t.Errorf("%q: %v, want %v", lines, got, want)
		}
	}
}
