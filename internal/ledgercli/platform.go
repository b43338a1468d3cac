package ledgercli

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/ledger"
)

// onPlatform is a ledger that is read through the platform's API.
type onPlatform interface {
	Entries(ctx context.Context, since time.Time) iter.Seq2[ledger.Entry, error]
}

// isOnPlatform says that a source is a branch or artifacts, not a folder.
func isOnPlatform(source string) bool {
	kind, _, ok := strings.Cut(source, ":")
	return ok && (kind == string(ledger.KindGit) || kind == string(ledger.KindArtifact))
}

// platformTimeout bounds one request, whatever it gives.
const platformTimeout = time.Minute

// platform opens the ledgers of repositories, in their order.
func platform(p Process, source string, repositories []string) ([]onPlatform, error) {
	at, err := ledger.ParseAddress(source)
	if err != nil {
		return nil, usageError{err}
	}
	client, err := github.New(github.Options{
		Token: p.Getenv("GITHUB_TOKEN"), APIURL: p.Getenv("GITHUB_API_URL"), Now: p.Now,
		HTTP: &http.Client{Timeout: platformTimeout, Transport: p.Client.Transport},
	})
	if err != nil {
		return nil, usageError{err}
	}
	var all []onPlatform
	for _, r := range repositories {
		owner, name, ok := strings.Cut(r, "/")
		if !ok || owner == "" || name == "" || strings.ContainsAny(name, "/*") {
			return nil, usageError{fmt.Errorf("--repository %q, expected owner/name", r)}
		}
		repo := github.Repo{Owner: owner, Name: name}
		if at.Kind == ledger.KindGit {
			all = append(all, client.LedgerBranch(repo, at.Branch))
		} else {
			all = append(all, client.LedgerArtifacts(repo))
		}
	}
	return all, nil
}
