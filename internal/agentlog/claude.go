package agentlog

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/usage"
)

// Claude Code writes its messages as a list (execution_file,
// https://github.com/anthropics/claude-code-action/blob/main/base-action/src/run-claude-sdk.ts),
// as one result (claude -p --output-format json) or as lines (stream-json). A
// result has the sums of every request by model, those of agents that it starts,
// in modelUsage. It and total_cost_usd are the running totals of one process:
// where one process serves several turns each result restates them, and where
// each turn is a process of its own each stands for itself
// (https://github.com/anthropics/claude-code/issues/83239). Messages of one
// answer share an id and are one request, and the last of them counts
// (https://code.claude.com/docs/en/agent-sdk/cost-tracking.md); what session
// files keep of an answer is often a snapshot from before its end
// (https://github.com/anthropics/claude-code/issues/21971).

// claudeSeen is what messages say of one model.
type claudeSeen struct {
	calls   []Call
	sum     money.Usage
	largest int64
	open    bool // some answer was still being written
	blind   bool // some cache write does not say how long it is kept
}

// readClaude takes modelUsage as the tokens, since messages often repeat a
// snapshot from before the answer, and the messages as what is known of each
// request. Where both agree, each request is a call of its own.
func readClaude(objects []object) Log {
	var log Log
	seen := claudeMessages(objects)
	results, unsure := claudeResults(objects, seen)
	sums := map[string]claudeTotal{}
	whole := len(results) > 0
	for _, r := range results {
		log.addClaudeResult(r)
		whole = whole && len(r.child("modelUsage")) > 0
		for name := range r.child("modelUsage") {
			addTotal(sums, r.child("modelUsage"), name)
		}
	}
	if unsure {
		log.Theirs = money.Cost{State: money.Unknown, Note: severalResults}
		log.Calls = []Call{{Provider: "anthropic", Report: usage.Report{Why: severalResults, Missing: true}}}
		return log
	}
	if !whole {
		log.addMessagesAlone(seen)
		return log
	}
	for _, model := range slices.Sorted(maps.Keys(sums)) {
		log.Calls = append(log.Calls, sums[model].calls(model, seen[model], splitOf(results))...)
	}
	return log
}

func (l *Log) addClaudeResult(r object) {
	outcome := Failed
	if r.text("subtype") == "success" && string(r["is_error"]) != "true" {
		outcome = Succeeded
	}
	if l.Outcome != Failed {
		l.Outcome = outcome
	}
	one := theirCost(r["total_cost_usd"])
	switch {
	case l.Theirs.State == "":
		l.Theirs = one
	case l.Theirs.State == money.Priced && one.State == money.Priced:
		l.Theirs.Nano += one.Nano
	default:
		l.Theirs = money.Cost{State: money.Unknown, Note: "a result without a cost"}
	}
}

// theirCost reads a JSON number of dollars, rounded to nano-dollars.
func theirCost(raw json.RawMessage) money.Cost {
	nano, err := money.ReadNano(string(raw))
	if err != nil || nano < 0 {
		return money.Cost{State: money.Unknown, Note: "the log gives no cost of its own"}
	}
	return money.Cost{State: money.Priced, Nano: nano}
}

// claudeMessages keeps the last record of each request, by model.
func claudeMessages(objects []object) map[string]claudeSeen {
	var calls usage.Calls
	open, blind, keys := map[string]bool{}, map[string]bool{}, []string{}
	for _, o := range objects {
		m := o.child("message")
		if o.text("type") != "assistant" || m.text("model") == "<synthetic>" || m == nil {
			continue
		}
		key := ""
		if id := m.text("id"); id != "" {
			key = id + "\x00" + o.text("requestId")
		}
		before := len(calls.Reports())
		calls.Add(key, usage.Read(usage.AnthropicMessages, m.payload(pair{"usage", "usage"}, pair{"model", "model"})))
		if len(calls.Reports()) > before {
			keys = append(keys, key)
		}
		open[key] = !m.has("stop_reason")
		blind[key] = m.child("usage").count("cache_creation_input_tokens") > 0 && !m.child("usage").has("cache_creation")
	}
	seen := map[string]claudeSeen{}
	for i, r := range calls.Reports() {
		model := claudeModel(r.Model)
		s := seen[model]
		call := Call{Provider: "anthropic", Model: model, Report: r}
		if blind[keys[i]] {
			call.Unsure = noLifetime
		}
		s.add(call, open[keys[i]])
		seen[model] = s
	}
	return seen
}

