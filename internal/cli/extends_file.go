package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tierwise/tierwise/internal/event"
	"github.com/tierwise/tierwise/internal/pipeline"
)

// readExtends reads extends-file from the workspace. The workflow vouches for
// the path and not for what lies there: a file that the change itself may have
// brought is refused, or a pull request could loosen what decides over it.
func (a *action) readExtends(s *pipeline.Settings, ev event.Event) error {
	name := a.in.get("extends-file")
	if name == "" {
		return nil
	}
	path, err := insideWorkspace(a.context.Workspace, name)
	if err != nil {
		return err
	}
	root, err := filepath.EvalSymlinks(a.context.Workspace)
	if err != nil {
		return fmt.Errorf("find the workspace: %w", err)
	}
	if path != filepath.Join(root, name) {
		return refuseExtends(name, "a link leads to it")
	}
	if why := broughtByChange(root, path, ev); why != "" {
		return refuseExtends(name, why)
	}
	data, err := readInput("extends-file", path, nil)
	if err != nil {
		return err
	}
	s.Extending.File = &pipeline.PolicyText{Name: name, Data: data}
	return nil
}

func refuseExtends(name, why string) error {
	return &pipeline.UsageError{Text: fmt.Sprintf("extends-file %q: %s, so the change may have brought it: check the organisation's repository out into a folder of its own (actions/checkout with repository: and path:)", name, why)}
}

// broughtByChange says why a file of the workspace may come from the change;
// "" where it lies in a checkout of another repository of the same owner. Git tracks nothing named .git, so no change can forge the folder that
// tells; a file of that name marks a submodule, which a change may point
// anywhere.
func broughtByChange(root, path string, ev event.Event) string {
	for folder := filepath.Dir(path); ; folder = filepath.Dir(folder) {
		info, err := os.Lstat(filepath.Join(folder, ".git"))
		switch {
		case errors.Is(err, fs.ErrNotExist) && folder == root:
			return "it lies in no git checkout, and a checkout without git leaves none either" // as actions/checkout does where git is missing
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return fmt.Sprintf("its folder cannot be looked at (%v)", err)
		case !info.IsDir():
			return "it lies in a submodule"
		}
		return ofAnother(filepath.Join(folder, ".git", "config"), ev)
	}
}

// ofAnother reads a checkout's own settings for where it comes from.
func ofAnother(config string, ev event.Event) string {
	data, err := os.ReadFile(config)
	if err != nil {
		return fmt.Sprintf("it lies in a checkout of nobody knows what (%v)", err)
	}
	owner, name := remoteOf(string(data))
	switch {
	case name == "":
		return "it lies in a checkout of nobody knows what"
	case !strings.EqualFold(owner, ev.Repository.Owner):
		return fmt.Sprintf("it lies in a checkout of %.60q, which has another owner", owner+"/"+name)
	case strings.EqualFold(name, ev.Repository.Name):
		return "it lies in the checkout of this repository"
	case ev.PullRequest != nil && strings.EqualFold(owner+"/"+name, ev.PullRequest.Head.Repo):
		return "it lies in a checkout of the head's repository"
	}
	return ""
}

// remoteOf gives the repository that a checkout's only remote names, "" where
// there is none or more than one.
func remoteOf(config string) (owner, name string) {
	var urls []string
	for line := range strings.Lines(config) {
		key, value, ok := strings.Cut(line, "=")
		if ok && strings.EqualFold(strings.TrimSpace(key), "url") {
			urls = append(urls, strings.TrimSpace(value))
		}
	}
	if len(urls) != 1 {
		return "", ""
	}
	parts := strings.FieldsFunc(strings.TrimSuffix(urls[0], ".git"), func(r rune) bool { return r == '/' || r == ':' })
	if len(parts) < 2 {
		return "", ""
	}
	return parts[len(parts)-2], parts[len(parts)-1]
}
