package github

import (
	"context"
	"fmt"
)

// Private says whether only some may see a repository.
func (c *Client) Private(ctx context.Context, repo Repo) (bool, error) {
	var answer struct {
		Private *bool `json:"private"`
	}
	if _, err := c.get(ctx, readRepository, repo.path(""), &answer); err != nil {
		return false, err
	}
	if answer.Private == nil {
		return false, fmt.Errorf("%s: the answer does not say whether it is private", readRepository)
	}
	return *answer.Private, nil
}
