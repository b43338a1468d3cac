package workflow

import (
	"slices"
	"strings"
	"sync"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// Call is one step that calls a model, or one command of a step that does.
type Call struct {
	Agent Agent
	Job   *Job
	Step  *Step
	// Pos is the action, or the program in the script; End is the column after
	// it, 0 where that is not known.
	Pos diag.Position
	End int
	// Ref is what stands behind the action's @, Version what that means: a tag,
	// or what the comment beside a sha says; "" where nothing says it.
	Ref, Version string
	// Model is nil where none is named.
	Model *Named
	// Models are what Model may be: itself, or where it is computed the literals
	// that the file leads to. None where the file does not say.
	Models []Named
	// Fork says that the action is another owner's copy of the agent's.
	Fork bool
	// Pinned says that the model is chosen by what answers, and not by a name: a
	// server on this machine, or a deployment.
	Pinned bool
	// Elsewhere says that a cloud or a gateway serves the model, so that ids
	// and prices of the vendor do not tell.
	Elsewhere bool
	// Limited says that something bounds turns or spend, or may.
	Limited bool
	// Timed says that the step or its job has a timeout, or the command one in
	// front of it.
	Timed bool
	// Task is the task of the catalogue that the words tell, "" where they do
	// not tell one. It is a guess, for a linter to speak of.
	Task        string
	Prompts     []*yamltree.Node
	PromptFiles []*yamltree.Node
	Keys        []*yamltree.Node
	// Unread are inputs for the model or a bound that this version of the
	// action no longer reads.
	Unread []yamltree.Entry
	// Args is the end of a command's last word in its script, where a flag can
	// be added; the zero value where that is not known.
	Args diag.Position
}

// Named is a value with the place where it stands. Expression says that the
// value is computed (${{ … }}, $x, a file), so that Text is not what is used.
// When says where the value counts, in words that follow "where"; "" for
// everywhere. Matrix says that it is one of several, each in a run of the job.
type Named struct {
	Text       string
	Pos        diag.Position
	End        int // the column after its last byte, on the line of Pos; 0 where the place is not known that well
	Expression bool
	When       string
	Matrix     bool
	Shared     bool // it stands where other steps may read it too
	// opaque says that a model is named somewhere in what stands there.
	opaque bool
	// File is the file of the repository that says it, "" for this one: Pos is
	// then where it is read.
	File string
}

// Name is how a person knows what is called.
func (c Call) Name() string {
	if c.Fork {
		return c.Agent.ID + " (a fork)"
	}
	return c.Agent.ID
}

// Calls gives the steps that call models, in the order of the file.
func (f *File) Calls() []Call {
	var calls []Call
	agents := Agents()
	for i := range f.Jobs {
		j := &f.Jobs[i]
		calls = append(calls, f.reused(agents, j)...)
		for k := range j.Steps {
			switch s := &j.Steps[k]; {
			case s.ID == agenticStep || f.Generated && strings.HasSuffix(s.ID, agenticStep):
				calls = append(calls, f.agentic(agents, j, s))
			case s.Uses != nil:
				calls = append(append(calls, f.action(agents, j, s)...), f.programs(agents, j, s)...)
			case s.Run != nil && !f.Generated:
				calls = append(append(calls, f.script(agents, j, s)...), f.programs(agents, j, s)...)
			}
		}
	}
	return calls
}

// action gives the call of a step that uses an agent's action.
func (f *File) action(agents []Agent, j *Job, s *Step) []Call {
	name, ref := splitUses(s.Uses.Text)
	agent, fork, ok := usedBy(agents, name)
	if !ok {
		return nil
	}
	v := view{f: f, places: &places{source: f.source}, j: j, s: s, with: s.With, version: f.version(s.Uses, ref)}
	if fork {
		v.version = "" // its owner counts in another way
	}
	c := v.call(agent)
	c.Ref, c.Version, c.Fork = ref, v.version, fork
	c.Pos, c.End = f.placed(s.Uses)
	return []Call{c}
}

// splitUses gives an action's name in lower case, and its ref.
func splitUses(text string) (name, ref string) {
	name, ref, _ = strings.Cut(strings.ToLower(strings.TrimSpace(text)), "@")
	if image, ok := strings.CutPrefix(name, "docker://"); ok && ref == "" {
		image, ref, _ = strings.Cut(image, ":")
		name = "docker://" + image
	}
	return name, ref
}

// placed gives the place of a scalar as far as it is one piece.
func (f *File) placed(n *yamltree.Node) (diag.Position, int) {
	if pos, end, ok := (&places{source: f.source}).within(n, 0, len(n.Text)); ok {
		return pos, end
	}
	return n.Pos, 0
}

// reused gives the call of a job that calls another workflow with a model.
func (f *File) reused(agents []Agent, j *Job) []Call {
	if j.Uses == nil {
		return nil
	}
	name, ref := splitUses(j.Uses.Text)
	i := slices.IndexFunc(agents, func(a Agent) bool { return slices.Contains(a.Uses, name) })
	known := i >= 0
	if !known {
		i = slices.IndexFunc(agents, func(a Agent) bool { return a.ID == "reusable-workflow" })
	}
	step := &Step{Name: j.Name, Pos: j.Pos, Node: j.Node, Uses: j.Uses, With: j.With}
	v := view{f: f, places: &places{source: f.source}, j: j, s: step, with: j.With}
	c := v.call(agents[i])
	if known {
		v.bySecrets(&c)
	}
	if !known && c.Model == nil {
		return nil
	}
	c.Ref, c.Version = ref, f.version(j.Uses, ref)
	c.Pos, c.End = f.placed(j.Uses)
	return []Call{c}
}

// bySecrets sees to it that secrets may name the model of a workflow that is
// called, and send it to a gateway.
func (v view) bySecrets(c *Call) {
	secrets := get(v.j.Node, "secrets")
	all := text(secrets) == "inherit"
	c.Elsewhere = c.Elsewhere || all || get(secrets, "LLM_BASE_URL") != nil
	if named := get(secrets, "LLM_MODEL"); c.Model == nil && named != nil {
		c.Model = v.computed(named)
	} else if c.Model == nil && all {
		c.Model = v.computed(secrets)
	}
}

// agentic gives the call of a gh-aw workflow, in Markdown or compiled.
func (f *File) agentic(agents []Agent, j *Job, s *Step) Call {
	i := slices.IndexFunc(agents, func(a Agent) bool { return a.ID == "gh-aw" })
	c := view{f: f, places: &places{source: f.source}, j: j, s: s, with: s.With}.call(agents[i])
	c.Pos = s.Pos
	c.Elsewhere = !f.vendorsOwn(c)
	if s.ID != agenticStep {
		c.Task = "" // it looks at what the agent did
	}
	if f.Body != nil {
		c.Prompts = append(c.Prompts, f.Body)
	}
	return c
}

// vendorsOwn says whether the engine of a gh-aw workflow asks the vendor of
// its model: the default one asks Copilot.
func (f *File) vendorsOwn(c Call) bool {
	if f.Generated {
		return slices.ContainsFunc(c.Agent.Keys, func(s Setting) bool {
			return s.Env != "COPILOT_GITHUB_TOKEN" && Value(c.Step.Env, s.Env) != nil
		})
	}
	engine := get(f.Root, "engine")
	name := text(engine)
	if id := get(engine, "id"); id != nil {
		name = id.Text
	}
	return slices.Contains([]string{"claude", "codex", "gemini"}, name)
}

// script gives the calls of a run: line.
func (f *File) script(agents []Agent, j *Job, s *Step) []Call {
	if !f.isShell(j, s) || !mentions(s.Run.Text) {
		return nil
	}
	var calls []Call
	at := &places{source: f.source}
	body := sync.OnceValues(func() (span, bool) { return oneBody(s.Run.Text) })
	for _, i := range invocations(s.Run.Text) {
		k := slices.IndexFunc(agents, func(a Agent) bool {
			return (slices.Contains(a.Commands, i.program) || slices.Contains(a.Shared, i.program) && f.near(j, s, a.Near)) &&
				(a.Calls == nil || a.Calls(i.invocation()))
		})
		if k < 0 {
			continue
		}
		v := view{f: f, places: at, j: j, s: s, command: &i, body: body}
		c := v.call(agents[k])
		c.Prompts = append(c.Prompts, s.Run)
		c.Pos, c.End = v.wordPlace(i.name)
		c.Args = v.lastPlace()
		calls = append(calls, c)
	}
	return calls
}

// near says whether one of some texts stands in the variables that a step sees
// or in the scripts of its job.
func (f *File) near(j *Job, s *Step, texts []string) bool {
	return slices.ContainsFunc(texts, func(t string) bool {
		for _, entries := range [][]yamltree.Entry{s.Env, j.Env, f.Env} {
			if Value(entries, t) != nil {
				return true
			}
		}
		return slices.ContainsFunc(j.Steps, func(s Step) bool { return s.Run != nil && strings.Contains(s.Run.Text, t) })
	})
}

// mentions is a first look, so that scripts without an agent are not read.
func mentions(script string) bool {
	for _, program := range []string{
		"claude", "codex", "gemini", "aider", "llm", "opencode", "copilot", "gh models", "agent ", "qwen", "openhands",
		anthropicHost, openAIHost, geminiHost, openRouterHost,
	} {
		if strings.Contains(script, program) {
			return true
		}
	}
	return false
}

// shellOf gives what the file says of the shell of a script, "" for nothing.
func (f *File) shellOf(j *Job, s *Step) string {
	shell := text(get(s.Node, "shell"))
	for _, n := range []*yamltree.Node{j.Node, f.Root} {
		if shell == "" {
			shell = text(get(get(get(n, "defaults"), "run"), "shell"))
		}
	}
	return shell
}

// isShell says whether a script is one of a POSIX shell, as far as the file
// says it.
func (f *File) isShell(j *Job, s *Step) bool {
	shell := f.shellOf(j, s)
	name, _, _ := strings.Cut(shell, " ")
	return name == "" || slices.Contains([]string{"bash", "sh", "zsh", "dash"}, name[strings.LastIndexByte(name, '/')+1:]) || strings.Contains(shell, "${{")
}

func (i invocation) invocation() Invocation {
	words := make([]string, len(i.args))
	for k, w := range i.args {
		words[k] = w.text
	}
	return Invocation{Words: words, Fed: i.fed}
}
