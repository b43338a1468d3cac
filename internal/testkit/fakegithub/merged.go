package fakegithub

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
)

// maxNodes is the most that GraphQL gives of a list at once
// (https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#node-limit).
const maxNodes = 100

// merged lists the merged pull requests of a base branch, last updated first.
func (s *Server) merged(r *http.Request, v map[string]any) reply {
	repo := s.repos[fmt.Sprintf("%v/%v", v["owner"], v["name"])]
	base, named := v["base"].(string)
	count, counted := v["count"].(float64)
	if len(v) != 4 || repo == nil || !named || !counted {
		s.fail(r, "the merged pull requests of %v are asked for", v)
		return graphQLError("NOT_FOUND", "Could not resolve to a Repository")
	}
	if count != float64(int(count)) || count < 1 || count > maxNodes {
		s.fail(r, "%v pull requests are asked for, expected 1 to %d", count, maxNodes)
		return graphQLError("EXCESSIVE_PAGINATION", "Requesting too many records on the `pullRequests` connection")
	}
	var list []*Pull
	for _, n := range sortedNumbers(repo.Pulls) {
		if p := repo.Pulls[n]; p.Merged != "" && p.Base.Name == base {
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b *Pull) int { return cmp.Compare(b.updated(), a.updated()) })
	nodes := []any{}
	for _, p := range list[:min(len(list), int(count))] {
		t := p.totals()
		nodes = append(nodes, object{
			"number": p.Number, "title": p.Title, "mergedAt": p.Merged, "changedFiles": t.Files, "additions": t.Additions, "deletions": t.Deletions,
			"baseRefOid": p.Base.SHA, "headRefOid": p.Head.SHA,
		})
	}
	return ok(object{"data": object{"repository": object{"pullRequests": object{"nodes": nodes}}}})
}

func (p *Pull) updated() string { return cmp.Or(p.Updated, p.Merged) }

func sortedNumbers(pulls map[int]*Pull) []int {
	numbers := make([]int, 0, len(pulls))
	for n := range pulls {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return numbers
}
