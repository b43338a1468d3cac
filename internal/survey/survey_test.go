package survey

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/signal"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/workflow"
)

var update = flag.Bool("update", false, "write what is found into the golden files")

const claude = `on: pull_request
jobs:
  review:
    runs-on: ubuntu-latest
    steps:
      - uses: anthropics/claude-code-action@v1
        with:
          prompt: Review this pull request.
`

func repositories(t *testing.T) map[string]Repository {
	t.Helper()
	called, findings := workflow.Parse(".github/workflows/ai.yml", []byte(claude))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return map[string]Repository{
		"an empty repository": {},
		"a Go service with a login": {
			Name: "acme/shop", CodeOwners: "# who\n*.go @acme/go\n* @acme/platform kim@example.com\n",
			Paths: []string{
				".github/dependabot.yml", ".github/workflows/ai.yml", "README.md", "cmd/shop/main.go", "db/migrations/001_users.sql", "go.mod",
				"internal/auth/login.go", "internal/billing/charge.go", "vendor/x/auth/a.go",
			},
			Workflows: []*workflow.File{called},
			Platform:  &lint.Platform{Evidence: route.Evidence{Branch: "main", RequiredReview: route.Confirmed, ChecksProof: route.Confirmed, RequiredChecks: []string{"unit tests", "lint: \"all\""}}},
		},
		"services side by side, nothing required": {
			Name:     "acme/mono",
			Paths:    []string{"docs/guide.md", "services/api/package.json", "services/api/src/index.ts", "services/web/package.json", "services/web/src/session.ts"},
			Platform: &lint.Platform{Evidence: route.Evidence{Branch: "main", RequiredReview: route.Absent, ChecksProof: route.Absent}},
		},
		"hostile names": {
			Name:  "acme/x",
			Paths: []string{"auth/a\nversion: 2 #.md", "auth/\"]: }.md", "services/*/a/go.mod", "services/*/b/go.mod", "x\u202e.md"},
		},
	}
}

// TestThePolicyFitsAndLintsClean: what is written parses, has no finding, and
// is what the golden file shows.
func TestThePolicyFitsAndLintsClean(t *testing.T) {
	t.Parallel()
	for name, r := range repositories(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.Today = "2026-11-25"
			text := Policy(r, Look(r))
			golden(t, name, text)
			w := world(t, r)
			report := lint.CheckPolicy("routing-policy.yml", text, w)
			for _, f := range report.Findings {
				t.Errorf("%s", f.Finding)
			}
			if waits := len(report.Suppressed) > 0; waits != (r.Name == "") {
				t.Errorf("lint waits for an owner: %t, suppressed %v", waits, report.Suppressed)
			}
		})
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", filepath.Clean(name)+".yml")
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func world(t *testing.T, r Repository) lint.World {
	t.Helper()
	prices, err := money.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	var signals []string
	for _, s := range signal.All() {
		signals = append(signals, s.ID)
	}
	return lint.World{
		Today: r.Today, Prices: prices, Known: policy.Known{Tasks: task.All(), Signals: signals},
		Tree: &lint.Tree{Paths: append(r.Paths, "routing-policy.yml")}, Platform: r.Platform,
	}
}

// TestAnOwnerMayBeMissingForAWhile: a new policy without an owner is let be,
// and is a finding when its time is over.
func TestAnOwnerMayBeMissingForAWhile(t *testing.T) {
	t.Parallel()
	r := Repository{Today: "2026-11-25"}
	text := Policy(r, Look(r))
	for day, want := range map[string]bool{"2026-11-25": false, "2026-12-25": false, "2026-12-26": true} {
		w := world(t, r)
		w.Today = day
		found := slices.ContainsFunc(lint.CheckPolicy("routing-policy.yml", text, w).Findings, func(f lint.Finding) bool { return f.ID == "owner-missing" })
		if found != want {
			t.Errorf("on %s the missing owner is found: %t", day, found)
		}
	}
	r.Owners = []string{"@acme/platform"}
	if text := string(Policy(r, Look(r))); !strings.Contains(text, `owners: ["@acme/platform"]`) || strings.Contains(text, "ignore") {
		t.Errorf("who was named is not the owner of\n%s", text)
	}
}

func TestWhatASurveySees(t *testing.T) {
	t.Parallel()
	r := repositories(t)["a Go service with a login"]
	s := Look(r)
	if diff := cmp.Diff([]Language{{"Go", 3}, {"SQL", 1}}, s.Languages); diff != "" {
		t.Errorf("languages (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"@acme/platform"}, s.Owners); diff != "" {
		t.Errorf("owners (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(folders{[]string{"**/auth/**", "**/login.*"}, "internal/auth/login.go"}, s.Auth); diff != "" {
		t.Errorf("auth (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"anthropic"}, s.Providers); diff != "" {
		t.Errorf("providers (-want +got):\n%s", diff)
	}
	if mono := Look(repositories(t)["services side by side, nothing required"]); len(mono.Services) != 1 || mono.Services[0] != "services/*" {
		t.Errorf("services: %q", mono.Services)
	}
}
