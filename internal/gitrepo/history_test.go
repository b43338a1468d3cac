//go:build !image

package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tierwise/tierwise/internal/change"
)

func pastOf(t testing.TB, r *Repo, span Span) []Past {
	t.Helper()
	var all []Past
	err := r.History(context.Background(), span, func(p Past) error { all = append(all, p); return nil })
	if err != nil {
		t.Fatal(err)
	}
	if n, err := r.Count(context.Background(), span); err != nil || n != len(all) {
		t.Errorf("count %d of %d, %v", n, len(all), err)
	}
	return all
}

func subjects(all []Past) []string {
	var names []string
	for _, p := range all {
		names = append(names, p.Change.Commits[0].Subject)
	}
	return names
}

func TestHistoryGoesAlongFirstParentsNewestFirst(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	root := s.commitFile("a.txt", "one\ntwo\n")
	s.git("checkout", "-q", "-b", "topic")
	s.commitFile("b.txt", "new\n")
	s.git("checkout", "-q", "main")
	second := s.commitFile("a.txt", "one\n2\n")
	s.day++
	s.git("merge", "-q", "--no-ff", "-m", "merge topic\n\nWith a body.\n", "topic")
	merge := s.git("rev-parse", "HEAD")
	r := s.open()
	all := pastOf(t, r, Span{})
	if diff := cmp.Diff([]string{"merge topic", "write a.txt", "write a.txt"}, subjects(all)); diff != "" {
		t.Fatal(diff)
	}
	want := Past{
		When: time.Date(2026, 1, s.day%28+1, 12, 0, 0, 0, time.UTC),
		Change: change.Change{
			Base: second, Head: merge,
			Files: []change.File{{Path: "b.txt", Status: change.Added, NewMode: "100644", Additions: 1, Hunks: []change.Hunk{
				{NewStart: 1, NewLines: 1, Lines: []change.Line{{Op: change.Add, Text: "new", NewLine: 1}}},
			}}},
			Commits: []change.Commit{{SHA: merge, Subject: "merge topic", Body: "With a body.", Author: "Ann Author", Parents: 2}},
		},
	}
	if diff := cmp.Diff(want, all[0]); diff != "" {
		t.Errorf("the merge (-want +got):\n%s", diff)
	}
	if first := all[2].Change; first.Base != "4b825dc642cb6eb9a060e54bf8d69288fbee4904" || first.Head != root || len(first.Files) != 1 {
		t.Errorf("the first commit: %+v", first)
	}
}

func TestHistoryShowsWhatChangeShows(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.write("old/name.txt", strings.Repeat("the same line\n", 40))
	s.write("image.bin", "\x00\x01\x02")
	s.write("crlf.txt", "a\r\nb\r\n")
	s.write("late-nul.txt", strings.Repeat("x\n", 9000)+"\x00fake\x00\n")
	s.commit("first")
	s.git("mv", "old/name.txt", "new name.txt")
	s.write("image.bin", "\x00\x01\x03")
	s.write("crlf.txt", "a\r\nc")
	s.write("late-nul.txt", strings.Repeat("x\n", 9000)+"\x00other\x00\n")
	for _, name := range []string{"q\"q", "tab\tname", "new\nline", "back\\", "я.go", "\xff.go", "-p", " "} {
		s.write(name, "x")
	}
	head := s.commit("second")
	hostileConfig(s)
	r := s.open()
	all := pastOf(t, r, Span{Limit: 1})
	want := mustChange(t, r, head+"~1", head)
	if diff := cmp.Diff(want, all[0].Change); diff != "" {
		t.Errorf("-change +history:\n%s", diff)
	}
	if len(want.Files) != 12 {
		t.Errorf("%d files", len(want.Files))
	}
}

// hostileConfig sets whatever could give patches another form.
func hostileConfig(s *sandbox) {
	for key, value := range map[string]string{
		"diff.noprefix": "true", "diff.mnemonicPrefix": "true", "diff.renames": "false", "diff.context": "0",
		"diff.external": "false", "diff.orderFile": "/none", "diff.relative": "true", "diff.submodule": "log",
		"diff.algorithm": "histogram", "diff.interHunkContext": "9", "diff.suppressBlankEmpty": "true",
		"log.showRoot": "false", "log.showSignature": "true", "log.diffMerges": "combined", "log.decorate": "full",
		"log.follow": "true", "format.pretty": "raw", "format.notes": "true", "color.ui": "always", "i18n.logOutputEncoding": "UTF-16",
		"grep.fullName": "true", "grep.lineNumber": "true", "grep.column": "true", "grep.patternType": "perl",
	} {
		s.git("config", key, value)
	}
}

