package report

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
)

func TestFindingsLeftOutAreCountedBelowTheOthers(t *testing.T) {
	t.Parallel()
	r := review()
	r.Output.Dropped, r.Output.DroppedWorst = 2, task.Critical
	s := session(r)
	const want = "2 findings left out: not at a line of this change; the worst is critical"
	page := summary(t, s)
	if at, last := strings.Index(page, want+"."), strings.Index(page, "is never read"); at < last {
		t.Errorf("%q at %d, the last finding at %d", want, at, last)
	}
	if !strings.Contains(page, "2 findings, 2 left out |") {
		t.Error("the status does not count them")
	}
	if a, ok := find(Annotations(s), "Findings left out"); !ok || a.Level != LevelError || a.Message != "auth-review: "+want {
		t.Errorf("annotation %+v", a)
	}
	r.Output.Findings = nil
	if !WantsComment(session(r), "on-findings") {
		t.Error("no comment where all findings were left out")
	}
	r.Output.Markdown = strings.Repeat("word\n", 60_000)
	if page := summary(t, session(r)); len(page) < maxSource || !strings.Contains(page, want) {
		t.Errorf("the sentence is lost on a page of %d bytes", len(page))
	}
}

func TestAFindingOnAWholeFileHasNoLine(t *testing.T) {
	t.Parallel()
	f := task.Finding{Path: "auth/login.go", EndLine: 7, Severity: task.HighSeverity, Title: "No test", Body: "It has none."}
	a := findingAnnotation(f)
	if a.File != "auth/login.go" || a.Line != 0 || a.EndLine != 0 {
		t.Errorf("annotation %+v", a)
	}
	if text, _ := findingText(f, session().Links, 1000); !strings.HasPrefix(text, "**high** `auth/login.go` No test\n") {
		t.Errorf("text %q", text)
	}
	if got := findingOf(f, session().Links); got.Line != 0 || got.EndLine != 0 {
		t.Errorf("result file %+v", got)
	}
}

func TestAFindingOfAScanShowsItsEvidence(t *testing.T) {
	t.Parallel()
	f := task.Finding{
		Path: "db/user.go", Line: 4, EndLine: 4, Severity: task.Critical, Title: "The name goes into the query", Body: "Anybody can write it.",
		CWE: 89, Evidence: "q := `SELECT ` + name", Exploit: "A caller sends a quote.", Fix: "Bind the name.",
	}
	text, _ := findingText(f, session().Links, 4000)
	for _, must := range []string{"**critical** `db/user.go:4` CWE-89 (SQL injection): The name", "Evidence: ", "SELECT", "Exploit: A caller sends a quote.", "Fix: Bind the name."} {
		if !strings.Contains(text, must) {
			t.Errorf("no %q in\n%s", must, text)
		}
	}
	if a := findingAnnotation(f); !strings.Contains(a.Title, "CWE-89") || !strings.Contains(a.Message, "Fix: Bind") {
		t.Errorf("annotation %+v", a)
	}
	if got := findingOf(f, session().Links); got.CWE != 89 || got.Evidence != f.Evidence || got.Exploit == "" || got.Fix == "" {
		t.Errorf("result file %+v", got)
	}
	f.CWE = 1188 + 1 // a number without a name of ours
	if text, _ := findingText(f, session().Links, 4000); !strings.Contains(text, "CWE-1189: The name") {
		t.Errorf("text %q", text)
	}
}

