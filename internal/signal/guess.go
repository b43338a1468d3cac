package signal

import "github.com/tierwise/tierwise/internal/task"

// guess gives the one domain that a person would most likely name. It is shown
// and measured; it never routes, and so it may weigh what the set must not.
func guess(in Input, declared task.Annotation) task.Domain {
	if len(declared.Domains) == 1 {
		return declared.Domains[0]
	}
	weight := map[task.Domain]int{}
	for i, f := range in.Change.Files {
		d, share := guessClass(in.classesOf(i)[0])
		weight[d] += share * (5 + min(f.Additions+f.Deletions, maxGuessLines))
	}
	return heaviest(weight)
}

// maxGuessLines bounds the lines that one file weighs.
const maxGuessLines = 100

// guessClass gives a domain and how much a line of it says. Code comes with
// tests, settings and lock files far oftener than they come with code.
func guessClass(c Class) (domain task.Domain, share int) {
	switch c {
	case Documentation, Asset, AgentInstructions:
		return task.Docs, 4
	case Test, Snapshot:
		return task.Tests, 3
	case LockFile:
		return task.Config, 1
	case Configuration, Deployment, Owners, Workflow, PolicyFile:
		return task.Config, 3
	case Translation, InterfaceFile:
		return task.Feature, 3
	case Migration:
		return task.Schema, 10
	}
	return task.Feature, 10
}

// heaviest settles a draw in favour of what has more at stake.
func heaviest(weight map[task.Domain]int) task.Domain {
	var best task.Domain
	for _, d := range []task.Domain{task.Schema, task.Feature, task.Tests, task.Config, task.Docs} {
		if weight[d] > weight[best] {
			best = d
		}
	}
	return best
}
