package signal

import "github.com/tierwise/tierwise/internal/task"

func snapshotSignal() Signal {
	return Signal{
		ID:      string(Snapshot),
		Summary: "a file is the output that a test expects",
		Why:     "a tool writes it, and an update accepts whatever the code gives now",
		Example: "src/__snapshots__/menu.test.tsx.snap, golden/out.txt",
		Fix:     "keep files that ship out of folders named like snapshots",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Tests},
		Fire:    classFire(Snapshot),
	}
}