func (s *claudeSeen) add(c Call, open bool) {
	if c.Unsure != "" {
		s.blind = true
	}
	s.open = s.open || open
	if len(s.calls) == 0 {
		s.sum.Known = true
	}
	s.calls = append(s.calls, c)
	s.sum = plus(s.sum, c.Report.Usage)
	s.largest = max(s.largest, c.Report.Usage.PromptTokens())
}

// claudeModel cuts the mark of the long window, which is no part of an id.
func claudeModel(name string) string { return strings.TrimSuffix(name, "[1m]") }

// claudeTotal is what results say of one model.
type claudeTotal struct {
	provider string
	report   usage.Report
	sessions int
}

func addTotal(sums map[string]claudeTotal, models object, name string) {
	m := models.child(name)
	model := modelOf(name, m)
	r := usage.Read(usage.AnthropicMessages, m.payload(
		pair{"inputTokens", "input_tokens"}, pair{"outputTokens", "output_tokens"},
		pair{"cacheReadInputTokens", "cache_read_input_tokens"}, pair{"cacheCreationInputTokens", "cache_creation_input_tokens"}))
	if m.has("webSearchRequests") {
		if r.Served.WebSearches = m.count("webSearchRequests"); r.Served.WebSearches < 0 {
			r.Usage, r.Why = money.Usage{}, "webSearchRequests is no count"
		}
	}
	provider := "anthropic"
	if p := m.text("provider"); p != "" && p != "firstParty" {
		provider = p
	}
	t, again := sums[model]
	if again {
		r.Usage = plus(t.report.Usage, r.Usage)
		r.Served.WebSearches += t.report.Served.WebSearches
		if r.Why == "" {
			r.Why = t.report.Why
		}
	}
	sums[model] = claudeTotal{provider: provider, report: r, sessions: t.sessions + 1}
}

// calls gives each request where the messages add up to the sum, and the sum
// itself where they do not. Of a sum that has cache writes the result says how
// long they are kept where only one model wrote; else nobody says it, and there
// is no price: an hour costs more than five minutes.
func (t claudeTotal) calls(model string, seen claudeSeen, split cacheSplit) []Call {
	sum := Call{Provider: t.provider, Model: model, Report: t.report, Sum: true}
	u := t.report.Usage
	samePrompt := u.Known && seen.sum.Known && u.InputTokens == seen.sum.InputTokens && u.CacheReadInputTokens == seen.sum.CacheReadInputTokens &&
		u.CacheCreationInputTokens == seen.sum.CacheCreationInputTokens+seen.sum.CacheCreation1hInputTokens
	switch {
	case samePrompt && !seen.blind && u.OutputTokens == seen.sum.OutputTokens && t.provider == "anthropic":
		return seen.calls
	case samePrompt && !seen.blind:
		sum.Within = seen.largest
		sum.Report.Usage.CacheCreationInputTokens = seen.sum.CacheCreationInputTokens
		sum.Report.Usage.CacheCreation1hInputTokens = seen.sum.CacheCreation1hInputTokens
		sum.Report.Served = served(seen.calls, sum.Report.Served)
	case u.CacheCreationInputTokens > 0 && split.known && split.short+split.long == u.CacheCreationInputTokens:
		sum.Report.Usage.CacheCreationInputTokens, sum.Report.Usage.CacheCreation1hInputTokens = split.short, split.long
	case u.CacheCreationInputTokens > 0:
		sum.Unsure = noLifetime
	}
	return []Call{sum}
}

// served takes the way that all requests were served; where they differ there
// is no one price for their sum.
func served(calls []Call, s money.Service) money.Service {
	for i, c := range calls {
		one := c.Report.Served
		if i > 0 && (one.Tier != s.Tier || one.Speed != s.Speed || one.Region != s.Region) {
			s.Unpriced = "requests that were served in several ways"
			return s
		}
		s.Tier, s.Speed, s.Region = one.Tier, one.Speed, one.Region
		if one.Unpriced != "" {
			s.Unpriced = one.Unpriced
		}
	}
	return s
}

// addMessagesAlone is for logs without sums, such as those of a killed run and
// session files. An answer without its end has more output than was written, and
// what was asked beside the messages is in none of them, so that the whole is
// never known.
func (l *Log) addMessagesAlone(seen map[string]claudeSeen) {
	for _, model := range slices.Sorted(maps.Keys(seen)) {
		s := seen[model]
		if s.open {
			l.Calls = append(l.Calls, Call{Provider: "anthropic", Model: model, Report: usage.Report{Why: "the log ends before an answer does", Missing: true}})
			continue
		}
		l.Calls = append(l.Calls, s.calls...)
	}
	l.Calls = append(l.Calls, Call{Provider: "anthropic", Report: usage.Report{Why: noResult, Missing: true}})
	l.Notes = append(l.Notes, noResult)
}
