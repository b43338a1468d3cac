package github

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

func reviewRule(count int, dismiss bool) map[string]any {
	return map[string]any{"type": "pull_request", "parameters": map[string]any{
		"required_approving_review_count": count, "dismiss_stale_reviews_on_push": dismiss,
	}}
}

func checksRule(names ...string) map[string]any {
	checks := []any{}
	for _, n := range names {
		checks = append(checks, map[string]any{"context": n})
	}
	return map[string]any{"type": "required_status_checks", "parameters": map[string]any{"required_status_checks": checks}}
}

func TestEvidenceConfirmsOnlyWhatIsShown(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		rules   []map[string]any
		branch  fakegithub.Branch
		fault   *fakegithub.Fault
		review  route.Proof
		dismiss bool
		checks  []string
		proof   route.Proof
		note    string
	}{
		{"a ruleset with one review", []map[string]any{reviewRule(1, true)}, fakegithub.Branch{Protected: true}, nil, route.Confirmed, true, nil, route.Absent, "who may bypass"},
		{"reviews that survive a push", []map[string]any{reviewRule(2, false)}, fakegithub.Branch{}, nil, route.Confirmed, false, nil, route.Absent, "who may bypass"},
		{"a pull request rule without reviews", []map[string]any{reviewRule(0, true)}, fakegithub.Branch{}, nil, route.Absent, false, nil, route.Absent, ""},
		{"two rulesets", []map[string]any{reviewRule(0, false), reviewRule(1, false), checksRule("test"), checksRule("lint", "test"), {"type": "deletion"}}, fakegithub.Branch{}, nil, route.Confirmed, false, []string{"lint", "test"}, route.Confirmed, "who may bypass"},
		{"classic protection", nil, fakegithub.Branch{Protected: true, Checks: []string{"build"}}, nil, route.Unseen, false, []string{"build"}, route.Confirmed, "not shown to a workflow token"},
		{"classic protection without checks", nil, fakegithub.Branch{Protected: true}, nil, route.Unseen, false, nil, route.Absent, "whether by required reviews is not shown"},
		{"nothing at all", nil, fakegithub.Branch{}, nil, route.Absent, false, nil, route.Absent, ""},
		{"rules that cannot be read", []map[string]any{reviewRule(1, true)}, fakegithub.Branch{}, &fakegithub.Fault{Path: "/rules/", Status: 403, Message: "no"}, route.Unseen, false, nil, route.Unseen, "not examined: read the rules of a branch"},
		{"a branch that cannot be read", []map[string]any{checksRule("test")}, fakegithub.Branch{}, &fakegithub.Fault{Path: "/repos/acme/widgets/branches/", Status: 500}, route.Unseen, false, []string{"test"}, route.Confirmed, "not examined: read the protection of a branch"},
		{"a branch that cannot be read, with reviews by a ruleset", []map[string]any{reviewRule(1, false)}, fakegithub.Branch{}, &fakegithub.Fault{Path: "/repos/acme/widgets/branches/", Status: 404, Message: "Branch not found"}, route.Confirmed, false, nil, route.Unseen, "Branch not found"},
		{"an answer that says nothing", nil, fakegithub.Branch{}, &fakegithub.Fault{Path: "/repos/acme/widgets/branches/", Status: 200, Body: "{}"}, route.Unseen, false, nil, route.Unseen, "does not say"},
		{"a rule in another shape", nil, fakegithub.Branch{}, &fakegithub.Fault{Path: "/rules/", Status: 200, Body: `[{"type":"pull_request","parameters":[]}]`}, route.Unseen, false, nil, route.Unseen, "read rule pull_request"},
		{"a rule without its parameters", nil, fakegithub.Branch{}, &fakegithub.Fault{Path: "/rules/", Status: 200, Body: `[{"type":"required_status_checks"}]`}, route.Unseen, false, nil, route.Unseen, "read rule required_status_checks"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.repo.Rules["release/1"], w.repo.Branches["release/1"] = tt.rules, tt.branch
			if tt.fault != nil {
				w.Inject(*tt.fault)
			}
			got, err := w.client.Evidence(t.Context(), widgets, "release/1")
			if err != nil {
				t.Fatal(err)
			}
			notes := strings.Join(got.Notes, "\n")
			if !strings.Contains(notes, tt.note) || tt.note == "" && notes != "" {
				t.Errorf("notes %q, want %q", notes, tt.note)
			}
			got.Notes = nil
			want := route.Evidence{Source: "github", Branch: "release/1", RequiredReview: tt.review, DismissStale: tt.dismiss, RequiredChecks: tt.checks, ChecksProof: tt.proof}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("evidence (-want +got):\n%s", diff)
			}
			if n := w.client.Requests(); n != 2 {
				t.Errorf("%d requests, want 2", n)
			}
		})
	}
}

// A review of a pull request's own base is not shown as absent because the
// platform had no time for us.
func TestEvidenceStopsARunThatIsOutOfRequests(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Inject(fakegithub.Fault{Path: "/rules/", Status: 429})
	_, err := w.client.Evidence(t.Context(), widgets, "main")
	var limit *LimitError
	if !errors.As(err, &limit) {
		t.Errorf("error %v, want a LimitError", err)
	}
}
