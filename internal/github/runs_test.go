package github

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

func TestWorkflowRunIsReadAsAPayloadIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.repo.Runs[9] = &fakegithub.Run{ID: 9, Attempt: 2, Name: "test", Event: "pull_request", Conclusion: "failure", HeadSHA: headSHA, HeadBranch: "fix", HeadRepo: "drew/widgets", PullNumbers: []int{7}}
	got, err := w.client.WorkflowRun(t.Context(), acme(), 9)
	if err != nil {
		t.Fatal(err)
	}
	want := event.WorkflowRun{ID: 9, Attempt: 2, Name: "test", Conclusion: "failure", Event: "pull_request", HeadSHA: headSHA, HeadBranch: "fix", HeadRepo: "drew/widgets", PullNumbers: []int{7}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	w.Inject(fakegithub.Fault{Status: 200, Body: `{"id":10,"head_sha":"` + headSHA + `"}`})
	_, err = w.client.WorkflowRun(t.Context(), acme(), 9)
	wantError(t, err, "asked for 9, got 10")
}

func (w *world) run(attempt int, jobs ...fakegithub.Job) {
	w.repo.Runs[9] = &fakegithub.Run{ID: 9, Attempt: attempt, HeadSHA: headSHA, Jobs: map[int][]fakegithub.Job{attempt: jobs}}
}

// T27: the storage of logs is another host; it gets its own signature and
// never the token.
func TestRunLogsFollowsOneRedirectWithoutTheToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run(2,
		fakegithub.Job{ID: 91, Name: "unit", Conclusion: "failure", Log: "FAIL TestA"},
		fakegithub.Job{ID: 92, Name: "lint", Conclusion: "success", Log: "ok"},
		fakegithub.Job{ID: 93, Name: "slow", Conclusion: "timed_out", Log: "…"},
		fakegithub.Job{ID: 94, Name: "gone", Conclusion: "failure", LogStatus: 410},
		fakegithub.Job{ID: 95, Name: "never", Conclusion: "failure", LogStatus: 404},
		fakegithub.Job{ID: 96, Name: "skipped", Conclusion: "skipped"},
	)
	for _, attempt := range []int{0, 2} {
		got, err := w.client.RunLogs(t.Context(), widgets, 9, attempt)
		if err != nil {
			t.Fatal(err)
		}
		want := []JobLog{
			{ID: 91, Name: "unit", Conclusion: "failure", Log: []byte("FAIL TestA")},
			{ID: 93, Name: "slow", Conclusion: "timed_out", Log: []byte("…")},
			{ID: 94, Name: "gone", Conclusion: "failure", Note: "the platform has no log of it"},
			{ID: 95, Name: "never", Conclusion: "failure", Note: "the platform has no log of it"},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("attempt %d (-want +got):\n%s", attempt, diff)
		}
	}
	stored := w.StorageRequests()
	if len(stored) != 4 {
		t.Errorf("the storage saw %v", stored)
	}
	for _, r := range stored {
		if len(r.Header["Authorization"]) > 0 || strings.Contains(fmt.Sprint(r), token) {
			t.Errorf("the storage saw the token: %v", r)
		}
	}
	for _, r := range w.Requests() {
		if r.Header.Get("Authorization") != "Bearer "+token {
			t.Errorf("%s had no token", r)
		}
	}
}

func TestRunLogsFollowsOnlyASafeRedirectAndOnlyOnce(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, redirect, want string }{
		{"plain http to another host", "http://logs.example/1?sig=s3cret", `the redirect goes to "http://logs.example"`},
		{"a local network", "http://169.254.169.254/latest/meta-data", "expected https"},
		{"a file", "file:///etc/passwd", "not a plain host"},
		{"a user in the address", "https://user:s3cret@logs.example/", "not a plain host"},
		{"nowhere", " ", "not a plain host"},
		{"an address that is none", "https://[::1/?sig=s3cret", "cannot be read"},
		{"a name that begins like this machine's", "http://localhost.evil.example/", "expected https"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.run(1, fakegithub.Job{ID: 91, Conclusion: "failure", Redirect: tt.redirect})
			_, err := w.client.RunLogs(t.Context(), widgets, 9, 1)
			wantError(t, err, "read the log of a job", tt.want)
			if strings.Contains(err.Error(), "s3cret") {
				t.Errorf("the signature is in the message: %v", err)
			}
			if len(w.StorageRequests()) > 0 {
				t.Error("the log was fetched")
			}
		})
	}
	w := newWorld(t)
	// The API's own host is asked without the token too; there the fake
	// answers 401, and a second redirect would be an answer of 302.
	w.run(1, fakegithub.Job{ID: 91, Conclusion: "failure", Redirect: w.URL() + "/repos/acme/widgets/actions/jobs/91/logs"})
	_, err := w.client.RunLogs(t.Context(), widgets, 9, 1)
	wantError(t, err, "HTTP 401 (from the storage of logs)")
	w.Do(func() { w.Token = "" })
	_, err = w.client.RunLogs(t.Context(), widgets, 9, 1)
	wantError(t, err, "HTTP 302")
}

