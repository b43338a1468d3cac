package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/survey"
	"github.com/tierwise/tierwise/internal/workflow"
)

// maxSurveyed bounds the files of a folder that is in no git repository.
const maxSurveyed = 100_000

// Hosted is a repository on a platform. An empty part is not known.
type Hosted struct {
	Host, Name string // Name is owner/name
	Branch     string // the default one
}

// hostedBy reads where a checkout comes from.
func hostedBy(ctx context.Context, repo *gitrepo.Repo) (Hosted, error) {
	h := Hosted{Host: repo.Host(), Name: hosted(repo.Name())}
	var err error
	if h.Branch, err = repo.DefaultBranch(ctx); err != nil {
		return h, fmt.Errorf("look for the default branch: %w", err)
	}
	return h, nil
}

// Surveyed gathers what a survey looks at: the files that git knows, or those
// of the folder where there is no commit; the workflows and the code owners as
// they lie on the disk.
func Surveyed(ctx context.Context, disk fs.FS, env ...string) (survey.Repository, Hosted, error) {
	var r survey.Repository
	var from Hosted
	repo, err := gitrepo.Open(ctx, ".", env...)
	switch {
	case err == nil:
		if r.Paths, err = repo.Tree(ctx, "HEAD"); err != nil && !errors.Is(err, gitrepo.ErrNoCommit) {
			return r, from, fmt.Errorf("list the files of HEAD: %w", err)
		}
		if from, err = hostedBy(ctx, repo); err != nil {
			return r, from, err
		}
		r.Name = from.Name
	case !errors.Is(err, gitrepo.ErrNoCheckout) && !errors.Is(err, gitrepo.ErrBuiltWithoutGit):
		return r, from, fmt.Errorf("open the checkout: %w", err)
	}
	if len(r.Paths) == 0 {
		if r.Paths, err = walked(disk); err != nil {
			return r, from, err
		}
	}
	if r.CodeOwners, err = codeOwners(disk); err != nil {
		return r, from, err
	}
	r.Workflows, err = readWorkflows(disk)
	return r, from, err
}

// hosted is a repository's name as a platform has it; a folder's name is none.
func hosted(name string) string {
	if strings.Count(name, "/") == 1 {
		return name
	}
	return ""
}

func walked(disk fs.FS) ([]string, error) {
	var paths []string
	err := fs.WalkDir(disk, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{".git", "node_modules", "vendor"}, entry.Name()):
			return fs.SkipDir
		case entry.Type().IsRegular():
			paths = append(paths, name)
		}
		if len(paths) >= maxSurveyed {
			return fs.SkipAll
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look through the folder: %w", err)
	}
	return paths, nil
}

// codeOwners reads the first of the three places that the platform reads
// (https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners).
func codeOwners(disk fs.FS) (string, error) {
	for _, name := range []string{".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"} {
		data, err := fs.ReadFile(disk, name)
		if err == nil {
			return string(data), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("read %s: %w", name, err)
		}
	}
	return "", nil
}

// readWorkflows reads those that can be read: lint says what is wrong with the
// rest.
func readWorkflows(disk fs.FS) ([]*workflow.File, error) {
	files, _, err := LintFolder(disk, workflowsFolder, "")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []*workflow.File
	for _, f := range files {
		if w, _ := workflow.Parse(f.Name, f.Data); w != nil {
			list = append(list, w)
		}
	}
	return list, nil
}
