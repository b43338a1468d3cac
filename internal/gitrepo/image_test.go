//go:build image

package gitrepo

import (
	"context"
	"errors"
	"testing"
)

func TestTheImageHasNoGit(t *testing.T) {
	t.Parallel()
	if _, err := Open(context.Background(), "."); !errors.Is(err, ErrBuiltWithoutGit) {
		t.Errorf("got %v", err)
	}
}