func TestTierAndModelComeFromOnePlace(t *testing.T) {
	t.Parallel()
	routed := answered("docs", haiku, 0, 0, 0, 0)
	routed.Status, routed.Attempts = "", nil
	observed := observedSession().Results[0]
	silent := observed
	silent.Model, silent.Tier, silent.Attempts = policy.Model{}, policy.Efficient, []dispatch.Attempt{{Model: opus}}
	silent.Decision.Tier = policy.Efficient
	keyless := couldNotRun()
	keyless.Attempts, keyless.Decision.Model = nil, nil
	for name, tc := range map[string]struct {
		r     dispatch.Result
		tier  policy.Tier
		model string
	}{
		"one attempt":                   {answered("docs", haiku, 1, 1, 1, 1), policy.Efficient, haiku.Model},
		"released after an escalation":  {escalatedResult(), policy.Frontier, opus.Model},
		"three attempts, none released": {noneReleased(), policy.Efficient, haiku.Model},
		"local for want of a key":       {localResult("changelog"), policy.Local, ""},
		"only decided":                  {routed, policy.Efficient, haiku.Model},
		"observed":                      {observed, policy.Frontier, opus.Model},
		"observed, none released":       {silent, policy.Frontier, opus.Model},
		"no key":                        {keyless, policy.Frontier, ""},
	} {
		got := outputs(t, session(tc.r))
		if got["tier"] != tc.tier.String() || got["model"] != tc.model {
			t.Errorf("%s: %s on %q", name, got["tier"], got["model"])
		}
	}
	if page := summary(t, session(noneReleased())); !strings.Contains(page, "| efficient | claude-haiku-4-5 |") || !strings.Contains(page, "**could not run**, 3 attempts, none released |") {
		t.Error("the row does not say that none was released")
	}
}

func TestTroublesStandAboveTheTable(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		r    dispatch.Result
		want string
	}{
		"unknown usage":        {unknownUsage(), "**Warnings:** changelog: unknown usage: its cost is not counted: usage was not reported."},
		"an auxiliary failure": {noneReleased(), "**Warnings:** changelog: could not run: no answer was released after 3 attempts."},
		"refused":              {refusedLocal(), "**Warnings:** changelog: did not run: the author is not known here."},
	} {
		page := summary(t, session(tc.r))
		if at := strings.Index(page, tc.want); at < 0 || at > strings.Index(page, "| Task |") {
			t.Errorf("%s: %q at %d", name, tc.want, at)
		}
		if !strings.Contains(Comment(session(tc.r), "<!-- m -->"), tc.want) {
			t.Errorf("%s: not in the comment", name)
		}
	}
	if strings.Contains(summary(t, workedExample()), "**Warnings:**") {
		t.Error("a warning without a cause")
	}
}

func TestAReasonIsToldOnce(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]Session{"could not run": session(couldNotRun()), "partial": session(partialReview()), "auxiliary": session(noneReleased())} {
		core := s.core(coreShare)
		if n := strings.Count(core, s.Results[0].Reason); n != 1 {
			t.Errorf("%s: the reason is told %d times", name, n)
		}
	}
}

func TestARefusedTaskSaysThatItDidNotRun(t *testing.T) {
	t.Parallel()
	s := sessions()["refused"]
	for _, page := range []string{summary(t, s), Comment(s, "<!-- m -->")} {
		if n := strings.Count(page, "did not run: the author is not known here"); n != 2 {
			t.Errorf("said %d times for 2 tasks", n)
		}
		if strings.Contains(page, "could not run") {
			t.Error("it reads as if something had broken")
		}
	}
	d := s.Results[0].Decision
	if !strings.Contains(OneLine(d), "does not run: the author is not known here") {
		t.Error(OneLine(d))
	}
}

