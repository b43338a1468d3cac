package pipeline

import (
	"context"
	"errors"
	"testing"

	"github.com/tierwise/tierwise/internal/policy"
)

// TestFetchingOnceKeepsAnswersAndNoErrors: what failed is asked for again.
func TestFetchingOnceKeepsAnswersAndNoErrors(t *testing.T) {
	t.Parallel()
	asked := 0
	fetch := Fetch(func(context.Context, policy.Extends, string) ([]byte, bool, error) {
		if asked++; asked == 1 {
			return nil, false, errors.New("HTTP 502")
		}
		return []byte("version: 1"), true, nil
	}).Once()
	e := policy.Extends{Owner: "acme", Repo: ".github", Path: "a.yml", Commit: orgSHA}
	if _, _, err := fetch(t.Context(), e, "a.yml"); err == nil {
		t.Fatal("the error was lost")
	}
	for range 3 {
		if data, found, err := fetch(t.Context(), e, "a.yml"); err != nil || !found || string(data) != "version: 1" {
			t.Fatalf("%q, %v, %v", data, found, err)
		}
	}
	if _, _, err := fetch(t.Context(), e, "b.yml"); err != nil || asked != 3 {
		t.Errorf("asked %d times, want 3: once in vain, once for each path (%v)", asked, err)
	}
}

// TestTheDigestCoversBothTexts: an answer that was kept under one of the two
// does not stand under another.
func TestTheDigestCoversBothTexts(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, org := range []string{guarded("auth/**"), guarded("auth/x")} {
		for _, own := range []string{guarded("billing/**"), guarded("billing/x")} {
			w := Work{Extending: Extending{File: &PolicyText{Name: "org.yml", Data: []byte(org)}}}
			if err := w.usePolicy(t.Context(), DefaultPolicyPath, []byte(own), true, ""); err != nil {
				t.Fatal(err)
			}
			if len(w.Policy.MustFrontier) != 2 {
				t.Errorf("the merged policy has %d entries", len(w.Policy.MustFrontier))
			}
			if other, twice := seen[w.PolicyDigest]; twice {
				t.Errorf("%s and %s have one digest", other, org+own)
			}
			seen[w.PolicyDigest] = org + own
		}
	}
}
