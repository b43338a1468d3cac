package dispatch

import (
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// RecordedOnly is the status of a task that another program did. Its spend was
// read from that program's log; nothing was routed, verified or reviewed here.
const RecordedOnly Status = "recorded"

// Recorded is what is known of a task that another program did.
type Recorded struct {
	Agent    string     // claude-code, codex, gemini-cli, or unknown
	Outcome  string     // success, failure or unknown, by the agent's own account
	Claimed  money.Cost // by the agent's own account
	Requests []Requests // of each attempt, in their order
	// Choice is what the policy would have asked; no model where it would have
	// asked none, and NoChoice says why.
	Choice   policy.Model
	NoChoice string
	// Would is what the same tokens cost there: an estimate.
	Would money.Cost
}

// Requests counts the requests that an attempt stands for. Sum says that the
// log has only the sum of some, so that there may be more.
type Requests struct {
	Count int
	Sum   bool
}
