package ledger

// record reads a whole line; false where it is not as this package writes it.
// The order is that of Record's fields. Where one is added, a test says that
// it is missing here.
func (q *quick) record() (Record, bool) {
	var r Record
	q.head(&r)
	q.decided(&r)
	r.Attempts = q.attempts()
	r.Tokens = q.tokens(`,"tokens":`)
	r.Cost = q.amount(`,"cost_usd":`)
	r.Baseline = q.amount(`,"baseline_usd":`)
	r.Saved = q.amount(`,"saved_usd":`)
	r.PricesAsOf = q.word(`,"prices_as_of":`)
	r.Started = q.text(`,"started":`)
	r.Finished = q.text(`,"finished":`)
	r.PolicyName = q.word(`,"policy_name":`)
	r.PolicyDigest = q.word(`,"policy_digest":`)
	r.Version = q.word(`,"version":`)
	r.Overrides = q.overrides()
	q.tail(&r)
	q.skip("}")
	return r, !q.off && len(q.rest) == 0
}

func (q *quick) head(r *Record) {
	r.Schema = q.word(`{"schema":`)
	r.ID = q.text(`,"id":`)
	r.Repository = q.word(`,"repository":`)
	r.PullRequest = q.count(`,"pull_request":`)
	r.RunID = q.text(`,"run_id":`)
	r.RunAttempt = q.count(`,"run_attempt":`)
	r.Job = q.word(`,"job":`)
	if q.has(`,"step":`) {
		r.Step = q.word("")
	}
	if q.has(`,"leg":`) {
		r.Leg = q.count("")
	}
	r.Workflow = q.word(`,"workflow":`)
	r.Event = q.word(`,"event":`)
	r.Task = q.word(`,"task":`)
	r.Sequence = q.count(`,"sequence":`)
}

func (q *quick) decided(r *Record) {
	r.TierDecided = q.word(`,"tier_decided":`)
	r.TierUsed = q.word(`,"tier_used":`)
	r.Provider = q.word(`,"provider":`)
	r.ModelAsked = q.word(`,"model_asked":`)
	r.ModelServed = q.word(`,"model_served":`)
	r.Locked = q.truth(`,"locked":`)
	r.Observed = q.truth(`,"observed":`)
	r.Reasons = q.wordList(`,"reasons":`)
	r.Status = q.word(`,"status":`)
}

// usualAttempts is how many there are where there is more than one.
const usualAttempts = 2

func (q *quick) attempts() []Attempt {
	var all []Attempt
	one := func() {
		if all == nil {
			all = make([]Attempt, 0, usualAttempts)
		}
		all = append(all, q.attempt())
	}
	if q.each(`,"attempts":`, one) && all == nil {
		return []Attempt{}
	}
	return all
}

func (q *quick) attempt() Attempt {
	var a Attempt
	a.Tier = q.word(`{"tier":`)
	a.Provider = q.word(`,"provider":`)
	a.Model = q.word(`,"model":`)
	a.Served = q.word(`,"served":`)
	a.Tokens = q.tokens(`,"tokens":`)
	a.Cost = q.amount(`,"cost_usd":`)
	a.Tries = q.count(`,"tries":`)
	a.Problems = q.wordList(`,"problems":`)
	a.Released = q.truth(`,"released":`)
	q.skip("}")
	return a
}

func (q *quick) overrides() []Audit {
	var all []Audit
	one := func() {
		o := Audit{Direction: q.word(`{"direction":`), Accepted: q.truth(`,"accepted":`), Permission: q.word(`,"permission":`)}
		q.skip("}")
		all = append(all, o)
	}
	if q.each(`,"overrides":`, one) && all == nil {
		return []Audit{}
	}
	return all
}

// tail reads what a record may leave out at its end.
func (q *quick) tail(r *Record) {
	if q.has(`,"reused":`) {
		r.Reused = &Reused{Key: q.text(`{"key":`), From: q.word(`,"from":`), Avoided: q.amount(`,"avoided_usd":`)}
		q.skip("}")
	}
	if q.has(`,"repository_id":`) {
		r.RepositoryID = q.whole("")
	}
	if q.has(`,"agent":`) {
		r.Agent = q.word("")
	}
	if q.has(`,"bound_usd":`) {
		r.Bound = q.amount("")
	}
	if q.has(`,"would_usd":`) {
		r.Would = q.amount("")
	}
	if q.has(`,"estimate":`) {
		r.Estimate = &Estimate{Expected: q.whole(`{"expected":`), Most: q.whole(`,"most":`), Class: q.word(`,"class":`)}
		if q.has(`,"calibrated":`) {
			r.Estimate.Calibrated = q.whole("")
		}
		q.skip("}")
	}
	if q.has(`,"actor":`) {
		r.Actor = q.text("")
	}
}
