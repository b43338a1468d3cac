package fakemodel

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

func anthropicWire() *wire {
	return &wire{
		vendor: Anthropic,
		key:    func(r *http.Request) string { return r.Header.Get("X-Api-Key") },
		read:   readAnthropic,
		fail: func(w http.ResponseWriter, status int, text string) {
			writeJSON(w, status, map[string]any{"type": "error", "error": map[string]any{"type": anthropicKind(status), "message": text}})
		},
		events: anthropicEvents,
		broken: func(kind string) string {
			return "event: error\ndata: " + encode(map[string]any{"type": "error", "error": map[string]any{"type": kind, "message": "scripted " + kind}}) + "\n\n"
		},
	}
}

// anthropicKind names a status as the errors page of the API does.
func anthropicKind(status int) string {
	return map[int]string{
		400: "invalid_request_error", 401: "authentication_error", 403: "permission_error", 404: "not_found_error",
		413: "request_too_large", 429: "rate_limit_error", 500: "api_error", 529: "overloaded_error",
	}[status]
}

type anthropicBody struct {
	Model        string          `json:"model"`
	MaxTokens    *int64          `json:"max_tokens"`
	Stream       bool            `json:"stream"`
	System       json.RawMessage `json:"system"`
	Messages     []anthropicTurn `json:"messages"`
	Thinking     json.RawMessage `json:"thinking"`
	ToolChoice   json.RawMessage `json:"tool_choice"`
	OutputConfig struct {
		Effort string `json:"effort"`
		Format *struct {
			Type   string          `json:"type"`
			Schema json.RawMessage `json:"schema"`
		} `json:"format"`
	} `json:"output_config"`
}

type anthropicTurn struct {
	Role    string           `json:"role"`
	Content []anthropicBlock `json:"content"`
}

type anthropicBlock struct {
	Type         string         `json:"type"`
	Text         string         `json:"text"`
	CacheControl *anthropicMark `json:"cache_control"`
}

// anthropicMark asks to keep everything up to its block
// (https://platform.claude.com/docs/en/build-with-claude/prompt-caching).
type anthropicMark struct {
	Type string `json:"type"`
	TTL  string `json:"ttl"`
}

// maxMarks is how many the API takes.
const maxMarks = 4

// alwaysThinks lists the models on which any thinking field and any forced
// tool is a 400.
func alwaysThinks() []string { return []string{"claude-opus-5-5", "claude-fable-5-1"} }

func readAnthropic(r *http.Request, req *Request) []string {
	var b anthropicBody
	if err := strictly(req.Body, &b); err != nil {
		return []string{err.Error()}
	}
	var wrong []string
	if r.Header.Get("Anthropic-Version") != "2023-06-01" {
		wrong = append(wrong, "anthropic-version: expected 2023-06-01")
	}
	req.Model, req.Effort = b.Model, b.OutputConfig.Effort
	switch {
	case b.MaxTokens == nil || *b.MaxTokens <= 0:
		wrong = append(wrong, "max_tokens: field required")
	default:
		req.MaxOutputTokens = *b.MaxTokens
	}
	if b.Model == "" {
		wrong = append(wrong, "model: field required")
	}
	if !b.Stream {
		wrong = append(wrong, "stream: expected true")
	}
	wrong = append(wrong, b.texts(req)...)
	if slices.ContainsFunc(alwaysThinks(), func(m string) bool { return strings.HasPrefix(b.Model, m) }) {
		if b.Thinking != nil {
			wrong = append(wrong, "thinking: is always on for this model and cannot be set")
		}
		if b.ToolChoice != nil {
			wrong = append(wrong, "tool_choice: a forced tool is not supported by this model")
		}
	}
	wrong = append(wrong, badEffort(req.Effort, "low", "medium", "high", "xhigh", "max")...)
	if f := b.OutputConfig.Format; f != nil {
		req.Schema = f.Schema
		if f.Type != "json_schema" {
			wrong = append(wrong, "output_config.format.type: expected json_schema")
		}
		wrong = append(wrong, anthropicSchema("output_config.format.schema", f.Schema)...)
	}
	return wrong
}

func (b anthropicBody) texts(req *Request) []string {
	var system []anthropicBlock
	if b.System != nil {
		if err := strictly(b.System, &system); err != nil {
			return []string{"system: " + err.Error()}
		}
	}
	for _, block := range system {
		req.System += block.Text
	}
	if len(b.Messages) == 0 || b.Messages[len(b.Messages)-1].Role != "user" {
		return []string{"messages: expected a last turn of the user"}
	}
	for _, turn := range b.Messages {
		for _, block := range turn.Content {
			if block.Type != "text" || block.Text == "" {
				return []string{"messages: text content blocks must be non-empty"}
			}
			req.Prompt += block.Text
			if block.CacheControl != nil {
				req.Kept = req.Prompt
			}
		}
	}
	return b.marks(system)
}

