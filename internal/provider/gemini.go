package provider

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strings"

	"google.golang.org/genai"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/usage"
)

// Gemini calls Google's models through the Gemini API.
type Gemini struct {
	endpoint
	settings func() genai.ClientConfig
}

// NewGemini opens a client. The SDK's retries and automatic continuations are
// off; it takes key, backend and address from here, never from the environment.
func NewGemini(o Options) (*Gemini, error) {
	e, err := newEndpoint("gemini", o)
	if err != nil {
		return nil, err
	}
	return &Gemini{e, func() genai.ClientConfig {
		return genai.ClientConfig{APIKey: o.APIKey, Backend: genai.BackendGeminiAPI, HTTPOptions: genai.HTTPOptions{BaseURL: e.base.String()}}
	}}, nil
}

// Complete makes one call and reads its whole stream. Its errors are *Error.
func (c *Gemini) Complete(ctx context.Context, req Request) (Response, error) {
	return c.complete(ctx, req, func(ctx context.Context, x *exchange, a *answer) error {
		config, err := c.config(req)
		if err != nil {
			return err
		}
		// With key, backend and address all given, none is read from the
		// environment.
		settings := c.settings()
		settings.HTTPClient = x.client()
		client, err := genai.NewClient(ctx, &settings)
		if err != nil {
			return errors.New("the SDK refused its settings") // its error prints them, key included
		}
		a.served = newServed(usage.Gemini)
		for chunk, err := range client.Models.GenerateContentStream(ctx, req.Model, genai.Text(req.Prompt), config) {
			if err != nil {
				return geminiError(err)
			}
			if err := readGemini(chunk, x, a); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *Gemini) config(req Request) (*genai.GenerateContentConfig, error) {
	if req.MaxOutputTokens > math.MaxInt32 {
		return nil, fmt.Errorf("a bound of %d output tokens is more than Gemini takes", req.MaxOutputTokens)
	}
	// A continuation would be a second call that nobody counts.
	once := false
	config := &genai.GenerateContentConfig{MaxOutputTokens: int32(req.MaxOutputTokens), AutomaticContinuation: &once}
	if req.System != "" {
		config.SystemInstruction = genai.NewContentFromText(req.System, genai.RoleUser)
	}
	if req.Schema != nil {
		var schema map[string]any
		if err := json.Unmarshal(req.Schema, &schema); err != nil {
			return nil, errSchema
		}
		config.ResponseMIMEType, config.ResponseJsonSchema = "application/json", schema
	}
	var err error
	config.ThinkingConfig, err = geminiThinking(req.Model, req.Effort)
	return config, err
}

// geminiThinking turns an effort into what the model's generation takes: a
// level since Gemini 3, a budget in 2.5 (the figures are those of Google's own
// OpenAI-compatible endpoint), nothing before.
// https://ai.google.dev/gemini-api/docs/thinking
// https://ai.google.dev/gemini-api/docs/openai#thinking
func geminiThinking(model, effort string) (*genai.ThinkingConfig, error) {
	if effort == "" {
		return nil, nil
	}
	budgets := map[string]int32{"minimal": 1024, "low": 1024, "medium": 8192, "high": 24576}
	budget, known := budgets[effort]
	if !known {
		return nil, fmt.Errorf("effort %q is not one of Gemini's: minimal, low, medium, high", effort)
	}
	switch {
	case strings.HasPrefix(model, "gemini-2.5"):
		return &genai.ThinkingConfig{ThinkingBudget: &budget}, nil
	case strings.HasPrefix(model, "gemini-1"), strings.HasPrefix(model, "gemini-2"):
		return nil, fmt.Errorf("model %s does not think: remove effort %q", model, effort)
	}
	return &genai.ThinkingConfig{ThinkingLevel: genai.ThinkingLevel(strings.ToUpper(effort))}, nil
}

func readGemini(chunk *genai.GenerateContentResponse, x *exchange, a *answer) error {
	if chunk.ModelVersion != "" {
		a.model = chunk.ModelVersion
	}
	if raw, err := json.Marshal(chunk); err == nil { // the SDK keeps no text of a part
		a.served.add(string(raw))
	}
	if chunk.ResponseID != "" {
		a.id = chunk.ResponseID
	}
	if chunk.UsageMetadata != nil {
		a.usage = geminiUsage(*chunk.UsageMetadata)
		if raw, err := json.Marshal(chunk.UsageMetadata); err == nil {
			a.impossible = a.impossible || countsBelowZero(string(raw))
		}
	}
	if f := chunk.PromptFeedback; f != nil && f.BlockReason != "" {
		a.finish = FinishRefusal
	}
	for _, candidate := range chunk.Candidates {
		if candidate == nil || candidate.Index != 0 {
			continue // one answer was asked for
		}
		if candidate.FinishReason != "" {
			a.finish = geminiFinish(candidate.FinishReason)
		}
		if candidate.Content == nil {
			continue
		}
		for _, part := range candidate.Content.Parts {
			if part == nil || part.Thought {
				continue
			}
			if err := a.add(x, part.Text); err != nil {
				return err
			}
		}
	}
	return nil
}

func geminiFinish(reason genai.FinishReason) Finish {
	switch reason {
	case genai.FinishReasonUnspecified:
		return ""
	case genai.FinishReasonStop:
		return FinishStop
	case genai.FinishReasonMaxTokens:
		return FinishLength
	case genai.FinishReasonSafety, genai.FinishReasonRecitation, genai.FinishReasonLanguage, genai.FinishReasonBlocklist,
		genai.FinishReasonProhibitedContent, genai.FinishReasonSPII,
		genai.FinishReasonImageSafety, genai.FinishReasonImageProhibitedContent, genai.FinishReasonImageRecitation:
		return FinishRefusal
	}
	return FinishOther
}

// geminiError reads an error inside the stream. Everything else is a stream
// that the SDK could not read; its error repeats the stream, so it is told in
// our words.
func geminiError(err error) error {
	var api genai.APIError
	if errors.As(err, &api) {
		again := api.Code == http.StatusTooManyRequests || api.Code >= http.StatusInternalServerError
		return &vendorError{text: fmt.Sprintf("%s: %s", api.Status, api.Message), retryable: again}
	}
	return errors.New("read stream: an event that is not a part of an answer")
}

// geminiUsage maps a report. The prompt includes what was read from the cache;
// candidates exclude thoughts, and both are output. A report whose parts do
// not add up to its total is not known.
// https://ai.google.dev/api/generate-content#UsageMetadata
func geminiUsage(m genai.GenerateContentResponseUsageMetadata) money.Usage {
	prompt, cached, tools := int64(m.PromptTokenCount), int64(m.CachedContentTokenCount), int64(m.ToolUsePromptTokenCount)
	visible, thoughts, total := int64(m.CandidatesTokenCount), int64(m.ThoughtsTokenCount), int64(m.TotalTokenCount)
	if min(prompt, cached, tools, visible, thoughts, total) < 0 || cached > prompt {
		return money.Usage{}
	}
	if total != 0 && total != prompt+tools+visible+thoughts {
		return money.Usage{}
	}
	return money.Usage{
		Known:                 true,
		InputTokens:           prompt - cached + tools,
		CacheReadInputTokens:  cached,
		OutputTokens:          visible + thoughts,
		ReasoningOutputTokens: thoughts,
	}
}
