package agentlog

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/money"
)

// The files are made after the sources that claude.go, codex.go and gemini.go
// name: one of each shape that the agents write.
func TestShapes(t *testing.T) {
	type read struct {
		Agent   Agent
		Calls   int
		Usage   money.Usage
		Outcome Outcome
		Theirs  money.Cost
		Unsure  string
	}
	none := money.Cost{State: money.Unknown, Note: "the log gives no cost of its own"}
	theirs := func(n money.Nano) money.Cost { return money.Cost{State: money.Priced, Nano: n} }
	for name, want := range map[string]read{
		"claude-execution-file.json": {
			ClaudeCode, 1,
			money.Usage{Known: true, InputTokens: 10, CacheReadInputTokens: 12000, CacheCreationInputTokens: 12500, OutputTokens: 400},
			Succeeded, theirs(70_000_000), "",
		},
		"claude-result.json": {
			ClaudeCode, 1,
			money.Usage{Known: true, InputTokens: 10, CacheReadInputTokens: 12000, CacheCreation1hInputTokens: 3000, OutputTokens: 400},
			Succeeded, theirs(50_000_000), "",
		},
		"claude-stream-two-turns.jsonl":  {ClaudeCode, 2, money.Usage{Known: true, InputTokens: 4000, OutputTokens: 300}, Succeeded, theirs(5_500_000), ""},
		"claude-two-processes.jsonl":     {ClaudeCode, 2, money.Usage{Known: true, InputTokens: 4000, OutputTokens: 300}, Succeeded, theirs(5_500_000), ""},
		"claude-two-results-alone.jsonl": {ClaudeCode, 1, money.Usage{}, Succeeded, money.Cost{State: money.Unknown, Note: severalResults}, ""},
		"codex-exec.jsonl":               {Codex, 1, money.Usage{Known: true, InputTokens: 10000, CacheReadInputTokens: 40000, OutputTokens: 222, ReasoningOutputTokens: 64}, Succeeded, none, ""},
		"codex-resumed.jsonl":            {Codex, 2, money.Usage{}, Succeeded, none, ""},
		"codex-helpers.jsonl":            {Codex, 2, money.Usage{}, Succeeded, none, ""},
		"codex-rollout.jsonl":            {Codex, 2, money.Usage{Known: true, InputTokens: 2000, CacheReadInputTokens: 1000, OutputTokens: 300, ReasoningOutputTokens: 40}, Succeeded, none, ""},
		"gemini-json.json":               {GeminiCLI, 1, money.Usage{Known: true, InputTokens: 600, CacheReadInputTokens: 400, OutputTokens: 150, ReasoningOutputTokens: 50}, Succeeded, none, ""},
		"gemini-stream.jsonl":            {GeminiCLI, 1, money.Usage{Known: true, InputTokens: 600, CacheReadInputTokens: 400, OutputTokens: 100}, Succeeded, none, ""},
		"gemini-stream-thoughts.jsonl":   {GeminiCLI, 1, money.Usage{}, Succeeded, none, ""},
		"gemini-telemetry.jsonl":         {GeminiCLI, 2, money.Usage{Known: true, InputTokens: 2600, CacheReadInputTokens: 400, OutputTokens: 160, ReasoningOutputTokens: 50}, NotSaid, none, ""},
	} {
		t.Run(name, func(t *testing.T) {
			log, err := Read(Auto, shape(t, name))
			if err != nil {
				t.Fatal(err)
			}
			got := read{log.Agent, len(log.Calls), log.Usage(), log.Outcome, log.Theirs, log.Calls[0].Unsure}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestCacheWritesOfUnknownLifetimeHaveNoPrice(t *testing.T) {
	list := money.Catalogue{}.With(money.Row{Provider: "anthropic", Model: "m", Rates: money.Rates{Input: 1_000_000, Output: 1_000_000}})
	result := `{"type":"result","subtype":"success","modelUsage":{"m":{"inputTokens":1,"outputTokens":1,"cacheReadInputTokens":0,"cacheCreationInputTokens":7}}`
	for name, c := range map[string]struct {
		log  string
		want string
	}{
		"a sum that does not say it":              {result + "}", noLifetime},
		"a split that is not of the sum":          {result + `,"usage":{"cache_creation":{"ephemeral_5m_input_tokens":3,"ephemeral_1h_input_tokens":0}}}`, noLifetime},
		"a message that does not say it":          {`{"type":"assistant","message":{"id":"a","model":"m","stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1,"cache_creation_input_tokens":7}}}`, noLifetime},
		"a result that says it":                   {result + `,"usage":{"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":7}}}`, ""},
		"a sum without writes has nothing to say": {`{"type":"result","modelUsage":{"m":{"inputTokens":1,"outputTokens":1,"cacheReadInputTokens":0,"cacheCreationInputTokens":0}}}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			log, err := Read(ClaudeCode, []byte(c.log))
			if err != nil {
				t.Fatal(err)
			}
			if got := log.Calls[0].Unsure; got != c.want || !log.Calls[0].Report.Usage.Known {
				t.Errorf("unsure %q, want %q; usage %+v", got, c.want, log.Calls[0].Report.Usage)
			}
			if cost := log.Cost(list, day()); c.want != "" && cost.State != money.Unknown {
				t.Errorf("cost %+v", cost)
			}
		})
	}
}

func shape(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

func fuzz(f *testing.F, agent Agent, pattern string) {
	f.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(names) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, name := range names {
		f.Add(shape(f, filepath.Base(name)))
	}
	list := money.Catalogue{}.With(money.Row{Provider: "anthropic", Model: "m", Rates: money.Rates{Input: 1_000_000, Output: 1_000_000}})
	f.Fuzz(func(t *testing.T, data []byte) {
		log, err := Read(agent, data)
		if err != nil {
			return
		}
		u, cost := log.Usage(), log.Cost(list, day())
		if u.InputTokens < 0 || u.OutputTokens < 0 || u.PromptTokens() < 0 || !u.Known && u != (money.Usage{}) {
			t.Errorf("usage %+v", u)
		}
		if cost.Nano < 0 || cost.State != money.Priced && cost.Nano != 0 || log.Theirs.Nano < 0 || len(log.Calls) == 0 && cost.State == money.Priced {
			t.Errorf("cost %+v, theirs %+v", cost, log.Theirs)
		}
	})
}

func FuzzClaude(f *testing.F) { fuzz(f, ClaudeCode, "claude-*") }

func FuzzCodex(f *testing.F) { fuzz(f, Codex, "codex-*") }

func FuzzGemini(f *testing.F) { fuzz(f, GeminiCLI, "gemini-*") }
