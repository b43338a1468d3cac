package signal

import "github.com/tierwise/tierwise/internal/task"

// guess gives the one domain that a person would most likely name. It is shown
// and measured; it never routes, and so it may weigh what the set must not.
func guess(in Input, declared task.Annotation) task.Domain {
	if len(declared.Domains) == 1 {
		return declared.Domains[0]
	}
	if !in.HasChange || len(in.Change.Files) == 0 {
		return guessWords(in)
	}
	sort := likeliest(Features(in))
	if sort == task.Feature && migrates(in) {
		return task.Schema
	}
	return sort
}

// guardedWeight is what words of security or of a schema weigh: as much as a
// verb with its object.
const guardedWeight = 3

// guessWords goes by what the brief, or a title before there is a change, asks
// for. A draw goes to the domain with more at stake.
func guessWords(in Input) task.Domain {
	weight := wordsDomain(in.Brief.Text + "\n" + in.Brief.Title)
	for _, r := range in.read() {
		if r.kind == asked && len(r.security()) > 0 {
			weight[task.Security] += guardedWeight
		}
		if r.kind == asked && len(r.schema()) > 0 {
			weight[task.Schema] += guardedWeight
		}
	}
	var best task.Domain
	for _, d := range []task.Domain{task.Security, task.Schema, task.Feature, task.Refactor, task.Tests, task.Config, task.Docs} {
		if weight[d] > weight[best] {
			best = d
		}
	}
	return best
}

// migrates says that a file of the change is a migration: code that comes with
// it serves it.
func migrates(in Input) bool {
	for i := range in.Change.Files {
		if in.classesOf(i)[0] == Migration {
			return true
		}
	}
	return false
}

// guessOrder is the order of a weight's four parts, and settles a draw: the
// one with most at stake first.
func guessOrder() [4]task.Domain {
	return [4]task.Domain{task.Feature, task.Tests, task.Config, task.Docs}
}

// likeliest adds up what each feature says for each domain.
func likeliest(features []Feature) task.Domain {
	weights := guessWeights()
	var sums [4]int
	for _, f := range features {
		for i, w := range weights[f.Name] {
			sums[i] += w * f.Amount
		}
	}
	best := 0
	for i := range sums {
		if sums[i] > sums[best] {
			best = i
		}
	}
	return guessOrder()[best]
}
