// Package weekly answers the questions of a Monday morning: what was spent,
// what a session costs, and how often the tier was right. Facts and flags of a
// ledger go in, in any order and any number of times, and numbers come out. It
// knows no clock, no store and no file.
package weekly

// Schema names the shape of Numbers as JSON.
const Schema = "tierwise-report/1"

// Numbers is the whole of a report, in plain values. Amounts are decimals of
// dollars with up to nine places, "unpriced" or "unknown"; a sum that holds
// what is known says beside it what it leaves out. Names come from a ledger
// and are untrusted: who prints them escapes them.
type Numbers struct {
	Schema     string     `json:"schema"`
	Window     Window     `json:"window"`
	Spend      Total      `json:"spend"`
	Sessions   Sessions   `json:"sessions"`
	Efficiency Efficiency `json:"efficiency"`
	Placement  Placement  `json:"placement"`

	ByDay        []Day   `json:"by_day"`        // every day of the window, oldest first
	ByTier       []Group `json:"by_tier"`       // cheapest tier first; "" is no tier
	ByTask       []Group `json:"by_task"`       // this and the next: the dearest first
	ByRepository []Group `json:"by_repository"` // at most MaxGroups, then one that sums up the rest
	ByModel      []Group `json:"by_model"`      // named provider/model
	ByAgent      []Group `json:"by_agent"`      // "" is this program

	ModelCosts  []ModelCost  `json:"model_costs"` // by task, then the cheapest mean first
	Escalations []Escalation `json:"escalations"`
	Overrides   Overrides    `json:"overrides"`
	Gaps        Gaps         `json:"gaps"`
	Reuse       Reuse        `json:"reuse"`
	Observed    Observed     `json:"observed"`
	Estimates   []Estimate   `json:"estimates"`
	Sample      []Sampled    `json:"sample"`
	Disputed    []Sampled    `json:"disputed"` // a thumbs-down on the sticky comment: look at these first
	Suggestions []Suggestion `json:"suggestions"`
	Kept        []Kept       `json:"kept"` // hindsight wants them lower, and the policy keeps them
	Review      Review       `json:"review"`
	Notes       []string     `json:"notes"` // sentences that stand on every page: a stale price list, lines left unread
}

// Window is what the report covers. Days are those of UTC, first and last
// included.
type Window struct {
	From       string `json:"from"` // YYYY-MM-DD
	To         string `json:"to"`   // YYYY-MM-DD
	Days       int    `json:"days"`
	Repository string `json:"repository"` // "" for all of the ledger
	PricesAsOf string `json:"prices_as_of"`
}

// Total is a sum of what is known, and how many records it leaves out. Saved,
// Baseline and ComparedCost are summed over Compared records alone, those that
// have all three: Cost is no match for them where it holds more records.
type Total struct {
	Records  int    `json:"records"`
	Cost     string `json:"cost_usd"`
	Unpriced int    `json:"unpriced"` // left out: no price row fits
	Unknown  int    `json:"unknown"`  // left out: the usage was not reported, or the run was killed
	Compared int    `json:"compared"`
	// ComparedCost is what the compared records cost: the side of Baseline.
	ComparedCost string  `json:"compared_cost_usd"`
	Baseline     string  `json:"baseline_usd"` // the same work, all at the baseline model
	Saved        string  `json:"saved_usd"`    // may be negative
	SavedPart    float64 `json:"saved_share"`  // of Baseline; 0 where that is 0
}

// Sessions is what one workflow run costs. Sessions of which a part is not
// known are counted and left out of the figures.
type Sessions struct {
	Sessions int    `json:"sessions"`
	Priced   int    `json:"priced"` // that the figures are of
	Mean     string `json:"mean_usd"`
	Median   string `json:"median_usd"`
	P95      string `json:"p95_usd"`
}

