package signal

import "github.com/tierwise/tierwise/internal/task"

func lockFileSignal() Signal {
	return Signal{
		ID:      string(LockFile),
		Summary: "a file holds exact versions that a package manager wrote",
		Why:     "a lock file says what is installed, and no person reads it line by line",
		Example: "go.sum, package-lock.json, Cargo.lock",
		Fix:     "skip lock-file-only changes with skip: { only: [lock-files] }",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Config},
		Fire:    classFire(LockFile),
	}
}
