package signal

import "github.com/tierwise/tierwise/internal/task"

func deploymentSignal() Signal {
	return Signal{
		ID:      string(Deployment),
		Summary: "a file says how a program is packed or where it runs",
		Why:     "a container, a manifest or a platform file decides what runs with which rights; its mistakes show at the next rollout",
		Example: "Dockerfile, compose.yaml, k8s/web.yaml, charts/api/values.yaml, fly.toml, Procfile",
		Fix:     "name a deployment that matters under paths: of a must_frontier: entry",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Config},
		Fire:    classFire(Deployment),
	}
}
