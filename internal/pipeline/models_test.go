package pipeline

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/policy"
)

func TestEveryBaseAddressBelongsToOneProvider(t *testing.T) {
	t.Parallel()
	const gateway = "https://gateway.example/v1"
	both := map[string]string{"anthropic": "sk-a", "openai": "sk-o"}
	one := map[string]string{"openai": "sk-o"}
	cases := []struct {
		name   string
		access Access
		bases  map[string]string
		usage  bool
	}{
		{"none is set", Access{Keys: both}, nil, false},
		{"one key, one owner", Access{Keys: one, BaseURL: gateway}, map[string]string{"openai": gateway}, false},
		{"several keys need a name", Access{Keys: both, BaseURL: gateway}, nil, true},
		{"several keys and a name", Access{Keys: both, BaseURL: gateway, BaseURLProvider: "anthropic"}, map[string]string{"anthropic": gateway}, false},
		{"a name that is none", Access{Keys: one, BaseURL: gateway, BaseURLProvider: "opnai"}, nil, true},
		{"plain http to somewhere else", Access{Keys: one, BaseURL: "http://gateway.example/v1"}, nil, true},
		{"the metadata address", Access{Keys: one, BaseURL: "http://169.254.169.254/v1", AllowPrivate: true}, nil, true},
		{"loopback", Access{Keys: one, BaseURL: "http://127.0.0.1:11434/v1"}, map[string]string{"openai": "http://127.0.0.1:11434/v1"}, false},
		{
			"a list that says whose each is",
			Access{Keys: both, BaseURL: "azure=https://x.example/openai/v1\nbedrock=https://y.example/anthropic"},
			map[string]string{"azure": "https://x.example/openai/v1", "bedrock": "https://y.example/anthropic"},
			false,
		},
		{"an equals sign of the address itself", Access{Keys: one, BaseURL: gateway + "/a=b"}, map[string]string{"openai": gateway + "/a=b"}, false},
		{"two addresses of one provider", Access{Keys: both, BaseURL: "azure=" + gateway + ",azure=" + gateway}, nil, true},
		{"a bad address in a list", Access{Keys: both, BaseURL: "azure=" + gateway + ",vertex=http://gateway.example/v1"}, nil, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			bases, err := c.access.bases()
			var words *UsageError
			if diff := cmp.Diff(c.bases, bases); diff != "" || errors.As(err, &words) != c.usage {
				t.Errorf("error %v, want a usage error: %t; addresses: %s", err, c.usage, diff)
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
