package signal

import "github.com/tierwise/tierwise/internal/task"

func infrastructureSignal() Signal {
	return Signal{
		ID:      string(Infrastructure),
		Summary: "a file builds machines, networks or rights in a cloud",
		Why:     "it is the code of an infrastructure repository, and applying it changes what is running",
		Example: "modules/network/main.tf, main.bicep, cloudformation/queue.yaml, web.pkr.hcl",
		Fix:     "keep files that only look like Terraform, Bicep or CloudFormation under another name",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Feature},
		Fire:    classFire(Infrastructure),
	}
}
