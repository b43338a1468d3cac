package money

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
	"time"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}
	}
	return t
}

func TestModelsAreFoundByTheirExactIDAlone(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name            string
		provider, model string
		on              string
		input           Pico // of the row found, -1 for none
		read            Pico
	}{
		{"an exact id", "anthropic", "claude-opus-5-5", "2026-11-24", 4_000_000, 200_000},
		{"its shorter sibling has its own price", "anthropic", "claude-opus-5", "2026-11-24", 5_000_000, 500_000},
		{"no prefix of an id is that model", "anthropic", "claude-opus", "2026-11-24", -1, 0},
		{"no longer id is that model", "anthropic", "claude-opus-5-6", "2026-11-24", -1, 0},
		{"nor with a word after it", "anthropic", "claude-opus-5-5-fast", "2026-11-24", -1, 0},
		{"fable 5.1 reads its cache at a fortieth", "anthropic", "claude-fable-5-1", "2026-11-24", 10_000_000, 250_000},
		{"fable 5 at a tenth", "anthropic", "claude-fable-5", "2026-11-24", 10_000_000, 1_000_000},
		{"a compact date suffix", "anthropic", "claude-haiku-4-5-20251001", "2026-11-24", 1_000_000, 100_000},
		{"a dashed date suffix", "openai", "gpt-5-mini-2025-08-07", "2026-11-24", 250_000, 25_000},
		{"a suffix that is no date", "openai", "gpt-5-mini-20251399", "2026-11-24", -1, 0},
		{"a date alone is no model", "openai", "-20251001", "2026-11-24", -1, 0},
		{"an alias", "openai", "gpt-5.6", "2026-11-24", 4_000_000, 400_000},
		{"case matters", "anthropic", "Claude-Opus-5-5", "2026-11-24", -1, 0},
		{"the provider matters", "openai", "claude-opus-5-5", "2026-11-24", -1, 0},
		{"google is called gemini here", "gemini", "gemini-3.1-pro-preview", "2026-11-24", 2_000_000, 200_000},
		{"an unknown model of a gateway", "openai", "meta-llama/llama-3.3-70b", "2026-11-24", -1, 0},
		{"an empty id", "openai", "", "2026-11-24", -1, 0},
		{"before its first day", "anthropic", "claude-opus-5-5", "2026-09-21", -1, 0},
		{"on its first day", "anthropic", "claude-opus-5-5", "2026-09-22", 4_000_000, 200_000},
		{"the day before a cut of the cache price", "anthropic", "claude-sonnet-5-5", "2026-10-06", 2_000_000, 200_000},
		{"the day of the cut", "anthropic", "claude-sonnet-5-5", "2026-10-07", 2_000_000, 100_000},
		{"the cancelled rise of Sonnet 5 never comes", "anthropic", "claude-sonnet-5", "2026-09-02", 2_000_000, 200_000},
		{"the last day of a promotion", "gemini", "gemini-3.8-flash", "2026-12-31", 750_000, 75_000},
		{"after it the announced price does not apply by date", "gemini", "gemini-3.8-flash", "2027-01-01", -1, 0},
		{"a price of the past", "openai", "gpt-5.6-luna", "2026-07-29", 1_000_000, 100_000},
	} {
		got, ok := list(t).Lookup(tt.provider, tt.model, day(tt.on))
		switch {
		case ok != (tt.input >= 0):
			t.Errorf("%s: found %v (%s)", tt.name, ok, got.ID())
		case ok && (got.Rates.Input != tt.input || *got.Rates.CacheRead != tt.read):
			t.Errorf("%s: input %d, cache read %d; want %d and %d", tt.name, got.Rates.Input, *got.Rates.CacheRead, tt.input, tt.read)
		}
	}
}

func TestDaysAreThoseOfUTC(t *testing.T) {
	t.Parallel()
	// 23:30 on the sixth in New York is the seventh in UTC.
	at := time.Date(2026, 10, 6, 23, 30, 0, 0, time.FixedZone("", -4*3600))
	if got, ok := list(t).Lookup("anthropic", "claude-sonnet-5-5", at); !ok || *got.Rates.CacheRead != 100_000 {
		t.Errorf("got %+v", got)
	}
}

