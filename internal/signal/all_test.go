package signal

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// examples are inputs that fire a signal and inputs that do not.
type examples struct{ fires, quiet []Input }

// cases has at least one of both for each signal.
func cases() map[string]examples {
	all := map[string]examples{}
	for _, topic := range []map[string]examples{classCases(), wordCases(), securityCases(), dangerCases(), reachCases()} {
		maps.Copy(all, topic)
	}
	return all
}

func TestEverySignalFiresAndStaysQuiet(t *testing.T) {
	t.Parallel()
	table := cases()
	for _, s := range All() {
		c, ok := table[s.ID]
		if !ok || len(c.fires) == 0 || len(c.quiet) == 0 {
			t.Errorf("%s: no firing or no quiet case", s.ID)
		}
		for i, in := range c.fires {
			hits := s.Hits(in)
			if len(hits) == 0 {
				t.Errorf("%s: case %d does not fire", s.ID, i)
			}
			for _, h := range hits {
				if h.Signal != s.ID || h.Text == "" {
					t.Errorf("%s: hit %+v", s.ID, h)
				}
			}
		}
		for i, in := range c.quiet {
			if hits := s.Hits(in); len(hits) != 0 {
				t.Errorf("%s: quiet case %d fires: %+v", s.ID, i, hits)
			}
		}
	}
	if len(table) != len(All()) {
		t.Errorf("%d cases for %d signals", len(table), len(All()))
	}
}

func TestTheListIsInOrderAndDocumented(t *testing.T) {
	t.Parallel()
	kebab := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	var ids []string
	for _, s := range All() {
		ids = append(ids, s.ID)
		if !kebab.MatchString(s.ID) || s.Summary == "" || s.Why == "" || s.Fix == "" || s.Example == "" || len(s.Needs) == 0 || (s.Fire == nil) == (s.Content == nil) {
			t.Errorf("%s is not documented in full", s.ID)
		}
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(ids)))
	if diff := cmp.Diff(sorted, ids); diff != "" {
		t.Errorf("not sorted, or not unique:\n%s", diff)
	}
	if len(Adds("guard-removed")) != 1 || Adds("no-such-signal") != nil {
		t.Error("Adds does not give the domains of a signal")
	}
}

func TestClassesAndSignalsAreOneList(t *testing.T) {
	t.Parallel()
	for _, class := range byRisk() {
		if !slices.ContainsFunc(All(), func(s Signal) bool { return s.ID == string(class) }) {
			t.Errorf("class %s has no signal", class)
		}
	}
}
