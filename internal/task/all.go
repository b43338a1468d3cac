package task

import "slices"

// All is the catalogue, sorted by id.
func All() []Task {
	return []Task{changelog(), codeReview(), docs(), failureSummary(), prSummary(), releaseNotes(), securityScan(), tests()}
}

// Find gives the catalogue's entry of an id.
func Find(id string) (Task, bool) {
	all := All()
	i := slices.IndexFunc(all, func(t Task) bool { return t.ID == id })
	if i < 0 {
		return Task{}, false
	}
	return all[i], true
}
