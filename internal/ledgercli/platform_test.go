package ledgercli

import (
	"archive/zip"
	"bytes"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
	"github.com/tierwise/tierwise/internal/testkit/otlpreceiver"
)

const token = "ghs_tests"

// hosted is a platform with repositories, and the environment of a collector.
func hosted(t *testing.T, names ...string) (*fakegithub.Server, *otlpreceiver.Receiver, map[string]string) {
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
	fake.Token = token
	for _, name := range names {
		repo := fake.Repo("acme", name)
		fake.Do(func() { repo.GitDir, fake.Rate = bare(t), fakegithub.Rate{} })
	}
	r := otlpreceiver.Start(t)
	return fake, r, map[string]string{"TIERWISE_LEDGER": r.Address(), "GITHUB_TOKEN": token, "GITHUB_API_URL": fake.URL()}
}

func bare(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "bare.git")
	if out, err := exec.Command("git", "init", "--quiet", "--bare", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

// keep writes entries to a branch, as runs do.
func keep(t *testing.T, fake *fakegithub.Server, name string, entries ...ledger.Entry) {
	t.Helper()
	client, err := github.New(github.Options{Token: token, APIURL: fake.URL(), HTTP: &http.Client{}})
	if err != nil {
		t.Fatal(err)
	}
	branch := client.LedgerBranch(github.Repo{Owner: "acme", Name: name}, "tierwise-ledger")
	for _, e := range entries {
		if err := branch.Append(t.Context(), []ledger.Entry{e}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestBranchesOfManyRepositoriesAreCollected(t *testing.T) {
	t.Parallel()
	fake, r, env := hosted(t, "web", "api")
	keep(t, fake, "web", entry("acme/web", "1"), entry("acme/web", "2"))
	keep(t, fake, "api", entry("acme/api", "3"))
	code, said := say(t, env, "collect", "git:tierwise-ledger", "--repository", "acme/web,acme/api")
	want(t, code, said, ExitFine, "3 read, 3 new, 0 known, 0 refused")
	if n := len(r.Headers()); n != 1 {
		t.Errorf("%d requests to the store, expected one batch", n)
	}
	env["GITHUB_REPOSITORY"] = "acme/api"
	code, said = say(t, env, "collect", "git:tierwise-ledger")
	want(t, code, said, ExitFine, "1 read, 1 new")
	code, said = say(t, env, "collect", "git:tierwise-ledger", "--since", "2026-11-25")
	want(t, code, said, ExitFine, "0 read")
}

func TestALedgerSpeaksForItsOwnRepositoryAlone(t *testing.T) {
	t.Parallel()
	fake, r, env := hosted(t, "web")
	keep(t, fake, "web", entry("acme/web", "1"), entry("acme/payroll", "2"))
	code, said := say(t, env, "collect", "git:tierwise-ledger", "--repository", "acme/web")
	want(t, code, said, ExitRefused, "2 read, 1 new, 0 known, 1 refused")
	want(t, code, said, ExitRefused, `"acme/payroll"`)
	if n := len(r.Spans()); n != 1 {
		t.Errorf("%d spans", n)
	}
}

func TestARepositoryThatCannotBeReadDoesNotHideTheNext(t *testing.T) {
	t.Parallel()
	fake, _, env := hosted(t, "web", "api")
	keep(t, fake, "api", entry("acme/api", "3"))
	fake.Inject(fakegithub.Fault{Method: "GET", Path: "/repos/acme/web/", Status: 403, Message: "Resource not accessible"})
	code, said := say(t, env, "collect", "git:tierwise-ledger", "--repository", "acme/web", "--repository", "acme/api")
	want(t, code, said, ExitFailed, "1 read, 1 new")
	want(t, code, said, ExitFailed, "1 of 2 repositories could not be read")
}

func TestArtifactsAreCollected(t *testing.T) {
	t.Parallel()
	fake, r, env := hosted(t, "web")
	flag := ledger.Ref{ID: strings.Repeat("a", 32), Repository: "acme/web", Task: "docs"}.Flag(ledger.Cheaper, "command", "1", "", time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC))
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	f, err := z.Create("record-a.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte(lines(t, entry("acme/web", "1"), entry("acme/web", "2"), ledger.Entry{Flag: &flag}))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	repo := fake.Repo("acme", "web")
	fake.Do(func() {
		repo.Artifacts = []fakegithub.Artifact{{ID: 5, Name: github.ArtifactPrefix + "1", Created: "2026-11-24T10:01:00Z", Zip: archive.Bytes()}}
	})
	code, said := say(t, env, "collect", "artifact:", "--repository", "acme/web")
	want(t, code, said, ExitRefused, "3 read, 2 new, 0 known, 1 refused")
	want(t, code, said, ExitRefused, "a flag in an artifact")
	if n := len(r.Spans()); n != 2 {
		t.Errorf("%d spans", n)
	}
}
