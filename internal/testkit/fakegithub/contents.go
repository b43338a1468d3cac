package fakegithub

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
)

// maxJSONContent is where the platform stops putting a file's content into
// the JSON answer (https://docs.github.com/en/rest/repos/contents#get-repository-content).
const maxJSONContent = 1 << 20

func getContent(c *call) reply {
	ref := c.r.URL.Query().Get("ref")
	if ref == "" {
		ref = c.repo.DefaultBranch
	}
	files, there := c.repo.Files[ref]
	if !there {
		return failed(http.StatusNotFound, "No commit found for the ref "+ref)
	}
	name := c.params["path"]
	if b, there := files[name]; there {
		return ok(c.s.spec.fill(contentSchema(b), content(name, b)))
	}
	var entries []any
	for p, b := range files {
		if rest, inside := strings.CutPrefix(p, name+"/"); inside && !strings.Contains(rest, "/") {
			v := content(p, b)
			delete(v, "content")
			delete(v, "encoding")
			entries = append(entries, v)
		}
	}
	if entries == nil {
		return notFound()
	}
	return ok(c.s.spec.fill("content-directory", entries))
}

func contentSchema(b Blob) string {
	if b.Type == "" {
		return "content-file"
	}
	return "content-" + b.Type
}

func content(name string, b Blob) object {
	v := object{"name": path.Base(name), "path": name, "size": len(b.Content), "type": "file", "sha": strings.Repeat("d", 40)}
	switch b.Type {
	case "":
		v["encoding"], v["content"] = "base64", wrap(base64.StdEncoding.EncodeToString(b.Content))
		if len(b.Content) > maxJSONContent {
			v["encoding"], v["content"] = "none", ""
		}
	case "symlink":
		v["type"], v["target"] = b.Type, string(b.Content)
	default:
		v["type"] = b.Type
	}
	return v
}

// wrap breaks lines after 60 characters, as the platform's base64 does.
func wrap(s string) string {
	var b strings.Builder
	for chunk := range slices.Chunk([]byte(s), 60) {
		b.Write(chunk)
		b.WriteByte('\n')
	}
	return b.String()
}

func getTree(c *call) reply {
	if c.repo.GitDir != "" && c.repo.Files[c.params["tree_sha"]] == nil {
		return getGitTree(c)
	}
	files, there := c.repo.Files[c.params["tree_sha"]]
	if !there {
		return notFound()
	}
	paths := map[string]object{}
	for p, b := range files {
		v := object{"path": p, "mode": "100644", "type": "blob", "sha": strings.Repeat("d", 40), "size": len(b.Content)}
		switch b.Type {
		case "symlink":
			v["mode"] = "120000"
		case "submodule":
			v["mode"], v["type"] = "160000", "commit"
		}
		paths[p] = v
		for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
			paths[dir] = object{"path": dir, "mode": "040000", "type": "tree", "sha": strings.Repeat("c", 40)}
		}
	}
	recursive := c.r.URL.Query().Get("recursive") != ""
	tree := []any{}
	for _, p := range sortedKeys(paths) {
		if recursive || !strings.Contains(p, "/") {
			tree = append(tree, paths[p])
		}
	}
	return ok(c.s.spec.fill("git-tree", object{"sha": strings.Repeat("c", 40), "tree": tree, "truncated": c.repo.CutTree}))
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func getRepo(c *call) reply {
	return ok(c.s.spec.fill("full-repository", object{
		"id": c.repo.ID, "name": c.repo.Name, "full_name": c.repo.FullName(), "private": c.repo.Private,
		"default_branch": c.repo.DefaultBranch, "owner": object{"login": c.repo.Owner},
	}))
}

func getRateLimit(c *call) reply {
	rate := object{"limit": c.s.Rate.Limit, "remaining": c.s.Rate.Remaining, "reset": c.s.Rate.Reset.Unix(), "used": c.s.Rate.Limit - c.s.Rate.Remaining}
	a := ok(c.s.spec.fill("rate-limit-overview", object{"rate": rate, "resources": object{"core": rate, "search": rate}}))
	a.header = http.Header{}
	for name, n := range map[string]int64{"Limit": int64(c.s.Rate.Limit), "Remaining": int64(c.s.Rate.Remaining), "Reset": c.s.Rate.Reset.Unix()} {
		a.header.Set("X-RateLimit-"+name, fmt.Sprint(n))
	}
	return a
}
