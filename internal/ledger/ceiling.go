package ledger

import (
	"math"
	"time"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
)

// Scope is whose spending a ceiling is about. Actor is the digest of a record,
// "" where no ceiling of a person is set.
type Scope struct {
	Repository  string
	PullRequest int // 0 where there is none
	Actor       string
	Now         time.Time
}

// Held is what counts against one ceiling: costs of what is finished, and
// bounds of what is begun or whose cost is not known. Unknown counts records
// with neither.
type Held struct {
	Spent   money.Nano
	Unknown int
}

// Holdings is what counts against each ceiling.
type Holdings struct{ PullRequest, Day, Actor Held }

// Add counts one record of a ledger, given once an id. The day is the one on
// which the run began, in UTC. A record from the future counts as today's: a
// wrong clock must not hide what was spent. What was begun and never ended
// counts its bound for as long: a killed run may have spent it. What another
// program spent counts against none: its log is a stranger's, and must not close
// a gate.
func (h *Holdings) Add(r Record, s Scope) {
	started, err := time.Parse(time.RFC3339, r.Started)
	if err != nil || r.Repository != s.Repository {
		return
	}
	if r.Status == string(dispatch.RecordedOnly) {
		return
	}
	if s.PullRequest != 0 && r.PullRequest == s.PullRequest {
		h.PullRequest.add(r)
	}
	if started.UTC().Format(time.DateOnly) < s.Now.UTC().Format(time.DateOnly) {
		return
	}
	h.Day.add(r)
	if s.Actor != "" && r.Actor == s.Actor {
		h.Actor.add(r)
	}
}

func (h *Held) add(r Record) {
	for _, a := range []Amount{r.Cost, r.Bound} {
		if c := a.cost(); c.State == money.Priced && c.Nano >= 0 {
			h.Spent = plus(h.Spent, c.Nano)
			return
		}
	}
	h.Unknown++
}

// plus adds, and stays at the greatest amount where the sum would pass it: a
// forged record must not turn a sum around.
func plus(a, b money.Nano) money.Nano {
	if b > math.MaxInt64-a {
		return math.MaxInt64
	}
	return a + b
}
