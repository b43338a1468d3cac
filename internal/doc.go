// Package internal is the house of tierwise: what flows through it, who may
// import whom, and what its words mean.
//
// # Flow
//
//	facts in                         decide (pure)           act                      tell
//	event ──► change ──► signal ──┐
//	  │                           ├──► route.Decision ──► dispatch.Result ──┬──► report
//	  ├──► policy (at the base) ──┤                                         └──► ledger
//	  ├──► override (label audit) ┤
//	  └──► catch evidence ────────┘
//
// A task goes one way, left to right, and never back. Everything that decides
// is pure: the same inputs give the same bytes, with no clock, no network and
// no environment. Everything that touches the world is an adapter at the
// right-hand edge.
//
// # Imports
//
// A package may import only packages that stand to its left. arch_test.go
// reads the next line from this file and fails on any import to the right.
//
// import line: diag glob yamltree lex needle sanitize money usage agentlog pricelist event change task signal policy route workflow lint survey ask provider dispatch ledger weekly backtest report page gitrepo github runner store pipeline cli ledgercli
//
// Interfaces are declared by the package that uses them; adapters satisfy
// them; pipeline joins them. testkit is imported by tests alone.
//
// # Glossary
//
//   - task: one piece of AI work, such as code-review or changelog.
//   - brief: the words that describe a piece of work.
//   - annotation: scope, domain and ambiguity, stated in words.
//   - change: the files and hunks between a base and a head.
//   - signal: a fact measured from the change or the brief, with its place.
//   - tier: local < efficient < mid < frontier.
//   - pool: the models of each tier.
//   - baseline: the model that savings are measured against.
//   - critical path: tasks whose verdict gates a merge.
//   - must-frontier: the policy's list of subjects that stay frontier.
//   - lock: a tier that no label, budget or key may lower.
//   - raise: a reason that lifts the tier.
//   - catcher: what would notice a bad output; caught: one did or would.
//   - override: an authorised person's choice of tier, by label.
//   - escalation: the next tier up, after a verifier refused an output.
//   - attempt: one answer to verify. try: one call to a provider.
//   - session: all tasks of one workflow run.
//   - record: what the ledger keeps of one task.
//   - begun record: written before a call; a finished one takes its place.
//   - flag: a person's hindsight about a record: right, cheaper, frontier.
//   - routing efficiency: right / reviewed.
//   - kept answer: what a model gave and a verifier passed, for a later run.
//   - key: the hash under which the same question finds it; lineage: the hash
//     that all questions of one task about one pull request share.
//   - price: an amount a token. cost: a total. estimate: before the call.
//     actual: from reported usage.
package internal
