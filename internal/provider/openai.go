package provider

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/packages/param"
	"github.com/openai/openai-go/v3/packages/ssestream"
	"github.com/openai/openai-go/v3/shared"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/usage"
)

// OpenAI calls OpenAI's models, and everything that speaks its chat
// completions: Ollama, vLLM, LiteLLM, OpenRouter.
type OpenAI struct{ endpoint }

// NewOpenAI opens a client. The SDK's retries and whatever it would read from
// the environment are off.
func NewOpenAI(o Options) (*OpenAI, error) {
	e, err := newEndpoint("openai", o)
	if err != nil {
		return nil, err
	}
	return &OpenAI{e}, nil
}

// Complete makes one call and reads its whole stream. Its errors are *Error.
func (c *OpenAI) Complete(ctx context.Context, req Request) (Response, error) {
	return c.complete(ctx, req, func(ctx context.Context, x *exchange, a *answer) error {
		params, err := c.params(req)
		if err != nil {
			return err
		}
		// A service made by itself takes no defaults from the environment,
		// unlike NewClient.
		service := openai.NewChatCompletionService(
			option.WithBaseURL(c.base.String()),
			option.WithAPIKey(c.options.APIKey),
			option.WithHTTPClient(x.client()),
			option.WithMaxRetries(0),
		)
		return readOpenAI(service.NewStreaming(ctx, params), x, a)
	})
}

func (c *OpenAI) params(req Request) (openai.ChatCompletionNewParams, error) {
	p := openai.ChatCompletionNewParams{
		Model:           req.Model,
		ReasoningEffort: shared.ReasoningEffort(req.Effort),
		StreamOptions:   openai.ChatCompletionStreamOptionsParam{IncludeUsage: param.NewOpt(true)},
	}
	if req.System != "" {
		p.Messages = append(p.Messages, openai.SystemMessage(req.System))
	}
	p.Messages = append(p.Messages, openai.UserMessage(req.Prompt))
	if c.boundsCompletion(req.Model) {
		p.MaxCompletionTokens = param.NewOpt(req.MaxOutputTokens)
	} else {
		p.MaxTokens = param.NewOpt(req.MaxOutputTokens)
	}
	if req.Schema == nil {
		return p, nil
	}
	format := shared.ResponseFormatJSONSchemaJSONSchemaParam{Name: "answer", Schema: req.Schema}
	strict, err := strictSchema(req.Schema)
	if err != nil {
		return p, err
	}
	if strict {
		format.Strict = param.NewOpt(true)
	}
	p.ResponseFormat.OfJSONSchema = &shared.ResponseFormatJSONSchemaParam{JSONSchema: format}
	return p, nil
}

// boundsCompletion says which of the two names the bound on output has. OpenAI
// deprecated max_tokens, and its reasoning models refuse it; many compatible
// servers know nothing else.
// https://developers.openai.com/api/reference/resources/chat/subresources/completions/methods/create
func (c *OpenAI) boundsCompletion(model string) bool {
	if c.base.Hostname() == "api.openai.com" {
		return true
	}
	name := model[strings.LastIndex(model, "/")+1:]
	for _, prefix := range []string{"gpt-5", "gpt-6", "o1", "o3", "o4"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// readOpenAI reads the chunks of one completion.
func readOpenAI(stream *ssestream.Stream[openai.ChatCompletionChunk], x *exchange, a *answer) error {
	refused := false
	a.served = newServed(usage.OpenAIChat)
	for stream.Next() {
		chunk := stream.Current()
		a.served.add(chunk.RawJSON())
		if chunk.Model != "" { // the chunk that reports usage may leave it out
			a.model = chunk.Model
		}
		a.id = chunk.ID
		if chunk.JSON.Usage.Valid() {
			a.usage = openAIUsage(chunk.Usage.RawJSON())
			a.impossible = a.impossible || countsBelowZero(chunk.Usage.RawJSON())
		}
		for _, choice := range chunk.Choices {
			if choice.Index != 0 {
				continue // one answer was asked for
			}
			if err := a.add(x, choice.Delta.Content); err != nil {
				return errors.Join(err, stream.Close())
			}
			refused = refused || choice.Delta.Refusal != ""
			if choice.FinishReason != "" {
				a.finish = openAIFinish(choice.FinishReason)
			}
		}
	}
	if a.finish == FinishStop && refused {
		a.finish = FinishRefusal
	}
	if err := stream.Err(); err != nil {
		return openAIError(err)
	}
	return nil
}

func openAIFinish(reason string) Finish {
	switch reason {
	case "stop":
		return FinishStop
	case "length":
		return FinishLength
	case "content_filter":
		return FinishRefusal
	}
	return FinishOther
}

// openAIError reads an error inside the stream. Only an error of the request
// itself comes again with the same request.
func openAIError(err error) error {
	var inside *ssestream.StreamError
	if !errors.As(err, &inside) {
		return fmt.Errorf("read stream: %w", err)
	}
	text := vendorMessage(inside.Event.Data)
	return &vendorError{text: text, retryable: !strings.Contains(string(inside.Event.Data), "invalid_request")}
}

// openAIUsage maps the report of the last chunk. prompt_tokens includes the
// tokens read from and written to the cache; completion_tokens includes
// reasoning. Servers that leave reasoning out of completion_tokens have it in
// total_tokens, where it is billed as output.
func openAIUsage(raw string) money.Usage {
	var r struct {
		Prompt     count `json:"prompt_tokens"`
		Completion count `json:"completion_tokens"`
		Total      count `json:"total_tokens"`
		In         struct {
			Cached  count `json:"cached_tokens"`
			Written count `json:"cache_write_tokens"`
		} `json:"prompt_tokens_details"`
		Out struct {
			Reasoning count `json:"reasoning_tokens"`
		} `json:"completion_tokens_details"`
	}
	if err := json.Unmarshal([]byte(raw), &r); err != nil {
		return money.Usage{}
	}
	if !r.Prompt.set || !r.Completion.set || anyBad(r.Prompt, r.Completion, r.Total, r.In.Cached, r.In.Written, r.Out.Reasoning) {
		return money.Usage{}
	}
	output := r.Completion.n
	switch {
	case r.In.Cached.n > r.Prompt.n, r.Prompt.n > maxPrompt, output > maxPrompt, r.Total.n > 2*maxPrompt:
		return money.Usage{}
	case r.Total.n > r.Prompt.n+output:
		output = r.Total.n - r.Prompt.n
	case r.Total.n > 0 && r.Total.n < r.Prompt.n+output:
		return money.Usage{}
	}
	return money.Usage{
		Known:                    true,
		InputTokens:              max(0, r.Prompt.n-r.In.Cached.n-r.In.Written.n),
		CacheReadInputTokens:     r.In.Cached.n,
		CacheCreationInputTokens: r.In.Written.n,
		OutputTokens:             output,
		ReasoningOutputTokens:    r.Out.Reasoning.n,
	}
}
