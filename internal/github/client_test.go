package github

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

func TestNewRefusesWhatIsNoAPI(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"ftp://host/", "api.github.com", "https://", "https://user:pass@host/", "https://host/?q=1", "https://host/#x", "http://[::1"} {
		_, err := New(Options{APIURL: raw, HTTP: http.DefaultClient})
		if err == nil || strings.Contains(err.Error(), "pass@") {
			t.Errorf("%s: error %v", raw, err)
		}
	}
	if _, err := New(Options{}); err == nil {
		t.Error("a client without HTTP was made")
	}
	c, err := New(Options{HTTP: http.DefaultClient})
	if err != nil || c.api.base.String() != "https://api.github.com/" {
		t.Errorf("default %v, error %v", c.api.base, err)
	}
}

// The fake's address has a path, as GitHub Enterprise Server's: every test
// would fail with a client that dropped it. A slash at the end changes nothing.
func TestTheBasePathIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if !strings.HasSuffix(w.URL(), "/api/v3") {
		t.Fatalf("the fake is at %s", w.URL())
	}
	c, err := New(Options{Token: token, APIURL: w.URL() + "/", HTTP: http.DefaultClient})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.PullRequest(t.Context(), widgets, 7); err != nil {
		t.Error(err)
	}
}

func TestWithoutATokenNothingIsSent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c, err := New(Options{APIURL: w.URL(), HTTP: http.DefaultClient})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.PullRequest(t.Context(), widgets, 7)
	wantError(t, err, "read the pull request", "there is no token", "github-token: ${{ github.token }}", `"pull-requests: read"`)
	if c.Requests() != 0 {
		t.Errorf("%d requests", c.Requests())
	}
}

func TestARefusalNamesTheCallAndTheLineToAdd(t *testing.T) {
	t.Parallel()
	const refusal = "Resource not accessible by integration"
	tests := []struct {
		path string
		call func(context.Context, *Client) error
		want []string
	}{
		{"/pulls/7", func(ctx context.Context, c *Client) error { _, err := c.PullRequest(ctx, widgets, 7); return err }, []string{"read the pull request", `"pull-requests: read"`}},
		{"/files", func(ctx context.Context, c *Client) error {
			pr, err := c.PullRequest(ctx, widgets, 7)
			if err != nil {
				return err
			}
			_, _, err = c.PullFiles(ctx, widgets, pr)
			return err
		}, []string{"list the files of the pull request", `"pull-requests: read"`}},
		{"/commits", func(ctx context.Context, c *Client) error { _, _, err := c.PullCommits(ctx, widgets, 7); return err }, []string{"list the commits", `"pull-requests: read"`}},
		{"/contents/", func(ctx context.Context, c *Client) error { _, _, err := c.File(ctx, widgets, "a", "main"); return err }, []string{"read a file", `"contents: read"`}},
		{"/git/trees/", func(ctx context.Context, c *Client) error { _, _, err := c.Tree(ctx, widgets, "main"); return err }, []string{"list the files of a commit", `"contents: read"`}},
		{"/compare/", func(ctx context.Context, c *Client) error { _, err := c.Compare(ctx, widgets, "a", "b"); return err }, []string{"compare two commits", `"contents: read"`}},
		{"/pulls", func(ctx context.Context, c *Client) error {
			_, err := c.PullsForCommit(ctx, widgets, headSHA)
			return err
		}, []string{"find the pull requests", `"contents: read"`}},
		{"/permission", func(ctx context.Context, c *Client) error { _, err := c.Permission(ctx, widgets, "mona"); return err }, []string{"read a person's permission"}},
		{"/jobs", func(ctx context.Context, c *Client) error { _, err := c.RunLogs(ctx, widgets, 9, 1); return err }, []string{"list the jobs", `"actions: read"`}},
		{"/runs/9", func(ctx context.Context, c *Client) error { _, err := c.WorkflowRun(ctx, acme(), 9); return err }, []string{"read a workflow run", `"actions: read"`}},
		{"/comments", func(ctx context.Context, c *Client) error { return c.UpsertComment(ctx, widgets, 7, "<!-- m -->", "x") }, []string{"look for our own comment", `"pull-requests: write"`}},
	}
	for _, tt := range tests {
		for _, status := range []int{401, 403, 404} {
			w := newWorld(t)
			w.Inject(fakegithub.Fault{Path: tt.path, Status: status, Message: refusal})
			if status == 404 && tt.path == "/contents/" {
				continue // a missing file: contents_test.go
			}
			err := tt.call(t.Context(), w.client)
			var denied *PermissionError
			if !errors.As(err, &denied) || denied.Status != status {
				t.Errorf("%s with %d: error %v, want a PermissionError", tt.path, status, err)
				continue
			}
			wantError(t, err, append(tt.want, refusal)...)
			if len(w.slept) > 0 {
				t.Errorf("%s with %d was asked again", tt.path, status)
			}
		}
	}
}

