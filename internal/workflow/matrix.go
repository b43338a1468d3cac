package workflow

import (
	"slices"

	"github.com/tierwise/tierwise/internal/yamltree"
)

// matrix gives the values of a key of the job's matrix, in the order of the
// file: one run of the job has each. A matrix that is computed has none here.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrix
func (r resolver) matrix(keys []string) []Named {
	m := get(get(r.j.Node, "strategy"), "matrix")
	var found []Named
	for _, item := range items(get(m, keys[0])) {
		found = append(found, r.leg(item, keys[1:])...)
	}
	if len(keys) == 1 {
		found = slices.DeleteFunc(found, func(n Named) bool { return excluded(m, keys[0], n.Text) })
	}
	for _, item := range items(get(m, "include")) {
		if value := get(item, keys[0]); value != nil {
			found = append(found, r.leg(value, keys[1:])...)
		}
	}
	return found
}

// leg reads one entry of a matrix, by the keys that lead into it.
func (r resolver) leg(n *yamltree.Node, keys []string) []Named {
	for _, key := range keys {
		n = get(n, key)
	}
	if n == nil || n.Kind != yamltree.Scalar {
		return nil
	}
	named := r.scalar(n)
	if named == nil {
		return nil
	}
	named.Shared = true
	found := r.of(*named)
	for i := range found {
		found[i].Matrix = true
	}
	return found
}

// excluded says whether a matrix leaves a value out whatever stands beside it.
func excluded(m *yamltree.Node, key, value string) bool {
	return slices.ContainsFunc(items(get(m, "exclude")), func(n *yamltree.Node) bool {
		return len(n.Entries) == 1 && text(get(n, key)) == value
	})
}
