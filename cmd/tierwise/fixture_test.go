package main

import (
	"encoding/json"
	"testing"

	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
	"github.com/tierwise/tierwise/internal/testkit/fakemodel"
)

const review = `{"summary":"One thing.","findings":[{"path":"auth/login.go","line":2,"end_line":null,"severity":"high","title":"The check is gone","body":"Anybody passes now.","suggestion":null}]}`

// fakes start a platform with one small pull request, and a model that always
// gives the same answer.
func fakes(t testing.TB, script fakemodel.Script) (*fakegithub.Server, *fakemodel.Server) {
	t.Helper()
	spec, err := fakegithub.FindSpec()
	if err != nil {
		t.Fatal(err)
	}
	hub, err := fakegithub.Start(spec, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(hub.Close)
	model, err := fakemodel.Start("127.0.0.1:0", script)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(model.Close)
	repo := hub.Repo("acme", "widgets")
	repo.DefaultBranch = "main"
	repo.Files = map[string]map[string]fakegithub.Blob{baseSHA: {"README.md": {Content: []byte("# widgets\n")}}}
	repo.Pulls = map[int]*fakegithub.Pull{7: {
		Number: 7, Title: "Let people in", Author: fakegithub.Person{Login: "ada", Permission: "write"},
		Base:    fakegithub.Ref{SHA: baseSHA, Name: "main", Repo: "acme/widgets"},
		Head:    fakegithub.Ref{SHA: headSHA, Name: "in", Repo: "acme/widgets"},
		Files:   []fakegithub.Row{fakegithub.AddedRow("auth/login.go", 3)},
		Commits: []fakegithub.Commit{{SHA: headSHA, Message: "feat: let people in", Author: "ada", Parents: 1}},
	}}
	return hub, model
}

const (
	baseSHA = "1111111111111111111111111111111111111111"
	headSHA = "2222222222222222222222222222222222222222"
)

// pullRequestEvent is the payload of the pull request's opening.
func pullRequestEvent(t testing.TB) []byte {
	t.Helper()
	repo := map[string]any{"id": 1, "name": "widgets", "full_name": "acme/widgets", "default_branch": "main", "private": false, "owner": map[string]any{"login": "acme", "type": "Organization"}}
	side := func(ref, sha string) map[string]any {
		return map[string]any{"ref": ref, "sha": sha, "repo": repo}
	}
	data, err := json.Marshal(map[string]any{
		"action": "opened", "number": 7, "repository": repo, "sender": map[string]any{"login": "ada", "type": "User"},
		"pull_request": map[string]any{
			"number": 7, "title": "Let people in", "body": nil, "draft": false, "user": map[string]any{"login": "ada", "type": "User"}, "labels": []any{},
			"base": side("main", baseSHA), "head": side("in", headSHA), "changed_files": 1, "additions": 3, "deletions": 0, "commits": 1,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}
