package agentlog

import (
	"encoding/json"
	"fmt"

	"github.com/tierwise/tierwise/internal/usage"
)

// Codex prints events with codex exec --json. The usage of turn.completed is
// the total of the thread so far, not of the turn, whatever its name says: it is
// filled from ThreadTokenUsage.total
// (https://github.com/openai/codex/blob/main/codex-rs/exec/src/event_processor_with_jsonl_output.rs,
// usage_from_last_total; https://github.com/openai/codex/issues/17539). A thread
// that is resumed goes on from its earlier total, and codex exec resume begins
// its log as a new thread does. The events do not name the model. The rollout file below the sessions folder does, and there token_count
// has the total so far and the last request
// (https://github.com/openai/codex/blob/main/codex-rs/protocol/src/protocol.rs,
// TokenUsageInfo). cached_input_tokens are part of input_tokens, and
// reasoning_output_tokens part of output_tokens; since
// https://github.com/openai/codex/pull/19308 the events have both.

const (
	totalsOfThread = "the totals of codex exec --json are those of the thread: where it was resumed, what its earlier runs spent is in them again"
	resumedThread  = "the thread was resumed, and its total has what earlier runs spent, which may have been recorded already"
)

// codexCounts are the numbers of one TokenUsage; a number that is missing or
// wrong is -1.
type codexCounts struct{ input, cached, written, output, reasoning int64 }

type codexReader struct {
	log    Log
	model  string
	before codexCounts
	thread string            // whose events are read now
	turns  map[string]object // the last usage of turn.completed, by thread
	order  []string
	begun  map[string]bool // threads that were started
	again  bool            // one of them was started again
	exec   bool            // it is a log of codex exec --json
	helped bool
}

func readCodex(objects []object) Log {
	r := codexReader{turns: map[string]object{}, begun: map[string]bool{}}
	for _, o := range objects {
		switch o.text("type") {
		case "thread.started":
			r.start(o.text("thread_id"))
		case "turn.completed":
			r.log.Outcome = Succeeded
			r.turn(o.child("usage"))
		case "turn.failed":
			r.log.Outcome = Failed
			r.unknown("a turn failed, and its usage was not reported")
		case "item.completed":
			if o.child("item").text("type") == "collab_tool_call" && !r.helped {
				r.helped = true
				r.unknown("what helper threads used is in totals of their own, and those are not in this log")
			}
		case "turn_context":
			r.model = o.child("payload").text("model")
		case "event_msg":
			r.rolloutEvent(o.child("payload"))
		}
	}
	for _, id := range r.order {
		r.add(counts(r.turns[id]), true)
	}
	if r.exec {
		r.log.Notes = append(r.log.Notes, totalsOfThread)
	}
	return r.log
}

// start takes the beginning of a run. A thread that begins again is resumed.
func (r *codexReader) start(thread string) {
	if r.begun[thread] && !r.again {
		r.again = true
		r.unknown(resumedThread)
	}
	r.exec, r.thread, r.begun[thread] = true, thread, true
}

// turn keeps the usage of a thread, whose turns each report it so far.
func (r *codexReader) turn(usage object) {
	r.exec = true
	if len(usage) == 0 {
		r.unknown("a turn without usage")
		return
	}
	if _, again := r.turns[r.thread]; !again {
		r.order = append(r.order, r.thread)
	}
	r.turns[r.thread] = usage
}

func (r *codexReader) rolloutEvent(p object) {
	switch p.text("type") {
	case "task_complete", "turn_complete":
		r.log.Outcome = Succeeded
	case "turn_aborted":
		r.log.Outcome = Failed
	case "token_count":
		if info := p.child("info"); info != nil {
			r.tokenCount(counts(info.child("total_token_usage")), counts(info.child("last_token_usage")))
		}
	}
}

// tokenCount adds one request. The event is written again where nothing was
// used, for example when a limit changes. Where the total grew by more than the
// last request, what lies between is a sum of requests that were not written.
func (r *codexReader) tokenCount(total, last codexCounts) {
	if total == r.before {
		return
	}
	grown := total.minus(r.before)
	r.before = total
	switch {
	case grown == last:
		r.add(last, false)
	case grown.input < 0 || grown.output < 0:
		r.unknown("a total that falls")
	default:
		r.add(grown, true)
	}
}

func (r *codexReader) unknown(why string) {
	r.log.Calls = append(r.log.Calls, Call{Provider: "openai", Model: r.model, Report: usage.Report{Why: why, Missing: true}})
}

func (r *codexReader) add(c codexCounts, sum bool) {
	payload := fmt.Sprintf(`{"input_tokens":%d,"output_tokens":%d,"input_tokens_details":{"cached_tokens":%d,"cache_write_tokens":%d},"output_tokens_details":{"reasoning_tokens":%d}}`,
		c.input, c.output, c.cached, c.written, c.reasoning)
	report := usage.Read(usage.OpenAIResponses, json.RawMessage(payload))
	r.log.Calls = append(r.log.Calls, Call{Provider: "openai", Model: r.model, Report: report, Sum: sum})
}

// counts reads a TokenUsage. The parts are left out by older versions.
func counts(o object) codexCounts {
	part := func(name string) int64 {
		if !o.has(name) {
			return 0
		}
		return o.count(name)
	}
	return codexCounts{o.count("input_tokens"), part("cached_input_tokens"), part("cache_write_input_tokens"), o.count("output_tokens"), part("reasoning_output_tokens")}
}

func (c codexCounts) minus(b codexCounts) codexCounts {
	return codexCounts{c.input - b.input, c.cached - b.cached, c.written - b.written, c.output - b.output, c.reasoning - b.reasoning}
}
