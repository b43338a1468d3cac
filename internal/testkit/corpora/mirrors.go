package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/tierwise/tierwise/internal/gitrepo"
)

// places are where the clone of owner/name may stand below the folder.
func places(folder, repo string) []string {
	owner, name, _ := strings.Cut(repo, "/")
	joined := owner + "+" + name
	var all []string
	for _, p := range []string{filepath.Join(joined, "repo"), joined, filepath.Join(owner, name), owner + "_" + name, owner + "-" + name, name} {
		all = append(all, filepath.Join(folder, p), filepath.Join(folder, p+".git"))
	}
	return all
}

// openMirror gives nil where no clone stands in any of the places.
func openMirror(ctx context.Context, folder, repo string, env []string) (*gitrepo.Repo, error) {
	for _, place := range places(folder, repo) {
		if !isRepository(place) {
			continue
		}
		r, err := gitrepo.OpenHistory(ctx, place, env...)
		if err != nil {
			return nil, fmt.Errorf("open the clone of %s: %w", repo, err)
		}
		return r, nil
	}
	return nil, nil
}

// isRepository asks for a git folder right there: git itself would go up to
// whatever holds the mirrors.
func isRepository(place string) bool {
	for _, inside := range []string{".git", "objects"} {
		if _, err := os.Stat(filepath.Join(place, inside)); err == nil {
			return true
		}
	}
	return false
}
