package fakegithub

import (
	"io"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func spec(t testing.TB) *Spec {
	t.Helper()
	s, err := FindSpec()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func start(t testing.TB, s *Spec) *Server {
	t.Helper()
	fake, err := Start(s, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(fake.Close)
	return fake
}

func ask(t *testing.T, method, url, body string) (int, string, http.Header) {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(data), resp.Header
}

// fillEverything puts one of each into a repository.
func fillEverything(fake *Server) {
	r := fake.Repo("acme", "widgets")
	a, b := strings.Repeat("a", 40), strings.Repeat("b", 40)
	mona := Person{Login: "mona", Permission: "write"}
	r.Files["main"] = map[string]Blob{"a.txt": {Content: []byte("hello")}, "link": {Type: "symlink", Content: []byte("a.txt")}, "lib": {Type: "submodule"}, "dir/b.txt": {}}
	r.Pulls[1] = &Pull{
		Number: 1, Title: "T", Author: mona, Labels: []string{"x"}, Base: Ref{a, "main", "acme/widgets"}, Head: Ref{b, "f", ""},
		Files: append(GeneratedRows(120, 3), Row{Path: "n", OldPath: "o", Status: "renamed"}), Commits: []Commit{{SHA: b, Message: "m", Parents: 1}},
	}
	r.Comments[1] = []Comment{{ID: 5, Author: mona, Body: "hi"}, {ID: 6, Body: "ghost"}, {
		ID: 7, Author: ourselves(), App: "github-actions", Reactions: []Reaction{{ID: 1, Author: mona, Content: "+1", Created: "2026-11-20T10:00:00Z"}},
	}}
	r.Issues = []Issue{{Number: 3, Title: "an old one", Author: ourselves(), Closed: true}, {Number: 4, Title: "spend", Author: ourselves()}}
	r.People["mona"] = mona
	r.People["Copilot"] = Person{Login: "Copilot", Bot: true, Permission: "none"}
	r.Rules["main"] = []map[string]any{
		{"type": "pull_request", "parameters": object{"required_approving_review_count": 1}},
		{"type": "required_status_checks", "parameters": object{"required_status_checks": []any{object{"context": "test"}}}},
		{"type": "deletion"},
	}
	r.Branches["main"] = Branch{Protected: true, Checks: []string{"lint"}}
	r.Branches["a/b"] = Branch{}
	r.Comparisons["main...f"] = Comparison{Files: GeneratedRows(2, 1), Commits: []Commit{{SHA: b}}}
	r.Runs[9] = &Run{ID: 9, Attempt: 2, Name: "test", Event: "push", Conclusion: "failure", HeadSHA: b, HeadRepo: "acme/widgets", PullNumbers: []int{1}, Jobs: map[int][]Job{2: {{ID: 91, Name: "unit", Conclusion: "failure", Log: "FAIL"}}}}
	r.CommitPulls[b] = []int{1}
	r.Artifacts = []Artifact{
		{ID: 1, Name: "tierwise-record-1", Created: "2026-11-24T12:00:00Z", Zip: []byte("zip")},
		{ID: 2, Name: "tierwise-record-2", Created: "2026-11-24T12:00:00Z", Expired: true},
	}
}

// objects are what a bare repository holds: a commit on the branch ledger, and
// one after it that no reference names yet.
type objects struct{ commit, next, tree, blob string }

func bare(t testing.TB, r *Repo) objects {
	t.Helper()
	r.GitDir = filepath.Join(t.TempDir(), "bare.git")
	run := func(input string, args ...string) string {
		t.Helper()
		out, err := r.gitLine(input, args...)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	run("", "init", "--quiet", "--bare")
	o := objects{blob: run("text", "hash-object", "-w", "--stdin")}
	o.tree = run("100644 blob "+o.blob+"\ta.txt\n", "mktree")
	o.commit = run("", "commit-tree", o.tree, "-m", "one")
	o.next = run("", "commit-tree", o.tree, "-p", o.commit, "-m", "two")
	run("", "update-ref", "refs/heads/led/ger", o.commit)
	return o
}

func TestEveryHandlerAnswersAsTheDescriptionSays(t *testing.T) {
	t.Parallel()
	fake := start(t, spec(t))
	fillEverything(fake)
	git := bare(t, fake.Repo("acme", "widgets"))
	head := strings.Repeat("b", 40)
	calls := []struct {
		method, path, body string
		status             int
		has                string
	}{
		{"GET", "/rate_limit", "", 200, `"remaining":1000`},
		{"GET", "/repos/acme/widgets", "", 200, `"default_branch":"main"`},
		{"GET", "/repos/acme/other", "", 404, "Not Found"},
		{"GET", "/repos/acme/widgets/pulls/1", "", 200, `"changed_files":121`},
		{"GET", "/repos/acme/widgets/pulls/2", "", 404, "Not Found"},
		{"GET", "/repos/acme/widgets/pulls/1/files?per_page=100&page=2", "", 200, `"previous_filename":"o"`},
		{"GET", "/repos/acme/widgets/pulls/1/commits", "", 200, `"message":"m"`},
		{"GET", "/repos/acme/widgets/commits/" + strings.Repeat("b", 40) + "/pulls", "", 200, `"number":1`},
		{"GET", "/repos/acme/widgets/compare/main...f", "", 200, `"status":"ahead"`},
		{"GET", "/repos/acme/widgets/contents/a.txt?ref=main", "", 200, `"content":"aGVsbG8=\n"`},
		{"GET", "/repos/acme/widgets/contents/dir/b.txt", "", 200, `"size":0`},
		{"GET", "/repos/acme/widgets/contents/link", "", 200, `"type":"symlink"`},
		{"GET", "/repos/acme/widgets/contents/lib", "", 200, `"type":"submodule"`},
		{"GET", "/repos/acme/widgets/contents/dir", "", 200, `"path":"dir/b.txt"`},
		{"GET", "/repos/acme/widgets/contents/a.txt?ref=gone", "", 404, "No commit found"},
		{"GET", "/repos/acme/widgets/git/trees/main?recursive=1", "", 200, `"path":"dir/b.txt"`},
		{"GET", "/repos/acme/widgets/rules/branches/main", "", 200, `"required_approving_review_count":1`},
		{"GET", "/repos/acme/widgets/branches/main", "", 200, `"contexts":["lint"]`},
		{"GET", "/repos/acme/widgets/branches/a%2Fb", "", 200, `"protected":false`},
		{"GET", "/repos/acme/widgets/collaborators/mona/permission", "", 200, `"role_name":"write"`},
		{"GET", "/repos/acme/widgets/collaborators/ghost/permission", "", 404, "ghost is not a user"},
		{"GET", "/repos/acme/widgets/issues/1/comments", "", 200, `"user":null`},
		{"GET", "/repos/acme/widgets/issues/1/comments?since=2027-01-01T00:00:00Z", "", 200, `[]`},
		{"GET", "/repos/acme/widgets/issues/comments/7", "", 200, `/repos/acme/widgets/issues/1"`},
		{"GET", "/repos/acme/widgets/issues/comments/8", "", 404, "Not Found"},
		{"GET", "/repos/acme/widgets/issues/comments/7/reactions", "", 200, `"content":"+1"`},
		{"GET", "/repos/acme/widgets/issues?state=open&creator=github-actions%5Bbot%5D", "", 200, `"title":"spend"`},
		{"GET", "/repos/acme/widgets/issues?creator=mona", "", 200, `"pull_request":{`},
		{"POST", "/repos/acme/widgets/issues/1/comments", `{"body":"new"}`, 201, `"slug":"github-actions"`},
		{"PATCH", "/repos/acme/widgets/issues/comments/7", `{"body":"edited"}`, 200, `"body":"edited"`},
		{"POST", "/repos/acme/widgets/issues/1/comments", `{"body":"` + strings.Repeat("x", 65537) + `"}`, 422, "Body is too long"},
		{"GET", "/repos/acme/widgets/issues/1/labels", "", 200, `"name":"x"`},
		{"GET", "/repos/acme/widgets/actions/runs/9", "", 200, `"run_attempt":2`},
		{"GET", "/repos/acme/widgets/actions/runs/9/jobs", "", 200, `"name":"unit"`},
		{"GET", "/repos/acme/widgets/actions/runs/9/attempts/1/jobs", "", 200, `"total_count":0`},
		{"GET", "/repos/acme/widgets/actions/jobs/91/logs", "", 302, ""},
		{"POST", "/repos/acme/widgets/check-runs", `{"name":"x","head_sha":"` + head + `","status":"completed","conclusion":"neutral","output":{"title":"t","summary":"s","annotations":[{"path":"a","start_line":1,"end_line":1,"annotation_level":"notice","message":"m"}]}}`, 201, `"annotations_count":1`},
		{"PATCH", "/repos/acme/widgets/check-runs/1002", `{"name":"x","output":{"title":"t","summary":"s","annotations":[{"path":"a","start_line":2,"end_line":2,"annotation_level":"failure","message":"m"}]}}`, 200, `"annotations_count":2`},
		{"PATCH", "/repos/acme/widgets/check-runs/9", `{"name":"x"}`, 404, "Not Found"},
		{"POST", "/repos/acme/widgets/check-runs", `{"name":"x","head_sha":"` + strings.Repeat("9", 40) + `","status":"completed","conclusion":"neutral"}`, 422, "No commit found"},
		{"POST", "/repos/acme/widgets/pulls/1/reviews", `{"commit_id":"` + head + `","event":"COMMENT","body":"b","comments":[{"path":"pkg/file000.go","side":"RIGHT","start_side":"RIGHT","start_line":1,"line":2,"body":"c"}]}`, 200, `"state":"COMMENTED"`},
		{"POST", "/repos/acme/widgets/pulls/1/reviews", `{"commit_id":"` + head + `","event":"COMMENT","body":"b","comments":[{"path":"pkg/file000.go","side":"RIGHT","line":9,"body":"c"}]}`, 422, "Line could not be resolved"},
		{"POST", "/repos/acme/widgets/pulls/1/reviews", `{"commit_id":"` + strings.Repeat("9", 40) + `","event":"COMMENT","body":"b"}`, 422, "commit_id"},
		{"GET", "/repos/acme/widgets/pulls/1/comments", "", 200, `"line":2`},
		{"GET", "/repos/acme/widgets/git/ref/heads/led/ger", "", 200, `"sha":"` + git.commit + `"`},
		{"GET", "/repos/acme/widgets/git/ref/heads/gone", "", 404, "Not Found"},
		{"GET", "/repos/acme/widgets/git/commits/" + git.commit, "", 200, `"sha":"` + git.tree + `"`},
		{"GET", "/repos/acme/widgets/git/commits/" + head, "", 404, "Not Found"},
		{"GET", "/repos/acme/widgets/git/trees/" + git.tree, "", 200, `"size":4`},
		{"GET", "/repos/acme/widgets/git/blobs/" + git.blob, "", 200, `"content":"dGV4dA=="`},
		{"GET", "/repos/acme/widgets/git/blobs/" + head, "", 404, "Not Found"},
		{"POST", "/repos/acme/widgets/git/trees", `{"base_tree":"` + git.tree + `","tree":[{"path":"d/b.txt","mode":"100644","type":"blob","content":"text"}]}`, 201, `"truncated":false`},
		{"POST", "/repos/acme/widgets/git/trees", `{"base_tree":"` + head + `","tree":[]}`, 422, "base_tree"},
		{"POST", "/repos/acme/widgets/git/trees", `{"tree":[{"path":"../b.txt","mode":"100644","type":"blob","content":"text"}]}`, 422, "malformed path"},
		{"POST", "/repos/acme/widgets/git/commits", `{"message":"m","tree":"` + git.tree + `","parents":["` + git.commit + `"]}`, 201, `"sha":"` + git.tree + `"`},
		{"POST", "/repos/acme/widgets/git/commits", `{"message":"m","tree":"` + head + `"}`, 422, "Tree SHA"},
		{"POST", "/repos/acme/widgets/git/refs", `{"ref":"refs/heads/new","sha":"` + git.commit + `"}`, 201, `"ref":"refs/heads/new"`},
		{"POST", "/repos/acme/widgets/git/refs", `{"ref":"refs/heads/new","sha":"` + git.next + `"}`, 422, "Reference already exists"},
		{"PATCH", "/repos/acme/widgets/git/refs/heads/led/ger", `{"sha":"` + git.next + `","force":false}`, 200, `"sha":"` + git.next + `"`},
		{"PATCH", "/repos/acme/widgets/git/refs/heads/led/ger", `{"sha":"` + git.commit + `","force":false}`, 422, "not a fast forward"},
		{"PATCH", "/repos/acme/widgets/git/refs/heads/gone", `{"sha":"` + git.commit + `","force":false}`, 422, "does not exist"},
		{"GET", "/repos/acme/widgets/actions/artifacts", "", 200, `"name":"tierwise-record-1"`},
		{"GET", "/repos/acme/widgets/actions/artifacts/1/zip", "", 302, ""},
		{"GET", "/repos/acme/widgets/actions/artifacts/2/zip", "", 410, "expired"},
		{"GET", "/repos/acme/widgets/actions/artifacts/3/zip", "", 404, "Not Found"},
		{"POST", "/repos/acme/widgets/issues", `{"title":"a report"}`, 201, `"title":"a report"`},
	}
	used := map[string]bool{}
	for _, call := range calls {
		status, body, _ := ask(t, call.method, fake.URL()+call.path, call.body)
		if status != call.status || !strings.Contains(body, call.has) {
			t.Errorf("%s %s: %d %.300s, want %d with %s", call.method, call.path, status, body, call.status, call.has)
		}
		path, _, _ := strings.Cut(call.path, "?")
		op, _ := fake.spec.match(call.method, path)
		used[op.key()] = true
	}
	for _, f := range fake.Failures() {
		t.Error(f)
	}
	for key := range handlers() {
		if !used[key] {
			t.Errorf("no call of this test reaches %s", key)
		}
	}
}

func TestWhatTheDescriptionDoesNotKnowIsAFailure(t *testing.T) {
	t.Parallel()
	shared := spec(t)
	for _, tt := range []struct{ name, method, path, body, want string }{
		{"an unknown path", "GET", "/repos/acme/widgets/nonsense", "", "no such call"},
		{"an unknown method", "DELETE", "/repos/acme/widgets/pulls/1", "", "no such call"},
		{"an unescaped slash in a branch", "GET", "/repos/acme/widgets/branches/a/b", "", "no such call"},
		{"an unknown query parameter", "GET", "/repos/acme/widgets/pulls/1/files?perpage=100", "", `unknown query parameter "perpage"`},
		{"a number that is none", "GET", "/repos/acme/widgets/pulls/one", "", "pull_number"},
		{"a page that is none", "GET", "/repos/acme/widgets/pulls/1/files?page=x", "", "page"},
		{"a body without its field", "POST", "/repos/acme/widgets/issues/1/comments", `{"text":"x"}`, "body"},
		{"a review that approves", "POST", "/repos/acme/widgets/pulls/1/reviews", `{"event":"APPROVE","body":"b","commit_id":"x"}`, `a review of the event "APPROVE"`},
		{"a check that is done without a verdict", "POST", "/repos/acme/widgets/check-runs", `{"name":"x","status":"completed","head_sha":"` + strings.Repeat("b", 40) + `"}`, "a check is"},
		{"more annotations than a request carries", "POST", "/repos/acme/widgets/check-runs", `{"name":"x","head_sha":"x","output":{"title":"t","summary":"s","annotations":[` + strings.Repeat(`{},`, 50) + `{}]}}`, "maximum number of items"},
		{"a reference that is forced", "PATCH", "/repos/acme/widgets/git/refs/heads/x", `{"sha":"` + strings.Repeat("b", 40) + `","force":true}`, "a reference was forced"},
		{"a call that the fake does not answer", "GET", "/user", "", "the fake does not answer GET /user"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fake := start(t, shared)
			fillEverything(fake)
			ask(t, tt.method, fake.URL()+tt.path, tt.body)
			if got := strings.Join(fake.Failures(), "\n"); !strings.Contains(got, tt.want) {
				t.Errorf("failures %q, want one with %q", got, tt.want)
			}
		})
	}
}

func TestAnAnswerThatTheDescriptionForbidsIsAFailure(t *testing.T) {
	t.Parallel()
	fake := start(t, spec(t))
	fillEverything(fake)
	r := fake.Repo("acme", "widgets")
	fake.Do(func() { r.Pulls[1].Files[0].Status = "exploded" })
	ask(t, "GET", fake.URL()+"/repos/acme/widgets/pulls/1/files", "")
	if got := strings.Join(fake.Failures(), "\n"); !strings.Contains(got, "answer 200") {
		t.Errorf("failures %q, want the answer refused", got)
	}
}

func TestFaultsTokenRateAndStorage(t *testing.T) {
	t.Parallel()
	fake := start(t, spec(t))
	fillEverything(fake)
	fake.Token = "secret"
	url := fake.URL() + "/repos/acme/widgets"
	if status, _, _ := ask(t, "GET", url, ""); status != 401 {
		t.Errorf("without the token: %d, want 401", status)
	}
	fake.Token = ""
	fake.Inject(Fault{Path: "/pulls/", Skip: 1, Times: 1, Status: 429, Message: "slow down", Header: map[string]string{"Retry-After": "7"}})
	for i, want := range []int{200, 429, 200} {
		status, _, header := ask(t, "GET", url+"/pulls/1", "")
		if status != want || (want == 429) != (header.Get("Retry-After") == "7") {
			t.Errorf("request %d: %d with %v, want %d", i, status, header, want)
		}
	}
	_, _, header := ask(t, "GET", url, "")
	if left := header.Get("X-RateLimit-Remaining"); left != "995" {
		t.Errorf("after five requests %s are left, want 995", left)
	}
	fake.Inject(Fault{Drop: true, Times: 1})
	req, _ := http.NewRequest("GET", url, nil)
	if resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req); err == nil {
		t.Errorf("a dropped connection answered %d", resp.StatusCode)
	}
	_, _, header = ask(t, "GET", url+"/actions/jobs/91/logs", "")
	if status, log, _ := ask(t, "GET", header.Get("Location"), ""); status != 200 || log != "FAIL" {
		t.Errorf("the log is %d %q", status, log)
	}
	if stored := fake.StorageRequests(); len(stored) != 1 || stored[0].String() != "GET /logs/91?sig=secret" {
		t.Errorf("the storage saw %v", stored)
	}
	if len(fake.Failures()) > 0 {
		t.Error(fake.Failures())
	}
}

func TestGraphQLKnowsThreeOperationsWordForWord(t *testing.T) {
	t.Parallel()
	shared := spec(t)
	query := func(text, variables string) string {
		return `{"query":` + strconv.Quote(words(text)) + `,"variables":` + variables + `}`
	}
	for _, tt := range []struct{ name, body, answer, failure string }{
		{"the threads", query(queryThreads, `{"owner":"acme","name":"widgets","number":1,"after":null}`), `"id":"PRRT_5"`, ""},
		{"a later page", query(queryThreads, `{"owner":"acme","name":"widgets","number":1,"after":"cursor-1"}`), `"nodes":[]`, ""},
		{"a thread that the token may not resolve", query(mutateResolve, `{"thread":"PRRT_5"}`), "FORBIDDEN", ""},
		{"a comment to hide", query(mutateMinimize, `{"subject":"PRRC_5"}`), `"isMinimized":true`, ""},
		{"a thread that is not there", query(mutateResolve, `{"thread":"PRRT_6"}`), "NOT_FOUND", ""},
		{"another query", `{"query":"{ viewer { login } }"}`, "undefinedField", "unknown GraphQL"},
		{"a field more", query(strings.Replace(queryThreads, "isOutdated", "isOutdated path", 1), `{}`), "undefinedField", "unknown GraphQL"},
		{"a variable less", query(queryThreads, `{"owner":"acme","name":"widgets","number":1}`), "NOT_FOUND", "are asked for"},
		{"a number in quotes", query(queryThreads, `{"owner":"acme","name":"widgets","number":"1","after":null}`), "NOT_FOUND", "are asked for"},
		{"a variable too much", query(mutateMinimize, `{"subject":"PRRC_5","classifier":"SPAM"}`), "undefinedField", "the variables are"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fake := start(t, shared)
			fillEverything(fake)
			fake.Repo("acme", "widgets").Remarks[1] = []*Remark{{ID: 5, Author: ourselves(), Path: "pkg/file000.go", Line: 1, Text: "line 1"}}
			status, body, _ := ask(t, "POST", strings.TrimSuffix(fake.URL(), BasePath)+GraphQLPath, tt.body)
			if status != 200 || !strings.Contains(body, tt.answer) {
				t.Errorf("%d %s, want %s", status, body, tt.answer)
			}
			if got := strings.Join(fake.Failures(), "\n"); (got != "") != (tt.failure != "") || !strings.Contains(got, tt.failure) {
				t.Errorf("failures %q, want %q", got, tt.failure)
			}
		})
	}
}

func TestSomebodyElsesCommentMustNotBeTouched(t *testing.T) {
	t.Parallel()
	fake := start(t, spec(t))
	fillEverything(fake)
	fake.Repo("acme", "widgets").Remarks[1] = []*Remark{{ID: 5, Author: Person{Login: "eve"}, Path: "pkg/file000.go", Line: 1}}
	ask(t, "POST", strings.TrimSuffix(fake.URL(), BasePath)+GraphQLPath, `{"query":`+strconv.Quote(words(mutateMinimize))+`,"variables":{"subject":"PRRC_5"}}`)
	if got := strings.Join(fake.Failures(), "\n"); !strings.Contains(got, "somebody else's comment 5") {
		t.Errorf("failures %q", got)
	}
}

func BenchmarkSpec(b *testing.B) {
	for b.Loop() {
		if _, err := spec(b).load(); err != nil {
			b.Fatal(err)
		}
	}
}
