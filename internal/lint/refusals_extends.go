package lint

import (
	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

// extendsExample is what the examples extend, by the name that their world
// knows it under.
const extendsExample = "acme/.github@4f2c1d2e3a4b5c6d7e8f90a1b2c3d4e5f6a7b8c9"

// refusalsOfExtending are the pages of a policy that extends another one.
func refusalsOfExtending() []Page {
	const merge = "Both policies count, and of both the stricter. Where no one answer is the stricter, the program asks instead of guessing."
	extends := "extends: " + extendsExample + "\n"
	offer := extended("")
	notes := extended("tasks:\n  notes: { prompt: .github/prompts/notes.md, kind: tells }\n")
	pool := refusal("extends-pool", "a model stands in the pool that the extended policy does not offer at that tier", merge+" A model that the organisation does not offer is left out, which is a warning; where no frontier model is left, nothing that is locked could run, which is an error.",
		"Name a model that the organisation offers at that tier or a dearer one, or leave pool out to take over all of its models.",
		"", "")
	pool.Severity = diag.Warning
	pool.Bad = Example{Text: pooled("frontier: [{ provider: anthropic, model: claude-opus-5-5 }]\n  mid: [{ provider: openai, model: gpt-5 }]", "claude-opus-5-5", extends), World: offer}
	pool.Good = Example{Text: pooled("frontier: [{ provider: anthropic, model: claude-opus-5-5 }]\n  mid: [{ provider: anthropic, model: claude-sonnet-5-5 }]", "claude-opus-5-5", extends), World: offer}
	price := inWorlds(refusal("extends-price", "a price stands in a policy that extends another one", "Ceilings are counted at these prices. Where a repository could say what a model costs, it could say next to nothing, and no ceiling of the organisation would hold. "+
		"The program takes the organisation's prices and the built-in list, and warns.",
		"Have the price written into the organisation's policy, and take it out here.",
		extends+"prices: [{ provider: anthropic, model: claude-opus-5-5, input: 1, output: 2 }]\n", extends), offer, offer)
	price.Severity = diag.Warning
	return []Page{
		inWorlds(refusal("extends-nested", "the extended policy extends another one", "Whoever reads a policy has to find all of it: two files can be read side by side, and a chain is followed by nobody.",
			"Put the organisation's policies into one file, or extend the one that stands on its own.",
			extends, extends), extended("extends: acme/base@4f2c1d2e3a4b5c6d7e8f90a1b2c3d4e5f6a7b8c9\n"), offer),
		refusal("extends-not-pinned", "the extended policy is named at no commit", "Whoever moves a branch or a tag would change what must stay frontier here, without a change in this repository that anybody reviews.",
			"Write all 40 hexadecimal digits of the commit after the @.",
			"extends: acme/.github@main\n", extends),
		pool,
		price,
		inWorlds(refusal("extends-task", "a task is described in both policies, and in two ways", "Two prompts under one name are two tasks, and the gates of the one would be believed of the other.",
			"Give the repository's task another name, or leave its prompt, schema, kind and failures as the organisation has them.",
			extends+"tasks:\n  notes: { prompt: docs/notes.md, kind: tells }\n", extends+"tasks:\n  house-notes: { prompt: docs/notes.md, kind: tells }\n"), notes, notes),
	}
}

// extended is a world that knows the policy that the examples extend: a small
// one with further lines.
func extended(lines string) World {
	org, _ := policy.Parse("acme/.github/routing-policy.yml@4f2c1d2e3a4b", []byte(minimal(lines)), policy.Known{Tasks: task.All()})
	return World{Extended: map[string]*policy.File{extendsExample: org}}
}

func inWorlds(p Page, bad, good World) Page {
	p.Bad.World, p.Good.World = bad, good
	return p
}
