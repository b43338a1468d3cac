package glob

import (
	"strings"
	"testing"
)

func TestALiteralStandsInEveryPathThatFits(t *testing.T) {
	t.Parallel()
	paths := []string{"auth", "auth/a.go", "a/auth", "A/Auth/b.tf", "x.tf", "a/x.tf", "k8s/Ünit/a", "a[1].go"}
	found := 0
	for _, text := range []string{"**/auth/**", "*.tf", "**/*.tf", "a?th/**", "**", "k8s/ünit/*", "{auth,a}/**", "a[[]1].go"} {
		p, err := Compile(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if p.Match(path) {
				found++
				if !strings.Contains(fold(path), p.literal) || !p.MatchFold(path) {
					t.Errorf("%s fits %s, and the literal %q is not in it", path, text, p.literal)
				}
			}
		}
	}
	if found < 8 {
		t.Errorf("only %d fit", found)
	}
}