// Share is a part of a whole with its Wilson interval (95 %). Of is 0 where
// there is nothing to divide: then Low is 0, High is 1 and Share means nothing.
type Share struct {
	Hits  int     `json:"hits"`
	Of    int     `json:"of"`
	Share float64 `json:"share"` // 0 to 1
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Efficiency is how often hindsight called the tier right. What nobody flagged
// counts neither as right nor as wrong: it lowers Coverage. What nothing routed is
// no routing to judge.
type Efficiency struct {
	Right    Share `json:"right"`    // of the reviewed
	Coverage Share `json:"coverage"` // reviewed of all finished records that were routed
	Cheaper  int   `json:"cheaper"`  // reviewed, something cheaper would have done
	Frontier int   `json:"frontier"` // reviewed, it should have been frontier
	// LeftOut is how many finished records nothing routed, observed or recorded:
	// neither this nor Placement counts them.
	LeftOut int `json:"left_out"`
	// The dollar-weighted version: of the reviewed records whose cost is known.
	RightUSD    string  `json:"right_usd"`
	ReviewedUSD string  `json:"reviewed_usd"`
	RightPart   float64 `json:"right_usd_share"`
}

// Placement is what went to efficient or below, beside what hindsight says
// should have. Should is of the reviewed alone: those at efficient or below and
// right, and those above it where something cheaper would have done.
type Placement struct {
	Efficient         Share `json:"efficient"`          // of all finished records that were routed and a tier served
	ReviewedEfficient Share `json:"reviewed_efficient"` // the same, of the reviewed
	Should            Share `json:"should"`             // of the reviewed
}

// Day is one day's spend. Baseline is the all-frontier line.
type Day struct {
	Day string `json:"day"` // YYYY-MM-DD
	Total
	ByTier []TierCost `json:"by_tier"` // tiers that spent that day, cheapest first
}

// TierCost is what one tier spent.
type TierCost struct {
	Tier    string `json:"tier"`
	Records int    `json:"records"`
	Cost    string `json:"cost_usd"` // of those that are priced
}

// Group is one name's part of the total. Of a group that sums up the rest,
// Rest is how many names it holds, and Name is "".
type Group struct {
	Name string `json:"name"`
	Rest int    `json:"rest,omitempty"`
	Total
}

// ModelCost is what a task cost at the tier and the model where it began, as
// measured: refused answers and failed tries too, what came after an escalation
// not. Success is how many of the records ended there with a result; Of is 0
// where another program did the task, for nobody verified it.
type ModelCost struct {
	Task     string `json:"task"`
	Tier     string `json:"tier"`
	Provider string `json:"provider"`
	Model    string `json:"model"`
	Recorded bool   `json:"recorded"` // read from another program's log
	Records  int    `json:"records"`
	Mean     string `json:"mean_usd"`
	Low      string `json:"low_usd"`  // of the mean's 95 % interval;
	High     string `json:"high_usd"` // "unknown" with fewer than two records
	Median   string `json:"median_usd"`
	Success  Share  `json:"success"`
	// The list price, in dollars for a million tokens, as of the window's end;
	// "unpriced" where no row fits.
	ListInput  string `json:"list_input_usd"`
	ListOutput string `json:"list_output_usd"`
	// DearerThan names a model with a higher list price, both ways, that did
	// the same task for less, with intervals apart; "" for none.
	DearerThan string `json:"dearer_than,omitempty"`
}

// Escalation is a tier and a model at which a task began, with the share that
// went up and the share at which starting higher costs the same.
type Escalation struct {
	Task     string  `json:"task"`
	From     string  `json:"from"`
	To       string  `json:"to"`
	Provider string  `json:"provider"`
	Model    string  `json:"model"`
	Share    Share   `json:"share"`
	LeftOut  int     `json:"left_out"`
	CostFrom string  `json:"cost_from_usd"`
	CostTo   string  `json:"cost_to_usd"`
	Bound    float64 `json:"break_even"` // not above 0: dearer even with no refusal
	Dearer   bool    `json:"dearer"`     // the whole interval lies above it
}

// Overrides counts labels and what became of them. Who set them is personal
// data that a ledger does not hold.
type Overrides struct {
	Raised  int          `json:"raised"`
	Lowered int          `json:"lowered"`
	Refused int          `json:"refused"`
	ByTask  []TaskLabels `json:"by_task"`
	// FlagsRefused counts flags of people whom the policy does not let flag.
	FlagsRefused int `json:"flags_refused"`
}

// TaskLabels counts the labels on one task.
type TaskLabels struct {
	Task    string `json:"task"`
	Raised  int    `json:"raised"`
	Lowered int    `json:"lowered"`
	Refused int    `json:"refused"`
}

// Gaps is what the totals leave out. Unfinished were begun and never ended:
// what they spent is unknown, and at most Bound.
type Gaps struct {
	Unpriced        int         `json:"unpriced"`
	UnpricedModels  []NameCount `json:"unpriced_models"`
	Unknown         int         `json:"unknown"` // finished, without usage
	Unfinished      int         `json:"unfinished"`
	UnfinishedBound string      `json:"unfinished_bound_usd"` // of those whose bound is known
	Unbounded       int         `json:"unbounded"`            // unfinished, bound not known
	Unread          int         `json:"unread"`               // lines of the ledger that could not be read
	FlagsAstray     int         `json:"flags_astray"`         // that mean no record of the window
}

// NameCount is a name and how often it was met.
type NameCount struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Reuse is what kept answers spared, by estimate.
type Reuse struct {
	Reused  int    `json:"reused"`
	Avoided string `json:"avoided_usd"`
	Unknown int    `json:"unknown"` // reused, spared amount not known
}

// Observed is what other agents ran, or this program where the policy is only
// watched: what it cost, and what the same tokens cost where the policy leads.
// Both sums are over Compared records.
type Observed struct {
	Records  int    `json:"records"`
	Compared int    `json:"compared"`
	Cost     string `json:"cost_usd"`
	Would    string `json:"would_usd"`
}

// Estimate is the error of the estimates of prompts, by model and class of
// file: (actual − expected) ÷ actual. Bias is the median of it, Error the
// median of its size. Above counts prompts larger than what was held possible.
type Estimate struct {
	Provider string  `json:"provider"`
	Model    string  `json:"model"`
	Class    string  `json:"class"`
	N        int     `json:"n"`
	Error    float64 `json:"median_error"`
	Bias     float64 `json:"median_bias"`
	Above    int     `json:"above"`
}

// Sampled is a record to look at.
type Sampled struct {
	Record      string `json:"record"`
	Repository  string `json:"repository"`
	PullRequest int    `json:"pull_request"` // 0 where there is none
	Task        string `json:"task"`
	Tier        string `json:"tier"`
	Model       string `json:"model"`
	Cost        string `json:"cost_usd"`
	Day         string `json:"day"`
}

// Suggestion is a change to the policy with its evidence. Patch is a unified
// diff over the policy's text; "" where there is none to give, and Text says
// what to do.
type Suggestion struct {
	Kind  string `json:"kind"` // lower | raise | start-higher | model
	Task  string `json:"task"`
	From  string `json:"from"` // tier or model
	To    string `json:"to"`   // tier or model
	Text  string `json:"text"` // one sentence with the evidence
	Share Share  `json:"share"`
	Patch string `json:"patch"`
}

// Kept is a task that hindsight would place lower, and why it stays.
type Kept struct {
	Task  string `json:"task"`
	From  string `json:"from"`
	To    string `json:"to"`
	Share Share  `json:"share"`
	Why   string `json:"why"`
}

// Review is the quarterly look at the policy. Due is when it is, "" where the
// policy names no date.
type Review struct {
	Due     string   `json:"due"`   // YYYY-MM-DD
	State   string   `json:"state"` // none | later | due (within 14 days) | overdue
	Days    int      `json:"days"`  // to the date; negative where it has passed
	Changes []string `json:"changes"`
}
