package pricelist

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/money"
)

const today = "2026-11-24"

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// compared gives what a file says as lines.
func compared(t *testing.T, file, day string) (form Form, lines []string) {
	t.Helper()
	catalogue, err := money.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	list, err := Read(readFile(t, file), day)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	c := Compare(list, catalogue, at)
	lines = append(lines, fmt.Sprintf("%d of %d, %d of others", c.Compared, len(list.Entries), c.Others))
	for _, d := range c.Differences {
		lines = append(lines, fmt.Sprintf("%s: %s %s, there %s since %q", d.Row.ID(), d.Name, d.Here, d.There, d.Entry.Since))
	}
	for _, d := range c.Theirs {
		lines = append(lines, fmt.Sprintf("theirs: %s: %s %s", d.Row.ID(), d.Name, d.There))
	}
	return list.Form, append(append(lines, prefixed("unknown: ", c.Unknown)...), prefixed("skipped: ", list.Skipped)...)
}

func prefixed(prefix string, ids []string) []string {
	lines := make([]string, len(ids))
	for i, id := range ids {
		lines[i] = prefix + id
	}
	return lines
}

func TestEveryFormIsToldByWhatItHoldsAndCompared(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		file, day string
		form      Form
		want      []string
	}{
		{"litellm.json", today, LiteLLM, []string{
			"8 of 10, 1 of others",
			"anthropic/claude-sonnet-5: cache read $0.20, there $0.30 since \"\"",
			"anthropic/claude-sonnet-5: cache write $2.50, there $3.75 since \"\"",
			"anthropic/claude-sonnet-5: input $2, there $3 since \"\"",
			"anthropic/claude-sonnet-5: long-lived cache write $4, there $6 since \"\"",
			"anthropic/claude-sonnet-5: output $10, there $15 since \"\"",
			"gemini/gemini-2.5-pro: long-context step over 200,000, there over 128,000 since \"\"",
			"openai/gpt-5.5: long-context step over 272,000, there none since \"\"",
			"theirs: openai/gpt-5.4: priority cache read $0.50",
			"unknown: openai/gpt-4o",
		}},
		{"llm-prices-vendor.json", today, LLMPrices, []string{
			"3 of 4, 0 of others",
			"gemini/gemini-2.5-pro: output over the step $15, there $16 since \"\"",
			"gemini/gemini-3.6-flash: cache read $0.075, there $0.15 since \"2026-08-01\"",
			"gemini/gemini-3.6-flash: input $0.75, there $1.50 since \"2026-08-01\"",
			"gemini/gemini-3.6-flash: output $3.75, there $7.50 since \"2026-08-01\"",
			"unknown: gemini/gemini-2.0-flash",
		}},
		{"llm-prices-site.json", today, LLMPrices, []string{"2 of 3, 1 of others"}},
		{"genai-prices.json", today, GenAI, []string{
			"4 of 5, 1 of others",
			"anthropic/claude-sonnet-5: cache read $0.20, there $0.30 since \"2026-09-01\"",
			"anthropic/claude-sonnet-5: cache write $2.50, there $3.75 since \"2026-09-01\"",
			"anthropic/claude-sonnet-5: input $2, there $3 since \"2026-09-01\"",
			"anthropic/claude-sonnet-5: output $10, there $15 since \"2026-09-01\"",
			"theirs: openai/gpt-5.6-sol: cache write over the step $10",
			"skipped: deepseek/deepseek-chat",
		}},
		{"genai-prices.json", "2026-08-31", GenAI, []string{
			"4 of 5, 1 of others",
			"theirs: openai/gpt-5.6-sol: cache write over the step $10",
			"skipped: deepseek/deepseek-chat",
		}},
	} {
		form, got := compared(t, tt.file, tt.day)
		if diff := cmp.Diff(tt.want, got); diff != "" || form != tt.form {
			t.Errorf("%s on %s, %s (-want +got):\n%s", tt.file, tt.day, form, diff)
		}
	}
}

// TestAModelIsNotComparedByHowItsNameBegins: the rule of genai-prices itself
// would compare claude-opus-5-5 with the price of claude-opus-5.
func TestAModelIsNotComparedByHowItsNameBegins(t *testing.T) {
	t.Parallel()
	catalogue, err := money.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	list, err := Read(readFile(t, "genai-prices.json"), today)
	if err != nil {
		t.Fatal(err)
	}
	at, _ := time.Parse(time.DateOnly, today)
	absent := map[string]bool{}
	for _, r := range Compare(list, catalogue, at).Absent {
		absent[r.ID()] = true
	}
	if !absent["anthropic/claude-opus-5-5"] || absent["anthropic/claude-opus-5"] || absent["gemini/gemini-2.5-pro"] {
		t.Errorf("absent are %v", absent)
	}
}

func TestADifferenceIsToldOnceForAllIDsOfAModel(t *testing.T) {
	t.Parallel()
	catalogue, err := money.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	const price = `{"litellm_provider":"openai","input_cost_per_token":1e-6,"output_cost_per_token":15e-6}`
	list, err := Read([]byte(`{"gpt-5.4":`+price+`,"gpt-5.4-2026-03-05":`+price+`,"openai/gpt-5.4":`+strings.Replace(price, "15e-6", "16e-6", 1)+`}`), today)
	if err != nil {
		t.Fatal(err)
	}
	at, _ := time.Parse(time.DateOnly, today)
	c := Compare(list, catalogue, at)
	var got []string
	for _, d := range c.Differences {
		got = append(got, d.Name+" "+d.There)
	}
	if want := []string{"long-context step none", "input $1", "output $16"}; c.Compared != 3 || !slices.Equal(got, want) {
		t.Errorf("%d compared, %q; want %q", c.Compared, got, want)
	}
}

