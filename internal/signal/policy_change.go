package signal

import "github.com/tierwise/tierwise/internal/task"

func policySignal() Signal {
	return Signal{
		ID:      string(PolicyFile),
		Summary: "the change edits the routing policy",
		Why:     "the policy decides everything else; a change to it is decided by the policy at the base",
		Example: "routing-policy.yml",
		Fix:     "change the policy in a pull request of its own",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Config, task.Security},
		Fire:    classFire(PolicyFile),
	}
}
