package lint

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// BenchmarkPolicy reads a policy with a table of 200 rows beside a repository
// of 10,000 files.
func BenchmarkPolicy(b *testing.B) {
	text := []byte(largePolicy(200))
	tree := &Tree{}
	for i := range 10_000 {
		tree.Paths = append(tree.Paths, fmt.Sprintf("src/module%d/%s/file%d.go", i%40, []string{"core", "view", "auth", "store"}[i%4], i))
	}
	catalogue := prices(b)
	for _, bench := range []struct {
		name string
		tree *Tree
	}{{"alone", nil}, {"with a tree", tree}} {
		b.Run(bench.name, func(b *testing.B) {
			w := World{Today: exampleDay, Known: known(), Prices: catalogue, Tree: bench.tree}
			for b.Loop() {
				if r := CheckPolicy("routing-policy.yml", text, w); len(r.Findings) == 0 {
					b.Fatal("nothing was found")
				}
			}
		})
	}
}

func largePolicy(rows int) string {
	r := rand.New(rand.NewPCG(3, 4))
	domains := strings.Fields("docs config tests feature security schema refactor")
	var lines strings.Builder
	lines.WriteString("must_frontier:\n")
	for i := range 30 {
		fmt.Fprintf(&lines, "  - { id: entry-%d, why: it is dear, paths: [\"**/module%d/{auth,login}/**\", \"lib%d/**\"] }\n", i, i, i)
	}
	lines.WriteString("table:\n")
	for range rows {
		has := domains[r.IntN(3) : 3+r.IntN(4)]
		fmt.Fprintf(&lines, "  - when: { scope: %s, domain: [%s], ambiguity: %s }\n    tier: %s\n", []string{"single-file", "multi-file", "cross-service"}[r.IntN(3)],
			strings.Join(has, ", "), []string{"low", "medium", "high"}[r.IntN(3)], []string{"efficient", "mid", "frontier"}[r.IntN(3)])
	}
	return minimal(lines.String())
}
