package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

func modelNotPinned() Rule {
	return Rule{
		ID:       "model-not-pinned",
		Severity: diag.Note,
		Summary:  "a step calls a model without naming it",
		Why: "The default of an agent changes without a commit here: what a run costs and how good it is then change too, and nobody reviewed it. " +
			"An input that the version in use no longer reads names nothing. A default that is written into the action, the name of a family, and a router (auto) are notes. " +
			"The settings of Claude Code, Gemini and Qwen Code in the repository are read, where there is a checkout. " +
			"A deployment, or a server on the runner itself, pins the model elsewhere and is no finding.",
		Fix:      "Name the model where the agent reads it.",
		Bad:      Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n")},
		Good:     Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n          claude_args: --model claude-haiku-5-5 --max-turns 5\n")},
		Workflow: unpinnedCalls,
	}
}

func unpinnedCalls(f Workflow, w World) []Hit {
	var hits []Hit
	for c := range f.modelled(w) {
		m, ok := w.calledOf(c)
		switch {
		case !ok || !m.alias || f.File.Generated || c.Agent.ID == "gh-aw" || c.Pinned:
		case m.router:
			hits = append(hits, f.onModel(c, fmt.Sprintf("%.60s leaves the choice of a model to a router, run by run: name one", c.Model.Text)))
		default:
			hits = append(hits, f.onModel(c, fmt.Sprintf("%s names whatever is the newest of its kind: name a version", m.id)))
		}
	}
	for _, c := range f.calls(w) {
		if c.Model == nil && !c.Agent.Routes && !c.Pinned && !asksGitHubModels(c) && !f.namedInFile(c, w) {
			hits = append(hits, f.unpinned(c, w))
		}
	}
	return hits
}

// namedInFile says that a file may name the model: one of the repository, or
// one that a script of the job writes.
func (f Workflow) namedInFile(c workflow.Call, w World) bool {
	if c.Agent.ID == "gh-aw" {
		return true // gh aw compile writes the default of its version into the compiled file
	}
	_, _, read := w.config(c)
	if _, ok := w.configured(c); ok {
		return true
	}
	for i, file := range c.Agent.Config {
		base := file[strings.LastIndexByte(file, '/')+1:]
		if w.Tree != nil && slices.ContainsFunc(w.Tree.Paths, func(p string) bool {
			return p == file && (i > 0 || !read) || strings.HasSuffix(p, "/"+file)
		}) {
			return true
		}
		for _, s := range c.Job.Steps {
			if s.Run != nil && strings.Contains(s.Run.Text, base) {
				return true
			}
		}
	}
	return false
}

func (f Workflow) unpinned(c workflow.Call, w World) Hit {
	h := Hit{Pos: c.Pos, End: c.End, As: diag.Warning}
	for _, e := range c.Unread {
		if strings.Contains(e.Key, "model") {
			h.Pos, h.End = e.Pos, e.Pos.Col+len(e.Key)
			h.Message = fmt.Sprintf("%s no longer reads %s since v1, and takes its default: write --model in claude_args", c.Name(), e.Key)
			if fitting(c, e.Value.Text, w) {
				h.Edits = f.asClaudeArgs(c, e, "--model")
			}
			return h
		}
	}
	switch {
	case c.Agent.Default != "":
		h.As = diag.Note
		h.Message = fmt.Sprintf("%s takes the model that is written into it, %s when this was last read: name one", c.Name(), c.Agent.Default)
	default:
		h.Message = fmt.Sprintf("%s takes whatever model is its default today: name one", c.Name())
	}
	if w.Tree == nil && len(c.Agent.Config) > 0 {
		h.Message += fmt.Sprintf(", unless %s does", c.Agent.Config[0])
	}
	return h
}

// fitting says that no other rule would mind the model, once it is read.
func fitting(c workflow.Call, id string, w World) bool {
	c.Model = &workflow.Named{Text: id}
	m, ok := w.calledOf(c)
	if !ok || !m.known || m.alias || m.facts.Retired != "" {
		return false
	}
	frontier := m.facts.Class == policy.Frontier
	return c.Task == "" || frontier == isCritical(c.Task)
}

// asClaudeArgs turns an input that is no longer read into the flag that is: of
// a step with several of them the first one, which makes room for the rest.
func (f Workflow) asClaudeArgs(c workflow.Call, e yamltree.Entry, flag string) []Edit {
	end := f.Span(e.Value)
	if len(c.Unread) == 0 || c.Unread[0].Pos != e.Pos || workflow.Value(c.Step.With, "claude_args") != nil {
		return nil
	}
	if end == 0 || e.Value.Pos.Line != e.Pos.Line || !plainWord(e.Value.Text) {
		return nil
	}
	return f.instead(e.Pos, e.Pos.Col, end, "claude_args: "+flag+" "+e.Value.Text)
}

// plainWord says that a text needs no quotes, neither in YAML nor in a shell.
func plainWord(text string) bool {
	return text != "" && strings.IndexFunc(text, func(r rune) bool {
		return r != '-' && r != '.' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) < 0
}

// exampleWorkflow gives a small workflow with one step that calls a model,
// with lines under its with:.
func exampleWorkflow(with string) string {
	return `name: changelog
on: pull_request
permissions: { contents: read }
concurrency: changelog-${{ github.ref }}
jobs:
  changelog:
    runs-on: ubuntu-latest
    steps:
      - uses: anthropics/claude-code-action@0123456789012345678901234567890123456789 # v1
        with:
          anthropic_api_key: ${{ secrets.ANTHROPIC_API_KEY }}
` + with
}
