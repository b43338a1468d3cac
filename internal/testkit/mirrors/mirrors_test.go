package mirrors

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAClonesPlaceIsFound(t *testing.T) {
	t.Parallel()
	for _, place := range []string{"acme+widgets/repo", "acme+widgets", "acme+widgets.git", "acme/widgets", "acme/widgets.git", "widgets", "widgets.git"} {
		folder := t.TempDir()
		if err := os.MkdirAll(filepath.Join(folder, place, "objects"), 0o755); err != nil {
			t.Fatal(err)
		}
		if got, want := Find(folder, "acme/widgets"), filepath.Join(folder, place); got != want {
			t.Errorf("%s: found %q", place, got)
		}
	}
}

func TestNoCloneIsNoError(t *testing.T) {
	t.Parallel()
	repo, err := Open(t.Context(), t.TempDir(), "acme/widgets", nil)
	if repo != nil || err != nil {
		t.Errorf("got %v, %v", repo, err)
	}
}
