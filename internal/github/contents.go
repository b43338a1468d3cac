package github

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	gh "github.com/google/go-github/v62/github"
)

// maxFile bounds a file that is read whole, in bytes. It is also where the
// platform stops giving content
// (https://docs.github.com/en/rest/repos/contents#get-repository-content).
const maxFile = 1 << 20

// File reads a file at a commit or branch. Found is false only where the ref
// can be read and the file is not in it: a 404 alone says neither, because the
// platform gives it for a hidden repository and for an unknown ref too. A 404
// therefore counts once the same ref was read by this client; failing that,
// its tree is read, which Tree then gives without another request. A symlink,
// a submodule and a folder are errors. The platform follows a symlink to a
// file of the same repository by itself; then the answer may carry another
// path, which is an error too.
func (c *Client) File(ctx context.Context, repo Repo, path, ref string) (data []byte, found bool, err error) {
	if err := checkPath(path, ref); err != nil {
		return nil, false, fmt.Errorf("%s: %w", readFile, err)
	}
	segments := strings.Split(path, "/")
	for i, s := range segments {
		segments[i] = url.PathEscape(s)
	}
	u := repo.path("/contents/") + strings.Join(segments, "/") + "?ref=" + url.QueryEscape(ref)
	answer, _, err := c.send(ctx, readFile, http.MethodGet, u, nil)
	if isNotFound(err) {
		return nil, false, c.prove(ctx, repo, path, ref)
	}
	if err != nil {
		return nil, false, fmt.Errorf("%s at %.80s: %w", path, ref, err)
	}
	if data, err = decodeFile(answer, path); err != nil {
		return nil, false, fmt.Errorf("%s: %s at %.80s: %w", readFile, path, ref, err)
	}
	c.markRead(repo, ref)
	return data, true, nil
}

func checkPath(path, ref string) error {
	if ref == "" {
		return fmt.Errorf("no ref to read %q at", path)
	}
	for s := range strings.SplitSeq(path, "/") {
		if s == "" || s == "." || s == ".." {
			return fmt.Errorf("%.200q is not a path inside the repository", path)
		}
	}
	return nil
}

func decodeFile(answer []byte, path string) ([]byte, error) {
	if bytes.HasPrefix(bytes.TrimSpace(answer), []byte("[")) {
		return nil, errors.New("it is a folder, expected a file")
	}
	var content gh.RepositoryContent
	if err := json.Unmarshal(answer, &content); err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	switch {
	case content.GetType() != "file":
		return nil, fmt.Errorf("it is a %q, expected a file", content.GetType())
	case content.GetPath() != path:
		return nil, fmt.Errorf("the platform gave %.200q instead", content.GetPath())
	case content.GetSize() > maxFile:
		return nil, fmt.Errorf("it has %d bytes, the bound is %d MiB", content.GetSize(), maxFile>>20)
	case content.GetSize() > 0 && content.GetEncoding() != "base64":
		return nil, fmt.Errorf("its encoding is %q, expected base64", content.GetEncoding())
	}
	text, err := content.GetContent()
	if err != nil {
		return nil, fmt.Errorf("decode the content: %w", err)
	}
	if len(text) != content.GetSize() {
		return nil, fmt.Errorf("%d bytes came, it has %d", len(text), content.GetSize())
	}
	return []byte(text), nil
}

// prove says, after a 404, that the file is what is missing, or why that
// cannot be said.
func (c *Client) prove(ctx context.Context, repo Repo, path, ref string) error {
	c.mu.Lock()
	proven := c.proven[atRef(repo, ref)]
	c.mu.Unlock()
	if proven {
		return nil
	}
	paths, _, err := c.Tree(ctx, repo, ref)
	if err != nil {
		return fmt.Errorf("%s: %s was not found, and %.80s could not be listed: %w", readFile, path, ref, err)
	}
	for _, p := range paths {
		if p == path {
			return fmt.Errorf("%s: %s was not found at %.80s, which lists it", readFile, path, ref)
		}
	}
	return nil
}

func (c *Client) markRead(repo Repo, ref string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.proven[atRef(repo, ref)] = true
}

func atRef(repo Repo, ref string) string { return repo.String() + "@" + ref }
