package pipeline

import (
	"context"
	"fmt"
	"sync"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/github"
	"github.com/tierwise/tierwise/internal/policy"
)

// Extending is where the policy comes from that another one extends. Both
// parts are trusted: a flag or a workflow names the file, and what is fetched
// is pinned by the policy at the base.
type Extending struct {
	// File stands in for what extends: names, and tightens a policy that names
	// nothing; nil where none was given.
	File *PolicyText
	// Fetch reads a file of the extended policy's repository at its commit; nil
	// where the platform cannot be asked.
	Fetch Fetch
}

// Fetch reads a file in the repository of an extended policy, at its commit.
type Fetch func(ctx context.Context, e policy.Extends, path string) (data []byte, found bool, err error)

// FetchBy fetches through the platform's API: one request a file.
func FetchBy(client *github.Client) Fetch {
	return func(ctx context.Context, e policy.Extends, path string) ([]byte, bool, error) {
		return client.File(ctx, github.Repo{Owner: e.Owner, Name: e.Repo}, path, e.Commit)
	}
}

// Once fetches each file once, for work that meets one policy many times.
func (f Fetch) Once() Fetch {
	type answer struct {
		data  []byte
		found bool
	}
	var mu sync.Mutex
	known := map[string]answer{}
	return func(ctx context.Context, e policy.Extends, path string) ([]byte, bool, error) {
		mu.Lock()
		defer mu.Unlock()
		key := fmt.Sprintf("%s/%s@%s:%s", e.Owner, e.Repo, e.Commit, path)
		if a, ok := known[key]; ok {
			return a.data, a.found, nil
		}
		data, found, err := f(ctx, e, path)
		if err == nil {
			known[key] = answer{data, found}
		}
		return data, found, err
	}
}

// extend merges a policy into the one that it extends, if any. name and data
// are of the policy itself.
func (w *Work) extend(ctx context.Context, own *policy.File, data []byte) error {
	w.Policy, w.PolicyDigest = own, digest(data)
	name, text, err := w.extended(ctx, own)
	if err != nil || text == nil {
		return err
	}
	org, findings := policy.Parse(name, text, Known())
	if findings.Err() != nil {
		return &BrokenPolicyError{Findings: findings}
	}
	merged, findings := policy.Merge(org, own)
	if merged == nil {
		return &BrokenPolicyError{Findings: findings}
	}
	for _, f := range findings {
		w.Notes = append(w.Notes, f.String())
	}
	w.Policy, w.PolicyDigest = merged, digest([]byte(digest(text)+"\n"+digest(data)))
	w.Notes = append(w.Notes, fmt.Sprintf("the policy is merged with %s, and of both the stricter counts", name))
	return nil
}

// extended gives the text of the policy that one extends, nil where there is
// none.
func (w *Work) extended(ctx context.Context, own *policy.File) (name string, text []byte, err error) {
	file, e := w.Extending.File, own.Extends
	switch {
	case file != nil:
		if e != nil {
			w.Notes = append(w.Notes, fmt.Sprintf("%s was given and stands in for %s: nobody compared the two", file.Name, e))
		}
		return file.Name, file.Data, nil
	case e == nil:
		return "", nil, nil
	case w.Extending.Fetch == nil:
		return "", nil, usage("%s: the policy extends %s, which is not at hand: give a copy of it with --extends FILE, or set GITHUB_TOKEN to have it read through the API", e.Pos, e)
	}
	data, found, err := w.Extending.Fetch(ctx, *e, e.Path)
	if err != nil {
		return "", nil, &UnreadPolicyError{Cause: fmt.Errorf("%s: read the policy that this one extends, %s: %w; a workflow's token sees its own repository and public ones, and for others there is extends-file", e.Pos, e, err)}
	}
	if !found {
		return "", nil, &UnreadPolicyError{Cause: fmt.Errorf("%s: %s/%s has no %s at that commit, so the policy that this one extends is not known", e.Pos, e.Owner, e.Repo, e.Path)}
	}
	return e.Name(), data, nil
}

// useFileAlone takes the file that a flag or a workflow gave where the
// repository has no policy of its own.
func (w *Work) useFileAlone(name, where string) error {
	given := w.Extending.File
	file, findings := policy.Parse(given.Name, given.Data, Known())
	if findings.Err() != nil {
		return &BrokenPolicyError{Findings: findings}
	}
	if file.Extends != nil {
		return &BrokenPolicyError{Findings: diag.Findings{policy.NestedExtends(file)}}
	}
	for i, row := range file.Tasks {
		file.Tasks[i].Custom = row.Custom.In(file.Name)
	}
	w.Policy, w.PolicyDigest = file, digest(given.Data)
	w.Notes = append(w.Notes, fmt.Sprintf("no %s %s: %s decided", name, where, given.Name))
	return nil
}

// readExtended reads a file that a task of the extended policy names. It
// stands in that policy's repository: what this repository has at the same
// path would be another task.
func (w *Work) readExtended(ctx context.Context, row policy.Task, path string) ([]byte, error) {
	e := w.Policy.Extends
	if e == nil || w.Extending.Fetch == nil {
		return nil, usage("task %s is described in %s, whose file %s cannot be read here: only a policy that extends: names has a repository, and the platform must be at hand", row.ID, row.Custom.From, path)
	}
	data, found, err := w.Extending.Fetch(ctx, *e, path)
	if err != nil {
		return nil, fmt.Errorf("read %s for task %s: %w", path, row.ID, err)
	}
	if !found {
		return nil, usage("%s: task %s names %s, which is not there at that commit", row.Pos, row.ID, path)
	}
	return data, nil
}
