package cli

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/pipeline"
	"github.com/tierwise/tierwise/internal/weekly"
)

// sinceTime reads "90d", "12w", "6m", "1y" before now, or a date, which begins
// in UTC.
func sinceTime(text string, now time.Time) (time.Time, error) {
	t, err := weekly.Since(text, now)
	if err != nil {
		return t, &pipeline.UsageError{Text: err.Error()}
	}
	return t, nil
}

// readCommitList reads one commit id a line. An empty list is no nil: it was
// given, and holds nothing.
func readCommitList(name string, stdin io.Reader) ([]string, error) {
	data, err := readInput("commits", name, stdin)
	if err != nil {
		return nil, err
	}
	commits := []string{}
	number := 0
	for line := range bytes.Lines(data) {
		number++
		text, _, _ := strings.Cut(string(line), "#")
		if text = strings.ToLower(strings.TrimSpace(text)); text == "" {
			continue
		}
		if !isCommitID(text) {
			return nil, &pipeline.UsageError{Text: fmt.Sprintf("--commits %s, line %d: %.60q is no commit id", name, number, text)}
		}
		commits = append(commits, text)
	}
	return commits, nil
}

func isCommitID(text string) bool {
	return len(text) >= 4 && len(text) <= 64 && strings.Trim(text, "0123456789abcdef") == ""
}
