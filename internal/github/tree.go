package github

import (
	"context"
	"fmt"

	gh "github.com/google/go-github/v62/github"
)

// tree is what was read of a ref's files.
type tree struct {
	paths    []string
	complete bool
}

// Tree lists the paths of all files at a commit or branch, symlinks among
// them, folders and submodules not. Complete is false where the platform cut
// the list (100,000 entries or 7 MB,
// https://docs.github.com/en/rest/git/trees#get-a-tree). A ref is asked for
// once; the caller must not write to the paths.
func (c *Client) Tree(ctx context.Context, repo Repo, ref string) (paths []string, complete bool, err error) {
	if ref == "" {
		return nil, false, fmt.Errorf("%s: no commit", readTree)
	}
	c.mu.Lock()
	t, read := c.trees[atRef(repo, ref)]
	c.mu.Unlock()
	if read {
		return t.paths, t.complete, nil
	}
	var answer gh.Tree
	if _, err := c.get(ctx, readTree, repo.path("/git/trees/%s", ref)+"?recursive=1", &answer); err != nil {
		return nil, false, err
	}
	if answer.SHA == nil || answer.Truncated == nil {
		return nil, false, fmt.Errorf("%s: the answer is not a tree", readTree)
	}
	t.complete = !answer.GetTruncated()
	for _, e := range answer.Entries {
		if e.GetType() == "blob" {
			t.paths = append(t.paths, e.GetPath())
		}
	}
	c.markRead(repo, ref)
	c.mu.Lock()
	c.trees[atRef(repo, ref)] = t
	c.mu.Unlock()
	return t.paths, t.complete, nil
}
