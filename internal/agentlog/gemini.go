package agentlog

import (
	"maps"
	"math"
	"slices"

	"github.com/tierwise/tierwise/internal/usage"
)

// Gemini CLI prints, with --output-format json, the sums of a session by model
// in stats.models, added up from one event a request
// (https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/telemetry/uiTelemetry.ts),
// and writes these events to its telemetry file
// (https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/telemetry/types.ts,
// ApiResponseEvent, with the counts as the API gives them: the prompt includes
// what came from the cache, and the candidates exclude thoughts). The last line
// of --output-format stream-json has the sums without thoughts and tool prompts
// (https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/output/stream-json-formatter.ts).

func readGemini(objects []object) Log {
	var log Log
	for _, o := range objects {
		if stats := o.child("stats"); stats.has("models") {
			log.addStats(stats.child("models"))
			log.Outcome = Succeeded
			if o.has("error") || o.text("status") == "error" {
				log.Outcome = Failed
			}
		}
	}
	if len(log.Calls) > 0 {
		return log // events of the same run would count it twice
	}
	for _, o := range objects {
		a := o.child("attributes")
		switch a.text("event.name") {
		case "gemini_cli.api_response":
			log.Calls = append(log.Calls, Call{Provider: "gemini", Model: a.text("model"), Report: usage.Read(usage.Gemini, a.payload(
				pair{"input_token_count", "promptTokenCount"}, pair{"output_token_count", "candidatesTokenCount"},
				pair{"cached_content_token_count", "cachedContentTokenCount"}, pair{"thoughts_token_count", "thoughtsTokenCount"},
				pair{"tool_token_count", "toolUsePromptTokenCount"}, pair{"total_token_count", "totalTokenCount"}))})
		case "gemini_cli.api_error":
			log.Notes = append(log.Notes, "a request failed, and what it used was not reported")
		}
	}
	log.Notes = slices.Compact(log.Notes)
	return log
}

func (l *Log) addStats(models object) {
	for _, name := range slices.Sorted(maps.Keys(models)) {
		m := models.child(name)
		model := name
		if len(model) > maxName {
			model = ""
		}
		report := geminiSums(m)
		if m.child("api").count("totalErrors") > 0 {
			l.Notes = append(l.Notes, "a request failed, and what it used was not reported")
		}
		l.Calls = append(l.Calls, Call{Provider: "gemini", Model: model, Report: report, Sum: m.child("api").count("totalRequests") != 1})
	}
}

// geminiSums reads the sums of one model. Those of a stream are whole only
// where they come to the total: else thoughts or tool prompts are missing, and
// which of the two, at which price, is not said.
func geminiSums(m object) usage.Report {
	if m.has("tokens") {
		return usage.Read(usage.Gemini, m.child("tokens").payload(
			pair{"prompt", "promptTokenCount"}, pair{"candidates", "candidatesTokenCount"}, pair{"cached", "cachedContentTokenCount"},
			pair{"thoughts", "thoughtsTokenCount"}, pair{"tool", "toolUsePromptTokenCount"}, pair{"total", "totalTokenCount"}))
	}
	in, out, total := m.count("input_tokens"), m.count("output_tokens"), m.count("total_tokens")
	if in < 0 || out < 0 || total < 0 || in > math.MaxInt64-out || in+out != total {
		return usage.Report{Why: "a stream of Gemini CLI leaves out thoughts and tool prompts: record --output-format json instead", Missing: true}
	}
	return usage.Read(usage.Gemini, m.payload(pair{"input_tokens", "promptTokenCount"}, pair{"output_tokens", "candidatesTokenCount"},
		pair{"cached", "cachedContentTokenCount"}, pair{"total_tokens", "totalTokenCount"}))
}
