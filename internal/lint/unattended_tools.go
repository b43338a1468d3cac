package lint

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

func unattendedTools() Rule {
	return Rule{
		ID:       "unattended-tools",
		Severity: diag.Error,
		Summary:  "a model that reads a stranger's words may use every tool unasked",
		Why:      "The flag turns off the one question between what the model was told and a shell. With words in the prompt that anybody may write, anybody has that shell.",
		Fix:      "Name the tools that the task needs (--allowedTools, a sandbox that only reads), and take the flag out.",
		Bad:      Example{Text: strings.Replace(exampleOpen("          allowed_non_write_users: \"*\"\n"), "--max-turns 5", "--max-turns 5 --dangerously-skip-permissions", 1)},
		Good:     Example{Text: exampleOpen("          allowed_non_write_users: \"*\"\n")},
		Workflow: func(f Workflow, _ World) []Hit {
			var hits []Hit
			for _, c := range onceAScript(f.byHand()) {
				if !f.readsStrangers(c) {
					continue
				}
				for _, p := range f.unasked(c) {
					hits = append(hits, Hit{Pos: p.pos, End: p.end, Message: fmt.Sprintf(
						"%s lets a model that reads a stranger's words use every tool unasked: name the tools it needs instead", p.text)})
				}
			}
			return once(hits)
		},
	}
}

// readsStrangers says whether a call reads a stranger's words for sure: they
// are pasted into its prompt, or anybody may start it.
func (f Workflow) readsStrangers(c workflow.Call) bool {
	for _, s := range f.strangers(c) {
		if s.run != nil || !f.writtenByKnown(c, s.path) {
			return true
		}
	}
	input, _ := letsEveryoneIn(c)
	return len(f.open(c)) > 0 && !f.guarded(c) && (!asksWhoActs(c) || input != "")
}

var (
	// Flags of Claude Code, Gemini CLI, Codex and Copilot CLI.
	askNothing = lazily(`--(?:dangerously-skip-permissions|permission-mode[= ]bypassPermissions|yolo|approval-mode[= ]yolo|dangerously-bypass-approvals-and-sandbox|allow-all-tools)\b`)
	noSandbox  = lazily(`^(?:danger-full-access|unsafe)$`)
)

// unasked finds the flags and inputs that let a model act without asking.
func (f Workflow) unasked(c workflow.Call) []place {
	found := f.pieces(c.Step.Run, askNothing())
	for _, e := range c.Step.With {
		switch e.Key {
		case "sandbox", "safety-strategy":
			found = append(found, f.pieces(e.Value, noSandbox())...)
		case "prompt", "direct_prompt", "custom_instructions":
		default:
			if e.Value.Kind == yamltree.Scalar {
				found = append(found, f.pieces(e.Value, askNothing())...)
			}
		}
	}
	return found
}
