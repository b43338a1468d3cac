package task

import (
	"strconv"
	"strings"
)

var (
	digits   = lazily(`[0-9](?:[0-9_,]*[0-9])?`)
	hyphened = lazily(`[\pL_$][\pL\pN_$]*(?:-[\pL\pN_$]+)+`)
	// bareCode is what reads as code though no backticks stand around it: an
	// option, a name with an underscore, one with a capital inside, a call.
	bareCode = lazily(`(?:^|[\s("'])(--?[a-z][\w-]*|\w*[a-z0-9]_\w+|[a-z]+(?:[A-Z][a-z0-9]+)+|[\w.]+\(\))`)
	// bareNumber stands alone, or before a unit.
	bareNumber = lazily(`(?:^|[^\w.#-])([0-9](?:[0-9_,]*[0-9])?)(?:[\s.,;:!?)%]|[a-zA-Z]{1,3}\b|-|$)`)
)

func plainNumber(text string) string {
	return strings.NewReplacer(",", "", "_", "").Replace(text)
}

// strangers gives what a sentence names and the change does not show: code,
// versions, numbers, and pull requests.
func (e *evidence) strangers(text string) []string {
	var strange []string
	text = bare(text)
	for _, code := range codeSpans(text) {
		if !e.hasName(code) {
			strange = append(strange, code)
		}
	}
	for _, v := range versionWord().FindAllString(text, -1) {
		if !e.versions[strings.TrimPrefix(v, "v")] {
			strange = append(strange, v)
		}
	}
	for _, m := range pullRef().FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(m[1]); err != nil || !e.pulls[n] {
			strange = append(strange, m[0])
		}
	}
	return append(strange, e.bareStrangers(aroundCode(text))...)
}

// bareStrangers looks through what stands outside of backticks.
func (e *evidence) bareStrangers(text string) []string {
	var strange []string
	for _, m := range bareCode().FindAllStringSubmatch(text, -1) {
		if !e.hasName(m[1]) && !strings.HasPrefix(m[1], "macO") && !strings.HasPrefix(m[1], "iO") {
			strange = append(strange, m[1])
		}
	}
	for _, m := range bareNumber().FindAllStringSubmatch(text, -1) {
		if !e.numbers[plainNumber(m[1])] {
			strange = append(strange, m[1])
		}
	}
	return strange
}

// aroundCode gives a text without what stands between pairs of backticks.
func aroundCode(text string) string {
	parts := strings.Split(strings.ReplaceAll(text, "``", "`"), "`")
	var b strings.Builder
	for i, part := range parts {
		if i%2 == 0 || i == len(parts)-1 {
			b.WriteString(part)
		}
		b.WriteByte(' ')
	}
	return b.String()
}
