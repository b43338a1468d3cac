package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/provider"
	"github.com/tierwise/tierwise/internal/task"
)

// bytesPerToken is what code and prose measure at with current tokenizers,
// times ten: the fake model counts what it is sent by it.
const bytesPerToken10 = 35

// model answers every task in a form that its verifier releases, and bills the
// tokens that it was really sent. How much it writes is assumed, by task.
type model struct {
	tasks []known
	fails func(taskID string, req provider.Request) bool
	// kept holds the beginnings that this step asked to be kept, by model: the
	// next request that begins alike reads them. nil keeps none: each task then
	// pays for the whole of what it is sent, as separate tools do.
	kept map[string]bool
}

// known is a task of the step, and how many tokens its answer has.
type known struct {
	task   task.Task
	input  task.Input
	output int64
}

// Complete is one call.
func (m model) Complete(_ context.Context, req provider.Request) (provider.Response, error) {
	at := slices.IndexFunc(m.tasks, func(k known) bool {
		return strings.HasPrefix(req.System, k.task.Instructions) || strings.Contains(req.Prompt, k.task.AfterData())
	})
	if at < 0 {
		return provider.Response{}, &provider.Error{Provider: "replay", Message: "a prompt that no task has"}
	}
	asked := m.tasks[at]
	answer, err := goodAnswer(asked.task, asked.input)
	if err != nil {
		return provider.Response{}, &provider.Error{Provider: "replay", Message: err.Error()}
	}
	if m.fails(asked.task.ID, req) {
		answer = []byte("{}")
	}
	usage := m.input(req)
	usage.OutputTokens = min(asked.output, req.MaxOutputTokens)
	return provider.Response{Text: string(answer), Model: req.Model, Finish: provider.FinishStop, Usage: usage}, nil
}

// input counts what was sent. A beginning that is marked is written to the
// vendor's cache the first time and read from it after that; of two marks the
// longest that is there is read.
func (m model) input(req provider.Request) money.Usage {
	u := money.Usage{Known: true, InputTokens: tokens(len(req.System) + len(req.Schema) + len(req.Prompt))}
	if m.kept == nil {
		return u
	}
	var through int64
	for _, mark := range []int{req.InnerPrefix, req.SharedPrefix} {
		part := tokens(len(req.System) + mark)
		if mark == 0 || part < keptFrom(req.Model) {
			continue
		}
		name := req.Model + req.System + req.Prompt[:mark]
		if through = part; m.kept[name] {
			u.CacheReadInputTokens = part
		}
		m.kept[name] = true
	}
	u.InputTokens -= through
	u.CacheCreationInputTokens = through - u.CacheReadInputTokens
	return u
}

// keptFrom is the shortest beginning that the vendor keeps, in tokens
// (platform.claude.com, prompt caching, October 2026). A model that it does not
// list is held to the longest.
func keptFrom(model string) int64 {
	switch model {
	case "claude-opus-5-5", "claude-sonnet-5-5":
		return 512
	default:
		return 4096
	}
}

func tokens(bytes int) int64 { return int64(bytes)*10/bytesPerToken10 + 1 }

// chance is a share of calls, the same ones in every run: whether a call
// belongs to it is drawn from what it is about.
func chance(percent uint64, about string) bool {
	h := fnv.New64a()
	h.Write([]byte(about))
	return h.Sum64()%100 < percent
}

var errNoAnswer = errors.New("no good answer is known")

// goodAnswer is one that the task's verifier releases.
func goodAnswer(t task.Task, in task.Input) ([]byte, error) {
	for _, try := range candidates(t, in) {
		if _, problems := t.Verify(in, try); len(problems) == 0 {
			return try, nil
		}
	}
	return nil, fmt.Errorf("task %s: %w", t.ID, errNoAnswer)
}
