package policy

import (
	"fmt"
	"strings"
)

// expected words what was found beside what is permitted: "%q, expected one
// of a, b; did you mean "a"?".
func expected(found string, permitted []string) string {
	text := fmt.Sprintf("%s, expected one of %s", quoted(found), strings.Join(permitted, ", "))
	if near := nearest(found, permitted); near != "" {
		text += fmt.Sprintf("; did you mean %q?", near)
	}
	return text
}

// quoted keeps text of the file to one line of bearable length.
func quoted(text string) string { return fmt.Sprintf("%.60q", text) }

// Nearest gives the permitted word that was probably meant, "" where none is
// near.
func Nearest(found string, permitted []string) string { return nearest(found, permitted) }

// nearest gives the permitted word that at most two slips of the finger, or
// another way to join words, turn into what was found; "" where there is none.
func nearest(found string, permitted []string) string {
	const slips = 2
	if len(found) > 60 {
		return ""
	}
	best, least := "", slips+1
	for _, word := range permitted {
		// Two slips turn "a" into "bc": a guess must keep half of a word.
		if d := distance(plainWord(found), plainWord(word)); d < least && d*2 <= len(word) {
			best, least = word, d
		}
	}
	return best
}

func plainWord(s string) string {
	return strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(s))
}

// distance is the number of bytes to change, add, drop or swap with their
// neighbour (optimal string alignment).
func distance(a, b string) int {
	var before []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range len(b) {
			change := row[j]
			if a[i] != b[j] {
				change++
			}
			next[j+1] = min(change, next[j]+1, row[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
