package signal

import "github.com/tierwise/tierwise/internal/task"

func migrationSignal() Signal {
	return Signal{
		ID:      string(Migration),
		Summary: "a file changes the shape of stored data",
		Why:     "there is no way back on production data",
		Example: "db/migrations/20260301_add_due_date.sql",
		Fix:     "keep code that only talks about migrations out of a folder of that name",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Schema},
		Fire:    classFire(Migration),
	}
}
