package main

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/task"
)

func TestWhatTasksWriteIsAssumedOrGiven(t *testing.T) {
	for name, tt := range map[string]struct {
		tasks []string
		flag  string
		want  map[string]int64
	}{
		"assumed":                        {[]string{"code-review", "docs"}, "", map[string]int64{"code-review": 4000, "docs": 3000}},
		"given":                          {[]string{"code-review", "docs"}, "docs=7", map[string]int64{"code-review": 4000, "docs": 7}},
		"a task of one's own, given":     {[]string{"notes"}, "notes=5", map[string]int64{"notes": 5}},
		"a task of one's own, not given": {[]string{"notes"}, "", nil},
		"a task that does not run":       {[]string{"docs"}, "tests=5", nil},
		"no number":                      {[]string{"docs"}, "docs", nil},
		"nothing written":                {[]string{"docs"}, "docs=0", nil},
	} {
		given, err := parseWritten(tt.flag)
		var got map[string]int64
		if err == nil {
			got, err = assumed(options{tasks: tt.tasks, written: given})
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || (err == nil) != (tt.want != nil) {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}

// row gives the percentages of the first line that begins with a word.
func row(page, word string) []string {
	for line := range strings.Lines(page) {
		if strings.HasPrefix(strings.TrimSpace(line), word) {
			return regexp.MustCompile(`-?[0-9]+\.[0-9] %`).FindAllString(line, -1)
		}
	}
	return nil
}

// What the table says of twice as much is what comes out where twice as much
// is written.
func TestTheTableOfWhatIsWrittenIsWhatAReplayGives(t *testing.T) {
	folder := clone(t)
	page := func(more ...string) string {
		var out, problems strings.Builder
		args := append([]string{"-mirrors", folder, "-repos", "acme/widgets", "-pulls", "2"}, more...)
		if err := run(t.Context(), args, &out, &problems); err != nil {
			t.Fatalf("%v\n%s", err, problems.String())
		}
		return out.String()
	}
	said := row(page(), "200 %")
	twice := page("-written", "code-review=8000,security-scan=8000")
	got := []string{row(twice, "all on the baseline, with reuse")[0], row(twice, "routed  ")[0], row(twice, "routed, with reuse  ")[0]}
	if diff := cmp.Diff(said, got); diff != "" {
		t.Error(diff)
	}
	if free, all := row(twice, "routed, with reuse, if auxiliary"), row(twice, "routed, with reuse  "); len(free) != 1 || free[0] <= all[0] {
		t.Errorf("%v under the first where auxiliary tasks are free, %v where they are not", free, all)
	}
	if row(twice, "200 %") == nil {
		t.Error("16,000 tokens are what the pool allows")
	}
	if row(page("-written", "code-review=8001"), "200 %") != nil {
		t.Error("more is said of than the pool allows")
	}
}

func TestABillIsPartedByWhatWasPaidFor(t *testing.T) {
	list, err := money.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	price := (&bench{now: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)})
	price.models.Catalogue = list
	opus := policy.Model{Provider: "anthropic", Model: "claude-opus-5-5", Tier: policy.Frontier}
	usage := money.Usage{Known: true, InputTokens: 1000, CacheReadInputTokens: 1000, CacheCreationInputTokens: 1000, OutputTokens: 1000}
	try := dispatch.Try{Usage: usage, Cost: money.Cost{State: money.Priced, Nano: 29_200_000}}
	r := dispatch.Result{Task: task.Task{ID: "docs", Kind: task.Writes}, Attempts: []dispatch.Attempt{
		{Model: opus, Tries: []dispatch.Try{try}}, {Model: opus, Tries: []dispatch.Try{try}, Released: true},
	}}
	got, err := splitOf(r, price.price)
	want := split{plain: 8_000_000, read: 400_000, write: 10_000_000, output: 40_000_000, refused: 29_200_000}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(split{})); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	r.Attempts[0].Tries[0].Cost.Nano++
	r.Attempts[0].Tries[0].Cost.Nano += rounding
	if _, err := splitOf(r, price.price); err == nil {
		t.Error("parts that do not add up are taken")
	}
	r.Attempts[0].Model.Model = "unheard-of"
	if _, err := splitOf(r, price.price); err == nil {
		t.Error("a model without a price is taken")
	}
}

func TestWhyATaskWasNotEfficientIsCounted(t *testing.T) {
	b := newBill()
	reason := func(rule string) route.Reason { return route.Reason{Rule: rule, Decisive: true} }
	result := func(kind task.Kind, tier policy.Tier, reasons ...route.Reason) dispatch.Result {
		return dispatch.Result{Task: task.Task{ID: "docs", Kind: kind}, Decision: route.Decision{Tier: tier, Reasons: reasons}, Cost: money.Cost{Nano: 10}}
	}
	b.causes(result(task.Writes, policy.Frontier, reason("a"), reason("a"), route.Reason{Rule: "place"}))
	b.causes(result(task.Writes, policy.Frontier, reason("a"), reason("b")))
	b.causes(result(task.Writes, policy.Efficient, reason("place")))
	b.causes(result(task.Judges, policy.Frontier, reason("critical-path")))
	want := map[string]*cause{"docs frontier a": {runs: 2, alone: 1, cost: 10}, "docs frontier b": {runs: 1}}
	if diff := cmp.Diff(want, b.byCause, cmp.AllowUnexported(cause{})); diff != "" {
		t.Error(diff)
	}
}
