//go:build !image

package gitrepo

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPastPathsGivesTheFilesOfEachCommit(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.write("a.go", "1")
	s.write("b\n.go", "1")
	s.commit("two files")
	s.write("a.go", "2")
	s.commit("\x01 one file")
	hostileConfig(s)
	r := s.open()
	past, err := r.PastPaths(context.Background(), "HEAD", 2)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"a.go"}, {"a.go", "b\n.go"}}, past); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if past, err := r.PastPaths(context.Background(), "HEAD", 1); err != nil || len(past) != 1 {
		t.Errorf("%v, %v: the bound does not hold", past, err)
	}
	if _, err := r.PastPaths(context.Background(), "nowhere", 1); !errors.Is(err, ErrNoCommit) {
		t.Errorf("%v", err)
	}
}
