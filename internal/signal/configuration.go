package signal

import "github.com/tierwise/tierwise/internal/task"

func configurationSignal() Signal {
	return Signal{
		ID:      string(Configuration),
		Summary: "a file configures a tool, a build or an agent",
		Why:     "configuration is short and its mistakes show at once, as a rule; instructions for agents count here because machines obey them",
		Example: "tsconfig.json, pyproject.toml, .golangci.yml",
		Fix:     "name a configuration file that matters under paths: of a must_frontier: entry",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Config},
		Fire:    classFire(Configuration),
	}
}
