package usage

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/money"
)

// One target a shape: a change to one reader is fuzzed by itself.

func FuzzAnthropicMessages(f *testing.F) { fuzz(f, AnthropicMessages) }
func FuzzBedrockConverse(f *testing.F)   { fuzz(f, BedrockConverse) }
func FuzzGemini(f *testing.F)            { fuzz(f, Gemini) }
func FuzzOpenAIChat(f *testing.F)        { fuzz(f, OpenAIChat) }
func FuzzOpenAIResponses(f *testing.F)   { fuzz(f, OpenAIResponses) }
func FuzzOpenRouter(f *testing.F)        { fuzz(f, OpenRouter) }

func fuzz(f *testing.F, s Shape) {
	data, err := os.ReadFile("testdata/accounting/" + string(s) + ".json")
	if err != nil {
		f.Fatal(err)
	}
	var cases []accountingCase
	if err := json.Unmarshal(data, &cases); err != nil {
		f.Fatal(err)
	}
	for _, c := range cases {
		f.Add([]byte(c.Payload))
		f.Add([]byte(c.Stream))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		for _, read := range []func() Report{
			func() Report { return Read(s, payload) },
			func() Report { return ReadStream(s, payload) },
		} {
			r := read()
			holds(t, r)
			if diff := cmp.Diff(r, read()); diff != "" {
				t.Errorf("the same bytes read twice differ: %s", diff)
			}
		}
	})
}

// holds says what is true of every report.
func holds(t *testing.T, r Report) {
	t.Helper()
	u := r.Usage
	if !u.Known {
		if u != (money.Usage{}) || r.Why == "" {
			t.Errorf("unknown usage with numbers or without a reason: %+v", r)
		}
		return
	}
	if r.Why != "" || r.Missing || impossible(u) != "" {
		t.Errorf("known usage that cannot be true: %+v", r)
	}
	if r.Served.WebSearches < 0 || r.Theirs.State == money.Priced && r.Theirs.Nano < 0 {
		t.Errorf("less than nothing: %+v", r)
	}
}
