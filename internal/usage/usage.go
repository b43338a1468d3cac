// Package usage reads what a model's response says of its own use, as JSON in
// the form of its vendor, into disjoint buckets of tokens. In go the bytes of a
// response or of a stream, out comes a Report. It knows no price and no
// network. Nothing is guessed: what is missing, negative, absurd or in
// contradiction with itself is unknown, with the reason, and never zero.
//
// Vendors differ in what a count includes, which is where most wrong bills
// come from, so the form of the wire decides, never the name of the model: a
// gateway that speaks chat completions counts as OpenAI does, whoever answers.
package usage

import (
	"fmt"

	"github.com/tierwise/tierwise/internal/money"
)

// Shape is the form of a wire.
type Shape string

// The shapes that can be read.
const (
	AnthropicMessages Shape = "anthropic-messages"
	OpenAIChat        Shape = "openai-chat"
	OpenAIResponses   Shape = "openai-responses"
	Gemini            Shape = "gemini"
	BedrockConverse   Shape = "bedrock-converse"
	OpenRouter        Shape = "openrouter"
)

// Shapes lists every shape, in alphabetical order.
func Shapes() []Shape {
	return []Shape{AnthropicMessages, BedrockConverse, Gemini, OpenAIChat, OpenAIResponses, OpenRouter}
}

// Report is what one response says of its own use.
type Report struct {
	// Usage is Known only where every number can be true.
	Usage money.Usage
	// Why says why Usage is unknown, "" where it is known.
	Why string
	// Missing says that there is no report at all, not a wrong one.
	Missing bool
	// Served is how the request was served.
	Served money.Service
	// Model is the one that served, as the response names it; "" where it does
	// not. A stranger wrote it.
	Model string
	// ID is the response's own id, "" where it has none. A stranger wrote it.
	ID string
	// Theirs is the cost by the vendor's own account. It stands beside ours and
	// never takes its place; where the vendor gives none it is unknown.
	Theirs money.Cost
}

// maxTokens is more than any context window holds and any answer has.
const maxTokens = 100_000_000

// wire is how one vendor writes a report.
type wire struct {
	// member is where a response keeps its usage, and count a member that every
	// usage has: a usage without its response is known by it.
	member, count string
	// read maps a usage and the response around it.
	read func(body, usage node) Report
	// response finds the part of a streamed record that is (some of) a response.
	response func(record node) node
	// last says whether a stream may end after this record.
	last func(record node) bool
	// besides names what one record of a stream bills besides tokens; nil where
	// the last record repeats it.
	besides func(body, usage node) string
	// cumulates says that a later report of a stream names only what changed.
	cumulates bool
}

func (s Shape) wire() (wire, bool) {
	switch s {
	case AnthropicMessages:
		return anthropic(), true
	case BedrockConverse:
		return bedrock(), true
	case Gemini:
		return gemini(), true
	case OpenAIChat:
		return chat(readChat), true
	case OpenAIResponses:
		return responses(), true
	case OpenRouter:
		return chat(readOpenRouter), true
	}
	return wire{}, false
}

// Read reads one whole response, or a usage alone, as logs keep it.
func Read(s Shape, payload []byte) Report {
	w, ok := s.wire()
	if !ok {
		return unknown(fmt.Sprintf("usage of the shape %q cannot be read", string(s)))
	}
	body, err := parse(payload)
	if err != nil {
		return unknown("the response is no JSON object: " + err.Error())
	}
	usage := body.child(w.member)
	if !body.has(w.member) && body.has(w.count) {
		usage = body
	}
	return w.report(body, usage)
}

// report reads a usage and holds it against what can be true.
func (w wire) report(body, usage node) Report {
	if why := body.why(); why != "" {
		return unknown(why)
	}
	if usage.empty() {
		r := unknown("the response reports no usage")
		r.Missing = true
		r.Model, r.ID = body.modelAndID()
		return r
	}
	r := w.read(body, usage)
	r.Model, r.ID = body.modelAndID()
	if r.Theirs.State == "" {
		r.Theirs = money.Cost{State: money.Unknown, Note: "the vendor gives no cost of its own"}
	}
	if why := body.why(); why != "" {
		r.Why = why
	}
	if r.Why == "" {
		r.Why = impossible(r.Usage)
	}
	r.Usage.Known = r.Why == ""
	if !r.Usage.Known {
		r.Usage = money.Usage{}
	}
	return r
}

// impossible says what of a usage cannot be true, "" where it all can.
func impossible(u money.Usage) string {
	for _, n := range []int64{u.InputTokens, u.CacheReadInputTokens, u.CacheCreationInputTokens, u.CacheCreation1hInputTokens, u.OutputTokens, u.ReasoningOutputTokens} {
		if n < 0 || n > maxTokens {
			return fmt.Sprintf("%d tokens cannot be true", n)
		}
	}
	switch {
	case u.PromptTokens() == 0:
		return "a prompt has one token or more"
	case u.ReasoningOutputTokens > u.OutputTokens:
		return "more reasoning than output"
	}
	return ""
}

func unknown(why string) Report {
	return Report{Why: why, Theirs: money.Cost{State: money.Unknown, Note: why}}
}

// contradiction is a report whose numbers do not go together.
func contradiction(r Report, why string) Report {
	r.Why = why
	return r
}

// modelAndID gives the names in a response, each "" where it is not a plausible
// one.
func (n node) modelAndID() (model, id string) {
	first := func(name, otherwise string) string {
		if s := n.text(name); s != "" {
			return s
		}
		return n.text(otherwise)
	}
	return first("model", "modelVersion"), first("id", "responseId")
}

// maxName is longer than any id of a model or a response.
const maxName = 200
