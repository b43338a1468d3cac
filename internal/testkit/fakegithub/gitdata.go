package fakegithub

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// git runs git in the bare repository. What it says on standard error is the
// error.
func (r *Repo) git(input string, args ...string) (string, error) {
	return r.gitWith("GIT_TERMINAL_PROMPT=0", input, args...)
}

// gitWith is git with one more variable.
func (r *Repo) gitWith(variable, input string, args ...string) (string, error) {
	cmd := exec.Command("git", append([]string{"--git-dir", r.GitDir}, args...)...)
	cmd.Env = append(os.Environ(), variable, "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=fake", "GIT_AUTHOR_EMAIL=fake@example.com", "GIT_COMMITTER_NAME=fake", "GIT_COMMITTER_EMAIL=fake@example.com")
	cmd.Stdin = strings.NewReader(input)
	var out, words bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &words
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, words.String())
	}
	return out.String(), nil
}

func (r *Repo) gitLine(input string, args ...string) (string, error) {
	out, err := r.git(input, args...)
	return strings.TrimSpace(out), err
}

// fixed is git about an object, which can never change: it asks once. The server answers one request at a time, and starting git is
// most of what an answer costs.
func (r *Repo) fixed(args ...string) (string, error) {
	if object := args[len(args)-1]; len(object) < len(none) || strings.Trim(object[:len(none)], "0123456789abcdef") != "" {
		return r.git("", args...) // a name, which may come to mean another object
	}
	key := strings.Join(append([]string{r.GitDir}, args...), " ")
	if out, ok := r.known[key]; ok {
		return out, nil
	}
	out, err := r.git("", args...)
	if err == nil {
		if r.known == nil {
			r.known = map[string]string{}
		}
		r.known[key] = out
	}
	return out, err
}

// refAt gives what a reference names.
func (r *Repo) refAt(ref string) (string, error) {
	if text, err := os.ReadFile(filepath.Join(r.GitDir, filepath.FromSlash(ref))); err == nil {
		return strings.TrimSpace(string(text)), nil
	}
	return r.gitLine("", "rev-parse", "--verify", "--quiet", ref) // packed, or not there
}

func created(body any) reply { return reply{status: http.StatusCreated, body: body} }

func unprocessable(message string) reply { return failed(http.StatusUnprocessableEntity, message) }

func (c *call) gitRef(ref, sha string) object {
	filled, _ := c.s.spec.fill("git-ref", object{"ref": ref, "object": object{"type": "commit", "sha": sha}}).(object) // the description has an object
	return filled
}

func getGitRef(c *call) reply {
	sha, err := c.repo.refAt("refs/" + c.params["ref"])
	if c.repo.GitDir == "" || err != nil {
		return notFound()
	}
	return ok(c.gitRef("refs/"+c.params["ref"], sha))
}

func getGitCommit(c *call) reply {
	tree, err := c.repo.fixed("rev-parse", "--verify", "--quiet", c.params["commit_sha"]+"^{tree}")
	if err != nil {
		return notFound()
	}
	return ok(c.commitOf(c.params["commit_sha"], strings.TrimSpace(tree)))
}

func (c *call) commitOf(sha, tree string) any {
	return c.s.spec.fill("git-commit", object{"sha": sha, "tree": object{"sha": tree}, "message": "m"})
}

func getGitTree(c *call) reply {
	out, err := c.repo.fixed("ls-tree", "-l", c.params["tree_sha"])
	if err != nil {
		return notFound()
	}
	tree := []any{}
	for line := range strings.Lines(out) {
		meta, path, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		f := strings.Fields(meta)
		entry := object{"path": path, "mode": f[0], "type": f[1], "sha": f[2]}
		if size, err := strconv.Atoi(f[3]); err == nil {
			entry["size"] = size
		}
		tree = append(tree, entry)
	}
	return ok(c.s.spec.fill("git-tree", object{"sha": c.params["tree_sha"], "tree": tree, "truncated": c.repo.CutTree}))
}

