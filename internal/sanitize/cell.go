package sanitize

import "strings"

// Cell writes a stranger's text as one line of markdown, for a table cell or a
// sentence of ours. Line breaks become spaces, invisible characters go, at
// most that many characters stay (the last is then "…"), and nothing in it acts: no
// column break, markup, link, mention, reference or workflow command. The
// bound is counted before escaping.
func Cell(s string, most int) string {
	return escapeText(cut(oneLine(s), most), true)
}

// Code writes a stranger's text as an inline code span that is safe in a table
// cell: for paths, branches and other identifiers. Bounds and cleaning are
// those of Cell. A "|" is written "\|", which a table shows as "|" and a
// sentence with its backslash. Empty text gives a span that holds a space.
func Code(s string, most int) string {
	return codeSpan(strings.ReplaceAll(cut(oneLine(s), most), "|", `\|`))
}

// codeSpan fences text in more backticks than any run in it has (CommonMark
// 0.31, 6.1). A space parts a backtick at either end from the fence.
func codeSpan(s string) string {
	if strings.TrimSpace(s) == "" {
		return "` `"
	}
	fence := strings.Repeat("`", longestRun(s, '`')+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") || strings.HasPrefix(s, " ") && strings.HasSuffix(s, " ") {
		s = " " + s + " "
	}
	return fence + s + fence
}

// longestRun is the length of the longest run of c.
func longestRun(s string, c byte) int {
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
