package fakemodel

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

func openAIWire() *wire {
	return &wire{
		vendor: OpenAI,
		key: func(r *http.Request) string {
			key, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
			return key
		},
		read: readOpenAI,
		fail: func(w http.ResponseWriter, status int, text string) {
			writeJSON(w, status, map[string]any{"error": map[string]any{"message": text, "type": openAIKind(status), "param": nil, "code": nil}})
		},
		events: openAIEvents,
		broken: func(kind string) string {
			return "data: " + encode(map[string]any{"error": map[string]any{"message": "scripted " + kind, "type": kind}}) + "\n\n"
		},
	}
}

func openAIKind(status int) string {
	switch {
	case status == http.StatusTooManyRequests:
		return "rate_limit_exceeded"
	case status >= 500:
		return "server_error"
	}
	return "invalid_request_error"
}

type openAIBody struct {
	Model               string          `json:"model"`
	Stream              bool            `json:"stream"`
	StreamOptions       openAIStream    `json:"stream_options"`
	MaxTokens           *int64          `json:"max_tokens"`
	MaxCompletionTokens *int64          `json:"max_completion_tokens"`
	ReasoningEffort     string          `json:"reasoning_effort"`
	ToolChoice          json.RawMessage `json:"tool_choice"`
	Messages            []struct {
		Role    string `json:"role"`
		Content string `json:"content"`
	} `json:"messages"`
	ResponseFormat *struct {
		Type       string `json:"type"`
		JSONSchema struct {
			Name   string          `json:"name"`
			Strict bool            `json:"strict"`
			Schema json.RawMessage `json:"schema"`
		} `json:"json_schema"`
	} `json:"response_format"`
}

type openAIStream struct {
	IncludeUsage bool `json:"include_usage"`
}

func readOpenAI(_ *http.Request, req *Request) []string {
	var b openAIBody
	if err := strictly(req.Body, &b); err != nil {
		return []string{err.Error()}
	}
	var wrong []string
	req.Model, req.Effort = b.Model, b.ReasoningEffort
	if b.Model == "" {
		wrong = append(wrong, "model: you must provide a model parameter")
	}
	if !b.Stream || !b.StreamOptions.IncludeUsage {
		wrong = append(wrong, "expected stream: true with stream_options.include_usage: true")
	}
	wrong = append(wrong, b.bound(req)...)
	wrong = append(wrong, badEffort(req.Effort, "none", "minimal", "low", "medium", "high", "xhigh", "max")...)
	for _, m := range b.Messages {
		switch m.Role {
		case "system", "developer":
			req.System += m.Content
		case "user":
			req.Prompt += m.Content
		default:
			wrong = append(wrong, fmt.Sprintf("messages: role %q", m.Role))
		}
	}
	if req.Prompt == "" {
		wrong = append(wrong, "messages: nothing from the user")
	}
	if b.ToolChoice != nil {
		wrong = append(wrong, "tool_choice: is only allowed when tools are specified")
	}
	if f := b.ResponseFormat; f != nil {
		req.Schema = f.JSONSchema.Schema
		if f.Type != "json_schema" || f.JSONSchema.Name == "" {
			wrong = append(wrong, "response_format: expected json_schema with a name")
		}
		if f.JSONSchema.Strict {
			wrong = append(wrong, openAIStrict("response_format", f.JSONSchema.Schema)...)
		}
	}
	return wrong
}

// bound wants exactly one bound, by the name that the model takes.
func (b openAIBody) bound(req *Request) []string {
	name := b.Model[strings.LastIndex(b.Model, "/")+1:]
	reasons := slices.ContainsFunc([]string{"gpt-5", "gpt-6", "o1", "o3", "o4"}, func(p string) bool { return strings.HasPrefix(name, p) })
	switch {
	case b.MaxTokens != nil && reasons:
		return []string{"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."}
	case (b.MaxTokens == nil) == (b.MaxCompletionTokens == nil):
		return []string{"expected one of max_tokens and max_completion_tokens"}
	case b.MaxTokens != nil:
		req.MaxOutputTokens = *b.MaxTokens
	default:
		req.MaxOutputTokens = *b.MaxCompletionTokens
	}
	if req.MaxOutputTokens <= 0 {
		return []string{"the bound on output is not positive"}
	}
	return nil
}

// openAIStrict refuses a strict schema whose objects are open or have optional
// properties.
func openAIStrict(at string, raw json.RawMessage) []string {
	var node struct {
		Type                 json.RawMessage            `json:"type"`
		AdditionalProperties json.RawMessage            `json:"additionalProperties"`
		Properties           map[string]json.RawMessage `json:"properties"`
		Required             []string                   `json:"required"`
		Items                json.RawMessage            `json:"items"`
	}
	if err := json.Unmarshal(raw, &node); err != nil {
		return []string{at + ": invalid schema"}
	}
	var wrong []string
	if string(node.Type) == `"object"` {
		if string(node.AdditionalProperties) != "false" {
			wrong = append(wrong, at+": 'additionalProperties' is required to be supplied and to be false")
		}
		for name, p := range node.Properties {
			if !slices.Contains(node.Required, name) {
				wrong = append(wrong, fmt.Sprintf("%s: 'required' is required to be supplied and to be an array including every key in properties. Missing '%s'", at, name))
			}
			wrong = append(wrong, openAIStrict(at+"."+name, p)...)
		}
	}
	if node.Items != nil {
		wrong = append(wrong, openAIStrict(at+".items", node.Items)...)
	}
	slices.Sort(wrong)
	return wrong
}

// openAIEvents writes a completion as the real service streams it: usage is
// null in every chunk but the last, which has no choices.
func openAIEvents(req Request, a Answer) []string {
	var out []string
	emit := func(choices []any, usage any) {
		out = append(out, "data: "+encode(map[string]any{
			"id": fmt.Sprintf("chatcmpl-%04d", req.Call), "object": "chat.completion.chunk", "created": 1780000000,
			"model": orDefault(a.Model, req.Model), "choices": choices, "usage": usage,
		})+"\n\n")
	}
	choice := func(delta map[string]any, finish any) []any {
		return []any{map[string]any{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": nil}}
	}
	emit(choice(map[string]any{"role": "assistant", "content": "", "refusal": nil}, nil), nil)
	if a.Thinking != "" {
		emit(choice(map[string]any{"reasoning_content": a.Thinking}, nil), nil)
	}
	field := "content"
	if a.Finish == "refusal" {
		field = "refusal"
	}
	for _, half := range halves(a.Text) {
		emit(choice(map[string]any{field: half}, nil), nil)
	}
	emit(choice(map[string]any{}, a.finish("stop", "length", "stop")), nil)
	if !a.NoUsage {
		u := a.Usage
		prompt := u.Input + u.CacheRead + u.CacheWrite + u.CacheWrite1h
		emit([]any{}, a.orRaw(map[string]any{
			"prompt_tokens": prompt, "completion_tokens": u.Output, "total_tokens": prompt + u.Output,
			"prompt_tokens_details":     map[string]any{"cached_tokens": u.CacheRead, "cache_write_tokens": u.CacheWrite + u.CacheWrite1h},
			"completion_tokens_details": map[string]any{"reasoning_tokens": u.Reasoning},
		}))
	}
	return append(out, "data: [DONE]\n\n")
}
