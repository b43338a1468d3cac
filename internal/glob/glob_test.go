package glob

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestMatch(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, pattern, path string
		exact, folded       bool
	}{
		{"a plain path is itself", "routing-policy.yml", "routing-policy.yml", true, true},
		{"a plain path is not found deeper", "routing-policy.yml", "a/routing-policy.yml", false, false},
		{"a star stays in its folder", "docs/*.md", "docs/a/b.md", false, false},
		{"two stars reach the root", "**/*auth*", "oauth.go", true, true},
		{"two stars reach any depth", "**/*auth*", "a/b/c/authz.go", true, true},
		{"two stars at the end take everything below", ".github/workflows/**", ".github/workflows/x/ci.yml", true, true},
		{"a folder of any name around", "**/*auth*/**", "src/auth/x/y.ts", true, true},
		{"letter case counts for Match alone", "**/*auth*", "src/OAuth.go", false, true},
		{"the pattern's case does not count when folding", "Dockerfile", "DOCKERFILE", false, true},
		{"a Kelvin sign is a k when folding", "key.go", "\u212aey.go", false, true},
		{"a class is folded", "[a-c].go", "B.go", false, true},
		{"alternatives", "{api,web}/**", "web/x.ts", true, true},
		{"an alternative that is not there", "{api,web}/**", "lib/x.ts", false, false},
		{"an escaped star is a star", `a\*b`, "axb", false, false},
		{"a dot file is a file", "**/*.yml", "a/.golangci.yml", true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := compile(t, tt.pattern)
			if got := p.Match(tt.path); got != tt.exact {
				t.Errorf("Match(%q) = %v, want %v", tt.path, got, tt.exact)
			}
			if got := p.MatchFold(tt.path); got != tt.folded {
				t.Errorf("MatchFold(%q) = %v, want %v", tt.path, got, tt.folded)
			}
		})
	}
}

func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, pattern, want string }{
		{"nothing", "", "is empty"},
		{"an absolute path", "/etc/passwd", "is absolute"},
		{"a way up", "../x", `has ".."`},
		{"a way up inside", "a/../b", `has ".."`},
		{"a way up as an alternative", "{a,..}/b", `has ".."`},
		{"a dot for here", "./a", `has "."`},
		{"a folder alone", "docs/", "ends in a slash"},
		{"an empty name", "a//b", "two slashes"},
		{"a negation", "!docs/**", "starts with !"},
		{"two stars before letters", "src/**.go", "beside other letters"},
		{"two stars after letters", "src/a**", "beside other letters"},
		{"three stars", "***/a", "beside other letters"},
		{"a path of Windows", `src\auth`, "backslash"},
		{"a backslash at the end", `src\`, "backslash"},
		{"a class without end", "a[b", "unclosed"},
		{"an alternative without end", "a{b", "unclosed"},
		{"a control character", "a\nb", "control character"},
		{"broken text", "a\xffb", "not UTF-8"},
		{"a bomb of alternatives", strings.Repeat("{a,b}", 20), "combinations"},
		{"a book", strings.Repeat("a", 2000), "longer than"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Compile(tt.pattern)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Compile(%q) = %v, want an error with %q", tt.pattern, err, tt.want)
			}
		})
	}
}

func TestAPatternKeepsItsText(t *testing.T) {
	t.Parallel()
	const text = "**/{Auth,session}*/**"
	p := compile(t, text)
	if p.String() != text || !p.Equal(compile(t, text)) || p.Equal(Pattern{}) {
		t.Errorf("String() = %q, want %q and equality by text", p, text)
	}
	if (Pattern{}).Match("") || (Pattern{}).MatchFold("a") {
		t.Error("the zero pattern matches")
	}
}

// TestFoldingOnlyWidens is what a raise rests on: a path that the pattern
// names is never lost by looking at it regardless of case.
func TestFoldingOnlyWidens(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	hits := 0
	for range 20000 {
		p, err := Compile(letters(random, "aAbZ_*?/[^-]{,}", 8))
		if err != nil {
			continue
		}
		path := letters(random, "aAbZ_/^", 6)
		if p.Match(path) {
			hits++
			if !p.MatchFold(path) {
				t.Errorf("%q matches %q and does not when folded", p, path)
			}
		}
		if p.MatchFold(path) && p.MatchFold(strings.ToUpper(path)) != p.MatchFold(strings.ToLower(path)) && !strings.ContainsAny(p.String(), "[") {
			t.Errorf("%q hears the case of %q", p, path)
		}
	}
	if hits < 100 {
		t.Errorf("only %d hits: the generator is too thin", hits)
	}
}

func compile(t *testing.T, text string) Pattern {
	t.Helper()
	p, err := Compile(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func letters(random *rand.Rand, alphabet string, most int) string {
	b := make([]byte, 1+random.IntN(most))
	for i := range b {
		b[i] = alphabet[random.IntN(len(alphabet))]
	}
	return string(b)
}

func FuzzCompile(f *testing.F) {
	for _, seed := range []string{"**/*auth*/**", "{a,{b,c}}/[!x-z]?", `\*\[`, "a/**/b", "[^/]"} {
		f.Add(seed, "src/auth/a.go")
	}
	f.Fuzz(func(t *testing.T, text, path string) {
		p, err := Compile(text)
		if err != nil {
			return
		}
		if p.Match(path) && !p.MatchFold(path) {
			t.Errorf("%q matches %q and does not when folded", text, path)
		}
	})
}
