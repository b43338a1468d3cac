package usage

import (
	"encoding/json"
	"math/big"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/money"
)

// accountingCase is one payload with what it is to cost, by hand. Arithmetic is
// in millionths of a dollar: tokens times USD per million tokens.
type accountingCase struct {
	Name, Trap      string
	Provider, Model string // the model where the payload does not name it
	Day             string
	Payload         json.RawMessage
	Stream          string
	Log             []struct {
		Key     string
		Payload json.RawMessage
	}
	Usage      *buckets
	Unknown    string // part of the reason why the usage is not known
	Missing    int    // calls of a log without usage
	Arithmetic string
	Nano       *int64
	Unpriced   string // part of the reason why there is no cost
	Theirs     *int64
}

type buckets struct {
	Input          int64 `json:"input"`
	CacheRead      int64 `json:"cache_read"`
	CacheWrite     int64 `json:"cache_write"`
	CacheWriteLong int64 `json:"cache_write_long"`
	Output         int64 `json:"output"`
	Reasoning      int64 `json:"reasoning"`
}

func (b buckets) usage() money.Usage {
	return money.Usage{
		Known: true, InputTokens: b.Input, CacheReadInputTokens: b.CacheRead, CacheCreationInputTokens: b.CacheWrite,
		CacheCreation1hInputTokens: b.CacheWriteLong, OutputTokens: b.Output, ReasoningOutputTokens: b.Reasoning,
	}
}

// reports reads the case's payload, its stream or its log.
func (c accountingCase) reports(s Shape) []Report {
	switch {
	case c.Stream != "":
		return []Report{ReadStream(s, []byte(c.Stream))}
	case len(c.Log) > 0:
		var calls Calls
		for _, entry := range c.Log {
			calls.Add(entry.Key, Read(s, entry.Payload))
		}
		return calls.Reports()
	}
	return []Report{Read(s, c.Payload)}
}

// cost prices a report by the built-in list, at the model that served.
func (c accountingCase) cost(list money.Catalogue, r Report) money.Cost {
	day, err := time.Parse(time.DateOnly, c.Day)
	if err != nil {
		return money.Cost{Note: err.Error()}
	}
	model := r.Model
	if model == "" {
		model = c.Model
	}
	row, ok := list.Lookup(c.Provider, model, day)
	if !ok {
		return money.Cost{State: money.Unpriced, Note: "no row"}
	}
	return row.CostAs(r.Usage, r.Served)
}