func TestHostileWordsForgeNothing(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("a", "1")
	id := s.git("rev-parse", "HEAD")
	messages := []string{
		"diff --git a/x b/x\n\ndiff --git a/x b/x\nnew file mode 100644",
		"%x00\n\n%x00" + id + "%x00%x00\\0" + id,
		"carriage\r\n\r\n@@ -1 +1 @@\r\n-a\r\n+b",
		"long\n\n" + strings.Repeat("a line of the body that is long\n", 100_000),
		"commit " + id + "\n\n" + id + "\n\n\n" + id,
		"\x1b[31mred\n\n::error::x",
	}
	for i, message := range messages {
		s.day++
		s.write("a", fmt.Sprint(i))
		s.git("add", "-A")
		s.write("../"+filepath.Base(s.dir)+".message", message)
		s.git("commit", "-q", "--cleanup=verbatim", "-F", "../"+filepath.Base(s.dir)+".message")
	}
	all := pastOf(t, s.open(), Span{Limit: len(messages)})
	for i, p := range all {
		message := messages[len(messages)-1-i]
		_, body, _ := strings.Cut(message, "\n\n")
		got := p.Change.Commits[0]
		if len(p.Change.Files) != 1 || strings.TrimLeft(got.Body, "\r\n") != strings.TrimRight(body, "\n") && !strings.Contains(message, "\r") {
			t.Errorf("%.40q: %d files, body %.80q", message, len(p.Change.Files), got.Body)
		}
	}
	if len(all) != len(messages) {
		t.Errorf("%d commits", len(all))
	}
}

func TestAnEmptyCommitHasNoFiles(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commit("nothing")
	s.commit("nothing again")
	for _, p := range pastOf(t, s.open(), Span{}) {
		if len(p.Change.Files) != 0 || !p.Change.Complete() {
			t.Errorf("%+v", p.Change)
		}
	}
}

