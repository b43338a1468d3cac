package signal

import "github.com/tierwise/tierwise/internal/task"

func workflowSignal() Signal {
	return Signal{
		ID:      string(Workflow),
		Summary: "a file is obeyed by a CI system",
		Why: "a workflow is settings, and holds tokens and secrets. What makes one dangerous (rights, triggers, secrets, checks, sources) has " +
			"signals of its own, so that a new version of a step is not held for an attack",
		Example: ".github/workflows/ci.yml, .gitlab-ci.yml, Jenkinsfile",
		Fix:     "guard workflows with a ruleset; to keep all of them at frontier, name this signal in a must_frontier: entry",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Config},
		Fire:    classFire(Workflow),
	}
}
