package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/task"
)

func severityWord(s task.Severity) string {
	if s == 0 {
		return "not rated"
	}
	return s.String()
}

// bySeverity orders findings, the most severe first, then by place.
func bySeverity(all []task.Finding) []task.Finding {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, compareFindings)
	return sorted
}

func compareFindings(a, b task.Finding) int {
	return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
}

// severeFirst gives the places of findings in the order of bySeverity.
func severeFirst(all []task.Finding) []int {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return compareFindings(all[i], all[j]) })
	return order
}

// place is a finding's path with its lines, or the path alone where it is
// about the whole file.
func place(f task.Finding) string {
	if f.Line == 0 {
		return f.Path
	}
	if f.EndLine > f.Line {
		return fmt.Sprintf("%s:%d-%d", f.Path, f.Line, f.EndLine)
	}
	return fmt.Sprintf("%s:%d", f.Path, f.Line)
}

// lastLine is where a finding ends, 0 where it is about the whole file.
func lastLine(f task.Finding) int {
	if f.Line == 0 {
		return 0
	}
	return max(f.Line, f.EndLine)
}

// droppedText says that findings are not shown, and how bad the worst is.
func droppedText(o task.Output) string {
	return fmt.Sprintf("%s left out: not at a line of this change; the worst is %s", count(o.Dropped, "finding"), severityWord(o.DroppedWorst))
}

// findingText is one remark: our words, then the model's, then its suggestion
// as code.
func findingText(f task.Finding, allow sanitize.Links, limit int) (text string, cut bool) {
	head := fmt.Sprintf("**%s** %s %s%s\n\n", severityWord(f.Severity), quoted(place(f), maxPath), weakness(f), phrase(f.Title)) + evidence(f)
	body, cutBody := fit(remark(f), allow, max(0, limit-len(head)))
	text = head + body
	if f.Suggestion == "" {
		return text, cutBody
	}
	if len(f.Suggestion) > min(limit, maxSource/2) {
		return text, true
	}
	block := closed(sanitize.Markdown(fenced(f.Suggestion), allow))
	if len(text)+len(block) > limit {
		return text, true
	}
	return text + block, cutBody
}

// weakness names the kind of a finding, with a space after it; "" where it has none.
func weakness(f task.Finding) string {
	if f.CWE == 0 {
		return ""
	}
	if words := task.WeaknessName(f.CWE); words != "" {
		return fmt.Sprintf("CWE-%d (%s): ", f.CWE, words)
	}
	return fmt.Sprintf("CWE-%d: ", f.CWE)
}

// evidence shows the line that a finding quotes, as code.
func evidence(f task.Finding) string {
	if f.Evidence == "" {
		return ""
	}
	return "Evidence: " + quoted(f.Evidence, maxEvidence) + "\n\n"
}

// maxEvidence bounds a quoted line, in characters.
const maxEvidence = 300

// remark is what a model says of a finding, its parts one below the other.
func remark(f task.Finding) string {
	text := f.Body
	if f.Exploit != "" {
		text += "\n\nExploit: " + f.Exploit
	}
	if f.Fix != "" {
		text += "\n\nFix: " + f.Fix
	}
	return text
}

// fenced shows text as code, in a fence longer than any run of backticks in
// it, so that nothing in it can end the block.
func fenced(code string) string {
	fence := strings.Repeat("`", max(3, longestRun(code, '`')+1))
	return fence + "\n" + strings.TrimRight(code, "\n") + "\n" + fence + "\n"
}

func longestRun(s string, of rune) int {
	longest, run := 0, 0
	for _, r := range s {
		if r != of {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
