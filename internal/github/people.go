package github

import (
	"context"
	"errors"
	"fmt"
)

// Permission is what a person may do in a repository. Permission is one of
// admin, write, read, none: maintain shows as write and triage as read. Role
// names are finer, and may be an organisation's own
// (https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user).
type Permission struct {
	Permission string
	RoleName   string
	Bot        bool
}

// Name gives the one word that a policy's allow list is held against: the
// role where it is one of GitHub's own, for maintain is more than write and
// triage more than read; for an organisation's own role the permission that it
// is built on.
func (p Permission) Name() string {
	switch p.RoleName {
	case "admin", "maintain", "write", "triage", "read":
		return p.RoleName
	}
	return p.Permission
}

// Permission looks a person up. Whoever is not a user, as most apps are, is
// an error: a lookup that fails permits nothing.
func (c *Client) Permission(ctx context.Context, repo Repo, login string) (Permission, error) {
	if login == "" {
		return Permission{}, errors.New(string(readPermission) + ": the account is gone")
	}
	var answer struct {
		Permission string `json:"permission"`
		RoleName   string `json:"role_name"`
		User       *struct {
			Login    string `json:"login"`
			Type     string `json:"type"`
			RoleName string `json:"role_name"`
		} `json:"user"`
	}
	if _, err := c.get(ctx, readPermission, repo.path("/collaborators/%s/permission", login), &answer); err != nil {
		return Permission{}, err
	}
	if answer.Permission == "" || answer.User == nil {
		return Permission{}, fmt.Errorf("%s: the answer names no permission or no user", readPermission)
	}
	if !sameLogin(answer.User.Login, login) {
		return Permission{}, fmt.Errorf("%s: asked for %.60q, got %.60q", readPermission, login, answer.User.Login)
	}
	p := Permission{Permission: answer.Permission, RoleName: answer.RoleName, Bot: answer.User.Type == "Bot"}
	if p.RoleName == "" {
		p.RoleName = answer.User.RoleName
	}
	return p, nil
}
