package policy

import (
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

// The words of a policy, each list in one place: the reader permits them, and
// the published schema offers them. Providers and efforts stand in
// provider.go, tiers in tier.go.

// modelTierWords are the tiers that have models.
func modelTierWords() []string { return tierWords()[Local:] }

func tierWords() []string {
	var names []string
	for _, t := range Tiers() {
		names = append(names, t.String())
	}
	return names
}

// scopeWords and ambiguityWords stand in the order of their values, the least
// first.
func scopeWords() []string { return []string{"single-file", "multi-file", "cross-service"} }

func ambiguityWords() []string { return []string{"low", "medium", "high"} }

func domainWords() []string {
	return words([]task.Domain{task.Docs, task.Config, task.Tests, task.Feature, task.Security, task.Schema, task.Refactor})
}

func shapeWords() []string { return words(signal.Shapes()) }

func kindWords() []string { return words([]task.Kind{task.Judges, task.Writes, task.Tells}) }

// catcherWords are all catchers. CatcherRequiredChecks stands with the names
// of its checks, never alone.
func catcherWords() []string {
	return append(plainCatcherWords(), string(task.CatcherRequiredChecks))
}

func plainCatcherWords() []string {
	return words([]task.Catcher{task.CatcherVerifier, task.CatcherAdvisory, task.CatcherRequiredReview})
}

// attestedWords are the catchers that the platform may hide.
func attestedWords() []string {
	return words([]task.Catcher{task.CatcherRequiredReview, task.CatcherRequiredChecks})
}

// permissionWords leave out the roles below write, which are everybody's on a
// public repository.
func permissionWords() []string { return []string{"admin", "maintain", "write"} }

func reviewWords() []string { return []string{"warn", "error"} }

func onCriticalWords() []string { return []string{"fail", "continue"} }

func onAuxiliaryWords() []string { return []string{"skip", "fail"} }

func skipWords() []string { return []string{"lock-files"} }

func words[T ~string](list []T) []string {
	var texts []string
	for _, item := range list {
		texts = append(texts, string(item))
	}
	return texts
}
