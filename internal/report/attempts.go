package report

// repeated says that something was tried or attempted more than once.
func (s Session) repeated() bool {
	for _, r := range s.Results {
		if r.Recorded != nil {
			continue // several models of an agent are no attempts
		}
		for _, a := range r.Attempts {
			if len(r.Attempts) > 1 || len(a.Tries) > 1 {
				return true
			}
		}
	}
	return false
}

// attempts are a block of their own where there is more than one: what each
// cost and why it was refused. Else their rows stand with the numbers.
func (s Session) attempts(limit int) string {
	if !s.repeated() {
		return ""
	}
	b := newBounded(limit)
	s.attemptRows(b)
	s.faults(b)
	for _, r := range s.Results {
		if len(r.Attempts) > 1 {
			b.addf("- %s: %s, %s tokens, %s.\n", name(r.Task.ID), count(len(r.Attempts), "attempt"), tokenWords(r), shownCost(r.Cost))
		}
	}
	return b.string()
}
