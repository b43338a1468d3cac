package report

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// backtestJSON is a backtest as programs read it. Amounts are plain decimals
// of dollars; what is not known is null, never a zero.
type backtestJSON struct {
	Repository    string          `json:"repository"`
	Policy        string          `json:"policy"`
	Task          string          `json:"task"`
	Since         string          `json:"since"`
	Oldest        string          `json:"oldest"`
	Newest        string          `json:"newest"`
	Stopped       string          `json:"stopped"`
	Commits       int             `json:"commits"`
	Lines         int             `json:"lines"`
	Locked        int             `json:"locked"`
	LockedPercent *json.Number    `json:"locked_percent"`
	Tiers         []tierJSON      `json:"tiers"`
	Total         spendJSON       `json:"total"`
	Baseline      string          `json:"baseline"`
	PricesChecked string          `json:"prices_checked"`
	Rules         []ruleJSON      `json:"rules"`
	Locks         []lockJSON      `json:"locks"`
	Signals       []signalJSON    `json:"signals"`
	Labels        *labelsJSON     `json:"labels"`  // null: no commit has a label
	Against       *comparisonJSON `json:"against"` // null: nothing was compared
	Evidence      string          `json:"evidence"`
	TrustSubjects bool            `json:"trust_subjects"`
	Notes         []string        `json:"notes"`
	Assumptions   []string        `json:"assumptions"`
}

type spendJSON struct {
	Cost         *string      `json:"cost_usd"`
	Baseline     *string      `json:"baseline_usd"`
	Saved        *string      `json:"saved_usd"`
	SavedPercent *json.Number `json:"saved_percent"`
	Priced       int          `json:"priced"`
	Unpriced     int          `json:"unpriced"`
	Local        int          `json:"local"`
	Idle         int          `json:"idle"`
}

type tierJSON struct {
	Tier    policy.Tier  `json:"tier"`
	Commits int          `json:"commits"`
	Percent *json.Number `json:"percent"`
	Locked  int          `json:"locked"`
	Spend   spendJSON    `json:"spend"`
	// Escalation is null where nothing stands above, or no price is known.
	Escalation *escalationJSON `json:"escalation"`
}

// escalationJSON says up to which share of refused answers a start at the tier
// is cheaper than one at the tier above.
type escalationJSON struct {
	To               policy.Tier  `json:"to"`
	Commits          int          `json:"commits"`
	Cost             string       `json:"cost_usd"`
	Above            string       `json:"above_usd"`
	BreakEvenPercent *json.Number `json:"break_even_percent"`
}

type ruleJSON struct {
	Rule    string       `json:"rule"`
	Tier    policy.Tier  `json:"tier"`
	Policy  string       `json:"policy"`
	Commits int          `json:"commits"`
	Percent *json.Number `json:"percent"`
}

type lockJSON struct {
	Rule     string        `json:"rule"`
	Commits  int           `json:"commits"`
	Percent  *json.Number  `json:"percent"`
	Alone    int           `json:"alone"`
	Examples []exampleJSON `json:"examples"`
}

type exampleJSON struct {
	SHA    string      `json:"sha"`
	Title  string      `json:"title"`
	Change *changeJSON `json:"change"`
	Text   string      `json:"text"`
}

type signalJSON struct {
	Signal          string       `json:"signal"`
	Commits         int          `json:"commits"`
	Percent         *json.Number `json:"percent"`
	Frontier        int          `json:"frontier"`
	FrontierPercent *json.Number `json:"frontier_percent"`
}

type labelsJSON struct {
	Commits   int                                `json:"commits"`
	Accuracy  json.Number                        `json:"accuracy"`
	MacroF1   json.Number                        `json:"macro_f1"`
	Classes   []classJSON                        `json:"classes"`
	Confusion map[backtest.Kind]map[string]int64 `json:"confusion"` // author's label, then guess
}

type classJSON struct {
	Class     backtest.Kind `json:"class"`
	Said      int64         `json:"said"`
	Guessed   int64         `json:"guessed"`
	Precision *json.Number  `json:"precision"`
	Recall    *json.Number  `json:"recall"`
	F1        *json.Number  `json:"f1"`
}

type comparisonJSON struct {
	Policy     string     `json:"policy"`
	Moved      int        `json:"moved"`
	Locked     int        `json:"locked"`
	Unlocked   int        `json:"unlocked"`
	Cost       *string    `json:"cost_usd"`
	OtherCost  *string    `json:"other_cost_usd"`
	Difference *string    `json:"difference_usd"`
	Unpriced   int        `json:"unpriced"`
	Moves      []moveJSON `json:"moves"`
}

type moveJSON struct {
	From       policy.Tier   `json:"from"`
	To         policy.Tier   `json:"to"`
	Commits    int           `json:"commits"`
	Difference *string       `json:"difference_usd"`
	Examples   []exampleJSON `json:"examples"`
}

// BacktestJSON writes a backtest as one line of JSON. The same summary gives
// the same bytes.
func BacktestJSON(w io.Writer, s backtest.Summary) error {
	out := backtestJSON{
		Repository: s.Repository, Policy: s.Policy, Task: s.Task, Since: s.Since, Oldest: s.Oldest, Newest: s.Newest, Stopped: s.Stopped,
		Commits: s.Commits, Lines: s.Lines, Locked: s.Locked, LockedPercent: percentJSON(s.Locked, s.Commits),
		Tiers: tiersJSON(s), Total: spendOf(s.Total), Baseline: s.Baseline, PricesChecked: s.PricesChecked,
		Rules: rulesJSON(s), Locks: locksJSON(s), Signals: signalsJSON(s), Labels: labelsOf(s), Against: comparisonOf(s),
		Evidence: s.Evidence, TrustSubjects: s.TrustSubjects, Notes: append([]string{}, s.Notes...), Assumptions: Assumptions(s),
	}
	return writeLine(w, out)
}

