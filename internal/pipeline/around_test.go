package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/gitrepo"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/signal"
)

// shelf is files by "REV:PATH".
type shelf map[string]string

func (s shelf) Read(rev, path string) ([]byte, bool, error) {
	text, found := s[rev+":"+path]
	switch text {
	case "broken":
		return nil, false, errors.New("broken")
	case "large":
		return nil, false, gitrepo.ErrTooBig
	}
	return []byte(text), found, nil
}

func modified(paths ...string) change.Change {
	c := change.Change{Base: "old", Head: "new"}
	for _, path := range paths {
		c.Files = append(c.Files, change.File{Path: path, Status: change.Modified})
	}
	return c
}

func TestWholeFilesAreThoseWithBothSides(t *testing.T) {
	t.Parallel()
	c := modified("a", "unwanted", "huge", "gone", "born")
	c.Files = append(c.Files, change.File{Path: "to", OldPath: "from", Status: change.Renamed})
	files := shelf{
		"old:a": "1", "new:a": "2", "old:unwanted": "broken", "old:huge": "x", "new:huge": "large",
		"old:gone": "x", "new:born": "x", "old:from": "3", "new:to": "4",
	}
	got, err := wholeFiles(files, c, []string{"a", "huge", "gone", "born", "to", "not in the change"})
	want := map[string]signal.Versions{"a": {Before: "1", After: "2"}, "to": {Before: "3", After: "4"}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestWholeFilesAreBoundedInSum(t *testing.T) {
	t.Parallel()
	var paths []string
	files := shelf{}
	for i := range 40 {
		path := fmt.Sprint(i)
		paths = append(paths, path)
		files["old:"+path], files["new:"+path] = strings.Repeat("x", 1<<20), ""
	}
	if got, err := wholeFiles(files, modified(paths...), paths); len(got) != maxVersions>>20 || err != nil {
		t.Errorf("%d files, %v", len(got), err)
	}
}

func TestAFileThatCannotBeReadIsAnError(t *testing.T) {
	t.Parallel()
	if got, err := wholeFiles(shelf{"old:a": "1", "new:a": "broken"}, modified("a"), []string{"a"}); err == nil || got != nil {
		t.Errorf("%v, %v", got, err)
	}
}

// searcher answers every search in the same way, and opens no file.
type searcher struct {
	users map[string][]string
	err   error
	rev   string
}

func (s *searcher) Contents(context.Context) (*gitrepo.Contents, error) {
	return nil, errors.New("nothing was to be read")
}

func (s *searcher) Mentions(_ context.Context, rev string, _ []string, _ int) (map[string][]string, error) {
	s.rev = rev
	return s.users, s.err
}

func TestUsersAreLookedUpAtTheBase(t *testing.T) {
	t.Parallel()
	repo, w := &searcher{users: map[string][]string{"Name": {"b.go"}}}, &Work{Change: modified("a.go")}
	if err := w.readUsers(context.Background(), repo, []string{"Name"}); err != nil || repo.rev != "old" || w.unlooked != "" {
		t.Errorf("%v at %q, %q", err, repo.rev, w.unlooked)
	}
	if diff := cmp.Diff(repo.users, w.Users); diff != "" {
		t.Error(diff)
	}
}

func TestASearchThatFailsIsNoSearch(t *testing.T) {
	t.Parallel()
	repo, w := &searcher{err: errors.New("object missing")}, &Work{}
	if err := w.readUsers(context.Background(), repo, []string{"Name"}); err != nil || w.Users != nil || !strings.Contains(w.unlooked, "object missing") {
		t.Errorf("%v, %v, %q", err, w.Users, w.unlooked)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	repo.err = ctx.Err()
	if err := w.readUsers(ctx, repo, []string{"Name"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAChangeThatAsksForNothingStartsNothing(t *testing.T) {
	t.Parallel()
	repo, w := &searcher{}, &Work{Change: modified("a.png")}
	w.ReadBase = func(context.Context, string) ([]byte, bool, error) { return nil, false, nil }
	if err := w.readAround(context.Background(), repo, "policy.yml"); err != nil || repo.rev != "" || w.Versions != nil {
		t.Errorf("%v, searched at %q, %v", err, repo.rev, w.Versions)
	}
	if w.Users == nil || len(w.Users) > 0 {
		t.Errorf("users %v: somebody looked, and there was nothing to look for", w.Users)
	}
}

func TestTheFirstQuestionsErrorComesFirst(t *testing.T) {
	t.Parallel()
	first, second := errors.New("first"), errors.New("second")
	answered := make(chan struct{})
	err := atOnce(
		func() error { <-answered; return first },
		func() error { close(answered); return second },
		func() error { return nil },
	)
	if !errors.Is(err, first) {
		t.Errorf("got %v", err)
	}
}

// pastFiles is a history of commits that changed these paths.
type pastFiles [][]string

func (p pastFiles) PastPaths(context.Context, string, int) ([][]string, error) {
	if p == nil {
		return nil, gitrepo.ErrNoCommit
	}
	return p, nil
}

func TestTheHistoryIsReadOnlyWhereThePolicyNamesASignalOfIt(t *testing.T) {
	t.Parallel()
	pair := []string{"a.go", "b.go"}
	history := pastFiles{pair, pair, pair, pair, pair}
	named := &policy.File{MustFrontier: []policy.MustFrontier{{ID: "pairs", Signals: []string{"co-change"}}}}
	for name, tt := range map[string]struct {
		file *policy.File
		past pastFiles
		want map[string][]string
	}{
		"nobody asks":             {&policy.File{}, history, nil},
		"the policy names it":     {named, history, map[string][]string{"a.go": {"b.go"}}},
		"before the first commit": {named, nil, map[string][]string{}},
	} {
		w := &Work{Policy: tt.file, Change: change.Change{Files: []change.File{{Path: "a.go"}}}}
		if err := w.readTogether(context.Background(), tt.past); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(tt.want, w.Together); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
}