func TestContractPricesComeFirst(t *testing.T) {
	t.Parallel()
	c := list(t).With(
		Row{Provider: "anthropic", Model: "claude-opus-5-5", From: "2026-11-01", To: "2026-12-01", Rates: Rates{Input: 1, Output: 2}},
		Row{Provider: "openai", Model: "house-model", Status: StatusAnnounced, Rates: Rates{Input: 3, Output: 4}},
	)
	got, ok := c.Lookup("anthropic", "claude-opus-5-5", november())
	if !ok || got.Rates.Input != 1 {
		t.Errorf("got %+v", got)
	}
	if cost := got.Cost(tokens(1_000, 0)); cost != (Cost{State: Priced, Nano: 1, Note: "contract price"}) {
		t.Errorf("got %+v", cost)
	}
	if cost := got.Cost(Usage{Known: true, CacheReadInputTokens: 1}); cost.State != Unpriced {
		t.Errorf("a contract without a cache price takes one from elsewhere: %+v", cost)
	}
	if got, ok := c.Lookup("anthropic", "claude-opus-5-5-20261111", november()); !ok || got.Rates.Input != 1 {
		t.Errorf("the contract does not hold for the dated id: %+v", got)
	}
	if got, ok := c.Lookup("anthropic", "claude-opus-5-5", day("2026-12-01")); !ok || got.Rates.Input != 4_000_000 {
		t.Errorf("after the contract: %+v", got)
	}
	if _, ok := c.Lookup("openai", "house-model", november()); !ok {
		t.Error("a row given by hand is a contract, whatever its status says")
	}
	if _, ok := list(t).Lookup("openai", "house-model", november()); ok {
		t.Error("With changed the catalogue it was called on")
	}
}

func TestEveryRowOfTheListCanBeFoundAndSaysWhereItComesFrom(t *testing.T) {
	t.Parallel()
	c := list(t)
	if len(c.Rows()) < 30 {
		t.Fatalf("only %d rows", len(c.Rows()))
	}
	for _, r := range c.Rows() {
		at := november()
		if r.From != "" {
			at = day(r.From)
		} else if r.To != "" {
			at = day(r.To).AddDate(0, 0, -1)
		}
		found, ok := c.Lookup(r.Provider, r.Model, at)
		itself := ok && found.From == r.From && found.To == r.To
		if itself == (r.Status == StatusAnnounced) {
			t.Errorf("%s from %q (%s): found %v", r.ID(), r.From, r.Status, itself)
		}
		if r.Rates.Input <= 0 || r.Rates.Output < r.Rates.Input || r.Source == "" || r.Checked == "" {
			t.Errorf("%s from %q looks wrong: %+v", r.ID(), r.From, r)
		}
		if r.Long != nil && (r.Long.Rates.Input <= r.Rates.Input || r.Long.Rates.Output <= r.Rates.Output) {
			t.Errorf("%s: long context is not dearer", r.ID())
		}
	}
}

func TestAnOldListIsCalledStale(t *testing.T) {
	t.Parallel()
	c := list(t)
	if c.Checked() != "2026-10-27" {
		t.Errorf("checked %s", c.Checked())
	}
	for _, tt := range []struct {
		today string
		stale bool
		says  string
	}{
		{"2026-11-24", false, ""},
		{"2026-12-26", false, ""}, // 60 days
		{"2026-12-27", true, "61 days ago"},
		{"", true, "not known"},
		{"yesterday", true, "not known"},
	} {
		if stale, says := c.Stale(tt.today); stale != tt.stale || !strings.Contains(says, tt.says) {
			t.Errorf("on %q: %v, %q", tt.today, stale, says)
		}
	}
	if stale, _ := (Catalogue{}).Stale("2026-11-24"); !stale {
		t.Error("a list without a date is fresh")
	}
	if stale, _ := (Catalogue{list: []Row{{Checked: "2026-10"}}}).Stale("2026-11-01"); stale {
		t.Error("a month is a date too")
	}
}

