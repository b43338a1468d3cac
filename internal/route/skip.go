package route

import (
	"slices"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/signal"
)

// skipped says why skip: keeps the task from running, "" where it runs. It is
// for auxiliary tasks alone; a brief for another program is not a task.
func skipped(in Input) string {
	rules := in.Policy.Skip
	switch {
	case in.TaskID == "" || in.Task == nil || judges(in):
		return ""
	case rules.Drafts && in.Skip.Draft:
		return "skip: the pull request is a draft"
	case in.Skip.Actor != "" && slices.Contains(rules.Actors, in.Skip.Actor):
		return "skip: " + in.Skip.Actor + " started the run"
	case slices.Contains(rules.Only, "lock-files") && onlyLockFiles(in.Change):
		return "skip: only lock files changed"
	}
	return ""
}

// onlyLockFiles wants the whole change to be known.
func onlyLockFiles(c change.Change) bool {
	if len(c.Files) == 0 || !c.Complete() {
		return false
	}
	return !slices.ContainsFunc(c.Files, func(f change.File) bool {
		classes := signal.Classes(f, signal.Marks{})
		return len(classes) != 1 || classes[0] != signal.LockFile
	})
}
