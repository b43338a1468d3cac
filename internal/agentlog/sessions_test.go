package agentlog

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/money"
)

// said writes a message, and summed a result, of a session.
func said(session, id string, in, out int) string {
	return fmt.Sprintf(`{"type":"assistant","session_id":%q,"message":{"id":%q,"model":"claude-opus-5-5","stop_reason":"end_turn","usage":{"input_tokens":%d,"output_tokens":%d}}}`, session, id, in, out)
}

func summed(session string, in, out int) string {
	return fmt.Sprintf(`{"type":"result","subtype":"success","is_error":false,"session_id":%q,"total_cost_usd":0.001,"modelUsage":{"claude-opus-5-5":{"inputTokens":%d,"outputTokens":%d,"cacheReadInputTokens":0,"cacheCreationInputTokens":0}}}`, session, in, out)
}

func TestEachSessionOfALogIsJudgedByItsOwnMessages(t *testing.T) {
	t.Parallel()
	first, second, results := said("A", "m1", 1000, 100), said("A", "m2", 3000, 300), summed("A", 1000, 100)+summed("A", 3000, 300)
	rest, other := said("A", "m2", 2000, 200), said("B", "m3", 10, 1)+summed("B", 10, 1)
	for name, c := range map[string]struct {
		log     string
		in, out int64 // 0 where the usage is unknown
	}{
		"two processes beside another session":         {first + second + results + other, 4010, 401},
		"one process beside another session":           {first + rest + results + other, 3010, 301},
		"the other session comes first":                {other + first + second + results, 4010, 401},
		"no messages of the session with two results":  {results + other, 0, 0},
		"messages that do not name their session":      {strings.ReplaceAll(first+second, `"session_id":"A",`, "") + results + other, 0, 0},
		"a large other session proves nothing of this": {first + rest + results + said("B", "m3", 9000, 1) + summed("B", 9000, 1), 12000, 301},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log, err := Read(Auto, []byte(c.log))
			if err != nil {
				t.Fatal(err)
			}
			want := money.Usage{Known: c.in > 0, InputTokens: c.in, OutputTokens: c.out}
			if diff := cmp.Diff(want, log.Usage()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestALogSaysWhatIsNotInIt(t *testing.T) {
	t.Parallel()
	list := money.Catalogue{}.With(money.Row{Provider: "anthropic", Model: "claude-opus-5-5", Rates: money.Rates{Input: 1_000_000, Output: 1_000_000}})
	for name, c := range map[string]struct {
		log   string
		notes []string
		state money.CostState
	}{
		"claude without a result":  {message, []string{noResult}, money.Unknown},
		"claude with a result":     {message + started + result, nil, money.Priced},
		"codex exec":               {string(shape(t, "codex-exec.jsonl")), []string{totalsOfThread}, money.Unpriced},
		"codex exec of two runs":   {string(shape(t, "codex-resumed.jsonl")), []string{totalsOfThread}, money.Unknown},
		"codex's own rollout file": {string(shape(t, "codex-rollout.jsonl")), nil, money.Unpriced},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log, err := Read(Auto, []byte(c.log))
			if err != nil {
				t.Fatal(err)
			}
			if got := log.Cost(list, day()); !slices.Equal(log.Notes, c.notes) || got.State != c.state {
				t.Errorf("%s, notes %q; expected %s, %q", got.State, log.Notes, c.state, c.notes)
			}
		})
	}
}
