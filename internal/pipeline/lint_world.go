package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/lint"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
)

// LintCheckout is the repository around the files that are linted.
type LintCheckout struct {
	Files  []LintFile // what it has to lint, named from the current folder
	Folder string     // the current folder, from the root; "" at the root
	tree   *lint.Tree
	repo   *gitrepo.Repo           // nil without a checkout
	read   map[string]readWorkflow // those of Files, by name
	// configs are the texts of lint.ConfigFiles that are there.
	configs map[string]string
}

// maxWalked bounds the paths of a tree that no git lists.
const maxWalked = 50_000

// OpenLint looks at the repository that the current folder lies in. Without a
// checkout the current folder stands for it.
func OpenLint(ctx context.Context, env []string) (LintCheckout, error) {
	repo, err := gitrepo.Open(ctx, ".", env...)
	switch {
	case err == nil:
		return openCheckout(ctx, repo)
	case !errors.Is(err, gitrepo.ErrNoCheckout) && !errors.Is(err, gitrepo.ErrNoGit) && !errors.Is(err, gitrepo.ErrBuiltWithoutGit):
		return LintCheckout{}, fmt.Errorf("look at the repository: %w", err)
	}
	var c LintCheckout
	if err := c.readFrom(".", ""); err != nil {
		return c, err
	}
	if len(c.Files) > 0 {
		c.tree = lintWalk(os.DirFS("."))
	}
	return c, nil
}

// FolderInCheckout gives the current folder from the root of the repository
// that it lies in, "" at the root and where there is none.
func FolderInCheckout(ctx context.Context, env []string) (string, error) {
	repo, err := gitrepo.Open(ctx, ".", env...)
	switch {
	case errors.Is(err, gitrepo.ErrNoCheckout) || errors.Is(err, gitrepo.ErrNoGit) || errors.Is(err, gitrepo.ErrBuiltWithoutGit):
		return "", nil
	case err != nil:
		return "", fmt.Errorf("look at the repository: %w", err)
	}
	_, _, folder, err := standing(repo.Root())
	return folder, err
}

// openCheckout reads the files while git lists the paths.
func openCheckout(ctx context.Context, repo *gitrepo.Repo) (c LintCheckout, err error) {
	root, up, folder, err := standing(repo.Root())
	if err != nil {
		return c, err
	}
	c.Folder, c.repo = folder, repo
	listed := make(chan error, 1)
	var paths []string
	go func() {
		var err error
		paths, err = repo.WorkTree(ctx)
		listed <- err
	}()
	err = c.readFrom(root, up)
	if unlisted := <-listed; unlisted != nil {
		err = errors.Join(err, fmt.Errorf("list the files: %w", unlisted))
	}
	c.tree = &lint.Tree{Paths: paths}
	return c, err
}

// Hosted says where the checkout comes from; nothing without one.
func (c LintCheckout) Hosted(ctx context.Context) (Hosted, error) {
	if c.repo == nil {
		return Hosted{}, nil
	}
	return hostedBy(ctx, c.repo)
}

// readFrom reads what there is to lint below a root. up leads to it from the
// current folder.
func (c *LintCheckout) readFrom(root, up string) (err error) {
	if c.Files, err = LintRepository(os.DirFS(root)); err != nil {
		return err
	}
	for i := range c.Files {
		c.Files[i].Name = path.Join(up, c.Files[i].Name)
	}
	c.read = readLintWorkflows(c.Files)
	c.configs = readConfigs(os.DirFS(root))
	return nil
}

// readConfigs reads the settings of agents that may name a model. What one says
// that cannot be read is not known, as without a checkout.
func readConfigs(root fs.FS) map[string]string {
	configs := map[string]string{}
	for _, name := range lint.ConfigFiles() {
		if data, err := ReadLint(root, name); err == nil {
			configs[name] = string(data)
		}
	}
	return configs
}