func TestContractPricesAreWhatIsCompared(t *testing.T) {
	t.Parallel()
	list, err := Read(readFile(t, "llm-prices-site.json"), today)
	if err != nil {
		t.Fatal(err)
	}
	embedded, err := money.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	at, _ := time.Parse(time.DateOnly, today)
	c := Compare(list, embedded.With(money.Row{Provider: "openai", Model: "gpt-5.4", Rates: money.Rates{Input: 2_000_000, Output: 15_000_000}}), at)
	if len(c.Differences) != 1 || c.Differences[0].Here != "$2" || c.Differences[0].Row.Status != money.StatusContract {
		t.Errorf("got %+v", c.Differences)
	}
}

func TestAFileOfNoFormIsRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, in, says string }{
		{"nothing", ``, "none of"},
		{"no JSON", `models:`, "none of"},
		{"a number", `7`, "none of"},
		{"an empty object", `{}`, "none of"},
		{"an empty list", `[]`, "none of"},
		{"a list of something else", `[{"name":"x"}]`, "none of"},
		{"an object of something else", `{"name":"x"}`, "none of"},
		{"models without a provider", `{"m":{"input_cost_per_token":1}}`, "none of"},
		{"our own list", `{"schema":1,"rows":[]}`, "none of"},
		{"a price below zero", `{"m":{"litellm_provider":"openai","input_cost_per_token":-1e-6}}`, `"m": input_cost_per_token`},
		{"a price as text", `{"prices":[{"id":"m","vendor":"openai","input":"x","output":1}]}`, "number"},
		{"no price of that day", `{"prices":[{"id":"m","vendor":"openai","input":1,"output":1,"from_date":"2027-01-01"}]}`, "no price holds"},
		{"a price that has ended", `{"prices":[{"id":"m","vendor":"openai","input":1,"output":1,"to_date":"2026-11-24"}]}`, "no price holds"},
		{"a step that makes no sense", `[{"id":"openai","models":[{"id":"m","prices":{"input_mtok":{"base":1,"tiers":[{"start":-5,"price":2}]}}}]}]`, "step"},
		{"a tier without a price", `[{"id":"openai","models":[{"id":"m","prices":{"input_mtok":{"base":1,"tiers":[{"start":5}]}}}]}]`, "input_mtok"},
		{"prices that are none", `[{"id":"openai","models":[{"id":"m","prices":7}]}]`, "cannot unmarshal"},
	} {
		if list, err := Read([]byte(tt.in), today); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, %+v; want an error with %q", tt.name, err, list, tt.says)
		}
	}
}

func TestStepsAreWritten(t *testing.T) {
	t.Parallel()
	for over, want := range map[int64]string{0: "none", 5: "over 5", 1_000: "over 1,000", 272_000: "over 272,000", 1_048_576: "over 1,048,576"} {
		if got := stepWords(over); got != want {
			t.Errorf("%d is %q", over, got)
		}
	}
}

func TestTheLowestOfSeveralStepsIsCompared(t *testing.T) {
	t.Parallel()
	for range 20 { // the order of a map must not count
		list, err := Read([]byte(`{"m":{"litellm_provider":"openai","input_cost_per_token":1e-6,"input_cost_per_token_above_200k_tokens":2e-6,"input_cost_per_token_above_128k_tokens":1.5e-6,"input_cost_per_token_above_xk_tokens":9,"input_cost_per_token_priority_above_128k_tokens":7,"input_cost_per_token_above_128k_tokens_priority":7}}`), today)
		if err != nil {
			t.Fatal(err)
		}
		if e := list.Entries[0]; len(e.Prices) != 2 || e.Step != 128_000 || e.Prices["input over the step"] != 1_500_000 {
			t.Fatalf("got %+v", e)
		}
	}
}

// FuzzRead never panics, says the same of the same bytes, and gives no price
// below zero.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"litellm.json", "llm-prices-vendor.json", "llm-prices-site.json", "genai-prices.json"} {
		f.Add(readFile(f, name))
	}
	catalogue, err := money.Embedded()
	if err != nil {
		f.Fatal(err)
	}
	at, _ := time.Parse(time.DateOnly, today)
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := Read(data, today)
		if err != nil {
			return
		}
		for _, e := range list.Entries {
			if e.Model == "" || len(e.Model) > longestName || e.Step < 0 {
				t.Errorf("read %+v", e)
			}
			for name, p := range e.Prices {
				if p < 0 {
					t.Errorf("%s of %s is %d", name, e.ID(), p)
				}
			}
		}
		again, err := Read(data, today)
		if diff := cmp.Diff(Compare(list, catalogue, at), Compare(again, catalogue, at)); err != nil || diff != "" {
			t.Errorf("the same bytes read twice differ: %v %s", err, diff)
		}
	})
}
