// Package gitrepo reads a local checkout through the git program: revisions
// in, changes, files and paths out. It runs git with a fixed environment and
// without hooks, filters or network, never writes, and is the only package
// that starts a process. Under the build tag image nothing of it runs: the
// container has no git.
package gitrepo

import (
	"context"
	"errors"

	"github.com/tierwise/tierwise/internal/change"
)

// ErrNoGit says that the git program was not found.
var ErrNoGit = errors.New("git is not installed or not in PATH")

// ErrNoCheckout says that a folder is not inside a git checkout.
var ErrNoCheckout = errors.New("not inside a git checkout")

// ErrNoCommit says that a revision names no commit of the repository.
var ErrNoCommit = errors.New("no such commit")

// ErrShallow says that the history needed was cut off by a shallow clone.
var ErrShallow = errors.New("the clone is shallow and lacks the history for this; run `git fetch --unshallow` (actions/checkout: `fetch-depth: 0`), or pass --base")

// ErrBuiltWithoutGit is what every call gives in the container's program.
var ErrBuiltWithoutGit = errors.New("built without git: this program reads changes through the API alone")

// Range is a base and a head as commit ids, and a sentence that says how the
// base was found. The base of a first commit is the id of the empty tree. Text
// may hold the name of a branch and is untrusted.
type Range struct {
	Base string
	Head string
	Text string
}

// maxContent bounds a file that Contents reads.
const maxContent = 1 << 20

// ErrTooBig says that a file is over 1 MiB, which Contents does not read.
var ErrTooBig = errors.New("the file is over the limit of 1 MiB")

// checkout is what both builds of Repo offer.
type checkout interface {
	Root() string
	Name() string
	DefaultBase(ctx context.Context, head string) (Range, error)
	Change(ctx context.Context, base, head string) (change.Change, error)
	File(ctx context.Context, rev, path string) ([]byte, bool, error)
	Tree(ctx context.Context, rev string) ([]string, error)
	History(ctx context.Context, span Span, visit func(Past) error) error
	Count(ctx context.Context, span Span) (int, error)
	Contents(ctx context.Context) (*Contents, error)
	Mentions(ctx context.Context, rev string, names []string, limit int) (map[string][]string, error)
	PastPaths(ctx context.Context, rev string, limit int) ([][]string, error)
}

// reader is what both builds of Contents offer.
type reader interface {
	Read(rev, name string) (content []byte, found bool, err error)
	Close() error
}

var (
	_ checkout = (*Repo)(nil)
	_ reader   = (*Contents)(nil)
)
