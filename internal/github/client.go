// Package github is the adapter to GitHub's REST API. It asks, checks what
// comes back, and hands on values of the rooms to its left. A call that fails
// is an error that names the call and, where that is the cause, the permission
// to add; it never becomes an empty list.
package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	gh "github.com/google/go-github/v62/github"
)

// Repo names a repository.
type Repo struct{ Owner, Name string }

// String gives "owner/name".
func (r Repo) String() string { return r.Owner + "/" + r.Name }

// path gives "repos/owner/name/" and the rest, whose parts are escaped.
func (r Repo) path(format string, parts ...string) string {
	escaped := make([]any, len(parts))
	for i, p := range parts {
		escaped[i] = url.PathEscape(p)
	}
	return "repos/" + url.PathEscape(r.Owner) + "/" + url.PathEscape(r.Name) + fmt.Sprintf(format, escaped...)
}

// Options says how to reach the API.
type Options struct {
	// Token is the workflow's token. Without one every call is a
	// PermissionError that says so.
	Token string
	// APIURL is GITHUB_API_URL; "" is https://api.github.com. A path, as of
	// GitHub Enterprise Server, is kept.
	APIURL string
	// HTTP carries the requests: its transport and its timeout are used, its
	// redirect policy is not.
	HTTP *http.Client
	// Login is who the token writes comments as; "" is github-actions[bot],
	// who a GITHUB_TOKEN is. It may not ask GET /user.
	Login string
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Sleep waits before a retry; nil waits for real.
	Sleep func(context.Context, time.Duration) error
	// Draw gives a time from 0 up to below a bound, by which writers of one
	// branch wait apart; nil draws at random.
	Draw func(below time.Duration) time.Duration
}

// Client speaks to the API of one host. It is safe for concurrent use.
type Client struct {
	api    api
	plain  *http.Client // without the token: for the storage of logs
	sent   atomic.Int64
	token  string
	login  string
	now    func() time.Time
	sleep  func(context.Context, time.Duration) error
	draw   func(below time.Duration) time.Duration
	mu     sync.Mutex
	rate   rate
	trees  map[string]tree // by repository and ref
	proven map[string]bool // repository and ref whose contents were read
}

// api is what is used of go-github's client. It is held as two functions, not
// as the client: whatever a type holds that meets an interface is kept in the
// binary with all its methods, and the client holds every service there is,
// 3 MB of them.
type api struct {
	base *url.URL
	make func(method, path string, body any, opts ...gh.RequestOption) (*http.Request, error)
	do   func(context.Context, *http.Request) (*gh.Response, error)
}

// New checks the options and gives a client. It makes no request.
func New(o Options) (*Client, error) {
	if o.HTTP == nil {
		return nil, errors.New("set up the GitHub client: no HTTP client")
	}
	base, err := parseBase(o.APIURL)
	if err != nil {
		return nil, fmt.Errorf("set up the GitHub client: %w", err)
	}
	c := &Client{
		token: o.Token, login: o.Login, now: o.Now, sleep: o.Sleep, draw: o.Draw,
		trees: map[string]tree{}, proven: map[string]bool{},
	}
	if c.login == "" {
		c.login = actionsLogin
	}
	if c.now == nil {
		c.now = time.Now
	}
	if c.sleep == nil {
		c.sleep = wait
	}
	if c.draw == nil {
		c.draw = draw
	}
	m := meter{next: o.HTTP.Transport, base: base, sent: &c.sent}
	c.plain = &http.Client{Transport: m, Timeout: o.HTTP.Timeout, CheckRedirect: stay}
	m.token = o.Token
	client := gh.NewClient(&http.Client{Transport: m, Timeout: o.HTTP.Timeout, CheckRedirect: stay})
	client.BaseURL, client.UserAgent = base, "tierwise"
	c.api = api{base: base, make: client.NewRequest, do: client.BareDo}
	return c, nil
}

// Requests says how many requests were sent so far, retries and the storage
// of logs included.
func (c *Client) Requests() int { return int(c.sent.Load()) }

func parseBase(raw string) (*url.URL, error) {
	if raw == "" {
		raw = "https://api.github.com/"
	}
	base, err := url.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("parse the API's URL: %w", err)
	}
	switch {
	case base.Scheme != "https" && base.Scheme != "http", base.Host == "":
		return nil, fmt.Errorf("the API's URL %q is not http or https with a host", base.Redacted())
	case base.User != nil, base.RawQuery != "", base.Fragment != "":
		return nil, fmt.Errorf("the API's URL %q has more than a host and a path", base.Redacted())
	}
	if !strings.HasSuffix(base.Path, "/") {
		base.Path += "/"
	}
	return base, nil
}

// stay follows no redirect: the one that we know is followed by hand.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
