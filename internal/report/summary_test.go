package report

import (
	"errors"
	"strings"
	"testing"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/task"
)

func summary(t *testing.T, s Session) string {
	t.Helper()
	var out strings.Builder
	if err := Summary(&out, s); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func sessions() map[string]Session {
	noReview := session(couldNotRun(), localResult("changelog"))
	skipped := couldNotRun()
	skipped.Status, skipped.Reason, skipped.Attempts = dispatch.Skipped, "no key for provider anthropic; on-missing-key is skip", nil
	skipped.MissingKey = true
	excused := session(skipped)
	excused.AllowNoReview = map[string]bool{"auth-review": true}
	notes := session(localResult("changelog"))
	notes.PolicyName = "built-in"
	notes.PolicyNotes = []string{"no routing-policy.yml at the base: the built-in default"}
	notes.Warnings = []string{"the workflow that runs this was changed by this pull request: its own run obeys it"}
	notes.RunBudget, notes.PullNumber = nil, 0
	routed := session(answered("docs", haiku, 0, 0, 0, 0))
	routed.Results[0].Status, routed.Results[0].Attempts, routed.Results[0].Output = "", nil, task.Output{}
	routed.Results[0].Decision.Estimate = usd(50_000_000)
	refused := review()
	refused.Status, refused.Reason, refused.Output, refused.Attempts, refused.Model = dispatch.CouldNotRun, "the author is not known here", task.Output{}, nil, policy.Model{}
	refused.Decision.Refused, refused.Decision.Model = "the author is not known here", nil
	refused.Cost, refused.Baseline, refused.Saved, refused.Outside = usd(0), money.Cost{}, money.Cost{}, "it did not run"
	return map[string]Session{
		"refused":             session(refused, refusedLocal()),
		"none-released":       session(noneReleased()),
		"worked-example":      workedExample(),
		"local-only":          session(localResult("changelog"), localResult("pr-summary")),
		"could-not-run":       noReview,
		"skipped-without-key": excused,
		"partial":             session(partialReview()),
		"escalated":           session(escalatedResult()),
		"unpriced":            session(unpricedResult(), answered("docs", haiku, 1000, 3000, 16_000_000, 80_000_000)),
		"unknown-usage":       session(unknownUsage()),
		"observed":            observedSession(),
		"override-accepted":   overridden(true),
		"override-refused":    overridden(false),
		"policy-notes":        notes,
		"routed":              routed,
		"handed-over":         handedOver(),
		"hostile":             hostileSession(),
	}
}

func TestSummaryGoldens(t *testing.T) {
	t.Parallel()
	for name, s := range sessions() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := summary(t, s)
			golden(t, name+".summary.md", got)
			if again := summary(t, s); again != got {
				t.Error("a second rendering differs")
			}
			checkPage(t, s, got)
		})
	}
}

func TestCommentGoldens(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"worked-example", "could-not-run", "hostile"} {
		s := sessions()[name]
		got := Comment(s, "<!-- tierwise -->")
		golden(t, name+".comment.md", got)
		if !strings.HasPrefix(got, "<!-- tierwise -->\n### tierwise") {
			t.Errorf("%s: the marker does not come first", name)
		}
		checkPage(t, s, strings.TrimPrefix(got, "<!-- tierwise -->\n"))
	}
}

func TestHeadlines(t *testing.T) {
	t.Parallel()
	all := sessions()
	for name, want := range map[string]string{
		"worked-example": "### tierwise: 4 tasks, $0.5820, saved $0.2880 (33.1 %) against all on claude-opus-4-8\n",
		"local-only":     "### tierwise: 2 tasks, $0, no model called\n",
		"escalated":      "### tierwise: 1 task, $0.0960, saved -$0.0160 (-20.0 %) against all on claude-opus-4-8\n",
		"unpriced":       "### tierwise: 2 tasks, $0.0160, plus 1 unpriced task, saved $0.0640 (80.0 %) against all on claude-opus-4-8\n",
		"unknown-usage":  "### tierwise: 1 task, cost unknown\n",
		"observed":       "### tierwise, observing only: 2 tasks, $0.5900 on claude-opus-4-8; routing would have cost $0.5260 and saved $0.0640 (10.8 %)\n",
		"routed":         "### tierwise: 1 task routed, no model called\n",
	} {
		if got := summary(t, all[name]); !strings.HasPrefix(got, want) {
			t.Errorf("%s: headline %q, want %q", name, strings.SplitN(got, "\n", 2)[0], want)
		}
	}
}