func TestCostsThatAreNotKnownAreNotZero(t *testing.T) {
	t.Parallel()
	docs := answered("docs", haiku, 1, 1, 15_000_000, 15_000_000)
	for name, tc := range map[string]struct {
		results []dispatch.Result
		want    string
	}{
		"one":             {[]dispatch.Result{unknownUsage()}, "tierwise: 1 task, cost unknown"},
		"beside a local":  {[]dispatch.Result{unknownUsage(), localResult("x")}, "tierwise: 2 tasks, cost unknown"},
		"beside a priced": {[]dispatch.Result{unknownUsage(), docs}, "tierwise: 2 tasks, $0.0150, plus 1 task of unknown cost, saved $0 (0.0 %) against all on claude-opus-4-8"},
		"unpriced alone":  {[]dispatch.Result{unpricedResult()}, "tierwise: 1 task, cost unpriced"},
		"of each kind":    {[]dispatch.Result{unpricedResult(), unknownUsage()}, "tierwise: 2 tasks, cost unknown"},
	} {
		if got := session(tc.results...).headline(); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

func TestPricesAreLeftOutWhereNoModelWasCalled(t *testing.T) {
	t.Parallel()
	page := summary(t, session(localResult("changelog")))
	if strings.Contains(page, "How the numbers were made") || !strings.Contains(page, "9 requests to the platform") {
		t.Error("price rows without a model, or the requests are lost")
	}
	page = summary(t, workedExample())
	for _, must := range []string{"| Since | Checked | Source |", "| $0.10 | not known | 2025-10-15 | 2026-11-23 |", "| any date | – | the policy"} {
		if !strings.Contains(page, must) {
			t.Errorf("no %q", must)
		}
	}
	if strings.Contains(page, "Prices were checked") {
		t.Error("one date for all rows")
	}
}

func TestCatchersAndModelsAreToldByTheirAnswer(t *testing.T) {
	t.Parallel()
	verified := func(id string) route.CatchResult {
		return route.CatchResult{Failure: id, Catcher: task.CatcherVerifier, Proof: route.Confirmed, Text: "its verifier runs before release"}
	}
	results := []route.CatchResult{verified("inventing"), verified("omitting-breaking-change"), {Failure: "misleading", Catcher: task.CatcherAdvisory, Proof: route.Confirmed}, verified("broken-form")}
	if diff := cmp.Diff([]string{
		"inventing, omitting-breaking-change, broken-form | verifier | its verifier runs before release",
		"misleading | advisory | ",
	}, catchRows(results)); diff != "" {
		t.Error(diff)
	}
	for proof, want := range map[route.Proof]string{route.Assumed: "x | required-review (assumed) | ", route.Attested: "x | required-review (attested) | ", route.Unseen: "x | required-review (unknown) | ", "": "x | required-review (unknown) | "} {
		if got := catchRows([]route.CatchResult{{Failure: "x", Catcher: task.CatcherRequiredReview, Proof: proof}}); got[0] != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := catchRows([]route.CatchResult{{Failure: "x", Proof: route.Absent, Text: "caught_by: names none"}}); got[0] != "x | **nobody** | caught_by: names none" {
		t.Error(got)
	}
	if got := catchRows([]route.CatchResult{{Failure: "x", Proof: route.NotAsked, Text: "it stays frontier"}}); got[0] != "x | not asked | it stays frontier" {
		t.Error(got)
	}
	taken := notTaken([]route.Considered{{Model: haiku, Why: "no key for anthropic"}, {Model: policy.Model{Model: "gpt"}, Why: "no key for openai"}, {Model: opus, Why: "no key for anthropic"}})
	if diff := cmp.Diff([]string{"no key for anthropic: claude-haiku-4-5, claude-opus-4-8 not taken", "no key for openai: gpt not taken"}, taken); diff != "" {
		t.Error(diff)
	}
}

func TestTheWayOfATaskIsDrawn(t *testing.T) {
	t.Parallel()
	own := localResult("own")
	own.Decision.Tier, own.Decision.LocalForWantOfKey = policy.Local, false
	for _, tc := range []struct {
		r    dispatch.Result
		want string
	}{
		{localResult("changelog"), "place → efficient → no key → local → clean"},
		{own, "place → local → clean"},
		{answered("docs", haiku, 1, 1, 1, 1), "place → efficient → claude-haiku-4-5 → clean"},
		{escalatedResult(), "place → efficient → claude-haiku-4-5, efficient → claude-opus-4-8, frontier → clean"},
		{refusedLocal(), "place → efficient → did not run"},
	} {
		if got := strings.Join(steps(tc.r), " → "); got != tc.want {
			t.Errorf("%q, want %q", got, tc.want)
		}
	}
}

func TestFactsTellNotesAndHintsAndFewSignals(t *testing.T) {
	t.Parallel()
	r := answered("docs", haiku, 1, 1, 1, 1)
	r.Decision.Facts.Notes = []string{`unknown scope "small", expected one of single-file, multi-file, cross-service`}
	r.Decision.Hint = `local with the annotation "[ambiguity: low]"`
	r.Decision.Facts.NotExamined = []string{"cross-service: the paths at the base are not known, so only manifests inside the change were seen"}
	for i := range 25 {
		r.Decision.Facts.Hits = append(r.Decision.Facts.Hits, signal.Hit{Signal: "migration", File: fmt.Sprintf("db/%02d.sql", i)})
	}
	text := session(r).facts(blockShare)
	for _, must := range []string{"unknown scope", "could go lower: local with", "inside the change were seen", "db/09.sql", "15 more signals"} {
		if !strings.Contains(text, must) {
			t.Errorf("no %q in %s", must, text)
		}
	}
	if strings.Contains(text, "db/10.sql") {
		t.Error("more than ten signals")
	}
	var out strings.Builder
	if err := Explain(&out, r.Decision, false); err != nil || !strings.Contains(out.String(), "Note: unknown scope") || !strings.Contains(out.String(), "It could go lower: local with") {
		t.Errorf("%v: %s", err, out.String())
	}
}

func TestTextIsCutBetweenWords(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("seventeen ", 60)
	for _, got := range []string{phrase(long), name(long)} {
		if !strings.HasSuffix(got, "seventeen …") {
			t.Errorf("%q", got)
		}
	}
	if got := phrase("short"); got != "short" {
		t.Error(got)
	}
	if got := []rune(phrase(strings.Repeat("é", 400))); len(got) != maxPhrase {
		t.Errorf("%d characters of one endless word", len(got))
	}
}

func TestThePolicyInNoFileSaysHowToSeeIt(t *testing.T) {
	t.Parallel()
	s := workedExample()
	s.PolicyName = "built-in"
	if got := s.policyLine(); got != "Policy: built-in (`tierwise init --print` shows it)." {
		t.Error(got)
	}
}

func TestOneLineIsWholeAndEndsInNoColon(t *testing.T) {
	t.Parallel()
	reason := func(text string) []route.Reason { return []route.Reason{{Decisive: true, Text: text}} }
	for name, tc := range map[string]struct {
		d    route.Decision
		want string
	}{
		"a reason":         {route.Decision{TaskID: "docs", Tier: policy.Mid, Model: &haiku, Reasons: reason("3 files")}, "docs: mid on claude-haiku-4-5: 3 files"},
		"an empty reason":  {route.Decision{Tier: policy.Mid, Reasons: append(reason(""), reason("then this")...)}, "brief: mid: then this"},
		"nothing but that": {route.Decision{Tier: policy.Mid, Reasons: reason("")}, "brief: mid"},
		"a colon":          {route.Decision{Tier: policy.Mid, Locked: true, Reasons: reason("the words: ")}, "brief: mid (locked): the words"},
		"a hint":           {route.Decision{Tier: policy.Mid, Reasons: reason("3 files."), Hint: "local with [ambiguity: low]"}, "brief: mid: 3 files. It could go lower: local with [ambiguity: low]"},
		"a line break":     {route.Decision{TaskID: "a\n::error::", Tier: policy.Mid, Hint: "b\nc"}, OneLine(route.Decision{TaskID: "a\n::error::", Tier: policy.Mid, Hint: "b\nc"})},
	} {
		got := OneLine(tc.d)
		if got != tc.want || strings.Contains(got, "\n") {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

func TestAFailureKeepsWhatToDoNext(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if err := Failure(&out, errors.New("task changelog needs a change: give base and head")); err != nil || !strings.Contains(out.String(), "- task changelog needs a change: give base and head\n") {
		t.Errorf("%v: %s", err, out.String())
	}
}

func TestAnUnknownCostOfATaskIsAWarning(t *testing.T) {
	t.Parallel()
	r := noneReleased()
	r.Cost = money.Cost{State: money.Unknown}
	all := Annotations(session(r))
	for _, title := range []string{"Unknown usage", "Could not run"} {
		if a, ok := find(all, title); !ok || a.Level != LevelWarning {
			t.Errorf("%s: %+v", title, a)
		}
	}
}
