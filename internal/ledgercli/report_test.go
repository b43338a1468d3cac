package ledgercli

import (
	"context"
	"encoding/hex"
	"iter"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/store"
	"github.com/tierwise/tierwise/internal/weekly"
)

// holding is a store of one record, with the flags about it.
type holding struct {
	shared
	flags []ledger.Flag
}

func (holding) Facts(context.Context, store.Query) iter.Seq2[ledger.Fact, error] {
	return func(yield func(ledger.Fact, error) bool) {
		yield(ledger.Fact{ID: [16]byte{1}, Repository: "acme/web", Task: "docs", Status: "clean", Used: policy.Mid, Started: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)}, nil)
	}
}

func (h holding) Flags(context.Context, store.Query) iter.Seq2[ledger.Flag, error] {
	return func(yield func(ledger.Flag, error) bool) {
		for _, f := range h.flags {
			if !yield(f, nil) {
				return
			}
		}
	}
}

func TestFlagsOfTheStoreCountByThePolicy(t *testing.T) {
	t.Parallel()
	built, err := (&reportFlags{}).file()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		may                policy.FlagRule
		source, permission string
		refused            int
	}{
		"a writer's by the built-in policy":   {built.Flag, "comment", "write", 0},
		"a reader's by the built-in policy":   {built.Flag, "comment", "read", 1},
		"one that says no permission":         {built.Flag, "reaction", "", 1},
		"a writer's, where more is asked for": {policy.FlagRule{Allow: []string{"admin"}}, "comment", "write", 1},
		"an owner's there":                    {policy.FlagRule{Allow: []string{"admin"}}, "comment", "admin", 0},
		"a command of whoever holds it":       {policy.FlagRule{}, "command", "", 0},
	} {
		id := [16]byte{1}
		at := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
		flag := ledger.Ref{ID: hex.EncodeToString(id[:]), Repository: "acme/web", Task: "docs"}.Flag(ledger.Cheaper, c.source, "1", c.permission, at)
		sum := weekly.New(weekly.Options{From: at.AddDate(0, 0, -1), To: at.AddDate(0, 0, 1)})
		if err := fill(t.Context(), holding{flags: []ledger.Flag{flag}}, c.may, store.Query{}, sum); err != nil {
			t.Fatal(err)
		}
		n := sum.Numbers()
		if n.Overrides.FlagsRefused != c.refused || n.Efficiency.Right.Of != 1-c.refused {
			t.Errorf("%s: %d refused, %d reviewed", name, n.Overrides.FlagsRefused, n.Efficiency.Right.Of)
		}
	}
}

func TestWhoMayFlagIsReadFromThePolicy(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "routing-policy.yml")
	text := append(policy.DefaultText(), []byte("\nflag: { allow: [admin] }\n")...)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := (&reportFlags{policy: path}).file()
	if err != nil {
		t.Fatal(err)
	}
	if !file.Flag.Permits("admin") || file.Flag.Permits("write") {
		t.Errorf("%+v", file.Flag)
	}
}
