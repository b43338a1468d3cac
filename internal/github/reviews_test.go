package github

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

const remark = "<!-- tierwise-finding "

func annotations(n int) []CheckAnnotation {
	list := make([]CheckAnnotation, n)
	for i := range list {
		list[i] = CheckAnnotation{Path: "a.go", StartLine: i + 1, EndLine: i + 1, Level: "notice", Title: "t", Message: fmt.Sprint(i)}
	}
	return list
}

func TestCheckRunSendsFiftyAnnotationsARequest(t *testing.T) {
	t.Parallel()
	for n, want := range map[int][]int{0: {0}, 50: {50}, 51: {50, 1}, 60: {50, 10}, 200: {50, 50, 50, 50}} {
		w := newWorld(t)
		err := w.client.CreateCheckRun(t.Context(), widgets, CheckRun{Name: "x", HeadSHA: headSHA, Conclusion: "neutral", Title: "t", Summary: "s", Annotations: annotations(n)})
		if err != nil {
			t.Fatal(err)
		}
		k := w.repo.CheckRuns[0]
		if diff := cmp.Diff(want, k.AnnotationsByRequest); diff != "" || k.Conclusion != "neutral" || k.Status != "completed" {
			t.Errorf("%d: %s%+v", n, diff, k)
		}
		for i, a := range k.Annotations {
			if a.Message != fmt.Sprint(i) {
				t.Fatalf("%d: annotation %d is %q", n, i, a.Message)
			}
		}
	}
}

func TestCheckRunThatFailsSaysWhatItNeeds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	check := CheckRun{Name: "x", HeadSHA: headSHA, Conclusion: "failure", Title: "t", Summary: "s", Annotations: annotations(120)}
	w.Inject(fakegithub.Fault{Method: "PATCH", Path: "/check-runs/", Skip: 1, Times: 1, Status: 502})
	wantError(t, w.client.CreateCheckRun(t.Context(), widgets, check), "100 of 120 annotations were written", "HTTP 502")
	if k := w.repo.CheckRuns[0]; k.Conclusion != "failure" {
		t.Errorf("the verdict is %q", k.Conclusion)
	}
	if n := len(w.asked()); n != 3 {
		t.Errorf("%d requests, want 3: what writes is not asked twice", n)
	}
	w.Inject(fakegithub.Fault{Path: "/check-runs", Status: 403, Message: "Resource not accessible by integration"})
	wantError(t, w.client.CreateCheckRun(t.Context(), widgets, check), `"checks: write"`)
}

// T18: what is ours is told by its author, however a comment looks.
func TestOwnRemarksAreThoseOfOurToken(t *testing.T) {
	t.Parallel()
	ours := fakegithub.Remark{ID: 5, Author: actions(), Path: "pkg/file000.go", Line: 1, Text: "line 1", Body: remark + "x"}
	for name, tt := range map[string]struct {
		edit func(k *fakegithub.Remark)
		want int
	}{
		"our own":                       {func(*fakegithub.Remark) {}, 1},
		"a stranger's with our marker":  {func(k *fakegithub.Remark) { k.Author = fakegithub.Person{Login: "eve"} }, 0},
		"a person who took the login":   {func(k *fakegithub.Remark) { k.Author.Bot = false }, 0},
		"another bot's":                 {func(k *fakegithub.Remark) { k.Author.Login = "github-actions2[bot]" }, 0},
		"a ghost's":                     {func(k *fakegithub.Remark) { k.Author = fakegithub.Person{} }, 0},
		"another tool's of our token":   {func(k *fakegithub.Remark) { k.Body = "x" }, 0},
		"our marker further down":       {func(k *fakegithub.Remark) { k.Body = "x\n" + k.Body }, 0},
		"our reply to somebody's":       {func(k *fakegithub.Remark) { k.ReplyTo = 9 }, 0},
		"our own with a line that went": {func(k *fakegithub.Remark) { k.Text = "gone" }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			k := ours
			tt.edit(&k)
			w.repo.Remarks[7] = []*fakegithub.Remark{&k}
			got, err := w.client.OwnRemarks(t.Context(), widgets, 7, remark)
			if err != nil || len(got) != tt.want {
				t.Fatalf("%+v, %v", got, err)
			}
			if tt.want == 1 && (got[0].Outdated != (k.Text == "gone") || got[0].Node != "PRRC_5" || got[0].Answered) {
				t.Errorf("%+v", got[0])
			}
		})
	}
}

