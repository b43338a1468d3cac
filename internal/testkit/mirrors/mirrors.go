// Package mirrors finds clones of public repositories in a folder.
package mirrors

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

// Find gives the folder of the clone of owner/name, "" where none stands in
// any of the places.
func Find(folder, repo string) string {
	for _, place := range places(folder, repo) {
		if isRepository(place) {
			return place
		}
	}
	return ""
}

// GitDir gives the clone's git folder, "" where there is no clone.
func GitDir(folder, repo string) string {
	place := Find(folder, repo)
	if inside := filepath.Join(place, ".git"); place != "" && isDir(inside) {
		return inside
	}
	return place
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// Open opens a clone; nil where there is none.
func Open(ctx context.Context, folder, repo string, env []string) (*gitrepo.Repo, error) {
	place := Find(folder, repo)
	if place == "" {
		return nil, nil
	}
	r, err := gitrepo.OpenHistory(ctx, place, env...)
	if err != nil {
		return nil, fmt.Errorf("open the clone of %s: %w", repo, err)
	}
	return r, nil
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