func readCases(t *testing.T) map[Shape][]accountingCase {
	t.Helper()
	all := map[Shape][]accountingCase{}
	for _, s := range Shapes() {
		file, err := os.Open("testdata/accounting/" + string(s) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		dec := json.NewDecoder(file)
		dec.DisallowUnknownFields()
		var cases []accountingCase
		if err := dec.Decode(&cases); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		all[s] = cases
	}
	return all
}

// TestAccounting prices payloads of every shape to the nano-dollar.
func TestAccounting(t *testing.T) {
	list, err := money.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	passed, total, traps := 0, 0, map[string]bool{}
	for s, cases := range readCases(t) {
		for _, c := range cases {
			total++
			traps[c.Trap] = true
			if t.Run(string(s)+"/"+c.Name, func(t *testing.T) { c.check(t, list, s) }) {
				passed++
			}
		}
	}
	for _, trap := range []string{"1:", "2:", "3:", "4:", "5:", "6:", "7:", "8:", "9:", "10:", "11:", "12:"} {
		if !anyBegins(traps, trap) {
			t.Errorf("no case has trap %s", trap)
		}
	}
	if total < 60 {
		t.Errorf("only %d cases", total)
	}
	t.Logf("accounting: %d of %d payloads to the nano-dollar", passed, total)
}

func anyBegins(set map[string]bool, prefix string) bool {
	for s := range set {
		if strings.HasPrefix(s, prefix) {
			return true
		}
	}
	return false
}

func (c accountingCase) check(t *testing.T, list money.Catalogue, s Shape) {
	sum, missing := money.Usage{Known: true}, 0
	var costs []money.Cost
	for _, r := range c.reports(s) {
		if c.Unknown != "" {
			c.checkUnknown(t, list, r)
			return
		}
		if r.Missing {
			missing++
			continue
		}
		if !r.Usage.Known {
			t.Fatalf("usage is unknown: %s", r.Why)
		}
		sum = plus(sum, r.Usage)
		costs = append(costs, c.cost(list, r))
		c.checkTheirs(t, r)
	}
	if diff := cmp.Diff(c.Usage.usage(), sum); diff != "" {
		t.Errorf("buckets (-want +got):\n%s", diff)
	}
	if missing != c.Missing {
		t.Errorf("%d calls are without usage, want %d", missing, c.Missing)
	}
	c.checkCost(t, costs)
}

func (c accountingCase) checkUnknown(t *testing.T, list money.Catalogue, r Report) {
	if r.Usage != (money.Usage{}) || !strings.Contains(r.Why, c.Unknown) {
		t.Errorf("got %+v, %q; want unknown for %q", r.Usage, r.Why, c.Unknown)
	}
	if cost := c.cost(list, r); cost.State == money.Priced {
		t.Errorf("what is not known costs %s", cost.Nano.Decimal())
	}
}

func (c accountingCase) checkTheirs(t *testing.T, r Report) {
	switch {
	case c.Theirs == nil && r.Theirs.State != money.Unknown:
		t.Errorf("the vendor's own cost is %+v and was not given", r.Theirs)
	case c.Theirs != nil && (r.Theirs.State != money.Priced || r.Theirs.Nano != money.Nano(*c.Theirs) || !strings.Contains(r.Theirs.Note, "OpenRouter")):
		t.Errorf("the vendor's own cost is %+v, want %d", r.Theirs, *c.Theirs)
	}
}

func (c accountingCase) checkCost(t *testing.T, costs []money.Cost) {
	if c.Unpriced != "" {
		if costs[0].State != money.Unpriced || !strings.Contains(costs[0].Note, c.Unpriced) {
			t.Errorf("got %+v, want unpriced for %q", costs[0], c.Unpriced)
		}
		return
	}
	total := money.Sum(costs...)
	if total.Unpriced+total.Unknown > 0 || int64(total.Nano) != *c.Nano {
		t.Errorf("costs %+v, want %d", costs, *c.Nano)
	}
	if byHand := evaluate(t, c.Arithmetic); byHand != *c.Nano {
		t.Errorf("the arithmetic %q gives %d nano-dollars, and the case says %d", c.Arithmetic, byHand, *c.Nano)
	}
}

// evaluate works a case's arithmetic out in fractions, rounded half-even to
// nano-dollars: sums of products, and one pair of brackets.
func evaluate(t *testing.T, arithmetic string) int64 {
	t.Helper()
	words := strings.Fields(arithmetic)
	sum, product, outer := new(big.Rat), big.NewRat(1, 1), new(big.Rat)
	for _, w := range words {
		switch w {
		case "x", "(":
		case "+":
			sum.Add(sum, product)
			product = big.NewRat(1, 1)
		case ")":
			product, sum = new(big.Rat).Add(sum, product), outer
		default:
			n, ok := new(big.Rat).SetString(w)
			if !ok {
				t.Fatalf("%q is no number", w)
			}
			product.Mul(product, n)
		}
	}
	nano := sum.Add(sum, product)
	nano.Mul(nano, big.NewRat(1000, 1))
	down := new(big.Int).Quo(nano.Num(), nano.Denom())
	rest := new(big.Rat).Sub(nano, new(big.Rat).SetInt(down))
	if half := rest.Cmp(big.NewRat(1, 2)); half > 0 || half == 0 && down.Bit(0) == 1 {
		down.Add(down, big.NewInt(1))
	}
	return down.Int64()
}
