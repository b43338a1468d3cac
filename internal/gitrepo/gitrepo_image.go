//go:build image

package gitrepo

import (
	"context"

	"github.com/tierwise/tierwise/internal/change"
)

// Repo stands in for a checkout where there is no git.
type Repo struct{}

// Open gives ErrBuiltWithoutGit.
func Open(context.Context, string, ...string) (*Repo, error) { return nil, ErrBuiltWithoutGit }

// OpenHistory gives ErrBuiltWithoutGit.
func OpenHistory(context.Context, string, ...string) (*Repo, error) { return nil, ErrBuiltWithoutGit }

// Root is empty.
func (r *Repo) Root() string { return "" }

// Name is empty.
func (r *Repo) Name() string { return "" }

// Host is empty.
func (r *Repo) Host() string { return "" }

// DefaultBase gives ErrBuiltWithoutGit.
func (r *Repo) DefaultBase(context.Context, string) (Range, error) {
	return Range{}, ErrBuiltWithoutGit
}

// Change gives ErrBuiltWithoutGit.
func (r *Repo) Change(context.Context, string, string) (change.Change, error) {
	return change.Change{}, ErrBuiltWithoutGit
}

// File gives ErrBuiltWithoutGit.
func (r *Repo) File(context.Context, string, string) ([]byte, bool, error) {
	return nil, false, ErrBuiltWithoutGit
}

// Tree gives ErrBuiltWithoutGit.
func (r *Repo) Tree(context.Context, string) ([]string, error) { return nil, ErrBuiltWithoutGit }

// History gives ErrBuiltWithoutGit.
func (r *Repo) History(context.Context, Span, func(Past) error) error { return ErrBuiltWithoutGit }

// Count gives ErrBuiltWithoutGit.
func (r *Repo) Count(context.Context, Span) (int, error) { return 0, ErrBuiltWithoutGit }

// Contents gives ErrBuiltWithoutGit.
func (r *Repo) Contents(context.Context) (*Contents, error) { return nil, ErrBuiltWithoutGit }

// PastPaths gives ErrBuiltWithoutGit.
func (r *Repo) PastPaths(context.Context, string, int) ([][]string, error) {
	return nil, ErrBuiltWithoutGit
}

// Mentions gives ErrBuiltWithoutGit.
func (r *Repo) Mentions(context.Context, string, []string, int) (map[string][]string, error) {
	return nil, ErrBuiltWithoutGit
}

// Contents stands in for a reader of files.
type Contents struct{}

// Read gives ErrBuiltWithoutGit.
func (c *Contents) Read(string, string) ([]byte, bool, error) { return nil, false, ErrBuiltWithoutGit }

// Close does nothing.
func (c *Contents) Close() error { return nil }

// WorkTree gives ErrBuiltWithoutGit.
func (r *Repo) WorkTree(context.Context) ([]string, error) { return nil, ErrBuiltWithoutGit }

// DefaultBranch gives ErrBuiltWithoutGit.
func (r *Repo) DefaultBranch(context.Context) (string, error) { return "", ErrBuiltWithoutGit }
