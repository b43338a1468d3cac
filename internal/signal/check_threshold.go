package signal

import (
	"strconv"
	"strings"
)

// lowerThreshold finds a bound of coverage that asks for less than before.
func lowerThreshold(was, is line) string {
	before, after, _, ok := changedWord(was, is)
	if !ok || !is.has("threshold", "coverage", "branches", "lines", "functions", "statements", "under") {
		return ""
	}
	x, err := strconv.Atoi(before)
	y, err2 := strconv.Atoi(after)
	if err != nil || err2 != nil || y >= x || x > 100 || !setsBound(is) {
		return ""
	}
	return "a threshold went from " + before + " to " + after
}

// setsBound says that the line is a setting and not a list of places.
func setsBound(l line) bool {
	return len(l.words) <= 6 && strings.ContainsAny(l.code, ":=")
}
