package github

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/testkit/fakegithub"
)

func blobs(paths ...string) map[string]fakegithub.Blob {
	files := map[string]fakegithub.Blob{}
	for _, p := range paths {
		files[p] = fakegithub.Blob{Content: []byte("content of " + p)}
	}
	return files
}

// T9: the file is the base's, whatever the head says.
func TestFileIsReadAtItsRef(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.repo.Files[baseSHA] = map[string]fakegithub.Blob{"routing-policy.yml": {Content: []byte("version: 1\n")}, "a b/ü#?.md": {Content: []byte{0xff, 0}}, "empty": {}}
	w.repo.Files[headSHA] = map[string]fakegithub.Blob{"routing-policy.yml": {Content: []byte("version: 1 # ×100\n")}}
	for path, want := range map[string]string{"routing-policy.yml": "version: 1\n", "a b/ü#?.md": "\xff\x00", "empty": ""} {
		got, found, err := w.client.File(t.Context(), widgets, path, baseSHA)
		if err != nil || !found || string(got) != want {
			t.Errorf("%s: %q, found %v, error %v", path, got, found, err)
		}
	}
}

func TestFileRefusesWhatIsNoPlainFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.repo.Files["main"] = map[string]fakegithub.Blob{
		"link": {Type: "symlink", Content: []byte("/etc/passwd")}, "lib": {Type: "submodule"}, "dir/a": {},
		"most": {Content: bytes.Repeat([]byte("x"), 1<<20)}, "big": {Content: bytes.Repeat([]byte("x"), 1<<20+1)},
	}
	for path, want := range map[string]string{
		"link": `it is a "symlink"`, "lib": `it is a "submodule"`, "dir": "it is a folder", "big": "the bound is 1 MiB",
		"../x": "not a path inside", "/x": "not a path inside", "a//b": "not a path inside", "": "not a path inside", "a/.": "not a path inside",
	} {
		data, found, err := w.client.File(t.Context(), widgets, path, "main")
		if found || data != nil {
			t.Errorf("%s: found %d bytes", path, len(data))
		}
		wantError(t, err, want)
	}
	if data, found, err := w.client.File(t.Context(), widgets, "most", "main"); err != nil || !found || len(data) != 1<<20 {
		t.Errorf("1 MiB: %d bytes, %v", len(data), err)
	}
	_, _, err := w.client.File(t.Context(), widgets, "a", "")
	wantError(t, err, "no ref")
}

func TestFileRefusesContentThatIsNotWhole(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"type":"file","path":"a","size":5,"encoding":"base64","content":"aGVs"}`: "3 bytes came, it has 5",
		`{"type":"file","path":"a","size":5,"encoding":"none","content":""}`:       `its encoding is "none"`,
		`{"type":"file","path":"a","size":5,"encoding":"base64","content":"!!!!"}`: "decode the content",
		`{"type":"file","path":"b","size":0,"encoding":"base64","content":""}`:     `the platform gave "b" instead`,
		`{}`:     `it is a ""`,
		`<html>`: "read the answer",
	} {
		w := newWorld(t)
		w.Inject(fakegithub.Fault{Path: "/contents/", Status: 200, Body: body})
		_, _, err := w.client.File(t.Context(), widgets, "a", "main")
		wantError(t, err, want)
	}
}

// Only a ref that can be read can lack a file: a policy that is merely
// invisible must not become the built-in default.
func TestAMissingFileIsToldFromAHiddenOne(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		edit     func(*world)
		want     string // "" is: missing
		requests int
	}{
		{"the ref is there and the file is not", func(w *world) {}, "", 2},
		{"the ref is not there", func(w *world) { delete(w.repo.Files, baseSHA) }, "was not found, and", 2},
		{"the repository is hidden", func(w *world) { w.Inject(fakegithub.Fault{Status: 404, Message: "Not Found"}) }, `"contents: read"`, 2},
		{"the file is listed and cannot be read", func(w *world) { w.Inject(fakegithub.Fault{Path: "/contents/", Status: 404}) }, "which lists it", 2},
		{"no permission", func(w *world) {
			w.Inject(fakegithub.Fault{Status: 403, Message: "Resource not accessible by integration"})
		}, `"contents: read"`, 1},
		{"the platform is broken", func(w *world) { w.Inject(fakegithub.Fault{Status: 500}) }, "HTTP 500", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.repo.Files[baseSHA] = blobs("README.md", "policy.yml/inside")
			path := "routing-policy.yml"
			if strings.Contains(tt.name, "listed") {
				path = "README.md"
			}
			tt.edit(w)
			_, found, err := w.client.File(t.Context(), widgets, path, baseSHA)
			if found || w.client.Requests() != tt.requests {
				t.Errorf("found %v, %d requests, want %d", found, w.client.Requests(), tt.requests)
			}
			if tt.want != "" {
				wantError(t, err, tt.want)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestTheProofCostsOneRequestForAllFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.repo.Files[baseSHA] = blobs("README.md", "services/a/go.mod")
	w.repo.Files["main"] = blobs("README.md")
	for _, path := range []string{"routing-policy.yml", ".gitattributes", "b"} {
		if _, found, err := w.client.File(t.Context(), widgets, path, baseSHA); found || err != nil {
			t.Errorf("%s: found %v, error %v", path, found, err)
		}
	}
	paths, complete, err := w.client.Tree(t.Context(), widgets, baseSHA)
	if err != nil || !complete {
		t.Fatal(complete, err)
	}
	if diff := cmp.Diff([]string{"README.md", "services/a/go.mod"}, paths); diff != "" {
		t.Error(diff)
	}
	if n := w.client.Requests(); n != 4 {
		t.Errorf("%d requests, want 3 for the files and 1 for the tree", n)
	}
	// Another ref is proven by itself, here by a file that is there.
	for _, path := range []string{"README.md", "nothing"} {
		if _, _, err := w.client.File(t.Context(), widgets, path, "main"); err != nil {
			t.Error(err)
		}
	}
	if n := w.client.Requests(); n != 6 {
		t.Errorf("%d requests, want 2 more", n)
	}
}

func TestTreeListsFilesAndSaysWhereItIsCut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.repo.Files["release/1"] = map[string]fakegithub.Blob{"a/b/c": {}, "d": {Type: "symlink"}, "lib": {Type: "submodule"}}
	w.repo.CutTree = true
	paths, complete, err := w.client.Tree(t.Context(), widgets, "release/1")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a/b/c", "d"}, paths); diff != "" || complete {
		t.Errorf("complete %v, %s", complete, diff)
	}
	if _, _, err := w.client.Tree(t.Context(), widgets, ""); err == nil {
		t.Error("no commit was listed")
	}
	w.Inject(fakegithub.Fault{Status: 200, Body: "{}"})
	_, _, err = w.client.Tree(t.Context(), widgets, headSHA)
	wantError(t, err, "not a tree")
}
