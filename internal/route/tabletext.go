package route

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
)

func rowText(row policy.Row) string {
	return fmt.Sprintf("%s says %s", rowName(row), row.Tier)
}

// rowName calls a row by its conditions: rows have no other name.
func rowName(row policy.Row) string {
	var when []string
	if row.Scope != 0 {
		when = append(when, row.Scope.String())
	}
	if len(row.Domains) > 0 {
		when = append(when, either(row.Domains))
	}
	if row.Ambiguity != 0 {
		when = append(when, row.Ambiguity.String()+" ambiguity")
	}
	if len(row.Shapes) > 0 {
		when = append(when, either(row.Shapes))
	}
	if len(when) == 0 {
		when = []string{"anything"}
	}
	return `table row "` + strings.Join(when, "; ") + `"`
}

func either[W ~string](list []W) string {
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = string(w)
	}
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// known tells the facts that rows are held against. It says where untrusted
// words alone give one: no lowering row fits such a fact.
func known(f signal.Facts) string {
	const untrusted = " by untrusted words alone"
	scope, domain, ambiguity := "scope not known", "domain not known", "ambiguity "+f.Ambiguity.String()
	if f.Scope != 0 {
		scope = "scope " + f.Scope.String()
		if f.Founded.Scope == 0 {
			scope += untrusted
		}
	}
	if len(f.Domains) > 0 {
		domain = "domain " + domainWords(f.Domains)
		if len(f.Founded.Domains) == 0 {
			domain += untrusted
		}
	}
	if mayBeLow(f) {
		ambiguity = "ambiguity not known"
	}
	parts := []string{scope, domain, ambiguity}
	if len(f.Shapes) > 0 {
		parts = append(parts, "shape "+either(f.Shapes))
	}
	return strings.Join(parts, ", ")
}
