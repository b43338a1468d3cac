//go:build !image

package gitrepo

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func mustBase(t *testing.T, r *Repo, head string) Range {
	t.Helper()
	got, err := r.DefaultBase(context.Background(), head)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func checkRange(t *testing.T, got Range, base, head, text string) {
	t.Helper()
	if got.Base != base || got.Head != head || !strings.Contains(got.Text, text) {
		t.Errorf("got %+v, want base %s, head %s, text with %q", got, base, head, text)
	}
}

func TestABranchIsComparedWithItsMergeBase(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("a", "1")
	parted := s.commitFile("a", "2")
	s.git("checkout", "-q", "-b", "topic")
	s.commitFile("b", "1")
	head := s.commitFile("b", "2")
	s.git("checkout", "-q", "main")
	s.commitFile("a", "3")
	checkRange(t, mustBase(t, s.open(), "topic"), parted, head, "the merge base with main")
}

func TestACloneIsComparedWithItsRemotesDefaultBranch(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.git("checkout", "-q", "-b", "trunk")
	base := s.commitFile("a", "1")
	c := s.clone()
	c.git("checkout", "-q", "-b", "main")
	head := c.commitFile("b", "1")
	checkRange(t, mustBase(t, c.open(), "HEAD"), base, head, "the merge base with origin/trunk")

	c.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone")
	c.git("update-ref", "refs/remotes/origin/master", base)
	checkRange(t, mustBase(t, c.open(), "HEAD"), base, head, "the merge base with origin/master")
}

func TestUnpushedCommitsAreComparedWithTheRemote(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	base := s.commitFile("a", "1")
	c := s.clone()
	c.commitFile("a", "2")
	head := c.commitFile("a", "3")
	checkRange(t, mustBase(t, c.open(), "main"), base, head, "the merge base with origin/main")
}

func TestAFreshCloneGivesItsLastCommit(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	base := s.commitFile("a", "1")
	head := s.commitFile("a", "2")
	checkRange(t, mustBase(t, s.clone().open(), "HEAD"), base, head, `"HEAD" is on the default branch origin/main`)
}

func TestAMergeOnTheDefaultBranchIsComparedWithItsFirstParent(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("a", "1")
	s.git("checkout", "-q", "-b", "topic")
	s.commitFile("b", "1")
	s.git("checkout", "-q", "main")
	base := s.commitFile("a", "2")
	s.git("merge", "-q", "--no-ff", "-m", "merge topic", "topic")
	checkRange(t, mustBase(t, s.open(), "HEAD"), base, s.git("rev-parse", "HEAD"), "the last commit")
}

func TestAFirstCommitIsComparedWithTheEmptyTree(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	head := s.commitFile("a", "1\n")
	r := s.open()
	got := mustBase(t, r, "HEAD")
	checkRange(t, got, "4b825dc642cb6eb9a060e54bf8d69288fbee4904", head, "the first commit")
	c := mustChange(t, r, got.Base, got.Head)
	if len(c.Files) != 1 || len(c.Commits) != 1 || c.Files[0].Additions != 1 || !c.Complete() {
		t.Errorf("got %+v", c)
	}
	if _, found, err := r.File(context.Background(), got.Base, "routing-policy.yml"); found || err != nil {
		t.Errorf("a file in the empty tree: %t %v", found, err)
	}
}

func TestWithoutADefaultBranchItIsTheLastCommit(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.git("checkout", "-q", "-b", "trunk")
	base := s.commitFile("a", "1")
	head := s.commitFile("a", "2")
	checkRange(t, mustBase(t, s.open(), "HEAD"), base, head, "no default branch was found")
}

func TestARepositoryWithoutCommitsSaysSo(t *testing.T) {
	t.Parallel()
	if _, err := newSandbox(t).open().DefaultBase(context.Background(), "HEAD"); !errors.Is(err, ErrNoCommit) {
		t.Errorf("got %v", err)
	}
}

func TestUnrelatedHistoriesHaveNoBase(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("a", "1")
	s.git("checkout", "-q", "--orphan", "other")
	s.commitFile("a", "2")
	_, err := s.open().DefaultBase(context.Background(), "other")
	if err == nil || errors.Is(err, ErrShallow) || !strings.Contains(err.Error(), "no commit in common") {
		t.Errorf("got %v", err)
	}
}

func TestAShallowCloneSaysHowToDeepenIt(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	first := s.commitFile("a", "1")
	s.git("checkout", "-q", "-b", "topic")
	s.commitFile("b", "1")
	s.commitFile("b", "2")
	s.git("checkout", "-q", "main")
	s.commitFile("a", "2")

	onMain := s.clone("--depth=1")
	both := s.clone("--depth=1", "--no-single-branch")
	for name, c := range map[string]*sandbox{"on main": onMain, "on a branch": both} {
		head := "origin/main"
		if c == both {
			head = "origin/topic"
		}
		_, err := c.open().DefaultBase(context.Background(), head)
		if !errors.Is(err, ErrShallow) || !strings.Contains(err.Error(), "git fetch --unshallow") {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := onMain.open().Change(context.Background(), first, "HEAD")
	if !errors.Is(err, ErrNoCommit) || !strings.Contains(err.Error(), "--unshallow") {
		t.Errorf("a base that was cut off: %v", err)
	}
}

func TestAShallowCloneThatIsDeepEnoughWorks(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("a", "1")
	base := s.commitFile("a", "2")
	head := s.commitFile("a", "3")
	r := s.clone("--depth=2").open()
	got := mustBase(t, r, "HEAD")
	checkRange(t, got, base, head, "the last commit")
	if c := mustChange(t, r, got.Base, got.Head); !c.Complete() || len(c.Commits) != 1 {
		t.Errorf("got %+v", c)
	}
	whole := s.clone("--depth=3").open()
	if c := mustChange(t, whole, "HEAD~2", "HEAD"); !c.Complete() || len(c.Commits) != 2 {
		t.Errorf("got %+v", c)
	}
}

func TestCommitsThatAShallowCloneCutMakeAChangeIncomplete(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.commitFile("a", "1")
	s.git("checkout", "-q", "-b", "topic")
	s.commitFile("b", "1")
	s.commitFile("b", "2")
	s.git("checkout", "-q", "main")
	s.commitFile("a", "2")
	s.git("merge", "-q", "--no-ff", "-m", "merge topic", "topic")
	c := mustChange(t, s.clone("--depth=2").open(), "HEAD~1", "HEAD")
	if c.Complete() || !strings.Contains(c.Incomplete[0], "shallow") {
		t.Errorf("got %q", c.Incomplete)
	}
	if len(c.Files) != 1 || c.Files[0].Path != "b" {
		t.Errorf("got %+v", c.Files)
	}
}
