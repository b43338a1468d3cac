package task

import (
	"strconv"
	"strings"
)

// spelledNumber is a number in words before a unit.
var spelledNumber = lazily(`(?i)\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|(?:one |a )?hundred|(?:one |a )?thousand)[\s-]+(nanoseconds?|microseconds?|milliseconds?|seconds?|minutes?|hours?|days?|weeks?|percent|bytes?|(?:kilo|mega|giga|kibi|mebi|gibi)bytes?)\b`)

func valueOf(word string) int {
	words := strings.Fields("two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 thirteen 13 fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19 twenty 20 thirty 30 forty 40 fifty 50 sixty 60 ninety 90 hundred 100 thousand 1000")
	for i := 0; i < len(words); i += 2 {
		if words[i] == word {
			n, _ := strconv.Atoi(words[i+1])
			return n
		}
	}
	return 0
}

// spelledOut gives amounts in words that stand nowhere, be it in another unit.
func (e *docEvidence) spelledOut(prose string) []string {
	var strange []string
	for _, m := range spelledNumber().FindAllStringSubmatch(prose, -1) {
		words := strings.Fields(strings.ToLower(m[1]))
		word := words[len(words)-1]
		if !e.words[stem(word)] && !e.hasAmount(valueOf(word)) {
			strange = append(strange, m[0])
		}
	}
	return strange
}

// hasAmount takes a number as it is, in a smaller unit, and in a larger one.
func (e *docEvidence) hasAmount(n int) bool {
	for _, factor := range []int{1, 7, 24, 60, 1000, 1024, 3600, 86400, 60_000, 1_000_000} {
		if e.numbers[strconv.Itoa(n*factor)] || n%factor == 0 && n > factor && e.numbers[strconv.Itoa(n/factor)] {
			return true
		}
	}
	return false
}
