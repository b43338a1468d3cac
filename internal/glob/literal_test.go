package glob

import (
	"slices"
	"strings"
	"testing"
)

func TestALiteralStandsInEveryPathThatFits(t *testing.T) {
	t.Parallel()
	paths := []string{"auth", "auth/a.go", "a/auth", "A/Auth/b.tf", "x.tf", "a/x.tf", "k8s/Ünit/a", "a[1].go"}
	found := 0
	for _, text := range []string{"**/auth/**", "*.tf", "**/*.tf", "a?th/**", "**", "k8s/ünit/*", "{auth,a}/**", "a[[]1].go", "**/{auth,sso}/**", "{a,x}.tf", "a/{auth/b,x}.tf", "{*.tf,a/*}", "k8s/{ünit,b}/*"} {
		p, err := Compile(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if p.Match(path) {
				found++
				if !slices.ContainsFunc(p.literals, func(literal string) bool { return strings.Contains(fold(path), literal) }) || !p.MatchFold(path) {
					t.Errorf("%s fits %s, and none of the literals %q is in it", path, text, p.literals)
				}
			}
		}
	}
	if found < 8 {
		t.Errorf("only %d fit", found)
	}
}
