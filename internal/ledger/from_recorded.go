package ledger

import "github.com/tierwise/tierwise/internal/dispatch"

// FromRecorded gives the record of a task that another program did: what it
// spent, and what the policy would have chosen and spent instead.
func FromRecorded(meta Meta, r dispatch.Result) Record {
	rec := FromResult(meta, r)
	rec.Observed = true
	rec.Agent = clean(r.Recorded.Agent)
	if r.Recorded.Would.State != "" {
		rec.Would = amount(r.Recorded.Would)
	}
	return rec
}
