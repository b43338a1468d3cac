package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/anthropics/anthropic-sdk-go"
	"github.com/anthropics/anthropic-sdk-go/option"
	"github.com/anthropics/anthropic-sdk-go/packages/ssestream"

	"github.com/tierwise/tierwise/internal/usage"
)

// Anthropic calls Claude models through the Messages API.
type Anthropic struct{ endpoint }

// NewAnthropic opens a client. The SDK's retries, its telemetry and whatever it
// would read from the environment are off.
func NewAnthropic(o Options) (*Anthropic, error) {
	e, err := newEndpoint("anthropic", o)
	if err != nil {
		return nil, err
	}
	return &Anthropic{e}, nil
}

// Complete makes one call and reads its whole stream. Its errors are *Error.
func (c *Anthropic) Complete(ctx context.Context, req Request) (Response, error) {
	return c.complete(ctx, req, func(ctx context.Context, x *exchange, a *answer) error {
		format, err := c.format(req)
		if err != nil {
			return err
		}
		// A service made by itself takes no defaults from the environment,
		// unlike NewClient.
		service := anthropic.NewMessageService(
			option.WithoutEnvironmentDefaults(),
			option.WithBaseURL(c.base.String()),
			option.WithAPIKey(c.options.APIKey),
			option.WithHTTPClient(x.client()),
			option.WithMaxRetries(0),
			option.WithoutOpenTelemetry(),
		)
		return readAnthropic(service.NewStreaming(ctx, c.params(req), format...), x, a)
	})
}

// params never has a thinking field: today's models answer any with a 400 and
// take the effort instead. For the same reason the answer's form is asked for
// by a schema, not by a forced tool.
// https://platform.claude.com/docs/en/about-claude/models/opus-5-5/migration-guide
func (c *Anthropic) params(req Request) anthropic.MessageNewParams {
	p := anthropic.MessageNewParams{
		Model:     req.Model,
		MaxTokens: req.MaxOutputTokens,
		Messages:  []anthropic.MessageParam{anthropic.NewUserMessage(anthropicBlocks(req)...)},
	}
	if req.System != "" {
		p.System = []anthropic.TextBlockParam{{Text: req.System}}
	}
	if req.Effort != "" {
		p.OutputConfig.Effort = anthropic.OutputConfigEffort(req.Effort)
	}
	return p
}

// anthropicBlocks parts the prompt where other requests will begin alike, and
// marks each such part to be kept for five minutes, the API's default. An
// empty block is a 400, so a part that is the whole is not parted.
func anthropicBlocks(req Request) []anthropic.ContentBlockParamUnion {
	var blocks []anthropic.ContentBlockParamUnion
	from := 0
	for _, to := range []int{req.InnerPrefix, req.SharedPrefix} {
		if to <= from || to >= len(req.Prompt) {
			continue
		}
		kept := anthropic.NewTextBlock(req.Prompt[from:to])
		kept.OfText.CacheControl = anthropic.NewCacheControlEphemeralParam()
		blocks, from = append(blocks, kept), to
	}
	return append(blocks, anthropic.NewTextBlock(req.Prompt[from:]))
}

// format asks for the schema. The SDK's own field is a map, which would sort
// the properties; models write an answer in the order of its schema.
func (c *Anthropic) format(req Request) ([]option.RequestOption, error) {
	if req.Schema == nil {
		return nil, nil
	}
	schema, err := parseOrdered(req.Schema)
	if err != nil {
		return nil, err
	}
	format := object{{"type", "json_schema"}, {"schema", relaxed(schema)}}
	return []option.RequestOption{option.WithJSONSet("output_config.format", format)}, nil
}

// readAnthropic reads the events of one message. Visible text is in blocks of
// type text alone: an answer begins with a thinking block.
func readAnthropic(stream *ssestream.Stream[anthropic.MessageStreamEventUnion], x *exchange, a *answer) error {
	var report anthropicUsage
	a.served = newServed(usage.AnthropicMessages)
	blocks := map[int64]string{}
	stopped := false
	for stream.Next() {
		event := stream.Current()
		a.served.add(event.RawJSON())
		switch event.Type {
		case "message_start":
			a.model, a.id = event.Message.Model, event.Message.ID
			report.merge(event.Message.Usage.RawJSON())
			a.impossible = a.impossible || countsBelowZero(event.Message.Usage.RawJSON())
		case "content_block_start":
			blocks[event.Index] = event.ContentBlock.Type
			if err := a.addBlock(x, event.ContentBlock.Type, event.ContentBlock.Text); err != nil {
				return err
			}
		case "content_block_delta":
			if err := a.addBlock(x, blocks[event.Index], event.Delta.Text); err != nil {
				return err
			}
		case "message_delta":
			// The last record holds the totals.
			report.merge(event.Usage.RawJSON())
			a.impossible = a.impossible || countsBelowZero(event.Usage.RawJSON())
			a.finish = anthropicFinish(string(event.Delta.StopReason))
		case "message_stop":
			stopped = true
		}
		a.usage = report.total()
	}
	if served := report.servedBy(); served != "" {
		a.model = served
	}
	if err := stream.Err(); err != nil {
		return anthropicError(err)
	}
	if !stopped {
		return errCut
	}
	return nil
}

func (a *answer) addBlock(x *exchange, kind, text string) error {
	if kind != "text" {
		return nil
	}
	return a.add(x, text)
}

func anthropicFinish(reason string) Finish {
	switch reason {
	case "":
		return ""
	case "end_turn", "stop_sequence":
		return FinishStop
	case "max_tokens", "model_context_window_exceeded":
		return FinishLength
	case "refusal":
		return FinishRefusal
	}
	return FinishOther
}

// anthropicError reads an error event, which comes under a status of 200.
// https://platform.claude.com/docs/en/api/errors
func anthropicError(err error) error {
	var api *anthropic.Error
	if !errors.As(err, &api) {
		return fmt.Errorf("read stream: %w", err)
	}
	kind := string(api.Type())
	switch kind {
	case "overloaded_error", "rate_limit_error", "api_error", "timeout_error":
		return &vendorError{text: kind + ": " + vendorMessage([]byte(api.RawJSON())), retryable: true}
	}
	return &vendorError{text: kind + ": " + vendorMessage([]byte(api.RawJSON()))}
}