func TestWritingACommentNeedsWrite(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Inject(fakegithub.Fault{Method: "POST", Status: 403, Message: "Resource not accessible by integration"})
	wantError(t, w.client.UpsertComment(t.Context(), widgets, 7, "<!-- m -->", "x"), "write a comment", `"pull-requests: write"`)
}

func TestAGatewaysFaultIsRetriedOnce(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		fault   fakegithub.Fault
		want    string // "" is success
		request int
	}{
		{"502 once", fakegithub.Fault{Status: 502, Times: 1}, "", 2},
		{"503 once", fakegithub.Fault{Status: 503, Times: 1}, "", 2},
		{"a dropped connection once", fakegithub.Fault{Drop: true, Times: 1}, "", 2},
		{"502 twice", fakegithub.Fault{Status: 502, Times: 2, Message: "bad gateway"}, "HTTP 502 (bad gateway)", 2},
		{"dropped twice", fakegithub.Fault{Drop: true, Times: 2}, "EOF", 2},
		{"500 is not asked again", fakegithub.Fault{Status: 500, Times: 1}, "HTTP 500", 1},
		{"an answer of HTML", fakegithub.Fault{Status: 200, Times: 1, Body: "<html>"}, "invalid character", 1},
		{"an empty answer", fakegithub.Fault{Status: 200, Times: 1, Body: " "}, "unexpected end of JSON", 1},
		{"another pull request", fakegithub.Fault{Status: 200, Times: 1, Body: `{"number":8}`}, "pull_request.base.sha", 1},
		{"a redirect", fakegithub.Fault{Status: 301, Header: map[string]string{"Location": "https://elsewhere.example/"}}, "was the repository renamed?", 1},
		{"too large", fakegithub.Fault{Status: 406, Message: "Sorry, the diff exceeded the maximum number of files (300)"}, "HTTP 406: too large for the platform to give (Sorry", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.Inject(tt.fault)
			_, err := w.client.PullRequest(t.Context(), widgets, 7)
			if tt.want == "" && err != nil {
				t.Error(err)
			} else if tt.want != "" {
				wantError(t, err, "read the pull request", tt.want)
			}
			if got := w.client.Requests(); got != tt.request || len(w.Requests()) != got {
				t.Errorf("%d requests counted, %d seen, want %d", got, len(w.Requests()), tt.request)
			}
			if want := make([]time.Duration, tt.request-1); len(w.slept) != len(want) {
				t.Errorf("slept %v", w.slept)
			}
		})
	}
}

func TestWhatWritesIsNotRetried(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Inject(fakegithub.Fault{Method: "POST", Status: 502, Times: 1})
	wantError(t, w.client.UpsertComment(t.Context(), widgets, 7, "<!-- m -->", "x"), "HTTP 502")
	if diff := cmp.Diff([]string{"GET /issues/7/comments?per_page=100", "POST /issues/7/comments"}, w.asked()); diff != "" {
		t.Error(diff)
	}
}

