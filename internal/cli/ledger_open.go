package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/ledger"
	"github.com/tierwise/tierwise/internal/pipeline"
)

// ledgerReader gives what was written since a day.
type ledgerReader interface {
	Entries(ctx context.Context, since time.Time) iter.Seq2[ledger.Entry, error]
}

// openLedger opens a ledger to be read. A folder that is not there is an error:
// a report over nothing would look like a week without spend.
func openLedger(p Process, address string) (ledgerReader, error) {
	at, err := ledgerAddress(address)
	switch {
	case err != nil:
		return nil, err
	case at == nil:
		return nil, &pipeline.UsageError{Text: "no ledger is given: --ledger file:DIR, git:BRANCH or artifact:, or TIERWISE_LEDGER"}
	case at.Kind == ledger.KindFile:
		return at.Dir, isFolder(at.Dir.Path())
	}
	client, repo, err := ledgerClient(p, *at)
	if err != nil {
		return nil, err
	}
	if at.Kind == ledger.KindGit {
		return client.LedgerBranch(repo, at.Branch), nil
	}
	return client.LedgerArtifacts(repo), nil
}

func isFolder(path string) error {
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return fmt.Errorf("read the ledger: %w", errors.Join(err, errors.New("expected a folder")))
	}
	return nil
}

// ledgerClient speaks to the platform, whose repository and token the
// environment names.
func ledgerClient(p Process, at ledger.Address) (*github.Client, github.Repo, error) {
	owner, name, ok := strings.Cut(p.Getenv("GITHUB_REPOSITORY"), "/")
	if !ok || owner == "" || name == "" {
		return nil, github.Repo{}, &pipeline.UsageError{Text: fmt.Sprintf("--ledger %s needs GITHUB_REPOSITORY=owner/name in the environment", at)}
	}
	client, err := platformClient(p, p.Getenv("GITHUB_TOKEN"))
	return client, github.Repo{Owner: owner, Name: name}, err
}