// failing is a transport whose error carries the whole address, as Go's does.
type failing struct{ http.RoundTripper }

func (f failing) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasPrefix(r.URL.Path, "/logs/") {
		return nil, fmt.Errorf("no route to host")
	}
	return http.DefaultTransport.RoundTrip(r)
}

func TestASignatureStaysOutOfMessages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run(1, fakegithub.Job{ID: 91, Conclusion: "failure"})
	c, err := New(Options{Token: token, APIURL: w.URL(), HTTP: &http.Client{Transport: failing{}}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.RunLogs(t.Context(), widgets, 9, 1)
	wantError(t, err, "no route to host")
	if strings.Contains(err.Error(), "sig=") {
		t.Errorf("%v", err)
	}
}

func TestRunLogsReadsTenAndNamesTheRest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var jobs []fakegithub.Job
	for i := range 105 {
		jobs = append(jobs, fakegithub.Job{ID: int64(100 + i), Name: fmt.Sprintf("job %d", i), Conclusion: "success"})
	}
	for i := range 12 {
		jobs[93+i].Conclusion, jobs[93+i].Log = "failure", "FAIL"
	}
	w.run(1, jobs...)
	got, err := w.client.RunLogs(t.Context(), widgets, 9, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 12 || len(w.StorageRequests()) != 10 {
		t.Fatalf("%d logs, %d fetched", len(got), len(w.StorageRequests()))
	}
	for i, l := range got {
		if read := i < 10; l.Name != fmt.Sprintf("job %d", 93+i) || read != (len(l.Log) > 0) || read != (l.Note == "") {
			t.Errorf("log %d: %+v", i, l)
		}
	}
}

func TestRunLogsSaysWhereJobsWereNotLookedAt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run(1, make([]fakegithub.Job, 301)...)
	for i := range w.repo.Runs[9].Jobs[1] {
		w.repo.Runs[9].Jobs[1][i] = fakegithub.Job{ID: int64(i + 1), Conclusion: "success"}
	}
	got, err := w.client.RunLogs(t.Context(), widgets, 9, 1)
	if err != nil || len(got) != 1 || got[0].Note != "only the first 300 jobs of the run were looked at" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestALongLogIsCutAndSaysSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run(1, fakegithub.Job{ID: 91, Conclusion: "failure", Log: string(bytes.Repeat([]byte("x"), maxLog+1))})
	got, err := w.client.RunLogs(t.Context(), widgets, 9, 1)
	if err != nil || len(got) != 1 || len(got[0].Log) != maxLog || got[0].Note != "cut after 20 MiB" {
		t.Errorf("%d logs, %v", len(got), err)
	}
}

func TestRunLogsRefusesAnswersWithoutSense(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run(1)
	if got, err := w.client.RunLogs(t.Context(), widgets, 9, 1); err != nil || len(got) != 0 {
		t.Errorf("a run without failed jobs: %v, %v", got, err)
	}
	w.Inject(fakegithub.Fault{Path: "/jobs", Status: 200, Body: "{}", Times: 1})
	_, err := w.client.RunLogs(t.Context(), widgets, 9, 1)
	wantError(t, err, "the answer lists no jobs")
	w.run(1, fakegithub.Job{ID: 91, Conclusion: "failure"})
	w.Inject(fakegithub.Fault{Path: "/logs", Status: 200, Body: "a log"})
	_, err = w.client.RunLogs(t.Context(), widgets, 9, 1)
	wantError(t, err, "did not redirect")
}