func getGitBlob(c *call) reply {
	out, err := c.repo.git("", "cat-file", "blob", c.params["file_sha"])
	if err != nil {
		return notFound()
	}
	text := base64.StdEncoding.EncodeToString([]byte(out))
	return ok(c.s.spec.fill("blob", object{"sha": c.params["file_sha"], "content": text, "encoding": "base64", "size": len(out)}))
}

// createGitTree makes the tree in an index of its own.
func createGitTree(c *call) reply {
	var body struct {
		Base string `json:"base_tree"`
		Tree []struct{ Path, Mode, Type, Content, SHA string }
	}
	if !c.decode(&body) {
		return unprocessable("Problems parsing JSON")
	}
	index, err := os.CreateTemp("", "index-*")
	if err != nil {
		return failed(http.StatusInternalServerError, err.Error())
	}
	_ = index.Close()
	_ = os.Remove(index.Name())
	defer os.Remove(index.Name()) //nolint:errcheck // a temporary file
	in := func(input string, args ...string) (string, error) {
		return c.repo.gitWith("GIT_INDEX_FILE="+index.Name(), input, args...)
	}
	if body.Base != "" {
		if _, err := in("", "read-tree", body.Base); err != nil {
			return unprocessable("base_tree is not a valid tree oid")
		}
	}
	for _, e := range body.Tree {
		sha := e.SHA
		if sha == "" {
			if sha, err = c.repo.gitLine(e.Content, "hash-object", "-w", "--stdin"); err != nil {
				return failed(http.StatusInternalServerError, err.Error())
			}
		}
		if _, err := in("", "update-index", "--add", "--cacheinfo", e.Mode+","+sha+","+e.Path); err != nil {
			return unprocessable("tree.path contains a malformed path component")
		}
	}
	tree, err := in("", "write-tree")
	if err != nil {
		return failed(http.StatusInternalServerError, err.Error())
	}
	return created(c.s.spec.fill("git-tree", object{"sha": strings.TrimSpace(tree), "tree": []any{}, "truncated": false}))
}

func createGitCommit(c *call) reply {
	var body struct {
		Message, Tree string
		Parents       []string
	}
	if !c.decode(&body) {
		return unprocessable("Problems parsing JSON")
	}
	args := []string{"commit-tree", body.Tree, "-m", body.Message}
	for _, p := range body.Parents {
		args = append(args, "-p", p)
	}
	sha, err := c.repo.gitLine("", args...)
	if err != nil {
		return unprocessable("Tree SHA does not exist")
	}
	return created(c.commitOf(sha, body.Tree))
}

// none is the old value of a reference that must not be there.
const none = "0000000000000000000000000000000000000000"

func createGitRef(c *call) reply {
	var body struct{ Ref, SHA string }
	if !c.decode(&body) {
		return unprocessable("Problems parsing JSON")
	}
	if _, err := c.repo.git("", "update-ref", body.Ref, body.SHA, none); err != nil {
		return unprocessable("Reference already exists")
	}
	return created(c.gitRef(body.Ref, body.SHA))
}

// updateGitRef moves a reference to a descendant, by compare and swap.
func updateGitRef(c *call) reply {
	var body struct {
		SHA   string
		Force bool
	}
	if !c.decode(&body) {
		return unprocessable("Problems parsing JSON")
	}
	ref := "refs/" + c.params["ref"]
	if body.Force {
		c.s.fail(c.r, "a reference was forced")
	}
	old, err := c.repo.refAt(ref)
	if err != nil {
		return unprocessable("Reference does not exist")
	}
	parents, err := c.repo.fixed("show", "--no-patch", "--format=%P", body.SHA)
	if err != nil {
		return unprocessable("Object does not exist")
	}
	if !strings.Contains(parents, old) {
		_, err = c.repo.git("", "merge-base", "--is-ancestor", old, body.SHA)
	}
	if err != nil {
		return unprocessable("Update is not a fast forward")
	}
	if _, err := c.repo.git("", "update-ref", ref, body.SHA, old); err != nil {
		return failed(http.StatusConflict, "Reference cannot be updated")
	}
	return ok(c.gitRef(ref, body.SHA))
}
