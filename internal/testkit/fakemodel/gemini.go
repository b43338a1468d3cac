package fakemodel

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

const (
	geminiPrefix = "/v1beta/models/"
	geminiSuffix = ":streamGenerateContent"
)

func geminiWire() *wire {
	return &wire{
		vendor: Gemini,
		key:    func(r *http.Request) string { return r.Header.Get("X-Goog-Api-Key") },
		read:   readGemini,
		fail: func(w http.ResponseWriter, status int, text string) {
			writeJSON(w, status, map[string]any{"error": map[string]any{"code": status, "message": text, "status": geminiKind(status)}})
		},
		events: geminiEvents,
		broken: func(kind string) string {
			return "data: " + encode(map[string]any{"error": map[string]any{"code": 503, "message": "scripted " + kind, "status": kind}}) + "\r\n\r\n"
		},
	}
}

// vertexPrefix is where Vertex AI has the same models, for a token in place of
// a key.
// https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference
const vertexPrefix = "/v1/projects/some-project/locations/europe-west1/publishers/google/models/"

func vertexWire() *wire {
	w := as(Vertex, geminiWire())
	w.key = func(r *http.Request) string {
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		return token
	}
	return w
}

func geminiKind(status int) string {
	return map[int]string{400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE"}[status]
}

type geminiBody struct {
	Contents          []geminiContent `json:"contents"`
	SystemInstruction geminiContent   `json:"systemInstruction"`
	GenerationConfig  struct {
		MaxOutputTokens    int64           `json:"maxOutputTokens"`
		ResponseMIMEType   string          `json:"responseMimeType"`
		ResponseJSONSchema json.RawMessage `json:"responseJsonSchema"`
		ThinkingConfig     *struct {
			Level  string `json:"thinkingLevel"`
			Budget *int64 `json:"thinkingBudget"`
		} `json:"thinkingConfig"`
	} `json:"generationConfig"`
}

type geminiContent struct {
	Role  string `json:"role"`
	Parts []struct {
		Text string `json:"text"`
	} `json:"parts"`
}

func (c geminiContent) text() string {
	var text strings.Builder
	for _, p := range c.Parts {
		text.WriteString(p.Text)
	}
	return text.String()
}

func readGemini(r *http.Request, req *Request) []string {
	req.Model = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, geminiPrefix), vertexPrefix), geminiSuffix)
	var b geminiBody
	if err := strictly(req.Body, &b); err != nil {
		return []string{err.Error()}
	}
	var wrong []string
	config := b.GenerationConfig
	req.MaxOutputTokens, req.Schema, req.System = config.MaxOutputTokens, config.ResponseJSONSchema, b.SystemInstruction.text()
	for _, c := range b.Contents {
		if c.Role != "user" {
			wrong = append(wrong, fmt.Sprintf("contents: role %q", c.Role))
		}
		req.Prompt += c.text()
	}
	if req.Prompt == "" {
		wrong = append(wrong, "contents: is not specified")
	}
	if req.MaxOutputTokens <= 0 {
		wrong = append(wrong, "generationConfig.maxOutputTokens: is not specified")
	}
	if (config.ResponseJSONSchema != nil) != (config.ResponseMIMEType == "application/json") {
		wrong = append(wrong, "generationConfig: responseJsonSchema and responseMimeType application/json go together")
	}
	if t := config.ThinkingConfig; t != nil {
		req.Effort = strings.ToLower(t.Level)
		wrong = append(wrong, badEffort(req.Effort, "minimal", "low", "medium", "high")...)
		if (t.Budget != nil) != strings.HasPrefix(req.Model, "gemini-2.5") {
			wrong = append(wrong, "thinkingConfig: thinkingBudget is for gemini-2.5, thinkingLevel for what came after it")
		}
	}
	return wrong
}

// geminiEvents writes an answer as the real service streams it: every chunk
// has the usage so far, lines end in CRLF, and candidates exclude thoughts.
func geminiEvents(req Request, a Answer) []string {
	var out []string
	emit := func(candidate map[string]any, share int64) {
		chunk := map[string]any{"modelVersion": orDefault(a.Model, req.Model), "responseId": fmt.Sprintf("gem-%04d", req.Call)}
		if candidate != nil {
			candidate["index"] = 0
			chunk["candidates"] = []any{candidate}
		}
		if !a.NoUsage {
			chunk["usageMetadata"] = a.orRaw(geminiUsage(a.Usage, share))
		}
		out = append(out, "data: "+encode(chunk)+"\r\n\r\n")
	}
	part := func(text string, thought bool) map[string]any {
		p := map[string]any{"text": text}
		if thought {
			p["thought"] = true
		}
		return map[string]any{"content": map[string]any{"role": "model", "parts": []any{p}}}
	}
	if a.Thinking != "" {
		emit(part(a.Thinking, true), 4)
	}
	texts := halves(a.Text)
	emit(part(texts[0], false), 2)
	last := part(texts[1], false)
	last["finishReason"] = a.finish("STOP", "MAX_TOKENS", "SAFETY")
	emit(last, 1)
	return out
}

// geminiUsage reports a share of the visible output, the whole with 1.
func geminiUsage(u Usage, share int64) map[string]any {
	prompt := u.Input + u.CacheRead + u.CacheWrite + u.CacheWrite1h
	visible := (u.Output - u.Reasoning) / share
	m := map[string]any{"promptTokenCount": prompt, "totalTokenCount": prompt + visible + u.Reasoning}
	for name, n := range map[string]int64{"cachedContentTokenCount": u.CacheRead, "candidatesTokenCount": visible, "thoughtsTokenCount": u.Reasoning} {
		if n != 0 { // the real service leaves zeroes out
			m[name] = n
		}
	}
	return m
}