func TestABrokenListIsRefusedWhole(t *testing.T) {
	t.Parallel()
	good := `{"provider":"p","model":"m","status":"confirmed","input":"1","output":"2","source":"s","checked":"2026-10"}`
	for _, tt := range []struct{ name, in, says string }{
		{"not JSON", `{`, "EOF"},
		{"two documents", `{"schema":1,"rows":[]}{}`, "more than one"},
		{"another schema", `{"schema":2,"rows":[]}`, "schema 2"},
		{"an unknown key", `{"schema":1,"prices":[]}`, "unknown field"},
		{"a number that is not a string", `{"schema":1,"rows":[` + strings.Replace(good, `"1"`, `1.5`, 1) + `]}`, "cannot unmarshal"},
		{"no output price", `{"schema":1,"rows":[` + strings.Replace(good, `"output":"2",`, ``, 1) + `]}`, "row 1, m"},
		{"an unknown status", `{"schema":1,"rows":[` + strings.Replace(good, `confirmed`, `guessed`, 1) + `]}`, `unknown status "guessed"`},
		{"no source", `{"schema":1,"rows":[` + strings.Replace(good, `"source":"s"`, `"source":""`, 1) + `]}`, "a source"},
		{"a date of no calendar", `{"schema":1,"rows":[` + strings.Replace(good, `"status"`, `"effective_from":"2026-13-01","status"`, 1) + `]}`, "YYYY-MM-DD"},
		{"a month as a bound", `{"schema":1,"rows":[` + strings.Replace(good, `"status"`, `"effective_from":"2026-10","status"`, 1) + `]}`, "YYYY-MM-DD"},
		{"an end before the start", `{"schema":1,"rows":[` + strings.Replace(good, `"status"`, `"effective_from":"2026-10-02","effective_to":"2026-10-02","status"`, 1) + `]}`, "before it begins"},
		{"a multiplier that gives no whole number", `{"schema":1,"rows":[` + strings.Replace(good, `"source"`, `"long_context":{"prompt_tokens_over":5,"input_multiplier":"1.0000001","output_multiplier":"1"},"source"`, 1) + `]}`, "multiplier"},
		{"a multiplier beside rates", `{"schema":1,"rows":[` + strings.Replace(good, `"source"`, `"long_context":{"prompt_tokens_over":5,"input":"1","output":"1","input_multiplier":"2","output_multiplier":"1"},"source"`, 1) + `]}`, "both"},
		{"no threshold", `{"schema":1,"rows":[` + strings.Replace(good, `"source"`, `"long_context":{"input":"1","output":"1"},"source"`, 1) + `]}`, "long context over 0"},
	} {
		c, err := parseCatalogue([]byte(tt.in))
		if err == nil || !strings.Contains(err.Error(), tt.says) || len(c.Rows()) > 0 {
			t.Errorf("%s: %v, %d rows; want an error with %q", tt.name, err, len(c.Rows()), tt.says)
		}
	}
	if c, err := parseCatalogue([]byte(`{"schema":1,"rows":[` + good + `]}`)); err != nil || len(c.Rows()) != 1 {
		t.Errorf("the row these are made from is refused: %v", err)
	}
}

func TestOneModelUnderTwoIDs(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"claude-haiku-4-5", "claude-haiku-4-5", true},
		{"claude-haiku-4-5", "claude-haiku-4-5-20251001", true},
		{"gpt-5-mini-2025-08-07", "gpt-5-mini", true},
		{"claude-haiku-4-5-20251001", "claude-haiku-4-5-20260101", false},
		{"claude-opus-5", "claude-opus-5-5", false},
		{"gpt-5", "gpt-5-mini", false},
		{"m", "m--20251001", false},
		{"", "-20251001", false},
	} {
		if SameModel(tt.a, tt.b) != tt.same || SameModel(tt.b, tt.a) != tt.same {
			t.Errorf("SameModel(%q, %q) is not %v both ways", tt.a, tt.b, tt.same)
		}
	}
}

// TestNoFloatIsInTheSource reads this package's own source: a float drifts.
func TestNoFloatIsInTheSource(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		read++
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if n.Kind == token.FLOAT || n.Kind == token.IMAG {
					t.Errorf("%s has the float %s", e.Name(), n.Value)
				}
			case *ast.Ident:
				// Hours, Minutes and Seconds of a duration give floats.
				for _, banned := range []string{"float32", "float64", "ParseFloat", "Float64", "Hours", "Minutes", "Seconds"} {
					if n.Name == banned {
						t.Errorf("%s uses %s", e.Name(), banned)
					}
				}
			}
			return true
		})
	}
	if read < 5 {
		t.Fatalf("only %d files were read", read)
	}
}
