package workflow

// ghModels is "gh models run", the command line of GitHub Models, which were
// retired on 2026-07-30.
func ghModels() Agent {
	return Agent{
		ID:       "gh-models",
		Commands: []string{"gh"},
		Calls: func(i Invocation) bool {
			return !i.about() && i.Sub() == "models" && len(i.Words) > 1 && i.Words[1] == "run"
		},
		Resells: true,
		Models:  []Setting{{Arg: 3}},
		Keys:    []Setting{{Env: "GH_TOKEN"}, {Env: "GITHUB_TOKEN"}},
		Source:  "https://github.com/github/gh-models",
	}
}
