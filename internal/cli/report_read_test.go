package cli

import (
	"strings"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/weekly"
)

func TestAFlagCountsByWhereItComesFrom(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		source, permission string
		from               ledgerReader
		refused            int
	}{
		"a writer's comment, of a folder":              {"comment", "write", ledger.Dir{}, 0},
		"a reader's comment, of a folder":              {"comment", "read", ledger.Dir{}, 1},
		"a command, of a folder":                       {"command", "", ledger.Dir{}, 0},
		"a command, of an artifact":                    {"command", "", &github.LedgerArtifacts{}, 1},
		"what calls itself an owner's, of an artifact": {"comment", "admin", &github.LedgerArtifacts{}, 1},
	} {
		at := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
		f := ledger.Ref{ID: strings.Repeat("a", 32), Repository: "acme/widgets", Task: "docs"}.Flag(ledger.Cheaper, c.source, "1", c.permission, at)
		r := reading{
			sum: weekly.New(weekly.Options{}), kept: map[string]bool{}, may: policy.FlagRule{Allow: []string{"write", "admin"}}, artifacts: areArtifacts(c.from),
		}
		r.take(ledger.Entry{Flag: &f})
		if got := r.sum.Numbers().Overrides.FlagsRefused; got != c.refused {
			t.Errorf("%s: %d refused, want %d", name, got, c.refused)
		}
		if known := len(r.unkept([]ledger.Flag{f})) == 0; known == r.artifacts {
			t.Errorf("%s: kept: %v", name, known)
		}
	}
}
