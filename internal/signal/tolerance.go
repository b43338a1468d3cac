package signal

import (
	"strconv"
	"strings"
)

func toleranceWords() []string {
	return []string{
		"delta", "tolerance", "epsilon", "eps", "rtol", "atol", "places", "within", "close", "approx", "precision", "rel", "abs", "threshold", "almost",
		"branches", "functions", "lines", "statements", "coverage", "cov", "under", "percent",
	}
}

var number = expression(`-?\d+(?:\.\d+)?(?:[eE]-?\d+)?`)

// widerTolerance finds a line that is the same but for its numbers, and lets
// more pass than before.
func widerTolerance(l line, b block) string {
	if !strings.ContainsAny(l.code, "0123456789") {
		return ""
	}
	shape := withoutNumbers(l.code)
	if shape == l.code {
		return ""
	}
	for _, now := range b.beside(l) {
		if now.code != l.code && withoutNumbers(now.code) == shape {
			return looser(l, numbersOf(l.code), numbersOf(now.code))
		}
	}
	return ""
}

// withoutNumbers leaves the shape of a line.
func withoutNumbers(code string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '.' {
			return -1
		}
		return r
	}, code)
}

func numbersOf(code string) []float64 {
	var all []float64
	for _, text := range number().FindAllString(code, 20) {
		n, err := strconv.ParseFloat(text, 64)
		if err == nil {
			all = append(all, n)
		}
	}
	return all
}

// looser compares the last number: the tolerance stands behind the value.
func looser(l line, was, now []float64) string {
	if len(was) == 0 || len(was) != len(now) {
		return ""
	}
	from, to := was[len(was)-1], now[len(now)-1]
	switch {
	case floor(l) && to < from:
		return "less coverage or precision is asked for"
	case l.class == Test && !floor(l) && ceiling(l) && to > from:
		return "a tolerance is widened"
	}
	return ""
}

// floor tells numbers that ask for more the larger they are.
func floor(l line) bool {
	if l.class == Test {
		return l.has("places", "precision") || strings.Contains(l.code, "toBeCloseTo(")
	}
	return floorSetting.in(l)
}

var floorSetting = probing(`(?i)^["']?(?:branches|functions|lines|statements)["']?\s*:\s*\d+,?$|fail[_-]under|minimum_coverage|cov-fail|coverage[_-]?threshold|` +
	`<minimum>|^minimum\s*=|--fail-under|minCoverage|min_coverage|threshold:\s*\d+%`)

func ceiling(l line) bool {
	return l.has("delta", "tolerance", "epsilon", "eps", "rtol", "atol", "within", "approx", "rel", "abs")
}

var anyExpr = expression(`expect\.(?:any|anything|objectContaining|stringContaining|arrayContaining)\(|\b(?:mock\.)?ANY\b|gomock\.Any\(\)|mock\.Anything|\bany\(\)|ArgumentMatchers\.any|It\.IsAny`)

// anyArgument finds an expected value that became any value: the text before
// it is the same as before.
func anyArgument(l line, b block) string {
	if l.class != Test {
		return ""
	}
	at := anyExpr().FindStringIndex(l.code)
	if at == nil || at[0] == 0 {
		return ""
	}
	head := l.code[:at[0]]
	for _, was := range b.beside(l) {
		if strings.HasPrefix(was.code, head) && !anyExpr().MatchString(was.code[len(head):]) {
			return "an expected value became any value"
		}
	}
	return ""
}