func TestTooManyRequestsIsToldAndNotWaitedFor(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		fault fakegithub.Fault
		after time.Duration
	}{
		{"429, which go-github does not map", fakegithub.Fault{Status: 429, Message: "slow down", Header: map[string]string{"Retry-After": "7"}}, 7 * time.Second},
		{"a secondary limit by 403", fakegithub.Fault{Status: 403, Message: "You have exceeded a secondary rate limit.", Header: map[string]string{"Retry-After": "90"}}, 90 * time.Second},
		{"a secondary limit that does not say when", fakegithub.Fault{Status: 403, Message: "You have exceeded a secondary rate limit."}, 0},
		{"nonsense for a wait", fakegithub.Fault{Status: 429, Header: map[string]string{"Retry-After": "-1"}}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.Inject(tt.fault)
			_, err := w.client.PullRequest(t.Context(), widgets, 7)
			var limit *LimitError
			if !errors.As(err, &limit) || limit.RetryAfter != tt.after {
				t.Fatalf("error %#v, want a LimitError after %v", err, tt.after)
			}
			wantError(t, err, "read the pull request", "too many requests")
			if w.client.Requests() != 1 || len(w.slept) > 0 {
				t.Errorf("%d requests, slept %v", w.client.Requests(), w.slept)
			}
		})
	}
}

func TestBelowATenthTheNextCallIsRefused(t *testing.T) {
	t.Parallel()
	reset := time.Date(2026, 11, 24, 15, 4, 0, 0, time.UTC)
	for _, tt := range []struct {
		name             string
		limit, remaining int // before the first call
		now              time.Time
		refused          bool
	}{
		{"a tenth is left", 1000, 101, reset.Add(-12 * time.Minute), false},
		{"less than a tenth is left", 1000, 100, reset.Add(-12 * time.Minute), true},
		{"nothing is left", 1000, 1, reset.Add(-12 * time.Minute), true},
		{"the hour is over", 1000, 5, reset, false},
		{"no limit is told", 0, 0, reset.Add(-12 * time.Minute), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.Rate = fakegithub.Rate{Limit: tt.limit, Remaining: tt.remaining, Reset: reset}
			c := w.connect(t, Options{Now: func() time.Time { return tt.now }})
			if _, err := c.PullRequest(t.Context(), widgets, 7); err != nil {
				t.Fatal(err)
			}
			_, err := c.PullRequest(t.Context(), widgets, 7)
			if !tt.refused {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if !errors.Is(err, ErrRateLow) || c.Requests() != 1 {
				t.Fatalf("error %v after %d requests, want ErrRateLow after 1", err, c.Requests())
			}
			wantError(t, err, "of 1000 requests are left", "resets at 15:04 UTC (in 12m0s)")
		})
	}
}

func TestACancelledRunStops(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.client.PullRequest(ctx, widgets, 7); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if _, err := w.client.Evidence(ctx, widgets, "main"); !errors.Is(err, context.Canceled) {
		t.Errorf("evidence: error %v", err)
	}
	if len(w.slept) > 0 {
		t.Error("a cancelled call was asked again")
	}
	if err := wait(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("the wait went on: %v", err)
	}
	if err := wait(t.Context(), time.Millisecond); err != nil {
		t.Error(err)
	}
}

func TestAnAnswerIsBounded(t *testing.T) {
	t.Parallel()
	if _, err := readAll(strings.NewReader("12345"), 4); !errors.Is(err, errTooLarge) {
		t.Errorf("error %v", err)
	}
	if data, err := readAll(strings.NewReader("1234"), 4); err != nil || string(data) != "1234" {
		t.Errorf("%q, %v", data, err)
	}
}

func TestAMessageOfThePlatformStaysOnOneLine(t *testing.T) {
	t.Parallel()
	if got := brief("a\n::error::b\x1b[31m" + strings.Repeat("x", 500)); strings.ContainsAny(got, "\n\x1b") || len([]rune(got)) > 201 {
		t.Errorf("%q", got)
	}
}