func TestAReviewThatDidNotHappenIsToldBeforeTheTable(t *testing.T) {
	t.Parallel()
	all := sessions()
	for name, want := range map[string]string{"could-not-run": "NO REVIEW HAPPENED", "skipped-without-key": "NO REVIEW HAPPENED", "partial": "THE REVIEW IS PARTIAL"} {
		text := summary(t, all[name])
		alarm, table := strings.Index(text, want), strings.Index(text, "| Task |")
		if alarm < 0 || alarm > table {
			t.Errorf("%s: %q at %d, the table at %d", name, want, alarm, table)
		}
	}
	if text := summary(t, all["worked-example"]); strings.Contains(text, "NO REVIEW") {
		t.Error("an alarm without a cause")
	}
}

func TestAHugeOutputIsCutAndNeverTheFacts(t *testing.T) {
	t.Parallel()
	huge := map[string]string{
		"plain words":           strings.Repeat("word ", 400_000),
		"an open code block":    "```go\n" + strings.Repeat("x := 1 // @everyone\n", 100_000),
		"one endless line":      strings.Repeat("é", 1_000_000),
		"many fences":           strings.Repeat("```\n", 500_000),
		"what grows if escaped": strings.Repeat("<a>|@#", 350_000),
	}
	for name, text := range huge {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := workedExample()
			s.Results[0].Output.Markdown = text
			got := summary(t, s)
			if len(got) > 1<<20 {
				t.Errorf("%d bytes", len(got))
			}
			for _, must := range []string{"Cut here", "$0.5820", "Would a bad output be caught?", "Decision path", "Output of tests.", "The error is ignored"} {
				if !strings.Contains(got, must) {
					t.Errorf("no %q", must)
				}
			}
			if n := len(got); n < maxSource { // one output shows all of its source that is defused
				t.Errorf("only %d bytes of the room were used", n)
			}
			checkPage(t, s, got)
			if c := Comment(s, "<!-- m -->"); len(c) > 65536 || !strings.Contains(c, "Cut here") || !strings.Contains(c, "$0.5820") {
				t.Errorf("comment of %d bytes", len(c))
			}
		})
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestSummaryTellsThatItCouldNotWrite(t *testing.T) {
	t.Parallel()
	if err := Summary(brokenPipe{}, workedExample()); err == nil || !strings.Contains(err.Error(), "broken pipe") {
		t.Errorf("error %v", err)
	}
}

func TestNoLabelIsNamedWhereNoneWouldCount(t *testing.T) {
	t.Parallel()
	if text := summary(t, workedExample()); !strings.Contains(text, "Wrong tier? Label `tier:frontier` or `tier:mid`.") {
		t.Error("the policy's labels are not named")
	}
	for name, s := range map[string]Session{"locked": session(review()), "no pull request": sessions()["policy-notes"], "no labels": func() Session { s := workedExample(); s.Labels = nil; return s }()} {
		if strings.Contains(summary(t, s), "Wrong tier?") {
			t.Errorf("%s: a label is offered", name)
		}
	}
}

func TestWantsComment(t *testing.T) {
	t.Parallel()
	over := workedExample()
	over.RunSpent = *over.RunBudget + 1
	refused := session(localResult("changelog"))
	refused.Results[0].OverBudget = true
	quiet := session(localResult("changelog"))
	for _, tc := range []struct {
		s    Session
		when string
		want bool
	}{
		{quiet, "never", false},
		{quiet, "always", true},
		{quiet, "on-findings", false},
		{quiet, "over-budget", false},
		{quiet, "sometimes", false},
		{over, "over-budget", true},
		{refused, "over-budget", true},
		{workedExample(), "over-budget", false},
		{workedExample(), "on-findings", true},
		{session(couldNotRun()), "on-findings", true},
	} {
		if got := WantsComment(tc.s, tc.when); got != tc.want {
			t.Errorf("%s on %d tasks: %v", tc.when, len(tc.s.Results), got)
		}
	}
}