func TestOwnRemarksReadAllPagesAndKnowAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range 150 {
		w.repo.Remarks[7] = append(w.repo.Remarks[7], &fakegithub.Remark{ID: int64(10 + i), Author: actions(), Path: "pkg/file000.go", Line: 1, Text: "line 1", Body: remark})
	}
	w.repo.Remarks[7] = append(w.repo.Remarks[7], &fakegithub.Remark{ID: 900, ReplyTo: 10, Author: fakegithub.Person{Login: "ada"}, Path: "pkg/file000.go", Line: 1, Body: "no"})
	got, err := w.client.OwnRemarks(t.Context(), widgets, 7, remark)
	if err != nil || len(got) != 150 || !got[0].Answered || got[1].Answered {
		t.Errorf("%d, %v", len(got), err)
	}
	for i := range 900 {
		w.repo.Remarks[7] = append(w.repo.Remarks[7], &fakegithub.Remark{ID: int64(1000 + i), Author: fakegithub.Person{Login: "eve"}, Path: "pkg/file000.go", Line: 1, Body: "spam"})
	}
	_, err = w.client.OwnRemarks(t.Context(), widgets, 7, remark)
	wantError(t, err, "more than 1000")
}

func TestReviewCommentsAndNothingElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	remarks := []NewRemark{{Path: "pkg/file000.go", Line: 2, Body: "one"}, {Path: "pkg/file001.go", StartLine: 1, Line: 3, Body: "three"}, {Path: "pkg/file001.go", StartLine: 4, Line: 4, Body: "one again"}}
	if err := w.client.CreateReview(t.Context(), widgets, 7, headSHA, "body", remarks); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, k := range w.repo.Remarks[7] {
		got = append(got, fmt.Sprintf("%s:%d-%d %s", k.Path, k.StartLine, k.Line, k.Body))
	}
	if diff := cmp.Diff([]string{"pkg/file000.go:0-2 one", "pkg/file001.go:1-3 three", "pkg/file001.go:0-4 one again"}, got); diff != "" {
		t.Error(diff)
	}
	var sent struct{ Event string }
	if err := json.Unmarshal([]byte(w.Requests()[0].Body), &sent); err != nil || sent.Event != "COMMENT" {
		t.Errorf("event %q, %v", sent.Event, err)
	}
	err := w.client.CreateReview(t.Context(), widgets, 7, nextSHA, "body", remarks)
	wantError(t, err, "write a review", "HTTP 422", "commit_id")
	w.Inject(fakegithub.Fault{Method: "POST", Path: "/reviews", Status: 403, Message: "Resource not accessible by integration"})
	wantError(t, w.client.CreateReview(t.Context(), widgets, 7, headSHA, "body", remarks), `"pull-requests: write"`)
}

func TestThreadsAreReadPageByPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range 23 {
		w.repo.Remarks[7] = append(w.repo.Remarks[7], &fakegithub.Remark{ID: int64(10 + i), Author: actions(), Path: "pkg/file000.go", Line: 1, Text: []string{"line 1", "gone"}[i%2], Resolved: i == 4, Minimized: i == 5})
	}
	w.repo.Remarks[7] = append(w.repo.Remarks[7], &fakegithub.Remark{ID: 90, ReplyTo: 11, Path: "pkg/file000.go"})
	threads, err := w.client.Threads(t.Context(), widgets, 7)
	if err != nil || len(threads) != 23 {
		t.Fatal(len(threads), err)
	}
	want := Thread{ID: "PRRT_11", Comment: "PRRC_11", Outdated: true, Comments: 2}
	if diff := cmp.Diff(want, threads[1]); diff != "" || !threads[4].Resolved || !threads[5].Hidden || threads[0].Outdated {
		t.Error(diff, threads)
	}
}

