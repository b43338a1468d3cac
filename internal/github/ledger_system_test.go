//go:build system

package github

import "testing"

func TestTwoHundredWritersOfABranchLoseNothing(t *testing.T) {
	t.Parallel()
	writeFromMany(t, 200)
}
