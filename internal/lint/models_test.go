package lint

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/workflow"
)

// TestModelsAreWhole holds the list of facts to its form.
func TestModelsAreWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, m := range Models() {
		id := m.Provider + "/" + m.ID
		if m.Provider == "" || m.ID == "" || m.Source == "" || seen[id] {
			t.Errorf("%s: twice, or without a provider or a source: %+v", id, m)
		}
		seen[id] = true
		if m.Retired != "" {
			if _, err := time.Parse("2006-01", m.Retired[:min(7, len(m.Retired))]); err != nil {
				t.Errorf("%s ended on %q", id, m.Retired)
			}
		}
		if m.Successor == "" {
			continue
		}
		if next, ok := ModelOf(m.Provider, m.Successor); !ok || m.Retired == "" || next.Ended(m.Retired) {
			t.Errorf("%s is followed by %q, which is not known or ended before", id, m.Successor)
		}
	}
}

// TestDefaultsAreWhole holds what is known of actions to its form: an agent and
// a model that are known, a day, a source.
func TestDefaultsAreWhole(t *testing.T) {
	t.Parallel()
	for _, d := range actionDefaults() {
		if _, ok := workflow.AgentOf(d.Agent); !ok {
			t.Errorf("no agent %q is known", d.Agent)
		}
		if _, ok := ModelOf(d.Provider, d.Model); !ok {
			t.Errorf("%s: no model %s/%s is known", d.Agent, d.Provider, d.Model)
		}
		if _, err := time.Parse(time.DateOnly, d.Read); err != nil || !strings.HasPrefix(d.Source, "https://") {
			t.Errorf("%s was read on %q at %q", d.Agent, d.Read, d.Source)
		}
	}
}

// TestEveryPricedModelIsKnown keeps the two lists together, for the providers
// that a policy may name.
func TestEveryPricedModelIsKnown(t *testing.T) {
	t.Parallel()
	for _, row := range prices(t).Rows() {
		if !slices.ContainsFunc(Models(), func(m Model) bool { return m.Provider == row.Provider }) {
			continue
		}
		for _, id := range append([]string{row.Model}, row.Aliases...) {
			if m, ok := ModelOf(row.Provider, id); !ok || m.ID != id {
				t.Errorf("%s/%s has a price, and nothing else is known of it", row.Provider, id)
			}
		}
	}
}

func TestModelOfGuessesNothing(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"claude-opus", "claude-opus-5-5-fast", "claude-opus-9", "gpt-6", "", "claude-opus-5.5"} {
		if m, ok := ModelOf("anthropic", id); ok {
			t.Errorf("%q is taken for %+v", id, m)
		}
	}
	if _, ok := ModelOf("openai", "claude-opus-5-5"); ok {
		t.Error("a model of another provider is taken for one of openai's")
	}
	for id, want := range map[string]string{
		"claude-haiku-4-5-20251001": "claude-haiku-4-5", "claude-opus-4-1": "claude-opus-4-1-20250805", "claude-opus-4-20250514": "claude-opus-4-20250514",
	} {
		if m, _ := ModelOf("anthropic", id); m.ID != want {
			t.Errorf("%q is taken for %q, want %q", id, m.ID, want)
		}
	}
	if !money.SameModel("claude-haiku-4-5", "claude-haiku-4-5-20251001") {
		t.Error("a date suffix makes another model")
	}
}
