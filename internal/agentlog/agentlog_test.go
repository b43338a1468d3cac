package agentlog

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/money"
)

func day() time.Time { return time.Date(2026, 10, 28, 0, 0, 0, 0, time.UTC) }

const (
	message   = `{"type":"assistant","session_id":"s","message":{"id":"m1","model":"claude-opus-5-5","stop_reason":"end_turn","usage":{"input_tokens":1000,"output_tokens":100}}}`
	snapshot  = `{"type":"assistant","session_id":"s","message":{"id":"m1","model":"claude-opus-5-5","stop_reason":null,"usage":{"input_tokens":1000,"output_tokens":1}}}`
	started   = `{"type":"assistant","session_id":"s","parent_tool_use_id":"t","message":{"id":"m2","model":"claude-opus-5-5","stop_reason":"end_turn","usage":{"input_tokens":500,"output_tokens":50}}}`
	result    = `{"type":"result","subtype":"success","is_error":false,"session_id":"s","total_cost_usd":0.009,"modelUsage":{"claude-opus-5-5[1m]":{"inputTokens":1500,"outputTokens":150,"cacheReadInputTokens":0,"cacheCreationInputTokens":0}}}`
	count1    = `{"type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":1000,"cached_input_tokens":0,"output_tokens":100,"reasoning_output_tokens":40},"last_token_usage":{"input_tokens":1000,"cached_input_tokens":0,"output_tokens":100,"reasoning_output_tokens":40}}}}`
	count2    = `{"type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":3000,"cached_input_tokens":1000,"output_tokens":300,"reasoning_output_tokens":40},"last_token_usage":{"input_tokens":2000,"cached_input_tokens":1000,"output_tokens":200,"reasoning_output_tokens":0}}}}`
	geminiSum = `{"response":"","stats":{"models":{"gemini-x":{"api":{"totalRequests":2,"totalErrors":0},"tokens":{"prompt":1000,"candidates":100,"total":1150,"cached":400,"thoughts":50,"tool":0}}}}}`
	geminiOne = `{"attributes":{"event.name":"gemini_cli.api_response","model":"gemini-x","input_token_count":1000,"output_token_count":100,"cached_content_token_count":400,"thoughts_token_count":50,"tool_token_count":0,"total_token_count":1150}}`
)

func TestUsageOfLogs(t *testing.T) {
	known := func(in, read, out, thought int64) money.Usage {
		return money.Usage{Known: true, InputTokens: in, CacheReadInputTokens: read, OutputTokens: out, ReasoningOutputTokens: thought}
	}
	for name, c := range map[string]struct {
		log   string
		calls int
		want  money.Usage
	}{
		"claude: the last record wins and a helper of the agent counts once": {"[" + snapshot + "," + message + "," + started + "," + result + "]", 2, known(1500, 0, 150, 0)},
		"claude: sums stand in for answers that are only snapshots":          {snapshot + "\n" + started + "\n" + result, 1, known(1500, 0, 150, 0)},
		"claude: a later result of a session replaces the first":             {result + result, 1, known(1500, 0, 150, 0)},
		"claude: a log that ends before an answer does is unknown":           {snapshot, 2, money.Usage{}},
		"claude: messages without a result are not the whole":                {message, 2, money.Usage{}},
		"claude: a result without usage leaves the rest unknown":             {message + `{"type":"result","subtype":"success","session_id":"s"}`, 2, money.Usage{}},
		"claude: a negative count is unknown":                                {`{"type":"result","modelUsage":{"claude-opus-5-5":{"inputTokens":-1,"outputTokens":2}}}`, 1, money.Usage{}},
		"claude: a huge count is unknown":                                    {`{"type":"result","modelUsage":{"claude-opus-5-5":{"inputTokens":99999999999999999999,"outputTokens":2}}}`, 1, money.Usage{}},
		"claude: a result without usage is unknown":                          {`{"type":"result","subtype":"success"}`, 1, money.Usage{}},
		"codex: totals are not added and a repeated event is nothing":        {count1 + "\n" + count1 + "\n" + count2, 2, known(2000, 1000, 300, 40)},
		"codex: the last turn has the usage of the thread":                   {`{"type":"turn.completed","usage":{"input_tokens":10,"cached_input_tokens":4,"output_tokens":2}}{"type":"turn.completed","usage":{"input_tokens":30,"cached_input_tokens":4,"output_tokens":5}}`, 1, known(26, 4, 5, 0)},
		"gemini: thoughts are output":                                        {geminiSum, 1, known(600, 400, 150, 50)},
		"gemini: an event is a request":                                      {geminiOne + "\n" + geminiOne, 2, known(1200, 800, 300, 100)},
	} {
		t.Run(name, func(t *testing.T) {
			log, err := Read(Auto, []byte(c.log))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, log.Usage()); diff != "" || len(log.Calls) != c.calls {
				t.Errorf("%d calls, expected %d; usage (-want +got):\n%s", len(log.Calls), c.calls, diff)
			}
		})
	}
}

func TestSumOverTheStepIsUnknown(t *testing.T) {
	cheap, dear := money.Pico(1_000_000), money.Pico(2_000_000)
	list := money.Catalogue{}.With(money.Row{
		Provider: "openai", Model: "m", Rates: money.Rates{Input: cheap, Output: cheap},
		Long: &money.LongContext{Over: 2500, Rates: money.Rates{Input: dear, Output: dear}},
	})
	u := money.Usage{Known: true, InputTokens: 3000}
	for name, c := range map[string]struct {
		call Call
		want money.CostState
		nano money.Nano
	}{
		"one request over the step is long":             {Call{}, money.Priced, 6_000_000},
		"a sum over the step is unknown":                {Call{Sum: true}, money.Unknown, 0},
		"a sum of requests below the step is not long":  {Call{Sum: true, Within: 2000}, money.Priced, 3_000_000},
		"a sum with one request over it is unknown too": {Call{Sum: true, Within: 2600}, money.Unknown, 0},
	} {
		t.Run(name, func(t *testing.T) {
			c.call.Provider, c.call.Model, c.call.Report.Usage = "openai", "m", u
			if got := c.call.Cost(list, day()); got.State != c.want || got.Nano != c.nano {
				t.Errorf("got %s %d (%s), want %s %d", got.State, got.Nano, got.Note, c.want, c.nano)
			}
		})
	}
}

func TestBrokenLogsAreRefused(t *testing.T) {
	for name, text := range map[string]string{"empty": "", "cut off": result[:40], "a member twice": `{"type":"result","type":"result"}`, "no agent": `{"a":1}`, "a number": "7"} {
		if _, err := Read(Auto, []byte(text)); err == nil {
			t.Errorf("%s: was read", name)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{message, result, count1, geminiSum, geminiOne} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		log, err := Read(Auto, data)
		u := log.Usage()
		if err == nil && (u.InputTokens < 0 || u.OutputTokens < 0 || !u.Known && u != (money.Usage{})) {
			t.Errorf("usage %+v", u)
		}
	})
}
