package event

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	baseSHA = strings.Repeat("a", 40)
	headSHA = strings.Repeat("b", 40)
)

func acme() Repository {
	return Repository{ID: 42, Owner: "acme", Name: "widgets", DefaultBranch: "main"}
}

func mona() Account { return Account{Login: "mona"} }

func typo() *PullRequest {
	return &PullRequest{
		Number: 17, Title: "Fix a typo", Body: "One letter.\r\n", Author: mona(),
		Base:   Ref{SHA: baseSHA, Name: "main", Repo: "acme/widgets"},
		Head:   Ref{SHA: headSHA, Name: "fix-typo", Repo: "acme/widgets"},
		Labels: []string{"tier:efficient", "docs"}, ChangedFiles: 1, Additions: 5, Deletions: 4, Commits: 2, Comments: 3,
	}
}

func typoWith(edit func(*PullRequest)) *PullRequest {
	pr := typo()
	edit(pr)
	return pr
}

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestParseReadsEveryEvent(t *testing.T) {
	t.Parallel()
	ada, drew := Account{Login: "ada"}, Account{Login: "drew"}
	queue := Ref{SHA: headSHA, Name: "gh-readonly-queue/main/pr-17-" + baseSHA, Repo: "acme/widgets"}
	tests := []struct {
		fixture string
		policy  string // the ref that the policy is read at
		want    Event
	}{
		{"pull_request.opened", baseSHA, Event{Action: "opened", Sender: mona(), PullRequest: typo()}},
		{"pull_request.null_body", baseSHA, Event{Action: "opened", Sender: mona(), PullRequest: typoWith(func(p *PullRequest) { p.Body, p.Labels = "", nil })}},
		{"pull_request.fork", baseSHA, Event{Action: "opened", Sender: drew, PullRequest: typoWith(func(p *PullRequest) {
			p.Author, p.Head.Repo, p.Fork = drew, "drew/widgets", true
		})}},
		{"pull_request.fork_deleted", baseSHA, Event{Action: "synchronize", PullRequest: typoWith(func(p *PullRequest) {
			p.Author, p.Head.Repo, p.Fork = Account{}, "", true
		})}},
		{"pull_request.labeled", baseSHA, Event{Action: "labeled", Label: "tier:efficient", Sender: ada, PullRequest: typo()}},
		{"pull_request.dependabot", baseSHA, Event{
			Action: "opened", Sender: Account{Login: "dependabot[bot]", Bot: true},
			PullRequest: typoWith(func(p *PullRequest) {
				p.Author, p.Draft, p.Labels = Account{Login: "dependabot[bot]", Bot: true}, true, nil
			}),
		}},
		{"merge_group.checks_requested", baseSHA, Event{
			Action: "checks_requested", Sender: mona(),
			MergeGroup: &MergeGroup{Base: Ref{SHA: baseSHA, Name: "main", Repo: "acme/widgets"}, Head: queue},
		}},
		{"push.default_branch", baseSHA, Event{Sender: mona(), Push: &Push{Before: baseSHA, After: headSHA, Ref: "refs/heads/main"}}},
		{"push.other_branch", "main", Event{Sender: mona(), Push: &Push{Before: baseSHA, After: headSHA, Ref: "refs/heads/feature/x"}}},
		{"push.new_branch", "main", Event{Sender: mona(), Push: &Push{After: headSHA, Ref: "refs/heads/main"}}},
		{"push.deleted_branch", "main", Event{Sender: mona(), Push: &Push{Before: baseSHA, Ref: "refs/heads/old"}}},
		{"workflow_run.completed", "main", Event{Action: "completed", Sender: mona(), WorkflowRun: &WorkflowRun{
			ID: 5001, Attempt: 2, Name: "test", Conclusion: "failure", Event: "pull_request", HeadSHA: headSHA,
			HeadBranch: "fix-typo", HeadRepo: "acme/widgets", PullNumbers: []int{17},
		}}},
		{"workflow_run.fork", "main", Event{Action: "completed", Sender: drew, WorkflowRun: &WorkflowRun{
			ID: 5001, Attempt: 2, Name: "test", Event: "pull_request", HeadSHA: headSHA, HeadBranch: "fix-typo", HeadRepo: "drew/widgets",
		}}},
		{"issue_comment.on_pull_request", "main", Event{Action: "created", Sender: ada, Comment: &Comment{
			ID: 31, Body: "/tier frontier because it is about money", Author: ada, PullNumber: 17,
		}, Issue: &Issue{Number: 17, Title: "Fix a typo", Pull: true}}},
		{"issue_comment.on_issue", "main", Event{Action: "created", Comment: &Comment{ID: 32, Body: "hello"}, Issue: &Issue{Number: 18, Title: "A question"}}},
		{"issues.labeled", "main", Event{
			Action: "labeled", Label: "bug", Sender: mona(),
			Issue: &Issue{Number: 18, Title: "The importer drops empty lines", Body: "Skip them in `internal/csv.go`.\r\n"},
		}},
		{"issues.null_body", "main", Event{Action: "opened", Sender: mona(), Issue: &Issue{Number: 18, Title: "The importer drops empty lines"}}},
		{"workflow_dispatch", "main", Event{Sender: mona()}},
		{"repository_dispatch", "main", Event{Action: "nightly", Sender: mona()}},
		{"schedule", "main", Event{}},
	}
	for _, tt := range tests {
		t.Run(tt.fixture, func(t *testing.T) {
			t.Parallel()
			tt.want.Name, _, _ = strings.Cut(tt.fixture, ".")
			tt.want.Repository = acme()
			got, err := Parse(tt.want.Name, fixture(t, tt.fixture))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("event (-want +got):\n%s", diff)
			}
			if ref := got.PolicyRef(); ref != tt.policy {
				t.Errorf("the policy is read at %q, want %q", ref, tt.policy)
			}
		})
	}
}

