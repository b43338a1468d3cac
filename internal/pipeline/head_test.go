package pipeline

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/task"
)

// headShelf is a head: texts by path. "broken" cannot be read.
type headShelf struct {
	texts  map[string]string
	paths  []string
	listed error
	asked  *[]string
}

func (h headShelf) Paths(context.Context) ([]string, error) { return h.paths, h.listed }

func (h headShelf) File(_ context.Context, path string) ([]byte, bool, error) {
	*h.asked = append(*h.asked, path)
	text, found := h.texts[path]
	if text == "broken" {
		return nil, false, errors.New("no answer")
	}
	return []byte(text), found, nil
}

func (headShelf) Close() error { return nil }

func headOf(t *testing.T, h headShelf, files ...change.File) (*Work, wholeHead) {
	t.Helper()
	h.asked = &[]string{}
	w := &Work{HasChange: true, Change: change.Change{Head: "new", Files: files}}
	w.ReadHead = func(context.Context) (HeadReader, error) { return h, nil }
	docs, _ := task.Find("docs")
	return w, w.readHead(context.Background(), docs)
}

func changedFiles(paths ...string) []change.File { return modified(paths...).Files }

func TestWholeFilesOfTheHead(t *testing.T) {
	t.Parallel()
	_, head := headOf(t, headShelf{
		texts: map[string]string{
			"a.go": "package a\n", "README.md": "# a\n\nBegin with a.go.\n", "docs/b.md": "# b\n", "latin.go": "// \xff\n", "nul.go": "// \x00\n", "large.go": strings.Repeat("x", task.MaxWantedBytes+1),
			"vendor/v.go": "package v\n",
		},
		paths: []string{"README.md", "a.go", "docs/b.md", "large.go", "latin.go", "nul.go", "vendor/v.go"},
	}, changedFiles("a.go", "latin.go", "nul.go", "large.go", "gone.go", "vendor/v.go")...)
	if diff := cmp.Diff([]string{"a.go", "README.md"}, head.order); diff != "" || head.unread != "" {
		t.Errorf("%q\n%s", head.unread, diff)
	}
	if len(head.texts) != 2 || len(head.paths) != 7 {
		t.Errorf("%d texts, %d paths", len(head.texts), len(head.paths))
	}
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	t.Parallel()
	w, head := headOf(t, headShelf{texts: map[string]string{"a.go": "broken", "b.go": "package b\n"}}, changedFiles("a.go", "b.go")...)
	if len(head.order) != 1 || head.unread != "" || len(w.Warnings) != 1 || !strings.Contains(w.Warnings[0], "no answer") {
		t.Errorf("read %v, unread %q, warnings %v", head.order, head.unread, w.Warnings)
	}
	if _, head = headOf(t, headShelf{texts: map[string]string{"a.go": "broken"}}, changedFiles("a.go")...); !strings.Contains(head.unread, "no answer") {
		t.Errorf("unread %q", head.unread)
	}
	if _, head = headOf(t, headShelf{listed: errors.New("no list")}, changedFiles("a.go")...); !strings.Contains(head.unread, "no list") {
		t.Errorf("unread %q", head.unread)
	}
	docs, _ := task.Find("docs")
	if head = (&Work{HasChange: true}).readHead(context.Background(), docs); !strings.Contains(head.unread, "no head here") {
		t.Errorf("unread %q", head.unread)
	}
}

func TestAPlatformThatDoesNotAnswerIsNotAskedForEverything(t *testing.T) {
	t.Parallel()
	h := headShelf{texts: map[string]string{}, asked: &[]string{}}
	var files []change.File
	for _, name := range []string{"a.go", "b.go", "c.go", "d.go", "e.go"} {
		h.texts[name] = "broken"
		files = append(files, change.File{Path: name, Status: change.Modified})
	}
	w := &Work{HasChange: true, Change: change.Change{Head: "new", Files: files}, ReadHead: func(context.Context) (HeadReader, error) { return h, nil }}
	docs, _ := task.Find("docs")
	if head := w.readHead(context.Background(), docs); head.unread == "" || len(*h.asked) != mostUnread {
		t.Errorf("unread %q after asking for %v", head.unread, *h.asked)
	}
}

func TestNothingToWriteIsNoError(t *testing.T) {
	t.Parallel()
	_, head := headOf(t, headShelf{texts: map[string]string{"go.sum": "x\n"}, paths: []string{"go.sum"}}, changedFiles("go.sum")...)
	if !head.nothing() {
		t.Errorf("%+v", head)
	}
	_, head = headOf(t, headShelf{texts: map[string]string{"a.go": "package a\n"}}, changedFiles("a.go")...)
	if head.nothing() {
		t.Error("a source is nothing")
	}
}
