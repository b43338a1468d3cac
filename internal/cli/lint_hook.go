package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/report"
)

// hookEvent is what a coding agent writes to its hooks, as far as a brief is
// in it.
type hookEvent struct {
	Event  report.HookEvent `json:"hook_event_name"`
	Prompt string           `json:"prompt"`
	Tool   string           `json:"tool_name"`
	Input  struct {
		Prompt      string `json:"prompt"`
		Description string `json:"description"`
	} `json:"tool_input"`
}

// words gives the brief and its title; none for a tool that sends nobody out.
func (e hookEvent) words() (brief, title string) {
	if e.Event == report.PromptSubmitted {
		return e.Prompt, ""
	}
	return e.Input.Prompt, e.Input.Description
}

// lintHook answers a coding agent that is about to send a brief. What cannot
// be read ends with exit code 2, which stops the agent there.
func lintHook(ctx context.Context, p Process, f workFlags) error {
	data, err := readInput("hook", "-", p.Stdin)
	if err != nil {
		return err
	}
	var e hookEvent
	if err := json.Unmarshal(data, &e); err != nil {
		return &pipeline.UsageError{Text: fmt.Sprintf("hook: read JSON: %v", err)}
	}
	if e.Event != report.PromptSubmitted && e.Event != report.BeforeTool {
		return &pipeline.UsageError{Text: fmt.Sprintf("hook: hook_event_name %.60q, expected %s or %s", string(e.Event), report.PromptSubmitted, report.BeforeTool)}
	}
	brief, title := e.words()
	if e.Event == report.BeforeTool && brief == "" {
		return nil
	}
	if strings.TrimSpace(brief) == "" {
		return &pipeline.UsageError{Text: fmt.Sprintf("hook: the event %s has no prompt", e.Event)}
	}
	if err := boundedBrief("the prompt", brief); err != nil {
		return err
	}
	world, err := pipeline.BriefWorld(p.Now())
	if err != nil {
		return err
	}
	f.title, f.brief = title, ""
	s, err := f.settings(p)
	if err != nil {
		return err
	}
	s.Brief = brief
	w, err := f.gatherToRoute(ctx, p, s)
	if err != nil {
		return err
	}
	plans, err := decide(ctx, p, w, s)
	if err != nil {
		return err
	}
	verdict := w.LintBrief("brief", s, world).Verdict
	return report.Hook(p.Stdout, e.Event, verdict, plans[0].Decision)
}
