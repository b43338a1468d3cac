package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

func actionNotPinned() Rule {
	return Rule{
		ID:       "action-not-pinned",
		Severity: diag.Note,
		Summary:  "an action beside a model's key is not pinned to a commit",
		Why: "A tag moves: whoever takes over the action's repository runs in your job, with the key, from the next run on. It happened to tj-actions and to reviewdog in 2025. " +
			"A workflow of another repository that a job calls is looked at where the job hands it a model's key by name, or all secrets (inherit) beside a model or an agent's name. " +
			"It is a note: many are the organisation's own. Workflows of this repository (./) move with it.",
		Fix:  "Write the full commit after the @ and the version behind it as a comment; Dependabot and Renovate move both. git ls-remote https://github.com/OWNER/REPO TAG prints the commit.",
		Bad:  Example{Text: strings.Replace(exampleWorkflow("          prompt: Write the changelog entry.\n"), "@0123456789012345678901234567890123456789 # v1", "@v1", 1)},
		Good: Example{Text: exampleWorkflow("          prompt: Write the changelog entry.\n")},
		Workflow: func(f Workflow, _ World) []Hit {
			var hits []Hit
			for _, j := range jobsOf(f.byHand()) {
				for i := range j.Steps {
					n := j.Steps[i].Uses
					if n == nil || pinned(n.Text) {
						continue
					}
					hits = append(hits, Hit{Pos: n.Pos, End: f.Span(n), As: trustIn(n.Text), Message: howToPin(n.Text)})
				}
			}
			return once(append(hits, f.unpinnedWorkflows()...))
		},
	}
}

// unpinnedWorkflows finds calls of another repository's workflow that are
// handed a model's key.
func (f Workflow) unpinnedWorkflows() []Hit {
	var hits []Hit
	for i := range f.File.Jobs {
		j := &f.File.Jobs[i]
		if j.Uses == nil || pinned(j.Uses.Text) || !f.handsKeyOn(j) {
			continue
		}
		hits = append(hits, Hit{Pos: j.Uses.Pos, End: f.Span(j.Uses), Message: howToPin(j.Uses.Text)})
	}
	return hits
}

var (
	modelKey  = lazily(`(?i)anthropic|claude|openai|codex|gemini|openrouter|deepseek|mistral|cursor|qwen|dashscope|\bllm|_llm|copilot`)
	agentWord = lazily(`(?i)claude|codex|gemini|aider|openhands|pr-agent|qwen|\bllm\b|\bai\b`)
)

// handsKeyOn says whether a job gives a workflow a model's key: by name, or
// with all secrets where the call is one of a model as far as its names tell.
func (f Workflow) handsKeyOn(j *workflow.Job) bool {
	secrets := workflow.Value(j.Node.Entries, "secrets")
	switch {
	case secrets == nil:
		return false
	case secrets.Text == "inherit":
		return agentWord().MatchString(j.Uses.Text) || slices.ContainsFunc(f.Calls, func(c workflow.Call) bool { return c.Job == j })
	}
	return slices.ContainsFunc(secrets.Entries, func(e yamltree.Entry) bool {
		return modelKey().MatchString(e.Key) || slices.ContainsFunc(f.secretsOf(e.Value), func(p place) bool { return modelKey().MatchString(p.text) })
	})
}

// jobsOf gives the jobs of some calls, each once.
func jobsOf(calls []workflow.Call) []*workflow.Job {
	var jobs []*workflow.Job
	for _, c := range calls {
		if len(jobs) == 0 || jobs[len(jobs)-1] != c.Job { // calls come in the order of the file
			jobs = append(jobs, c.Job)
		}
	}
	return jobs
}

var (
	wholeCommit = lazily(`@(?:[0-9a-f]{40}|[0-9a-f]{64})$`)
	shortCommit = lazily(`^[0-9a-f]{7,39}$`)
)

// pinned says whether what a step or a job uses can not change without a commit here.
func pinned(uses string) bool {
	switch image, isImage := strings.CutPrefix(uses, "docker://"); {
	case strings.HasPrefix(uses, "./"), strings.Contains(uses, "${{"):
		return true
	case isImage:
		return strings.Contains(image, "@sha256:")
	default:
		return wholeCommit().MatchString(uses)
	}
}

// trustIn is a note for actions of the platform's own, whose owner has the job
// in hand anyhow, and a warning for others.
func trustIn(uses string) diag.Severity {
	if strings.HasPrefix(uses, "actions/") || strings.HasPrefix(uses, "github/") {
		return diag.Note
	}
	return diag.Warning
}

func howToPin(uses string) string {
	if image, ok := strings.CutPrefix(uses, "docker://"); ok {
		return fmt.Sprintf("image %.60q can change under its tag: add @sha256: and its digest", image)
	}
	action, ref, found := strings.Cut(uses, "@")
	if !found {
		return fmt.Sprintf("%.60q names no version: write @ and the full commit", uses)
	}
	if shortCommit().MatchString(ref) {
		return fmt.Sprintf("%.60q is pinned to a part of a commit, which may come to mean another: write all 40 digits", uses)
	}
	parts := strings.SplitN(action, "/", 3)
	repository := strings.Join(parts[:min(2, len(parts))], "/")
	if !plainWord(strings.ReplaceAll(repository, "/", "-")) || !plainWord(strings.ReplaceAll(ref, "/", "-")) || strings.HasPrefix(ref, "-") {
		return fmt.Sprintf("%.60q can change under %.60q: write the full commit behind the @, and the version as a comment", action, ref)
	}
	return fmt.Sprintf("%.60q can change under %.60q: write the commit that git ls-remote https://github.com/%.60s %.60s prints, and the version as a comment", action, ref, repository, ref)
}
