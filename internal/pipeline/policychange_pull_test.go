package pipeline

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/backtest"
	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

var (
	baseSHA = strings.Repeat("1", 40)
	headSHA = strings.Repeat("2", 40)
	pastSHA = strings.Repeat("3", 40)
	orgSHA  = strings.Repeat("4", 40)
	widgets = github.Repo{Owner: "acme", Name: "widgets"}
)

const models = `version: 1
pool: { frontier: [{ provider: anthropic, model: claude-opus-5-5 }], mid: [{ provider: anthropic, model: claude-sonnet-5-5 }], efficient: [{ provider: anthropic, model: claude-haiku-5-5 }] }
baseline: { provider: anthropic, model: claude-opus-5-5 }
tasks: { docs: { tier: efficient, caught_by: [verifier, required-review] } }
`

func guarded(pattern string) string {
	return models + "must_frontier:\n  - { id: auth, why: people get in, paths: [\"" + pattern + "\"] }\n"
}

type hub struct {
	*fakegithub.Server
	repo   *fakegithub.Repo
	client *github.Client
}

func newHub(t *testing.T, before, after string) *hub {
	t.Helper()
	fake, err := fakegithub.Start(fakegithub.NewSpec("../../testdata/openapi/openapi-subset.json"), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		fake.Close()
		for _, f := range fake.Failures() {
			t.Errorf("the platform's description forbids: %s", f)
		}
	})
	fake.Token = "ghs_tests"
	h := &hub{Server: fake, repo: fake.Repo("acme", "widgets")}
	h.repo.Files[baseSHA] = map[string]fakegithub.Blob{DefaultPolicyPath: {Content: []byte(before)}}
	h.repo.Files[headSHA] = map[string]fakegithub.Blob{DefaultPolicyPath: {Content: []byte(after)}}
	if h.client, err = github.New(github.Options{Token: "ghs_tests", APIURL: fake.URL(), HTTP: http.DefaultClient}); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *hub) merged(number int, rows ...fakegithub.Row) {
	h.repo.Pulls[number] = &fakegithub.Pull{
		Number: number, Title: fmt.Sprintf("Change %d", number), Author: fakegithub.Person{Login: "ada"},
		Merged: fmt.Sprintf("2026-11-20T10:%02d:00Z", number),
		Base:   fakegithub.Ref{SHA: baseSHA, Name: "main", Repo: "acme/widgets"}, Head: fakegithub.Ref{SHA: pastSHA, Name: "x", Repo: "acme/widgets"},
		Files: rows,
	}
}

