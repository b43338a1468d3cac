package ledger

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// check says what is wrong with a record that came from outside.
func (r *Record) check() error {
	if r.Schema != Schema {
		return fmt.Errorf("schema %q, expected %q", clean(r.Schema), Schema)
	}
	if err := r.checkTexts(); err != nil {
		return err
	}
	if r.PullRequest < 0 || r.RunAttempt < 0 || r.Sequence < 0 || r.Leg < 0 {
		return errors.New("a negative number")
	}
	if r.Task == "" || r.ID != r.hash() {
		return errors.New("the id is not that of the record")
	}
	if !knownStatus(r.Status) {
		return fmt.Errorf("unknown status %q", r.Status)
	}
	if !knownTier(r.TierDecided) || !knownTier(r.TierUsed) {
		return fmt.Errorf("unknown tier %q or %q", r.TierDecided, r.TierUsed)
	}
	if err := r.checkTimes(); err != nil {
		return err
	}
	if err := r.Tokens.check(); err != nil {
		return err
	}
	if err := r.checkAmounts(); err != nil {
		return err
	}
	if err := r.checkReused(); err != nil {
		return err
	}
	if err := r.checkBegun(); err != nil {
		return err
	}
	return r.checkLists()
}

// checkReused holds a reused result to what it can be: no attempt, no cost.
func (r *Record) checkReused() error {
	if r.Reused == nil {
		return nil
	}
	if !isName(r.Reused.Key) || !slices.Contains([]string{FromComment, FromLedger}, r.Reused.From) {
		return errors.New("reused: a key that is none, or from nowhere known")
	}
	avoided, _, err := r.Reused.Avoided.parse()
	if err != nil {
		return fmt.Errorf("reused: avoided_usd: %w", err)
	}
	cost, priced, err := r.Cost.parse()
	if err != nil || avoided < 0 || !priced || cost != 0 || len(r.Attempts) > 0 {
		return errors.New("reused, and something was spent or less than nothing avoided")
	}
	return nil
}

func (r *Record) checkTexts() error {
	texts := []string{
		r.Repository, r.RunID, r.Job, r.Step, r.Workflow, r.Event, r.Task, r.Provider, r.ModelAsked, r.ModelServed,
		r.PricesAsOf, r.Started, r.Finished, r.PolicyName, r.PolicyDigest, r.Version, r.Status, r.TierDecided, r.TierUsed, r.Agent,
	}
	if err := checkTexts(texts); err != nil {
		return err
	}
	return checkTexts(r.Reasons)
}

func checkTexts(texts []string) error {
	for _, t := range texts {
		if t != clean(t) {
			return fmt.Errorf("a text over %d bytes or with a control character: %q", maxText, clean(t))
		}
	}
	return nil
}

func (r *Record) checkTimes() error {
	started, err := time.Parse(time.RFC3339, r.Started)
	if err != nil {
		return fmt.Errorf("started: %w", err)
	}
	finished, err := time.Parse(time.RFC3339, r.Finished)
	if err != nil {
		return fmt.Errorf("finished: %w", err)
	}
	if finished.Before(started) {
		return errors.New("finished before it started")
	}
	return checkDay(r.PricesAsOf)
}

// checkDay takes a day, a month where the price list knows no day, or nothing.
func checkDay(s string) error {
	for _, layout := range []string{time.DateOnly, "2006-01", ""} {
		if _, err := time.Parse(layout, s); err == nil {
			return nil
		}
	}
	return fmt.Errorf("prices_as_of: %q is neither a day nor a month", s)
}

func (r *Record) checkAmounts() error {
	cost, priced, err := r.Cost.parse()
	if err != nil {
		return fmt.Errorf("cost_usd: %w", err)
	}
	baseline, based, err := r.Baseline.parse()
	if err != nil {
		return fmt.Errorf("baseline_usd: %w", err)
	}
	saved, compared, err := r.Saved.parse()
	if err != nil {
		return fmt.Errorf("saved_usd: %w", err)
	}
	if cost < 0 || baseline < 0 {
		return errors.New("a negative cost")
	}
	if compared && (!priced || !based || baseline-cost != saved) {
		return errors.New("saved_usd is not the baseline less the cost")
	}
	return nil
}

// parse gives the amount; false where it is unpriced or unknown.
func (a Amount) parse() (money.Nano, bool, error) {
	if a == AmountUnpriced || a == AmountUnknown {
		return 0, false, nil
	}
	if len(a) > maxText {
		return 0, false, fmt.Errorf("an amount of %d bytes", len(a))
	}
	n, err := money.ParseNano(string(a))
	return n, err == nil, err
}

func (t Tokens) check() error {
	for _, n := range []int64{t.Input, t.CacheRead, t.CacheWrite, t.CacheWrite1h, t.Output, t.Reasoning} {
		if n < 0 || n > maxTokens {
			return fmt.Errorf("%d tokens, expected 0 to %d", n, int64(maxTokens))
		}
	}
	if t.Reasoning > t.Output {
		return errors.New("more reasoning tokens than output tokens")
	}
	return nil
}

func (r *Record) checkLists() error {
	if max(len(r.Reasons), len(r.Attempts), len(r.Overrides)) > maxItems {
		return fmt.Errorf("a list of more than %d", maxItems)
	}
	for i, a := range r.Attempts {
		if err := a.check(); err != nil {
			return fmt.Errorf("attempt %d: %w", i+1, err)
		}
	}
	for _, o := range r.Overrides {
		if !slices.Contains([]string{"", "up", "down"}, o.Direction) {
			return fmt.Errorf("unknown direction %q of an override", clean(o.Direction))
		}
		if err := checkTexts([]string{o.Permission}); err != nil {
			return err
		}
	}
	return nil
}

func (a Attempt) check() error {
	if err := errors.Join(checkTexts([]string{a.Provider, a.Model, a.Served}), checkTexts(a.Problems)); err != nil {
		return err
	}
	if !knownTier(a.Tier) {
		return fmt.Errorf("unknown tier %q", clean(a.Tier))
	}
	if a.Tries < 0 || a.Tries > maxItems || len(a.Problems) > maxItems {
		return errors.New("a count out of bounds")
	}
	if err := a.Tokens.check(); err != nil {
		return err
	}
	cost, _, err := a.Cost.parse()
	if err != nil {
		return err
	}
	if cost < 0 {
		return errors.New("a negative cost")
	}
	return nil
}

func knownStatus(s string) bool {
	known := []dispatch.Status{dispatch.Clean, dispatch.Findings, dispatch.Skipped, dispatch.Partial, dispatch.CouldNotRun, dispatch.RecordedOnly, Begun}
	return slices.Contains(known, dispatch.Status(s))
}

func knownTier(s string) bool {
	if strings.TrimSpace(s) == "" {
		return s == ""
	}
	var t policy.Tier
	return t.UnmarshalText([]byte(s)) == nil
}
