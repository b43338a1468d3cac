package signal

import "github.com/tierwise/tierwise/internal/task"

func workflowSignal() Signal {
	return Signal{
		ID:      string(Workflow),
		Summary: "a file is obeyed by a CI system",
		Why:     "a workflow holds tokens and secrets, and its own head decides what runs",
		Example: ".github/workflows/ci.yml, .gitlab-ci.yml, Jenkinsfile",
		Fix:     "guard workflows with a ruleset and list them under must_frontier:",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Config, task.Security},
		Fire:    classFire(Workflow),
	}
}
