package workflow

import (
	"slices"
	"strings"
)

// Agent is one way in which workflows call models: an action, or a command. A
// worked example:
//
//	Agent{ID: "codex-action", Uses: []string{"openai/codex-action"}, Provider: "openai", Loops: true,
//		Models: []Setting{{With: "model"}}, Prompts: []Setting{{With: "prompt"}}, Keys: []Setting{{With: "openai-api-key"}}}
//
// Facts come from the action's own action.yml; Source says which one.
type Agent struct {
	ID       string
	Uses     []string // actions, "owner/repo" or "owner/repo/path", in lower case, without a ref
	Commands []string // programs of a run: line
	// Shared are programs of a name that others have too. They count where one
	// of Near stands in the job: its variables or its scripts.
	Shared, Near []string
	// Calls says whether such a program calls a model with these arguments;
	// nil: always.
	Calls    func(i Invocation) bool
	Provider string // whose models it calls, "" where its settings say
	Default  string // the model that is written into the action, "" where it moves without one
	Task     string // the task that it does whatever it is told, "" where the words say
	Loops    bool   // it works in turns until it is done
	Routes   bool   // it picks the model itself, by a policy
	Resells  bool   // a service that is not the vendor's answers, by its own ids
	Models   []Setting
	Limits   []Setting // what bounds turns or spend
	// LimitFix is what --fix adds where nothing bounds it; the zero value: no mechanical way.
	LimitFix    Setting
	Prompts     []Setting
	PromptFiles []Setting // paths of files with the prompt
	Keys        []Setting // where its key is given
	Elsewhere   []Setting // what sends it to a cloud or a gateway, whose models and prices are other ones
	Deployments []Setting // what names a deployment, which pins the model elsewhere
	Config      []string  // files of the repository that may name its model
	// ConfigKeys lead to the model in the first of Config, which is JSON; none
	// where it is not read.
	ConfigKeys []string
	Source     string // URL of where this was read
}

// Setting is a place where something is said: a key under with:, a variable
// under env:, a flag on the command line. Flag with With is a flag inside of
// the text under that key, as in claude_args; JSON with With is a path of keys
// in it.
type Setting struct {
	With string
	Env  string
	Flag string
	JSON string
	Arg  int // the argument of a command, 1-based
	// Key is what the flag's value begins with, for flags such as -c model=….
	Key string
	// Body says that the body or the address of a request says it.
	Body bool
	// Before is the first major version that no longer reads it, 0: all do.
	Before int
	// File says that the value is a path, and that the file may say it.
	File bool
}

// Invocation is a command line that may call a model. Words are its arguments
// after quotes; Fed says that something is piped into it.
type Invocation struct {
	Words []string
	Fed   bool
}

// Has says whether one of some words is there.
func (i Invocation) Has(words ...string) bool {
	return slices.ContainsFunc(i.Words, func(w string) bool { return slices.Contains(words, w) })
}

// Sub gives the first argument where it is no flag: what a program takes as
// its subcommand.
func (i Invocation) Sub() string {
	if len(i.Words) == 0 || len(i.Words[0]) > 0 && i.Words[0][0] == '-' {
		return ""
	}
	return i.Words[0]
}

// about says whether only the program itself is asked about.
func (i Invocation) about() bool {
	return i.Has("--version", "--help", "-h", "-V") || len(i.Words) == 1 && i.Words[0] == "-v" || i.Sub() == "help"
}

// Says gives whether the first argument is a prompt: several words, or what
// only the shell knows. A word alone is a subcommand, known here or not.
func (i Invocation) Says() bool { return strings.ContainsAny(i.Sub(), " \n$`/") }
