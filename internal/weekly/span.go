package weekly

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Words are a window as a person writes it: back from today, one week, or from
// day to day. All empty are the last seven days.
type Words struct{ Since, Week, From, To string }

// WordsError is a window that nobody can mean. Its text names the flag.
type WordsError struct{ Text string }

// Error gives one line.
func (e *WordsError) Error() string { return e.Text }

func wrong(format string, args ...any) error { return &WordsError{Text: fmt.Sprintf(format, args...)} }

// Span gives the first day and the day after the last, in UTC. Its errors name
// the flag that is wrong.
func (w Words) Span(now time.Time) (from, to time.Time, err error) {
	tomorrow := DayStart(now).AddDate(0, 0, 1)
	switch {
	case w.Week != "" && w.Since+w.From+w.To != "", w.Since != "" && w.From+w.To != "":
		return from, to, wrong("--since, --week and --from with --to: choose one")
	case w.Week != "":
		from, err = isoWeek(w.Week)
		to = from.AddDate(0, 0, 7)
	case w.From+w.To != "":
		from, to, err = w.fromTo(tomorrow)
	default:
		from, err = w.since(now)
		to = tomorrow
	}
	if err == nil && !from.Before(to) {
		err = wrong("the window holds no day: it ends before it begins")
	}
	return from, to, err
}

func (w Words) since(now time.Time) (time.Time, error) {
	text := w.Since
	if text == "" {
		text = "7d"
	}
	at, err := Since(text, now)
	if err != nil {
		return at, err
	}
	from := DayStart(at)
	if !strings.Contains(text, "-") {
		from = from.AddDate(0, 0, 1) // 7d are seven days, today included
	}
	return from, nil
}

func (w Words) fromTo(tomorrow time.Time) (from, to time.Time, err error) {
	if w.From == "" {
		return from, to, wrong("--to without --from: give the first day too")
	}
	if from, err = time.Parse(time.DateOnly, w.From); err != nil {
		return from, to, wrong("--from %q is no day, expected YYYY-MM-DD", w.From)
	}
	if w.To == "" {
		return from, tomorrow, nil
	}
	if to, err = time.Parse(time.DateOnly, w.To); err != nil {
		return from, to, wrong("--to %q is no day, expected YYYY-MM-DD", w.To)
	}
	return from, to.AddDate(0, 0, 1), nil
}

// DayStart gives the midnight in UTC that begins the day of a moment.
func DayStart(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// isoWeek gives the Monday of a week: the first week of a year is the one that
// holds 4 January.
func isoWeek(text string) (time.Time, error) {
	bad := wrong("--week %q, expected a week of ISO 8601, such as 2026-W47", text)
	y, w, found := strings.Cut(text, "-W")
	year, yearErr := strconv.Atoi(y)
	week, weekErr := strconv.Atoi(w)
	if !found || len(y) != 4 || len(w) != 2 || yearErr != nil || weekErr != nil {
		return time.Time{}, bad
	}
	fourth := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC)
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7+7*(week-1))
	if gotYear, gotWeek := monday.ISOWeek(); gotYear != year || gotWeek != week {
		return time.Time{}, bad
	}
	return monday, nil
}

// maxBack bounds a number of days, weeks, months or years: no history is
// older, and no date overflows.
const maxBack = 40_000

// Since reads "90d", "12w", "6m", "1y" before now, or a date, which begins in
// UTC.
func Since(text string, now time.Time) (time.Time, error) {
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return t, nil
	}
	bad := wrong("--since %q, expected a number with d, w, m or y, such as 90d, or a date, such as 2026-01-31", text)
	if len(text) < 2 {
		return time.Time{}, bad
	}
	n, err := strconv.ParseUint(text[:len(text)-1], 10, 16)
	if err != nil || n > maxBack {
		return time.Time{}, bad
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
	return time.Time{}, bad
}