// An author does not sign off the remarks on their own change, and what we
// resolved ourselves is no word of a person.
func TestOnlyAnotherPersonSettlesAThread(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	author := w.repo.Pulls[7].Author.Login
	by := []string{"grace", author, strings.ToUpper(author), actions().Login, ""}
	for i, who := range by {
		w.repo.Remarks[7] = append(w.repo.Remarks[7], &fakegithub.Remark{ID: int64(10 + i), Author: actions(), Path: "pkg/file000.go", Line: 1, Text: "line 1", Resolved: true, ResolvedBy: who})
	}
	w.repo.Remarks[7] = append(w.repo.Remarks[7], &fakegithub.Remark{ID: 20, Author: actions(), Path: "pkg/file000.go", Line: 1, Text: "line 1", ResolvedBy: "grace"})
	threads, err := w.client.Threads(t.Context(), widgets, 7)
	if err != nil || len(threads) != len(by)+1 {
		t.Fatal(len(threads), err)
	}
	for i, thread := range threads {
		if thread.Settled != (i == 0) {
			t.Errorf("thread %d: settled %v", i, thread.Settled)
		}
	}
}

func TestAThreadIsResolvedOrItsCommentHidden(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.repo.Remarks[7] = []*fakegithub.Remark{{ID: 5, Author: actions(), Path: "pkg/file000.go", Line: 1, Text: "line 1"}}
	err := w.client.ResolveThread(t.Context(), "PRRT_5")
	var denied *PermissionError
	if !errors.As(err, &denied) {
		t.Fatalf("%v is no permission error", err)
	}
	wantError(t, err, "resolve a review thread", `"contents: write"`)
	if err := w.client.HideOutdated(t.Context(), "PRRC_5"); err != nil || !w.repo.Remarks[7][0].Minimized {
		t.Error(err)
	}
	w.Do(func() { w.repo.MayResolve = true })
	if err := w.client.ResolveThread(t.Context(), "PRRT_5"); err != nil || !w.repo.Remarks[7][0].Resolved {
		t.Error(err)
	}
	wantError(t, w.client.ResolveThread(t.Context(), "PRRT_6"), "HTTP 404")
}

func TestGraphQLErrorsAreErrors(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status int
		body   string
		want   string
	}{
		"a limit":               {200, `{"data":null,"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}`, "too many requests"},
		"a mistake":             {200, `{"errors":[{"message":"Field 'x' doesn't exist"}]}`, "Field 'x' doesn't exist"},
		"data beside an error":  {200, `{"data":{"repository":null},"errors":[{"type":"NOT_FOUND","message":"Could not resolve"}]}`, "HTTP 404"},
		"no data":               {200, `{"data":null}`, "no data"},
		"no JSON":               {200, `<html>`, "read the answer"},
		"a gateway":             {502, ``, "HTTP 502"},
		"no permission at all":  {403, `{"message":"Resource not accessible by integration"}`, `"pull-requests: write"`},
		"a command in the text": {200, "{\"errors\":[{\"message\":\"x\\n::add-mask::e\"}]}", "x ::add-mask::e"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.Inject(fakegithub.Fault{Path: "/graphql", Status: tt.status, Body: tt.body})
			_, err := w.client.Threads(t.Context(), widgets, 7)
			wantError(t, err, "read the review threads", tt.want)
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %q", err)
			}
		})
	}
}

// GraphQL stands beside /api/v3 on a server, and at the root on github.com.
func TestGraphQLStandsBesideTheREST(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{"": "https://api.github.com/graphql", "https://ghes.example/api/v3": "https://ghes.example/api/graphql", "https://api.acme.ghe.example": "https://api.acme.ghe.example/graphql"} {
		c, err := New(Options{Token: token, APIURL: address, HTTP: &http.Client{}})
		if err != nil {
			t.Fatal(err)
		}
		if r, err := c.api.make(http.MethodPost, c.graphQLPath(), nil); err != nil || r.URL.String() != want {
			t.Errorf("%q asks %v, %v, want %s", address, r.URL, err, want)
		}
	}
}
