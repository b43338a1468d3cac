//go:build system

package ledger

import "testing"

func TestTwoHundredWritersInTwentyProcessesLoseNothing(t *testing.T) {
	t.Parallel()
	writeFromProcesses(t, 20)
}
