package weekly

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// DueWithin is how many days ahead a review counts as due.
const DueWithin = 14

// ReviewFacts say when the policy is to be looked at again, and what is known
// to have changed since it was last.
type ReviewFacts struct {
	By      string // YYYY-MM-DD; "" where the policy names no day
	Today   string // YYYY-MM-DD
	Digest  string // of the policy as it stands; "" where it is not known
	Changes []string
}

// review says how long until the policy is looked at, and adds to what changed
// by which policies the runs of the window were decided.
func (c *count) review() Review {
	f := c.s.options.Review
	r := Review{Due: f.By, State: "none", Changes: append([]string{}, f.Changes...)}
	due, err := time.Parse(time.DateOnly, f.By)
	today, todayErr := time.Parse(time.DateOnly, f.Today)
	if err != nil || todayErr != nil {
		r.Due = ""
		return r
	}
	r.Days = int(due.Sub(today) / (24 * time.Hour))
	switch {
	case r.Days < 0:
		r.State = "overdue"
	case r.Days <= DueWithin:
		r.State = "due"
	default:
		r.State = "later"
	}
	r.Changes = append(r.Changes, c.policies(f.Digest)...)
	return r
}

// policies says by how many policies the window was decided, and whether the
// one that stands now is among them.
func (c *count) policies(now string) []string {
	if len(c.digests) == 0 {
		return nil
	}
	var lines []string
	if n := len(c.digests); n > 1 {
		days := slices.SortedFunc(maps.Values(c.digests), strings.Compare)
		lines = append(lines, fmt.Sprintf("policy: %d versions decided in this window, the newest from %s on", n, days[n-1]))
	}
	if _, ran := c.digests[now]; now != "" && !ran {
		lines = append(lines, "policy: it has changed since the last run of this window")
	}
	return lines
}

// addDigest notes the first day of each policy.
func (c *count) addDigest(r *row, k *kind) {
	if k.digest == "" {
		return
	}
	if day, known := c.digests[k.digest]; !known || dayOf(r) < day {
		c.digests[k.digest] = dayOf(r)
	}
}
