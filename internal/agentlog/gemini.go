package agentlog

import (
	"maps"
	"slices"

	"github.com/tierwise/tierwise/internal/usage"
)

// Gemini CLI prints, with --output-format json, the sums by model in
// stats.models (packages/core/src/telemetry/uiTelemetry.ts of
// google-gemini/gemini-cli), and writes an event a request to its telemetry
// file (packages/core/src/telemetry/file-exporters.ts; docs/cli/telemetry.md,
// gemini_cli.api_response). The prompt includes what came from the cache; the
// candidates exclude thoughts.

func readGemini(objects []object) Log {
	var log Log
	for _, o := range objects {
		if stats := o.child("stats"); stats.has("models") {
			log.addStats(stats.child("models"))
			log.Outcome = Succeeded
			if o.has("error") {
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
		report := usage.Read(usage.Gemini, m.child("tokens").payload(
			pair{"prompt", "promptTokenCount"}, pair{"candidates", "candidatesTokenCount"}, pair{"cached", "cachedContentTokenCount"},
			pair{"thoughts", "thoughtsTokenCount"}, pair{"tool", "toolUsePromptTokenCount"}, pair{"total", "totalTokenCount"}))
		if m.child("api").count("totalErrors") > 0 {
			l.Notes = append(l.Notes, "a request failed, and what it used was not reported")
		}
		l.Calls = append(l.Calls, Call{Provider: "gemini", Model: model, Report: report, Sum: m.child("api").count("totalRequests") != 1})
	}
}
