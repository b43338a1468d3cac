package dispatch

import (
	"slices"

	"github.com/tierwise/tierwise/internal/money"
)

// What is shared must have so many tokens at least. A request that begins as
// another has its schema in words, so the vendor does not hold the answer to
// it, and an answer that is refused for its form is paid for once more. Under
// this, less than a third of a cent is saved at $4 a million tokens.
const minShared = 1024

// keptFrom is the shortest beginning that a model keeps in its cache, in
// tokens. A shorter one is silently not kept, and costs as if it was not marked
// (https://platform.claude.com/docs/en/build-with-claude/prompt-caching, as of
// October 2026; for Opus 5.5 also .../models/opus-5-5/migration-guide). A model
// that is not listed there is held to the longest of them.
func keptFrom(model string) int64 {
	is := func(id string) bool { return money.SameModel(id, model) }
	switch {
	case slices.ContainsFunc([]string{"claude-opus-5-5", "claude-sonnet-5-5", "claude-opus-5", "claude-fable-5", "claude-fable-5-1"}, is):
		return 512
	case slices.ContainsFunc([]string{"claude-opus-4-8", "claude-sonnet-5", "claude-sonnet-4-6", "claude-sonnet-4-5"}, is):
		return 1024
	case is("claude-opus-4-7"):
		return 2048
	default:
		return 4096
	}
}