func TestEveryEventIsReadByAFixture(t *testing.T) {
	t.Parallel()
	for _, name := range Names() {
		if name == "pull_request_target" { // the payload of pull_request
			continue
		}
		if found, _ := filepath.Glob("testdata/" + name + "*.json"); len(found) == 0 {
			t.Errorf("no fixture for event %s", name)
		}
	}
}

// T9: where strangers can start a run that holds secrets, neither the head
// nor a base that they name may say what the policy is.
func TestPrivilegedEventsReadThePolicyOfTheDefaultBranch(t *testing.T) {
	t.Parallel()
	for _, name := range Names() {
		want := name == "pull_request_target" || name == "issue_comment" || name == "workflow_run"
		if got := (Event{Name: name}).Privileged(); got != want {
			t.Errorf("%s: privileged is %v, want %v", name, got, want)
		}
	}
	e, err := Parse("pull_request_target", fixture(t, "pull_request.fork"))
	if err != nil {
		t.Fatal(err)
	}
	if ref := e.PolicyRef(); ref != "main" {
		t.Errorf("pull_request_target reads the policy at %q, want the default branch", ref)
	}
}

func TestParseRefusesWhatItCannotRestOn(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, event, fixture string
		old, new             string
		want                 string
	}{
		{"an event that we do not know", "release", "schedule", "", "", "expected one of issue_comment, issues, merge_group, pull_request,"},
		{"no repository", "pull_request", "pull_request.opened", `"repository"`, `"elsewhere"`, "repository is missing"},
		{"a repository without a name", "schedule", "schedule", `"acme/widgets"`, `""`, "repository is missing"},
		{"a repository that climbs", "schedule", "schedule", `"acme/widgets"`, `"acme/.."`, "expected owner/name"},
		{"a repository with a third part", "schedule", "schedule", `"acme/widgets"`, `"acme/widgets/pulls"`, "expected owner/name"},
		{"no default branch where the policy is there", "schedule", "schedule", `"default_branch"`, `"master_branch"`, "default_branch is missing"},
		{"a short commit", "pull_request", "pull_request.opened", headSHA, "bbbbbbb", "pull_request.head.sha is"},
		{"a commit that is not hex", "pull_request", "pull_request.opened", baseSHA, strings.Repeat("g", 40), "pull_request.base.sha is"},
		{"a commit of zeros", "pull_request", "pull_request.opened", headSHA, strings.Repeat("0", 40), "all zeros"},
		{"a branch without a name", "pull_request", "pull_request.opened", `"ref": "main"`, `"ref": ""`, "pull_request.base.ref is missing"},
		{"number zero", "pull_request", "pull_request.opened", `"number": 17`, `"number": 0`, "expected a number above zero"},
		{"a number below zero", "pull_request", "pull_request.opened", `"number": 17`, `"number": -3`, "expected a number above zero"},
		{"a number that overflows", "pull_request", "pull_request.opened", `"number": 17`, `"number": 99999999999999999999`, "cannot unmarshal"},
		{"a count below zero", "pull_request", "pull_request.opened", `"additions": 5`, `"additions": -5`, "count below zero"},
		{"a pull request event without one", "pull_request", "schedule", "", "", "pull_request is missing"},
		{"a labelling without its label", "pull_request", "pull_request.labeled", `"label"`, `"lable"`, "without a label"},
		{"a merge group event without one", "merge_group", "schedule", "", "", "merge_group is missing"},
		{"a merge group without its base", "merge_group", "merge_group.checks_requested", `"base_sha"`, `"base"`, "merge_group.base.sha"},
		{"a push to nowhere", "push", "push.default_branch", `"refs/heads/main"`, `"main"`, "expected refs/heads/"},
		{"a push without commits", "push", "push.new_branch", headSHA, strings.Repeat("0", 40), "both zeros"},
		{"a push with a broken commit", "push", "push.default_branch", headSHA, "HEAD", "after is"},
		{"a run event without one", "workflow_run", "schedule", "", "", "workflow_run is missing"},
		{"a run without an id", "workflow_run", "workflow_run.completed", `"id": 5001`, `"id": 0`, "id 0"},
		{"a comment event without one", "issue_comment", "schedule", "", "", "comment or issue is missing"},
		{"a comment on issue zero", "issue_comment", "issue_comment.on_issue", `"number": 18`, `"number": 0`, "issue.number 0"},
		{"an issue event without one", "issues", "schedule", "", "", "issue is missing"},
		{"an issue of number zero", "issues", "issues.labeled", `"number": 18`, `"number": 0`, "issue.number is 0"},
		{"no JSON", "push", "schedule", `"schedule"`, `schedule`, "invalid character"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			payload := fixture(t, tt.fixture)
			if tt.old != "" {
				edited := bytes.ReplaceAll(payload, []byte(tt.old), []byte(tt.new))
				if bytes.Equal(edited, payload) {
					t.Fatalf("%q is not in the fixture", tt.old)
				}
				payload = edited
			}
			got, err := Parse(tt.event, payload)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error %v, want it to say %q", err, tt.want)
			}
			if diff := cmp.Diff(Event{}, got); diff != "" {
				t.Errorf("a refused payload gave an event:\n%s", diff)
			}
		})
	}
}

