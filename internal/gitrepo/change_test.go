//go:build !image

package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tierwise/tierwise/internal/change"
)

func mustChange(t testing.TB, r *Repo, base, head string) change.Change {
	t.Helper()
	c, err := r.Change(context.Background(), base, head)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func paths(c change.Change) []string {
	var names []string
	for _, f := range c.Files {
		names = append(names, string(f.Status)+" "+f.Path)
	}
	return names
}

func TestAChangeHoldsFilesFromTheMergeBaseAndCommitsOldestFirst(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	parted := s.commitFile("a.txt", "one\ntwo\n")
	s.git("checkout", "-q", "-b", "topic")
	s.write("b.txt", "new\n")
	first := s.commit("feat: add b\n\nA body\nof two lines.\n\nSigned-off-by: x")
	s.write("a.txt", "one\n2\n")
	second := s.commit("a subject\nover two lines")
	s.git("checkout", "-q", "main")
	main := s.commitFile("main.txt", "only on main\n")
	s.git("checkout", "-q", "topic")
	s.git("merge", "-q", "--no-ff", "-m", "merge main", "main")
	head := s.git("rev-parse", "HEAD")

	want := change.Change{
		Base: parted, Head: second,
		Files: []change.File{
			{Path: "a.txt", Status: change.Modified, Additions: 1, Deletions: 1, Hunks: []change.Hunk{{OldStart: 1, OldLines: 2, NewStart: 1, NewLines: 2, Lines: []change.Line{
				{Op: change.Context, Text: "one", OldLine: 1, NewLine: 1},
				{Op: change.Delete, Text: "two", OldLine: 2},
				{Op: change.Add, Text: "2", NewLine: 2},
			}}}},
			{Path: "b.txt", Status: change.Added, NewMode: "100644", Additions: 1, Hunks: []change.Hunk{{NewStart: 1, NewLines: 1, Lines: []change.Line{
				{Op: change.Add, Text: "new", NewLine: 1},
			}}}},
		},
		Commits: []change.Commit{
			{SHA: first, Subject: "feat: add b", Body: "A body\nof two lines.\n\nSigned-off-by: x", Author: "Ann Author", Parents: 1},
			{SHA: second, Subject: "a subject over two lines", Author: "Ann Author", Parents: 1},
		},
	}
	r := s.open()
	if diff := cmp.Diff(want, mustChange(t, r, "main", "topic~1")); diff != "" {
		t.Errorf("before the merge (-want +got):\n%s", diff)
	}
	merged := mustChange(t, r, "main", "topic")
	if merged.Base != main || merged.Head != head || len(merged.Commits) != 3 || merged.Commits[2].Parents != 2 {
		t.Errorf("after the merge: %+v", merged)
	}
	if diff := cmp.Diff([]string{"modified a.txt", "added b.txt"}, paths(merged)); diff != "" {
		t.Error(diff)
	}
}

func TestNoDifferenceIsAnEmptyChange(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("a", "1")
	if c := mustChange(t, s.open(), "HEAD", "HEAD"); len(c.Files) != 0 || len(c.Commits) != 0 || !c.Complete() {
		t.Errorf("got %+v", c)
	}
}

func TestRevisionsThatCouldBeOptionsAreRefused(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("a", "1")
	r := s.open()
	for _, rev := range []string{"", "-p", "--output=x", "--upload-pack=touch x", "HEAD\n", "HEAD\x00", "none", "a..b", "HEAD..HEAD", "HEAD:a", strings.Repeat("x", 5000)} {
		if _, err := r.Change(context.Background(), rev, "HEAD"); err == nil {
			t.Errorf("base %.40q passes", rev)
		}
		if _, err := r.Change(context.Background(), "HEAD", rev); err == nil || len(err.Error()) > 600 {
			t.Errorf("head %.40q: %v", rev, err)
		}
		if _, err := r.DefaultBase(context.Background(), rev); err == nil {
			t.Errorf("default base of %.40q passes", rev)
		}
	}
	if _, err := r.Change(context.Background(), "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "4b825dc642cb6eb9a060e54bf8d69288fbee4904"); !errors.Is(err, ErrNoCommit) {
		t.Errorf("a tree as head: %v", err)
	}
}

func TestHostilePathsComeThroughAsTheyAre(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	base := s.commit("empty")
	s.write("x", "content\n")
	id := s.git("hash-object", "-w", "x")
	names := []string{
		" ", "-rf", "@everyone", "`x`", "a b/b b/c", "a|b\n::error::.md", "back\\", "long/" + strings.Repeat("n", 4096), "q\"q", "tab\tname", "я.go", "\xff\xfe.go",
	}
	for _, name := range names {
		s.git("update-index", "--add", "--cacheinfo", "100644,"+id+","+name)
	}
	s.git("commit", "-q", "-m", "names")
	r := s.open()
	c := mustChange(t, r, base, "HEAD")
	var got []string
	for _, f := range c.Files {
		got = append(got, f.Path)
	}
	if diff := cmp.Diff(names, got); diff != "" {
		t.Errorf("change (-want +got):\n%s", diff)
	}
	tree, err := r.Tree(context.Background(), "HEAD")
	if diff := cmp.Diff(names, tree); diff != "" || err != nil {
		t.Errorf("tree: %v\n%s", err, diff)
	}
	for _, name := range names {
		if strings.HasSuffix(name, `\`) {
			continue // change.ValidPath takes a backslash for a separator
		}
		if content, found, err := r.File(context.Background(), "HEAD", name); string(content) != "content\n" || !found || err != nil {
			t.Errorf("file %.40q: %q %t %v", name, content, found, err)
		}
	}
}

// A checkout's configuration is the user's for display and may be an
// attacker's where the checkout was handed over: it must neither change the
// diff nor run anything.
func TestTheRepositorysConfigurationChangesAndRunsNothing(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	var body strings.Builder
	for i := range 30 {
		fmt.Fprintf(&body, "line %d\n\n", i)
	}
	s.write("old.go", body.String())
	s.write(".gitattributes", "*.go diff=evil filter=evil\n")
	s.write("sub/keep", "")
	base := s.commit("base")
	s.git("mv", "old.go", "new.go")
	s.write("new.go", strings.Replace(body.String(), "line 9\n", "line nine\n", 1))
	s.write(".gitmodules", "[submodule \"lib\"]\n\tpath = lib\n\turl = ./lib\n\tignore = all\n")
	s.git("add", "-A")
	s.git("update-index", "--add", "--cacheinfo", "160000,"+base+",lib")
	s.git("commit", "-q", "-m", "head")
	want := mustChange(t, s.open(), base, "HEAD")
	if diff := cmp.Diff([]string{"added .gitmodules", "added lib", "renamed new.go"}, paths(want)); diff != "" {
		t.Fatal(diff)
	}

	proof := filepath.Join(t.TempDir(), "ran")
	run := "touch " + proof
	for _, setting := range [][2]string{
		{"diff.noprefix", "true"},
		{"diff.mnemonicPrefix", "true"},
		{"diff.renames", "false"},
		{"diff.renameLimit", "1"},
		{"diff.context", "0"},
		{"diff.interHunkContext", "50"},
		{"diff.algorithm", "patience"},
		{"diff.submodule", "log"},
		{"diff.ignoreSubmodules", "all"},
		{"diff.orderFile", s.dir + "/order"},
		{"diff.relative", "true"},
		{"color.ui", "always"},
		{"color.diff", "always"},
		{"diff.colorMoved", "zebra"},
		{"diff.wsErrorHighlight", "all"},
		{"core.quotePath", "true"},
		{"log.showSignature", "true"},
		{"log.decorate", "full"},
		{"log.mailmap", "true"},
		{"format.pretty", "oneline"},
		{"log.diffMerges", "cc"},
		{"i18n.logOutputEncoding", "UTF-16"},
		{"diff.external", run},
		{"diff.evil.command", run},
		{"diff.evil.textconv", run},
		{"filter.evil.smudge", run},
		{"filter.evil.process", run},
		{"core.fsmonitor", run},
		{"core.hooksPath", s.dir},
		{"core.pager", run},
		{"pager.log", run},
		{"pager.diff-tree", run},
		{"gpg.program", run},
		{"core.sshCommand", run},
		{"alias.diff-tree", "!" + run},
		{"core.editor", run},
		{"credential.helper", "!" + run},
		{"remote.origin.promisor", "true"},
	} {
		s.git("config", setting[0], setting[1])
	}
	s.write("order", "new.go\n")
	got := mustChange(t, s.open(), base, "HEAD")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("configuration changes the change (-without +with):\n%s", diff)
	}
	if _, err := os.Stat(proof); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something of the configuration ran: %v", err)
	}
}

func TestSuppressedBlanksAreReadAsContext(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("a", "1\n\n2\n\n3\n")
	s.commitFile("a", "1\n\n3\n\n3\n")
	r := s.open()
	want := mustChange(t, r, "HEAD~1", "HEAD")
	s.git("config", "diff.suppressBlankEmpty", "true")
	if diff := cmp.Diff(want, mustChange(t, r, "HEAD~1", "HEAD")); diff != "" {
		t.Error(diff)
	}
}

func TestAFileMarkedAsBinaryIsWithheldAndNotLost(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.write(".gitattributes", "*.go -diff\n")
	s.commitFile("login.go", "1\n")
	s.commitFile("login.go", "2\n")
	c := mustChange(t, s.open(), "HEAD~1", "HEAD")
	if len(c.Files) != 1 || !c.Files[0].Withheld || !c.Files[0].Binary {
		t.Errorf("got %+v", c.Files)
	}
}

// The counts of random changes must be those that git counts by itself.
func TestNoLineIsLostAgainstGitsOwnCount(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	r := rand.New(rand.NewPCG(7, 8))
	for i := range 12 {
		s.write(fmt.Sprintf("dir %d/file%d.txt", i%3, i), randomText(r))
	}
	s.commit("start")
	repo := s.open()
	for round := range 12 {
		for range 6 {
			s.randomEdit(r)
		}
		s.commit(fmt.Sprintf("round %d", round))
		c := mustChange(t, repo, fmt.Sprintf("HEAD~%d", 1+r.IntN(round+1)), "HEAD")
		if diff := cmp.Diff(s.numstat(c.Base), countsOf(c)); diff != "" {
			t.Fatalf("round %d (-git +ours):\n%s", round, diff)
		}
	}
}

func randomText(r *rand.Rand) string {
	lines := []string{"", " ", "+", "-- x", "++ x", "--- a/x", "diff --git a/x b/x", "@@ -1 +1 @@", "\xff", "ш", "a\r", "\\ No newline at end of file", "}"}
	var b strings.Builder
	for range r.IntN(80) {
		if r.IntN(2) == 0 {
			fmt.Fprintf(&b, "line %d", r.IntN(40))
		} else {
			b.WriteString(lines[r.IntN(len(lines))])
		}
		b.WriteString("\n")
	}
	return strings.Repeat("x", r.IntN(2)) + strings.TrimSuffix(b.String(), strings.Repeat("\n", r.IntN(2)))
}

func (s *sandbox) randomEdit(r *rand.Rand) {
	s.t.Helper()
	files := strings.Split(s.git("ls-files", "-z"), "\x00")
	name := files[r.IntN(len(files)-1)]
	switch r.IntN(5) {
	case 0:
		s.write(fmt.Sprintf("new/%d", r.IntN(1000)), randomText(r))
	case 1:
		if len(files) > 4 {
			s.git("rm", "-q", "-f", "--", name)
		}
	case 2:
		s.git("add", "-A")
		s.git("mv", "-f", "--", name, fmt.Sprintf("moved %d", r.IntN(1000)))
	default:
		s.write(name, randomText(r))
	}
	s.git("add", "-A")
}

// numstat reads git's own counts by path; a rename stands as "\t" and then
// both its paths.
func (s *sandbox) numstat(base string) map[string]string {
	s.t.Helper()
	counts := map[string]string{}
	fields := strings.Split(s.git("diff", "--numstat", "-z", "-M", "-l1000", base, "HEAD"), "\x00")
	for i := 0; i < len(fields)-1; i++ {
		parts := strings.SplitN(fields[i], "\t", 3)
		if parts[2] == "" {
			parts[2] = fields[i+2]
			i += 2
		}
		counts[parts[2]] = parts[0] + " " + parts[1]
	}
	return counts
}

func countsOf(c change.Change) map[string]string {
	counts := map[string]string{}
	for _, f := range c.Files {
		counts[f.Path] = fmt.Sprint(f.Additions, f.Deletions)
	}
	return counts
}

func TestCommitTextThatIsNotAListIsRefused(t *testing.T) {
	t.Parallel()
	id := strings.Repeat("a", 40)
	for _, text := range []string{"x", id + "\x00\x00a\x00s\x00", "not an id\x00\x00a\x00s\x00b\x00", strings.Repeat("a\x00", 10)} {
		if commits, err := readCommits(text); err == nil {
			t.Errorf("%q gives %+v", text, commits)
		}
	}
	commits, err := readCommits(id + "\x00p q\x00\x00\x00\x00")
	if err != nil || len(commits) != 1 || commits[0].Parents != 2 {
		t.Errorf("got %+v, %v", commits, err)
	}
}

func TestHostileCommitsAreKeptApart(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commit("base")
	s.commit("::error::x\x1b[31m\n\n" + strings.Repeat("a", 40) + "\n\xff")
	s.git("commit", "-q", "--allow-empty", "--allow-empty-message", "-m", "")
	c := mustChange(t, s.open(), "HEAD~2", "HEAD")
	if len(c.Commits) != 2 || c.Commits[1].Subject != "" || !strings.HasPrefix(c.Commits[0].Subject, "::error::x") {
		t.Errorf("got %+v", c.Commits)
	}
}

// BenchmarkChange reads a change of 3,000 files, git's own time included.
func BenchmarkChange(b *testing.B) {
	s := newSandbox(b)
	s.commit("empty")
	for i := range 3000 {
		s.write(fmt.Sprintf("dir%d/file%d.txt", i%50, i), strings.Repeat(fmt.Sprintf("line of file %d\n", i), 40))
	}
	s.commit("many")
	r := s.open()
	b.ReportAllocs()
	for b.Loop() {
		if c := mustChange(b, r, "HEAD~1", "HEAD"); len(c.Files) != 3000 {
			b.Fatal(len(c.Files))
		}
	}
}

// BenchmarkOpenAndChange is what one run on a change of 20 files asks of git.
func BenchmarkOpenAndChange(b *testing.B) {
	s := newSandbox(b)
	s.commit("empty")
	for i := range 20 {
		s.write(fmt.Sprintf("dir%d/file%d.txt", i%5, i), strings.Repeat(fmt.Sprintf("line of file %d\n", i), 40))
	}
	s.commit("some")
	for b.Loop() {
		if c := mustChange(b, openAt(b, s.dir), "HEAD~1", "HEAD"); len(c.Files) != 20 {
			b.Fatal(len(c.Files))
		}
	}
}
