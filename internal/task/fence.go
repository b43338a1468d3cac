package task

import (
	"iter"
	"strings"
)

// unfencedLines gives the lines of a markdown text that stand outside of
// fenced code. As in CommonMark, a fence that is not closed reaches to the end
// (https://spec.commonmark.org/0.31.2/#fenced-code-blocks): so text that is
// added at the end never takes back what stood before it.
func unfencedLines(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, line := range numberedUnfenced(text) {
			if !yield(line) {
				return
			}
		}
	}
}

// numberedUnfenced gives the same lines with their 1-based numbers.
func numberedUnfenced(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		open, number := "", 0
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\r\n")
			number++
			run, info := fenceRun(line)
			switch {
			case open == "" && run != "":
				open = run
			case open == "":
				if !yield(number, line) {
					return
				}
			case run != "" && run[0] == open[0] && len(run) >= len(open) && info == "":
				open = ""
			}
		}
	}
}

// fenceRun gives the run of backticks or tildes that a fence line begins
// with, and what follows it; "" where the line is no fence.
func fenceRun(line string) (run, info string) {
	body := strings.TrimLeft(line, " ")
	if len(line)-len(body) > 3 || body == "" || body[0] != '`' && body[0] != '~' {
		return "", ""
	}
	info = strings.TrimLeft(body, body[:1])
	run = body[:len(body)-len(info)]
	if len(run) < 3 || run[0] == '`' && strings.Contains(info, "`") {
		return "", ""
	}
	return run, strings.TrimSpace(info)
}

// fenced shows text as a block of code. The fence is longer than any run of
// backticks in the text, so that nothing in it can end the block.
func fenced(code string) string {
	longest, run := 0, 0
	for _, r := range code {
		if r != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", max(3, longest+1))
	return fence + "text\n" + strings.TrimRight(code, "\n") + "\n" + fence + "\n"
}
