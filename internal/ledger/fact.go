package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"strconv"
	"time"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// Fact is what numbers are made of: a record without its texts, small enough
// for a million of them. A shared ledger keeps its fields as columns and gives
// facts without reading a document.
type Fact struct {
	ID           [16]byte
	Session      [16]byte // of repository, run and attempt
	Repository   string
	PullRequest  int
	Started      time.Time
	Task         string
	Agent        string
	Status       string
	Decided      policy.Tier // 0 where none
	Used         policy.Tier // 0 where none
	Provider     string
	Model        string // that served, or was asked where nobody said
	Locked       bool
	Observed     bool
	Reused       bool
	PromptTokens int64 // of all tries; -1 unknown
	OutputTokens int64 // of all tries; -1 unknown
	Cost         money.Cost
	Baseline     money.Cost
	Saved        money.Cost
	Would        money.Cost // unknown where nothing was observed
	Bound        money.Cost
	Avoided      money.Cost // by reuse
	Attempts     int
	// Lowered and Raised count labels that were accepted, Refused those that
	// were not.
	Lowered, Raised, Refused int
	// First is what was spent at the tier of the first attempt, and Next at the
	// first tier above it. Refusals is how many of First's answers a verifier
	// refused.
	First, Next Step
	Refusals    int
	// Expected and Most are the estimate of the first prompt in tokens, First
	// call's actual prompt is Actual; -1 unknown.
	Expected, Most, Actual int64
	Class                  string
	PolicyDigest           string
	PricesAsOf             string
}

// Step is what was spent at one tier.
type Step struct {
	Tier            policy.Tier // 0: there was none
	Provider, Model string      // that was asked
	Cost            money.Cost
}

// Fact gives what numbers are made of. The record must have been checked.
func (r Record) Fact() Fact {
	f := Fact{
		Repository: r.Repository, PullRequest: r.PullRequest, Task: r.Task, Agent: r.Agent, Status: r.Status,
		Decided: tierOf(r.TierDecided), Used: tierOf(r.TierUsed), Provider: r.Provider, Model: r.ModelServed,
		Locked: r.Locked, Observed: r.Observed, Reused: r.Reused != nil,
		PromptTokens: -1, OutputTokens: -1, Expected: -1, Most: -1, Actual: -1,
		Cost: r.Cost.cost(), Baseline: r.Baseline.cost(), Saved: r.Saved.cost(), Would: r.Would.cost(), Bound: r.Bound.cost(),
		Avoided: money.Cost{State: money.Unknown}, Attempts: len(r.Attempts), PolicyDigest: r.PolicyDigest, PricesAsOf: r.PricesAsOf,
	}
	f.Session = sessionOf(r.Repository, r.RunID, r.RunAttempt)
	_, _ = hex.Decode(f.ID[:], []byte(r.ID)) // an id is 32 hexadecimal digits
	f.Started, _ = time.Parse(time.RFC3339, r.Started)
	f.Started = f.Started.UTC()
	if f.Model == "" {
		f.Model = r.ModelAsked
	}
	if r.Tokens.Known {
		f.PromptTokens, f.OutputTokens = r.Tokens.prompt(), r.Tokens.Output
	}
	if r.Reused != nil {
		f.Avoided = r.Reused.Avoided.cost()
	}
	f.addOverrides(r.Overrides)
	f.addSteps(r)
	f.addEstimate(r)
	return f
}

func (f *Fact) addOverrides(all []Audit) {
	for _, o := range all {
		switch {
		case !o.Accepted:
			f.Refused++
		case o.Direction == "up":
			f.Raised++
		case o.Direction == "down":
			f.Lowered++
		}
	}
}

func (f *Fact) addSteps(r Record) {
	if len(r.Attempts) == 0 || r.Status == string(dispatch.RecordedOnly) {
		return // the models that another program used are no escalation
	}
	first := r.Attempts[0]
	f.First = Step{Tier: tierOf(first.Tier), Provider: first.Provider, Model: first.Model, Cost: spent(r.Attempts, first.Tier)}
	for _, a := range r.Attempts {
		if a.Tier == first.Tier && len(a.Problems) > 0 {
			f.Refusals++
		}
		if tier := tierOf(a.Tier); tier > f.First.Tier && f.Next.Tier == 0 {
			f.Next = Step{Tier: tier, Provider: a.Provider, Model: a.Model, Cost: spent(r.Attempts, a.Tier)}
		}
	}
}

// addEstimate sets the actual beside the estimate where the first attempt was
// answered at its first try: the tokens of several tries are no one prompt's.
func (f *Fact) addEstimate(r Record) {
	if r.Estimate == nil {
		return
	}
	f.Expected, f.Most, f.Class = r.Estimate.Expected, r.Estimate.Most, r.Estimate.Class
	if len(r.Attempts) > 0 && r.Attempts[0].Tries == 1 && r.Attempts[0].Tokens.Known {
		f.Actual = r.Attempts[0].Tokens.prompt()
	}
}

func (t Tokens) prompt() int64 { return t.Input + t.CacheRead + t.CacheWrite + t.CacheWrite1h }

// spent sums up the attempts at one tier; a part that is not known makes it so.
func spent(all []Attempt, tier string) money.Cost {
	sum := money.Cost{State: money.Priced}
	for _, a := range all {
		if a.Tier != tier {
			continue
		}
		c := a.Cost.cost()
		if c.State != money.Priced {
			return c
		}
		if sum.Nano > math.MaxInt64-c.Nano {
			return money.Cost{State: money.Unknown} // no integer holds it
		}
		sum.Nano += c.Nano
	}
	return sum
}

func tierOf(name string) policy.Tier {
	var t policy.Tier
	if err := t.UnmarshalText([]byte(name)); err != nil {
		return 0
	}
	return t
}

// cost gives the amount as a cost; "" is unknown.
func (a Amount) cost() money.Cost {
	n, ok, err := a.parse()
	switch {
	case err == nil && ok:
		return money.Cost{State: money.Priced, Nano: n}
	case a == AmountUnpriced:
		return money.Cost{State: money.Unpriced}
	default:
		return money.Cost{State: money.Unknown}
	}
}

func sessionOf(repository, run string, attempt int) (id [16]byte) {
	h := sha256.New()
	for _, part := range []string{repository, run, strconv.Itoa(attempt)} {
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part + ";"))
	}
	copy(id[:], h.Sum(nil))
	return id
}
