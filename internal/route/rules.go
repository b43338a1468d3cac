package route

import (
	"cmp"
	"slices"
)

// Rule explains one kind of reason that a decision gives.
type Rule struct {
	ID, Summary, Why, Fix string
}

// Rules gives every kind of reason, sorted by id. A must-frontier reason
// carries the id of its entry after a slash.
func Rules() []Rule {
	all := slices.Concat(placeRules(), wordRules(), subjectRules(), handoffRules(), outcomeRules())
	slices.SortFunc(all, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// placeRules say where a task or a brief starts.
func placeRules() []Rule {
	return []Rule{
		{
			"default", "no row of the table fits all that is known: the policy's default tier",
			"A row lowers only work that it describes wholly. What is not known is not small.",
			"Give an annotation by a trusted hand, or add a row to table:.",
		},
		{
			"place", "the task's row in tasks: says the tier",
			"The row is where a team writes down what a task deserves.",
			"Change tier: in the task's row.",
		},
		{
			"table", "a row of table: places the brief",
			"A row below the default must describe the work wholly. A row at or above it counts as soon as each of its conditions is met by something.",
			"Change the row, or give an annotation by a trusted hand.",
		},
		{
			"unknown-task", "nobody knows the task: frontier",
			"What is not known cannot be trusted to a cheaper model.",
			"Name a task of the catalogue, or describe your own in tasks:.",
		},
	}
}

// wordRules raise by what people say of the work.
func wordRules() []Rule {
	return []Rule{
		{
			"annotation-differs", "what was declared and what was measured differ: the higher of the two places",
			"A declaration may be out of date, and a measurement may miss what its author knows. In doubt, the tier goes up.",
			"Correct the annotation, or split the change so that it fits it.",
		},
		{
			"declared-high-ambiguity", "somebody calls the work unclear: frontier, locked",
			"A cheap model guesses where a question should be asked. Anybody may raise, so anybody's word counts.",
			"Say what is wanted, and declare the ambiguity low or medium.",
		},
		{
			"inferred-high-ambiguity", "the words sound unclear: frontier, not locked",
			"Words such as wip or somehow often stand for work that nobody has thought through; they bind nobody.",
			"Write a clearer title or brief. An authorised label may lower it.",
		},
	}
}

// subjectRules raise by what the work is on.
func subjectRules() []Rule {
	return []Rule{
		{
			"critical-path", "the task's verdict gates a merge: frontier, locked",
			"Nobody looks again behind a review that passed. A miss is found in production.",
			"There is nothing to tune: take the task off the critical path, and it gates nothing.",
		},
		{
			"docs-of-interface", "the docs task, where the public interface changed: mid at least",
			"Users change their code by what the docs say of it. A sentence that is wrong there is believed.",
			"Keep the change of the interface and its docs in one pull request; nothing else lowers it.",
		},
		{
			"incomplete-change", "the change is known to be cut short: frontier for tasks that judge, mid at least for others",
			"What was withheld may hold anything. Cut short is not small.",
			"Make the change smaller, so that the platform shows all of it.",
		},
		{
			"must-frontier", "an entry of must_frontier: names what the change touches: frontier, locked",
			"The policy's owners have said that a bad output here is too dear, whatever the task.",
			"Narrow the entry's paths, content or tasks in the policy, on a pull request of its own.",
		},
	}
}

// handoffRules raise by what an earlier step handed over.
func handoffRules() []Rule {
	return []Rule{
		{
			"handoff-near-bound", "the handoff of an earlier step fills 80 % of its bound or more: mid at least",
			"What was handed over was cut, or is about to be, and it is long to read. Small models lose the thread of a long context first.",
			"Hand over less: fewer tasks in a session, or a larger max_tokens under handoff: in the policy. Without the input handoff nothing is raised.",
		},
		{
			"handoff-refused", "the handoff of an earlier step was given and could not be used: mid at least",
			"It may have said what raises the tier, and whoever can damage it could lower by that. What it said is not known, so it counts as one near its bound.",
			"Give the document as handoff-file left it, for the same head, change and policy, or none. The warning says what did not hold.",
		},
	}
}

// outcomeRules decide once the place and the raises are known.
func outcomeRules() []Rule {
	return []Rule{
		{
			"local-for-want-of-key", "no key serves the tier, and code of ours can do the task",
			"A task that only tells is better done plainly than not at all. A locked task never runs so.",
			"Set a key, or on-missing-key: fail.",
		},
		{
			"override", "a label asks for the tier",
			"Anybody's label may raise. Only an authorised person's may lower, only what is not locked, and only at the head that was labelled.",
			"Remove the label, or see the audit in the summary for why it was refused.",
		},
		{
			"uncaught", "a bad output of this kind would not be caught: frontier",
			"Below frontier, every way for the output to be bad needs somebody or something that would notice.",
			"Add a catcher to caught_by: that the platform's rules confirm, or vouch for one under attested:.",
		},
	}
}