func TestASpanBoundsTheHistory(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var ids []string
	for i := range 5 {
		ids = append(ids, s.commitFile("a", fmt.Sprint(i)))
	}
	empty := s.git("hash-object", "-t", "tree", "/dev/null")
	cases := []struct {
		name string
		span Span
		want []string
	}{
		{"a base is not among them", Span{Base: ids[1]}, []string{ids[4], ids[3], ids[2]}},
		{"a head begins them", Span{Base: ids[0], Head: "main~2"}, []string{ids[2], ids[1]}},
		{"the empty tree is no bound", Span{Base: empty, Head: ids[1]}, []string{ids[1], ids[0]}},
		{"a limit keeps the newest", Span{Limit: 2}, []string{ids[4], ids[3]}},
		{"a date leaves out what is older", Span{Since: "2026-01-05"}, []string{ids[4], ids[3]}},
		{"a number of days is from now", Span{Since: "1d"}, nil},
		{"a list keeps its order and counts each once", Span{Commits: []string{ids[1], ids[3][:12], ids[1]}}, []string{ids[1], ids[3]}},
		{"a list may be empty", Span{Commits: []string{}}, nil},
		{"a list obeys the limit", Span{Commits: []string{ids[1], ids[3]}, Limit: 1}, []string{ids[1]}},
		{"a base that is the head leaves nothing", Span{Base: "HEAD"}, nil},
	}
	r := s.open()
	for _, c := range cases {
		var got []string
		for _, p := range pastOf(t, r, c.span) {
			got = append(got, p.Change.Head)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestASpanThatMeansNothingIsRefused(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	id := s.commitFile("a", "1")
	tree := s.git("rev-parse", "HEAD^{tree}")
	r := s.open()
	for name, span := range map[string]Span{
		"an option as head": {Head: "--all"}, "an option as base": {Base: "-p"}, "no such commit": {Head: "none"},
		"a name in a list": {Commits: []string{"main"}}, "an exclusion": {Commits: []string{"^" + id}},
		"a range": {Commits: []string{id + ".." + id}}, "two lines": {Commits: []string{id + "\n--all"}},
		"a tree in a list": {Commits: []string{tree}}, "an unknown id": {Commits: []string{strings.Repeat("1", 40)}},
		"a list and a range": {Commits: []string{id}, Head: "main"}, "an empty line": {Commits: []string{""}},
		"a date that is none": {Since: "yesterday"}, "a unit alone": {Since: "d"}, "a negative number": {Since: "-3d"},
		"half a date": {Since: "2026-13-01"},
	} {
		err := r.History(context.Background(), span, func(Past) error { t.Errorf("%s: visited", name); return nil })
		if err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

func TestTheVisitorStopsTheHistory(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	for i := range 5 {
		s.commitFile("a", fmt.Sprint(i))
	}
	stop, n := errors.New("enough"), 0
	err := s.open().History(context.Background(), Span{}, func(Past) error {
		if n++; n == 2 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || n != 2 {
		t.Errorf("%v after %d", err, n)
	}
}

func TestACancelledHistoryEnds(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	for i := range 5 {
		s.commitFile("a", fmt.Sprint(i))
	}
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	err := s.open().History(ctx, Span{}, func(Past) error { n++; cancel(); return nil })
	if !errors.Is(err, context.Canceled) || n != 1 {
		t.Errorf("%v after %d", err, n)
	}
	if err := s.open().History(ctx, Span{}, func(Past) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("before it began: %v", err)
	}
}

func TestAShallowCloneSaysWhereItIsCut(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	for i := range 4 {
		s.commitFile(fmt.Sprint("f", i), "x")
	}
	all := pastOf(t, s.clone("--depth=2").open(), Span{})
	if len(all) != 2 || !all[0].Change.Complete() || len(all[0].Change.Files) != 1 {
		t.Fatalf("%+v", all)
	}
	if cut := all[1].Change; cut.Complete() || len(cut.Files) != 0 {
		t.Errorf("%+v", cut)
	}
}

func TestACommitOverTheLimitIsIncomplete(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("a", "1")
	s.commitFile("big", strings.Repeat("a long line of text\n", 200_000))
	s.commitFile("a", "2")
	r := s.open()
	r.limit = 2 << 20
	all := pastOf(t, r, Span{})
	if len(all) != 3 || !all[0].Change.Complete() || !all[2].Change.Complete() {
		t.Fatalf("%d commits", len(all))
	}
	if big := all[1].Change; len(big.Files) != 0 || big.Complete() || big.Commits[0].Subject != "write big" || big.Base != all[2].Change.Head {
		t.Errorf("%+v", big)
	}
}

func TestCommitsWithoutAllObjectsAreIncomplete(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("a", strings.Repeat("line\n", 30))
	for i := range 3 {
		s.commitFile("a", strings.Repeat("line\n", 30)+fmt.Sprint(i))
	}
	blob := s.git("rev-parse", "HEAD~1:a")
	if err := os.Remove(filepath.Join(s.dir, ".git", "objects", blob[:2], blob[2:])); err != nil {
		t.Fatal(err)
	}
	var complete []bool
	for _, p := range pastOf(t, s.open(), Span{}) {
		complete = append(complete, p.Change.Complete())
		if p.Change.Complete() != (len(p.Change.Files) == 1) {
			t.Errorf("%+v", p.Change)
		}
	}
	if diff := cmp.Diff([]bool{false, false, true, true}, complete); diff != "" {
		t.Error(diff)
	}
}

func TestABareRepositoryOpens(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("dir/a.go", "func Shared() {}\n")
	copied := s.clone("--bare")
	copied.git("remote", "remove", "origin")
	r := copied.open()
	if want, err := filepath.EvalSymlinks(copied.dir); err != nil || r.Root() != want || r.Name() != "copy" {
		t.Errorf("root %q, name %q, %v", r.Root(), r.Name(), err)
	}
	if all := pastOf(t, r, Span{}); len(all) != 1 || len(all[0].Change.Files) != 1 {
		t.Errorf("%+v", all)
	}
	if got := mustMentions(t, r, 9, "Shared"); !cmp.Equal(got, map[string][]string{"Shared": {"dir/a.go"}}) {
		t.Errorf("%v", got)
	}
	if got, found, err := readFrom(t, r, "HEAD", "dir/a.go"); !found || err != nil || got != "func Shared() {}\n" {
		t.Errorf("%q, %v, %v", got, found, err)
	}
}
