package cli

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tierwise/tierwise/internal/pipeline"
)

func TestSinceTakesASpanOrADate(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 15, 4, 5, 0, time.FixedZone("", 3600))
	for text, want := range map[string]string{
		"90d": "2026-08-26T14:04:05Z", "2w": "2026-11-10T14:04:05Z", "6m": "2026-05-24T14:04:05Z", "1y": "2025-11-24T14:04:05Z",
		"0d": "2026-11-24T14:04:05Z", "2026-01-31": "2026-01-31T00:00:00Z",
	} {
		got, err := sinceTime(text, now)
		if err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%s: %v, %v, want %s", text, got, err, want)
		}
	}
}

func TestSinceRefusesWhatGitWouldTakeForSomeDate(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "d", "90", "-1d", "1.5y", "99999d", "yesterday", "2026-13-01", "90d ", "9é", "1h"} {
		var usage *pipeline.UsageError
		if got, err := sinceTime(text, time.Now()); !errors.As(err, &usage) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func TestAListOfCommitsHasCommentsAndEmptyLines(t *testing.T) {
	t.Parallel()
	got, err := readCommitList("-", strings.NewReader("# billing\r\n\nABCDEF12 # the one\n  0123456789  \n"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"abcdef12", "0123456789"}, got); diff != "" {
		t.Error(diff)
	}
	if got, err := readCommitList("-", strings.NewReader("# none\n")); err != nil || got == nil {
		t.Errorf("a list of nothing: %#v, %v", got, err)
	}
}

func TestALineThatIsNoCommitIsNamed(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"HEAD", "abc", "--all", "main..topic", strings.Repeat("a", 65)} {
		_, err := readCommitList("-", strings.NewReader("abcdef\n"+text+"\n"))
		if err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