// marks checks what is asked to be kept.
func (b anthropicBody) marks(system []anthropicBlock) []string {
	blocks := slices.Clone(system)
	for _, turn := range b.Messages {
		blocks = append(blocks, turn.Content...)
	}
	n := 0
	for _, block := range blocks {
		m := block.CacheControl
		switch {
		case m == nil:
			continue
		case m.Type != "ephemeral":
			return []string{"cache_control.type: expected ephemeral"}
		case m.TTL != "" && m.TTL != "5m" && m.TTL != "1h":
			return []string{"cache_control.ttl: expected 5m or 1h"}
		}
		if n++; n > maxMarks {
			return []string{"cache_control: a maximum of 4 blocks may be marked"}
		}
	}
	return nil
}

// anthropicSchema refuses what structured outputs refuse.
func anthropicSchema(at string, raw json.RawMessage) []string {
	var node map[string]json.RawMessage
	if err := json.Unmarshal(raw, &node); err != nil {
		return []string{at + ": expected an object"}
	}
	var wrong []string
	for _, key := range []string{"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "maxItems"} {
		if _, has := node[key]; has {
			wrong = append(wrong, fmt.Sprintf("%s: %s is not supported", at, key))
		}
	}
	if string(node["type"]) == `"object"` && string(node["additionalProperties"]) != "false" {
		wrong = append(wrong, at+": for 'object' type, 'additionalProperties' must be explicitly set to false")
	}
	if items, has := node["items"]; has {
		wrong = append(wrong, anthropicSchema(at+".items", items)...)
	}
	var properties map[string]json.RawMessage
	if p, has := node["properties"]; has {
		if err := json.Unmarshal(p, &properties); err != nil {
			return append(wrong, at+".properties: expected an object")
		}
	}
	for name, p := range properties {
		wrong = append(wrong, anthropicSchema(at+"."+name, p)...)
	}
	slices.Sort(wrong)
	return wrong
}

// anthropicEvents writes a message as the real service streams it: a first
// report of usage with hardly any output, thinking before text, a ping, and
// the totals at the end.
func anthropicEvents(req Request, a Answer) []string {
	var out []string
	emit := func(kind string, v map[string]any) {
		v["type"] = kind
		out = append(out, "event: "+kind+"\ndata: "+encode(v)+"\n\n")
	}
	message := map[string]any{
		"id": fmt.Sprintf("msg_%04d", req.Call), "type": "message", "role": "assistant", "model": orDefault(a.Model, req.Model),
		"content": []any{}, "stop_reason": nil, "stop_sequence": nil,
	}
	if !a.NoUsage {
		first := a
		first.Usage.Output, first.Usage.Reasoning = min(1, a.Usage.Output), 0
		message["usage"] = anthropicUsage(first)
	}
	emit("message_start", map[string]any{"message": message})
	index := 0
	block := func(start, delta map[string]any, field, text string) {
		emit("content_block_start", map[string]any{"index": index, "content_block": start})
		for _, half := range halves(text) {
			d := map[string]any{field: half}
			for k, v := range delta {
				d[k] = v
			}
			emit("content_block_delta", map[string]any{"index": index, "delta": d})
		}
		emit("content_block_stop", map[string]any{"index": index})
		index++
	}
	if a.Thinking != "" {
		block(map[string]any{"type": "thinking", "thinking": "", "signature": ""}, map[string]any{"type": "thinking_delta"}, "thinking", a.Thinking)
	}
	emit("ping", map[string]any{})
	if a.Text != "" {
		block(map[string]any{"type": "text", "text": ""}, map[string]any{"type": "text_delta"}, "text", a.Text)
	}
	last := map[string]any{"delta": map[string]any{"stop_reason": a.finish("end_turn", "max_tokens", "refusal"), "stop_sequence": nil}}
	if !a.NoUsage {
		last["usage"] = a.orRaw(anthropicUsage(a))
	}
	emit("message_delta", last)
	emit("message_stop", map[string]any{})
	return out
}

func anthropicUsage(a Answer) map[string]any {
	u := a.Usage
	return map[string]any{
		"input_tokens": u.Input, "cache_read_input_tokens": u.CacheRead, "cache_creation_input_tokens": u.CacheWrite + u.CacheWrite1h,
		"cache_creation": map[string]any{"ephemeral_5m_input_tokens": u.CacheWrite, "ephemeral_1h_input_tokens": u.CacheWrite1h},
		"output_tokens":  u.Output, "output_tokens_details": map[string]any{"thinking_tokens": u.Reasoning}, "service_tier": "standard",
	}
}