func TestParseBoundsThePayload(t *testing.T) {
	t.Parallel()
	payload := append(fixture(t, "schedule"), bytes.Repeat([]byte(" "), maxPayload)...)
	if _, err := Parse("schedule", payload); err == nil || !strings.Contains(err.Error(), "the bound is 32 MiB") {
		t.Errorf("error %v, want the bound", err)
	}
}

func TestParseReadsCommitsOfSHA256(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("b", 64)
	payload := bytes.ReplaceAll(fixture(t, "pull_request.opened"), []byte(headSHA), []byte(long))
	e, err := Parse("pull_request", payload)
	if err != nil || e.PullRequest.Head.SHA != long {
		t.Errorf("head %+v, error %v", e.PullRequest, err)
	}
}

func TestAppsAreBotsWithEitherSign(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		login, kind string
		want        bool
	}{
		{"Copilot", "Bot", true},
		{"github-actions[bot]", "", true},
		{"mona", "User", false},
		{"robot", "User", false},
	} {
		if got := (&wireAccount{Login: tt.login, Type: tt.kind}).account().Bot; got != tt.want {
			t.Errorf("%s of type %q: bot is %v, want %v", tt.login, tt.kind, got, tt.want)
		}
	}
}

func TestParsePullRequestReadsWhatTheAPIGives(t *testing.T) {
	t.Parallel()
	var payload struct {
		PullRequest json.RawMessage `json:"pull_request"`
	}
	if err := json.Unmarshal(fixture(t, "pull_request.opened"), &payload); err != nil {
		t.Fatal(err)
	}
	got, err := ParsePullRequest("acme", "widgets", payload.PullRequest)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(*typo(), got); diff != "" {
		t.Errorf("pull request (-want +got):\n%s", diff)
	}
	for _, bad := range []string{"", "null", "{}", "[]", `{"number":1}`} {
		if _, err := ParsePullRequest("acme", "widgets", []byte(bad)); err == nil {
			t.Errorf("%q was read as a pull request", bad)
		}
	}
}

// What Parse accepts names a policy ref, a repository and sound commits.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		f.Fatal("no fixtures", err)
	}
	for _, file := range files {
		name, _, _ := strings.Cut(filepath.Base(file), ".")
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(name, data)
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		e, err := Parse(name, data)
		if err != nil {
			return
		}
		if e.PolicyRef() == "" || !isFullName(e.Repository.Owner+"/"+e.Repository.Name) {
			t.Errorf("no place to read the policy: %+v", e)
		}
		if pr := e.PullRequest; pr != nil && (pr.Number <= 0 || !isCommitID(pr.Head.SHA) || !isCommitID(pr.Base.SHA)) {
			t.Errorf("unsound pull request: %+v", pr)
		}
		if again, err := Parse(name, data); err != nil || !cmp.Equal(e, again) {
			t.Errorf("read twice, got two events: %v", err)
		}
	})
}
