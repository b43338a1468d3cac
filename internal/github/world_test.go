package github

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

// description is parsed once for all tests of the package.
var description = fakegithub.NewSpec("../../testdata/openapi/openapi-subset.json")

const token = "ghs_tests"

var (
	baseSHA = strings.Repeat("a", 40)
	headSHA = strings.Repeat("b", 40)
	nextSHA = strings.Repeat("c", 40)
	widgets = Repo{Owner: "acme", Name: "widgets"}
)

// world is a fake platform with one repository and one pull request, and a
// client of it. The platform's record of failures is empty when a test ends.
type world struct {
	*fakegithub.Server
	repo   *fakegithub.Repo
	pull   *fakegithub.Pull
	client *Client
	slept  []time.Duration
}

func newWorld(t testing.TB) *world {
	t.Helper()
	fake, err := fakegithub.Start(description, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		fake.Close()
		for _, f := range fake.Failures() {
			t.Errorf("the platform's description forbids: %s", f)
		}
	})
	fake.Token = token
	w := &world{Server: fake, repo: fake.Repo("acme", "widgets")}
	w.pull = &fakegithub.Pull{
		Number: 7, Title: "Fix a typo", Body: "One letter.", Author: fakegithub.Person{Login: "mona"},
		Base:  fakegithub.Ref{SHA: baseSHA, Name: "main", Repo: "acme/widgets"},
		Head:  fakegithub.Ref{SHA: headSHA, Name: "fix", Repo: "acme/widgets"},
		Files: fakegithub.GeneratedRows(3, 4),
	}
	w.repo.Pulls[7] = w.pull
	w.client = w.connect(t, Options{})
	return w
}

// connect gives another client of the same platform.
func (w *world) connect(t testing.TB, o Options) *Client {
	t.Helper()
	o.Token, o.APIURL = token, w.URL()
	o.HTTP = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	o.Sleep = func(_ context.Context, d time.Duration) error { w.slept = append(w.slept, d); return nil }
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// asked lists the requests that the platform saw, as "GET /pulls/7".
func (w *world) asked() []string {
	var list []string
	for _, r := range w.Requests() {
		list = append(list, strings.Replace(r.String(), "/repos/acme/widgets", "", 1))
	}
	return list
}

func wantError(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one that says %q", words)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("error %q, want it to say %q", err, word)
		}
	}
}