// standing gives the root as it is read, the way up to it, and the way from it
// to the current folder.
func standing(root string) (read, up, folder string, err error) {
	here, err := os.Getwd()
	if err == nil {
		here, err = filepath.EvalSymlinks(here)
	}
	if err == nil {
		root, err = filepath.EvalSymlinks(root)
	}
	if err != nil {
		return "", "", "", fmt.Errorf("find the current folder: %w", err)
	}
	down, err := filepath.Rel(root, here)
	if err != nil || down == "." {
		return root, "", "", err
	}
	back, err := filepath.Rel(here, root)
	return root, filepath.ToSlash(back), filepath.ToSlash(down), err
}

// lintWalk lists the files below a folder without git, nil where there are more
// than it makes sense to list or one cannot be looked at.
func lintWalk(root fs.FS) *lint.Tree {
	var paths []string
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".git":
			return fs.SkipDir
		case len(paths) == maxWalked:
			return fs.ErrInvalid
		case !entry.IsDir():
			paths = append(paths, name)
		}
		return nil
	})
	if err != nil {
		return nil
	}
	slices.Sort(paths)
	return &lint.Tree{Paths: paths}
}

// LintFacts are what a person gives beside the files.
type LintFacts struct {
	Policy   *PolicyText    // for rules of workflows and briefs
	Evidence []byte         // of the branch, as --evidence has it
	Platform *lint.Platform // what the platform said, where there is no Evidence
	Ledger   string         // an address, "" for none
	Now      time.Time
}

// World gives what is known to every rule. What in a ledger could not be read
// is told by warnings.
func (c LintCheckout) World(ctx context.Context, f LintFacts) (w lint.World, warnings []string, err error) {
	if w, err = LintWorld(f.Now); err != nil {
		return w, nil, err
	}
	if w.Tree = c.tree; c.tree != nil || len(c.Files) > 0 { // else there is no repository here
		w.Workflows, w.Configs = workflowsOf(c.read), c.configs
	}
	if w.Policy, err = c.policy(f); err != nil {
		return w, nil, err
	}
	w.Platform = f.Platform
	if f.Evidence != nil {
		if w.Platform, err = lintPlatform(f.Evidence); err != nil {
			return w, nil, err
		}
	}
	if f.Ledger != "" {
		w.Spend, warnings, err = lintSpend(ctx, f.Ledger, f.Now)
	}
	return w, warnings, err
}

// LintWorld gives what is known everywhere.
func LintWorld(now time.Time) (lint.World, error) {
	prices, err := money.Embedded()
	if err != nil {
		return lint.World{}, fmt.Errorf("read the price list: %w", err)
	}
	return lint.World{Today: now.UTC().Format(time.DateOnly), Prices: prices, Known: Known()}, nil
}

// policy gives the policy that workflows are held against: the one that was
// named, which must be whole, or that of the repository where it is.
func (c LintCheckout) policy(f LintFacts) (*policy.File, error) {
	if f.Policy != nil {
		file, findings := policy.Parse(f.Policy.Name, f.Policy.Data, Known())
		if err := findings.Err(); err != nil {
			return nil, &BrokenPolicyError{Findings: findings}
		}
		return file, nil
	}
	return policyOf(c.Files, DefaultPolicyPath), nil
}

// policyOf gives the policy of a repository, nil where there is none or it is
// broken, which is reported where it is linted. Its path may lead up from the
// current folder.
func policyOf(files []LintFile, name string) *policy.File {
	at := slices.IndexFunc(files, func(f LintFile) bool { return f.Name == name || strings.HasSuffix(f.Name, "../"+name) })
	if at < 0 {
		return nil
	}
	file, _ := policy.Parse(files[at].Name, files[at].Data, Known())
	return file
}

// lintPlatform reads --evidence, which may also say public: true.
func lintPlatform(data []byte) (*lint.Platform, error) {
	e, public, err := parseEvidence(data)
	if err != nil {
		return nil, err
	}
	return &lint.Platform{Evidence: e, Public: public}, nil
}
