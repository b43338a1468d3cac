package pipeline

import (
	"errors"
	"testing"

	"github.com/tierwise/tierwise/internal/policy"
)

func TestTheBaseAddressBelongsToOneProvider(t *testing.T) {
	t.Parallel()
	both := map[string]string{"anthropic": "sk-a", "openai": "sk-o"}
	one := map[string]string{"openai": "sk-o"}
	cases := []struct {
		name   string
		access Access
		owner  string
		usage  bool
	}{
		{"none is set", Access{Keys: both}, "", false},
		{"one key, one owner", Access{Keys: one, BaseURL: "https://gateway.example/v1"}, "openai", false},
		{"several keys need a name", Access{Keys: both, BaseURL: "https://gateway.example/v1"}, "", true},
		{"several keys and a name", Access{Keys: both, BaseURL: "https://gateway.example/v1", BaseURLProvider: "anthropic"}, "anthropic", false},
		{"a name that is none", Access{Keys: one, BaseURL: "https://gateway.example/v1", BaseURLProvider: "opnai"}, "", true},
		{"plain http to somewhere else", Access{Keys: one, BaseURL: "http://gateway.example/v1"}, "", true},
		{"the metadata address", Access{Keys: one, BaseURL: "http://169.254.169.254/v1", AllowPrivate: true}, "", true},
		{"loopback", Access{Keys: one, BaseURL: "http://127.0.0.1:11434/v1"}, "openai", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			owner, err := c.access.owner()
			var words *UsageError
			if owner != c.owner || errors.As(err, &words) != c.usage {
				t.Errorf("owner %q, error %v; want %q, a usage error: %t", owner, err, c.owner, c.usage)
			}
		})
	}
}

func TestOnlyProvidersOfThePoolGetAClient(t *testing.T) {
	t.Parallel()
	file := &policy.File{
		Enforce:  true,
		Pool:     []policy.Model{{Tier: policy.Frontier, Provider: "anthropic", Model: "claude-opus-5-5"}},
		Baseline: policy.Model{Provider: "openai", Model: "gpt-5.5"},
	}
	a := Access{Keys: map[string]string{"anthropic": "sk-ant-1", "openai": "sk-o", "gemini": "g"}}
	for _, c := range []struct {
		enforce bool
		want    []string
	}{{true, []string{"anthropic"}}, {false, []string{"anthropic", "openai"}}} {
		file.Enforce = c.enforce
		m, err := a.Models(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.available(); len(got) != len(c.want) || got[len(got)-1] != c.want[len(c.want)-1] {
			t.Errorf("enforce %t: clients for %v, want %v", c.enforce, got, c.want)
		}
	}
}