func percentJSON(part, whole int) *json.Number {
	return moneyPercent(money.Nano(part), money.Nano(whole))
}

func moneyPercent(part, whole money.Nano) *json.Number {
	text, ok := percent(part, whole)
	if !ok {
		return nil
	}
	n := json.Number(text)
	return &n
}

func amount(n money.Nano, known bool) *string {
	if !known {
		return nil
	}
	text := n.Decimal()
	return &text
}

func spendOf(s backtest.Sum) spendJSON {
	known := s.Inside > 0
	out := spendJSON{
		Cost: amount(s.Cost, known), Baseline: amount(s.Baseline, known), Saved: amount(s.Saved(), known),
		Priced: s.Inside, Unpriced: s.Unpriced, Local: s.Free, Idle: s.Idle,
	}
	if known {
		out.SavedPercent = moneyPercent(s.Saved(), s.Baseline)
	}
	return out
}

func tiersJSON(s backtest.Summary) []tierJSON {
	list := make([]tierJSON, len(s.Tiers))
	for i, t := range s.Tiers {
		list[i] = tierJSON{t.Tier, t.Commits, percentJSON(t.Commits, s.Commits), t.Locked, spendOf(t.Sum), escalationOf(t.Escalating)}
	}
	return list
}

func escalationOf(e backtest.Escalating) *escalationJSON {
	if _, ok := e.BreakEven(); !ok {
		return nil
	}
	return &escalationJSON{e.To, e.Commits, e.Here.Decimal(), e.Above.Decimal(), moneyPercent(e.Above-e.Here, e.Above)}
}

func rulesJSON(s backtest.Summary) []ruleJSON {
	list := make([]ruleJSON, len(s.Rules))
	for i, r := range s.Rules {
		list[i] = ruleJSON{r.Rule, r.Tier, r.Place, r.Commits, percentJSON(r.Commits, s.Commits)}
	}
	return list
}

func locksJSON(s backtest.Summary) []lockJSON {
	list := make([]lockJSON, len(s.Locks))
	for i, l := range s.Locks {
		list[i] = lockJSON{l.Rule, l.Commits, percentJSON(l.Commits, s.Commits), l.Alone, examplesJSON(l.Examples)}
	}
	return list
}

func examplesJSON(examples []backtest.Example) []exampleJSON {
	list := make([]exampleJSON, len(examples))
	for i, e := range examples {
		list[i] = exampleJSON{SHA: e.SHA, Title: e.Title, Text: e.Text}
		if e.File != "" {
			list[i].Change = &changeJSON{e.File, e.Line}
		}
	}
	return list
}

func signalsJSON(s backtest.Summary) []signalJSON {
	list := make([]signalJSON, len(s.Signals))
	for i, one := range s.Signals {
		list[i] = signalJSON{one.ID, one.Commits, percentJSON(one.Commits, s.Commits), one.Frontier, percentJSON(one.Frontier, one.Commits)}
	}
	return list
}

func labelsOf(s backtest.Summary) *labelsJSON {
	if s.Labelled == 0 {
		return nil
	}
	out := &labelsJSON{
		Commits: s.Labelled, Accuracy: decimal(s.Guesses.Accuracy()), MacroF1: decimal(s.Guesses.MacroF1()),
		Confusion: map[backtest.Kind]map[string]int64{},
	}
	for _, score := range s.Guesses.Scores() {
		out.Classes = append(out.Classes, classOf(score))
	}
	for _, said := range backtest.Kinds() {
		row := map[string]int64{}
		for _, guessed := range backtest.Kinds() {
			row[string(guessed)] = s.Guesses.Cell(said, guessed)
		}
		out.Confusion[said] = row
	}
	return out
}

func classOf(s backtest.Score) classJSON {
	c := classJSON{Class: s.Kind, Said: s.Said, Guessed: s.Guessed}
	if s.Guessed > 0 {
		n := decimal(s.Precision)
		c.Precision = &n
	}
	if s.Said > 0 {
		recall, f1 := decimal(s.Recall), decimal(s.F1)
		c.Recall, c.F1 = &recall, &f1
	}
	return c
}

func decimal(f float64) json.Number { return json.Number(fmt.Sprintf("%.4f", f)) }

func comparisonOf(s backtest.Summary) *comparisonJSON {
	c := s.Compared
	if c == nil {
		return nil
	}
	known := c.Inside > 0
	out := &comparisonJSON{
		Policy: s.Against, Moved: c.Moved, Locked: c.Locked, Unlocked: c.Unlocked, Unpriced: c.Outside,
		Cost: amount(c.Cost, known), OtherCost: amount(c.OtherCost, known), Difference: amount(c.Difference(), known),
		Moves: make([]moveJSON, len(c.Moves)),
	}
	for i, m := range c.Moves {
		out.Moves[i] = moveJSON{m.From, m.To, m.Commits, amount(m.Difference, m.Inside > 0), examplesJSON(m.Examples)}
	}
	return out
}
