// Package agentlog reads the logs of coding agents that teams already run:
// bytes in, calls of models out. It knows no file and no network. What a log
// does not say is unknown and never zero, and a log is a stranger's: it is
// bounded in size and depth, and its numbers are held to what can be true.
package agentlog

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/usage"
)

// Agent is the program that wrote a log.
type Agent string

// The agents whose logs can be read. Auto finds out by the form of the log.
const (
	Auto       Agent = "auto"
	ClaudeCode Agent = "claude-code"
	Codex      Agent = "codex"
	GeminiCLI  Agent = "gemini-cli"
)

// Outcome is what the log says of its own end. Nobody here has checked it.
type Outcome string

// The outcomes.
const (
	Succeeded Outcome = "success"
	Failed    Outcome = "failure"
	NotSaid   Outcome = "unknown"
)

// Call is one request to a model, or several of them that the log only gives
// the sum of.
type Call struct {
	Provider string // whose prices hold, such as "anthropic"
	Model    string // "" where the log does not say
	Report   usage.Report
	// Sum says that the usage is of several requests.
	Sum bool
	// Within says that each of them stayed at or below this many prompt tokens;
	// 0 where that is not known.
	Within int64
	// Unsure says why no price can be told though the tokens are known; "" where
	// one can.
	Unsure string
}

// Log is what was read of one log.
type Log struct {
	Agent   Agent
	Calls   []Call
	Outcome Outcome
	// Theirs is the cost by the agent's own account. It stands beside ours.
	Theirs money.Cost
	// Notes are what a reader of the cost must know. They hold no text of the log.
	Notes []string
}

// MaxBytes is the largest log that is read.
const MaxBytes = 64 << 20

// maxTokens is a bound of sense, as the ledger has it: a log over it is a
// mistake or a lie.
const maxTokens = 1_000_000_000_000

// Read reads one log.
func Read(agent Agent, data []byte) (Log, error) {
	if len(data) > MaxBytes {
		return Log{}, fmt.Errorf("read the log: larger than %d MiB", MaxBytes>>20)
	}
	objects, err := documents(data)
	if err != nil {
		return Log{}, fmt.Errorf("read the log: %w", err)
	}
	if agent == Auto || agent == "" {
		agent = detect(objects)
	}
	var log Log
	switch agent {
	case ClaudeCode:
		log = readClaude(objects)
	case Codex:
		log = readCodex(objects)
	case GeminiCLI:
		log = readGemini(objects)
	default:
		return Log{}, errors.New("read the log: it is of no agent that is known here (claude-code, codex, gemini-cli)")
	}
	log.Agent = agent
	if log.Outcome == "" {
		log.Outcome = NotSaid
	}
	if log.Theirs.State == "" {
		log.Theirs = money.Cost{State: money.Unknown, Note: "the log gives no cost of its own"}
	}
	return log, nil
}

// detect finds the first object that only one agent writes. Gemini CLI's
// stream has a result too, with stats in it.
func detect(objects []object) Agent {
	for _, o := range objects {
		if o.child("stats").has("models") || strings.HasPrefix(o.child("attributes").text("event.name"), "gemini_cli.") {
			return GeminiCLI
		}
		switch o.text("type") {
		case "init": // of Gemini CLI's stream alone
			return GeminiCLI
		case "thread.started", "turn.completed", "session_meta", "turn_context", "event_msg":
			return Codex
		case "system", "assistant", "result":
			return ClaudeCode
		}
	}
	return ""
}

// Cost prices a call by its own model. Long context is a step on a whole
// request: where only a sum of several is known, and the sum is over the step,
// the cost is unknown unless each request is known to have stayed below.
func (c Call) Cost(list money.Catalogue, at time.Time) money.Cost {
	if !c.Report.Usage.Known {
		return money.Cost{State: money.Unknown, Note: c.Report.Why}
	}
	if c.Unsure != "" {
		return money.Cost{State: money.Unknown, Note: c.Unsure}
	}
	if c.Model == "" {
		return money.Cost{State: money.Unpriced, Note: "the log does not name the model"}
	}
	row, ok := list.Lookup(c.Provider, c.Model, at)
	if !ok {
		return money.Cost{State: money.Unpriced, Note: "no price for " + c.Provider + "/" + c.Model}
	}
	return c.costBy(row)
}

// On gives the same tokens on another model, served in the standard way. How
// large the prompts were stays known.
func (c Call) On(provider, model string) Call {
	c.Provider, c.Model = provider, model
	c.Report.Served = money.Service{LargestPrompt: c.Report.Served.LargestPrompt}
	return c
}

func (c Call) costBy(row money.Row) money.Cost {
	over := c.Sum && row.Long != nil && c.Report.Usage.PromptTokens() > row.Long.Over
	switch {
	case over && (c.Within == 0 || c.Within > row.Long.Over):
		return money.Cost{State: money.Unknown, Note: fmt.Sprintf("the log gives only a sum of requests, and some may have been over %d prompt tokens", row.Long.Over)}
	case over:
		row.Long = nil // every one of them was below the step
	}
	return row.CostAs(c.Report.Usage, c.Report.Served)
}

// Naming gives the log with the model that its caller names, where the log
// names none, as codex exec --json does.
func (l Log) Naming(model string) Log {
	calls := slices.Clone(l.Calls)
	for i := range calls {
		if calls[i].Model == "" {
			calls[i].Model = model
		}
	}
	l.Calls = calls
	return l
}

// Usage sums the tokens of all calls; unknown where one is.
func (l Log) Usage() money.Usage {
	sum := money.Usage{Known: len(l.Calls) > 0}
	for _, c := range l.Calls {
		sum = plus(sum, c.Report.Usage)
	}
	if !sum.Known || sum.PromptTokens() > maxTokens || sum.OutputTokens > maxTokens {
		return money.Usage{}
	}
	return sum
}

// Cost sums the cost of all calls: unknown where one is, or where there is
// none, and unpriced where one is.
func (l Log) Cost(list money.Catalogue, at time.Time) money.Cost {
	if len(l.Calls) == 0 {
		return money.Cost{State: money.Unknown, Note: "the log reports no usage"}
	}
	total := money.Cost{State: money.Priced}
	for _, c := range l.Calls {
		one := c.Cost(list, at)
		switch {
		case one.State == money.Priced && total.Nano > math.MaxInt64-one.Nano:
			return money.Cost{State: money.Unknown, Note: "the cost is too large to be true"}
		case one.State == money.Priced:
			total.Nano += one.Nano
		case total.State != money.Unknown:
			total.State, total.Note = one.State, one.Note
		}
	}
	if total.State != money.Priced {
		total.Nano = 0
	}
	return total
}

func plus(a, b money.Usage) money.Usage {
	return money.Usage{
		Known:                      a.Known && b.Known,
		InputTokens:                a.InputTokens + b.InputTokens,
		CacheReadInputTokens:       a.CacheReadInputTokens + b.CacheReadInputTokens,
		CacheCreationInputTokens:   a.CacheCreationInputTokens + b.CacheCreationInputTokens,
		CacheCreation1hInputTokens: a.CacheCreation1hInputTokens + b.CacheCreation1hInputTokens,
		OutputTokens:               a.OutputTokens + b.OutputTokens,
		ReasoningOutputTokens:      a.ReasoningOutputTokens + b.ReasoningOutputTokens,
	}
}