func (h *hub) compare(t *testing.T, requests int) backtest.ChangeSummary {
	t.Helper()
	s, err := PolicyChangeOfPull(t.Context(), h.client, widgets, PullChangeRequest{
		Pull: event.PullRequest{Number: 99, Base: event.Ref{SHA: baseSHA, Name: "main"}, Head: event.Ref{SHA: headSHA}}, Now: time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC), Requests: requests,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAPullThatLoosensIsHeldAgainstThoseBeforeIt(t *testing.T) {
	t.Parallel()
	h := newHub(t, guarded("auth/**"), guarded("auth/login.go"))
	h.merged(1, fakegithub.AddedRow("README.md", 2))
	h.merged(2, fakegithub.AddedRow("auth/mail.go", 2))
	h.merged(3, fakegithub.AddedRow("auth/login.go", 2))
	s := h.compare(t, 0)
	if s.Changes != 3 || s.Moved != 1 || s.Unlocked != 2 || s.Locked != 0 || s.Stopped != "" {
		t.Errorf("the sums are %+v", s)
	}
	if len(s.Falls) != 1 || s.Falls[0].Number != 2 || s.Falls[0].Entry != "auth" || s.Falls[0].To != policy.Efficient || len(s.Falls[0].Tasks) != 2 {
		t.Errorf("the falls are %+v", s.Falls)
	}
	// Two policies, .gitattributes (whose absence the tree proves), the tree,
	// one list, and one request for the files of each.
	if s.Requests != 2+1+1+1+3 {
		t.Errorf("%d requests were sent", s.Requests)
	}
	c := LintChange("", s)
	if len(c.Falls) != 1 || c.Falls[0].Change != "number 2" || c.Looked != 3 || len(c.Moves) != 2 {
		t.Errorf("the linter is told %+v", c)
	}
}

func TestLookingBackStopsWhereTheRequestsAreUsedUp(t *testing.T) {
	t.Parallel()
	h := newHub(t, guarded("auth/**"), guarded("auth/login.go"))
	h.merged(1, fakegithub.AddedRow("auth/mail.go", 2))
	h.merged(2, fakegithub.GeneratedRows(250, 1)...)
	h.merged(3, fakegithub.AddedRow("README.md", 2))
	s := h.compare(t, 8)
	if s.Changes != 1 || s.Requests > 8 || !strings.HasPrefix(s.Stopped, "1 of the last 3 merged pull requests were looked at: number 2 has 250 files") {
		t.Errorf("%d changes in %d requests, stopped: %q", s.Changes, s.Requests, s.Stopped)
	}
}

func TestLookingBackSeesThirtyInFortyRequests(t *testing.T) {
	t.Parallel()
	h := newHub(t, guarded("auth/**"), guarded("auth/login.go"))
	for n := 1; n <= 35; n++ {
		h.merged(n, fakegithub.AddedRow("README.md", 1))
	}
	if s := h.compare(t, 0); s.Changes != LookBack || s.Stopped != "" || s.Requests > LookBackRequests {
		t.Errorf("%d changes in %d requests, stopped: %q", s.Changes, s.Requests, s.Stopped)
	}
}

// TestWithheldPatchesCountAsInARun: an entry by content holds what nobody can
// see, before and after; only losing the expression lets it fall.
func TestWithheldPatchesCountAsInARun(t *testing.T) {
	t.Parallel()
	by := func(expression string) string {
		return models + "must_frontier:\n  - { id: keys, why: keys open doors, content: ['" + expression + "'] }\n"
	}
	h := newHub(t, by("secret"), by("token"))
	h.merged(1, fakegithub.Row{Path: "a.go", Additions: 4000})
	if s := h.compare(t, 0); s.Changes != 1 || s.Moved != 0 || len(s.Falls) != 0 {
		t.Errorf("a withheld patch moved: %+v", s)
	}
	h = newHub(t, by("secret"), models)
	h.merged(1, fakegithub.Row{Path: "a.go", Additions: 4000})
	if s := h.compare(t, 0); len(s.Falls) != 1 || s.Falls[0].Entry != "keys" {
		t.Errorf("an entry that is gone lets nothing fall: %+v", s)
	}
}

func TestTheSamePolicyCostsNoLookBack(t *testing.T) {
	t.Parallel()
	h := newHub(t, guarded("auth/**"), guarded("auth/**"))
	h.merged(1, fakegithub.AddedRow("README.md", 1))
	if s := h.compare(t, 0); !s.Same || s.Requests != 2 || s.Changes != 0 {
		t.Errorf("%+v", s)
	}
}

// TestAnotherCommitOfTheExtendedPolicyIsAChange: what it means is compared, not
// the text alone.
func TestAnotherCommitOfTheExtendedPolicyIsAChange(t *testing.T) {
	t.Parallel()
	other := strings.Repeat("5", 40)
	h := newHub(t, "version: 1\nextends: acme/.github@"+orgSHA+"\n", "version: 1\nextends: acme/.github@"+other+"\n")
	org := h.Repo("acme", ".github")
	org.Files[orgSHA] = map[string]fakegithub.Blob{DefaultPolicyPath: {Content: []byte(guarded("auth/**"))}}
	org.Files[other] = map[string]fakegithub.Blob{DefaultPolicyPath: {Content: []byte(guarded("auth/login.go"))}}
	h.merged(2, fakegithub.AddedRow("auth/mail.go", 2))
	if s := h.compare(t, 0); len(s.Falls) != 1 || s.Requests != 2+2+1+1+1+1 {
		t.Errorf("%+v", s)
	}
}

func TestAPlatformThatFailsIsAnErrorWithWhatWasSeen(t *testing.T) {
	t.Parallel()
	h := newHub(t, guarded("auth/**"), guarded("auth/login.go"))
	h.merged(1, fakegithub.AddedRow("README.md", 1))
	h.merged(2, fakegithub.AddedRow("auth/mail.go", 2))
	h.Inject(fakegithub.Fault{Method: "GET", Path: "/pulls/1/files", Status: 500, Times: 1})
	s, err := PolicyChangeOfPull(t.Context(), h.client, widgets, PullChangeRequest{
		Pull: event.PullRequest{Base: event.Ref{SHA: baseSHA, Name: "main"}, Head: event.Ref{SHA: headSHA}}, Now: time.Now(),
	})
	if err == nil || s.Changes != 1 || len(s.Falls) != 1 {
		t.Errorf("err %v, %+v", err, s)
	}
}

// TestABrokenPolicyIsToldOnEitherSide: before the change it stops the
// comparison, after it the linter has the findings.
func TestABrokenPolicyIsToldOnEitherSide(t *testing.T) {
	t.Parallel()
	h := newHub(t, "verzion: 1\n", guarded("auth/**"))
	if s := h.compare(t, 0); s.Changes != 0 || s.Same || !strings.Contains(s.Stopped, "unknown key") && !strings.Contains(s.Stopped, "missing-key") {
		t.Errorf("%+v", s)
	}
	h = newHub(t, guarded("auth/**"), "verzion: 1\n")
	_, err := PolicyChangeOfPull(t.Context(), h.client, widgets, PullChangeRequest{
		Pull: event.PullRequest{Base: event.Ref{SHA: baseSHA, Name: "main"}, Head: event.Ref{SHA: headSHA}}, Now: time.Now(),
	})
	var broken *BrokenPolicyError
	if !errors.As(err, &broken) {
		t.Errorf("%v is no BrokenPolicyError", err)
	}
}
