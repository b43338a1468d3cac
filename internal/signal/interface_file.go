package signal

import "github.com/tierwise/tierwise/internal/task"

func interfaceSignal() Signal {
	return Signal{
		ID:      string(InterfaceFile),
		Summary: "a file describes messages or calls between programs",
		Why:     "others build on it, and they are outside the change",
		Example: "api/user.proto, schema.graphql, openapi.yaml, order.avsc",
		Fix:     "name the description as documentation in .gitattributes only where nothing is built from it",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Feature},
		Fire:    classFire(InterfaceFile),
	}
}
