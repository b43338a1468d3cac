package ledger

import (
	"errors"
	"fmt"
	"slices"
)

// checkBegun holds a record that was written before its call to what it can
// be: nothing was answered yet, and what it may cost is not less than nothing.
func (r *Record) checkBegun() error {
	for _, a := range []Amount{r.Bound, r.Would} {
		if a == "" {
			continue
		}
		if n, _, err := a.parse(); err != nil || n < 0 {
			return fmt.Errorf("bound_usd or would_usd: %q is no amount, or less than nothing", clean(string(a)))
		}
	}
	if r.RepositoryID < 0 {
		return errors.New("a negative number")
	}
	if r.Actor != "" && (len(r.Actor) != 32 || !isHex(r.Actor)) {
		return errors.New("actor is no digest")
	}
	if e := r.Estimate; e != nil {
		classes := []string{"", "code", "docs", "tests", "config", "log"}
		if e.Expected < 0 || e.Most < e.Expected || e.Most > maxTokens || e.Calibrated < 0 || e.Calibrated > e.Most || !slices.Contains(classes, e.Class) {
			return errors.New("an estimate out of its bounds")
		}
	}
	if r.Status == Begun && (r.Cost != AmountUnknown || len(r.Attempts) > 0 || r.Tokens.Known || r.Reused != nil) {
		return errors.New("begun, and something is known of its end")
	}
	return nil
}
