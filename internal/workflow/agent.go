package workflow

// Agent is one way in which workflows call models: an action, or a command. A
// worked example:
//
//	Agent{ID: "codex-action", Uses: []string{"openai/codex-action"}, Provider: "openai",
//		Models: []Setting{{With: "model"}}, Prompts: []Setting{{With: "prompt"}}, Keys: []Setting{{With: "openai-api-key"}}}
//
// Facts come from the action's own action.yml; Source says which one.
type Agent struct {
	ID       string
	Uses     []string // actions, "owner/repo" or "owner/repo/path", without a ref
	Commands []string // programs of a run: line
	Provider string   // whose models it calls, "" where its settings say
	Default  string   // the model that it takes where none is named, "" where that is not known
	Task     string   // the task that it does whatever it is told, "" where the words say
	Models   []Setting
	Limits   []Setting // what bounds turns or spend
	// LimitFix is what --fix adds where nothing bounds it; the zero value: no mechanical way.
	LimitFix Setting
	Prompts  []Setting
	Keys     []Setting // where its key is given
	Source   string    // URL of where this was read
}

// Setting is a place where something is said: a key under with:, a variable
// under env:, a flag on the command line. Flag with With is a flag inside of
// the text under that key, as in claude_args.
type Setting struct {
	With string
	Env  string
	Flag string
}
