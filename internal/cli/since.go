package cli

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/tierwise/tierwise/internal/pipeline"
)

// maxBack bounds a number of days, weeks, months or years: no history is
// older, and no date overflows.
const maxBack = 40_000

// sinceTime reads "90d", "12w", "6m", "1y" before now, or a date, which begins
// in UTC.
func sinceTime(text string, now time.Time) (time.Time, error) {
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return t, nil
	}
	wrong := &pipeline.UsageError{Text: fmt.Sprintf("--since %q, expected a number with d, w, m or y, such as 90d, or a date, such as 2026-01-31", text)}
	if len(text) < 2 {
		return time.Time{}, wrong
	}
	n, err := strconv.ParseUint(text[:len(text)-1], 10, 16)
	if err != nil || n > maxBack {
		return time.Time{}, wrong
	}
	back := -int(n)
	now = now.UTC()
	switch text[len(text)-1] {
	case 'd':
		return now.AddDate(0, 0, back), nil
	case 'w':
		return now.AddDate(0, 0, 7*back), nil
	case 'm':
		return now.AddDate(0, back, 0), nil
	case 'y':
		return now.AddDate(back, 0, 0), nil
	}
	return time.Time{}, wrong
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
