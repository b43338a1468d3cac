package task

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/tierwise/tierwise/internal/change"
)

// Bounds of what a fingerprint is made of.
const (
	// telling is how many letters and digits make a line tell itself from
	// others; a shorter one takes its neighbours in.
	telling = 16
	// substantial is how many make it more than a brace or a blank.
	substantial = 3
	// mostWords of a title count, the rest is detail.
	mostWords = 12
)

// Fingerprints names each finding of one task so that the same finding has
// the same name on the next push: by the task, the path, the words of the line
// that it points at, and the weakness or else the words of the title. Line
// numbers, spaces, the body and the suggestion do not count. Of findings that
// are alike in all of that, the first has the suffix ":1", the next ":2", as
// they stand in the file. A name is 32 hexadecimal digits and the suffix.
func Fingerprints(taskID string, findings []Finding, c change.Change) []string {
	names := make([]string, len(findings))
	order := make([]int, len(findings))
	for i, f := range findings {
		names[i], order[i] = fingerprint(taskID, f, c), i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(findings[a].Line, findings[b].Line) })
	seen := map[string]int{}
	for _, i := range order {
		base := names[i]
		seen[base]++
		names[i] = fmt.Sprintf("%s:%d", base, seen[base])
	}
	return names
}

// fingerprint hashes the parts, each with its length before it, so that no
// text can pass for two.
func fingerprint(taskID string, f Finding, c change.Change) string {
	parts := append([]string{"tierwise/v1", taskID, f.Path, subject(f)}, linesAround(f, c)...)
	hash := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(hash, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(hash.Sum(nil)[:16])
}

// subject is what the finding is about: its weakness, else the words of its
// title without order, case and filling.
func subject(f Finding) string {
	if f.CWE > 0 {
		return fmt.Sprintf("cwe-%d", f.CWE)
	}
	split := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	var words []string
	for _, w := range strings.FieldsFunc(strings.ToLower(f.Title), split) {
		if len(words) < mostWords && !filling(w) {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return strings.Join(slices.Compact(words), " ")
}

func filling(word string) bool {
	switch word {
	case "the", "and", "but", "not", "for", "with", "without", "from", "into", "that", "this", "then", "than", "can", "may", "might",
		"will", "when", "where", "too", "very", "also", "just", "still", "only", "has", "have", "are", "was", "were", "its", "does", "being", "here", "there":
		return true
	}
	return len([]rune(word)) < 3
}

// linesAround gives the words of the diff that place a finding: the first line of
// substance that it points at, and the ones before and after it where that
// line alone could stand anywhere. A finding on the whole file has none.
func linesAround(f Finding, c change.Change) []string {
	lines, at := shown(f, c)
	if at < 0 {
		return nil
	}
	at = firstOfSubstance(lines, at)
	here := normal(lines[at].Text)
	if weight(here) >= telling {
		return []string{here}
	}
	return []string{neighbour(lines, at, -1), here, neighbour(lines, at, +1)}
}

// shown gives the new side of the hunk that holds the finding's line, and the
// place of that line in it, -1 where it is not shown.
func shown(f Finding, c change.Change) ([]change.Line, int) {
	file, ok := c.File(f.Path)
	if !ok || f.Line < 1 {
		return nil, -1
	}
	for _, h := range file.Hunks {
		var lines []change.Line
		at := -1
		for _, l := range h.Lines {
			if l.NewLine == 0 {
				continue
			}
			if l.NewLine == f.Line {
				at = len(lines)
			}
			lines = append(lines, l)
		}
		if at >= 0 {
			return lines, at
		}
	}
	return nil, -1
}

// firstOfSubstance moves on from a brace or a blank.
func firstOfSubstance(lines []change.Line, at int) int {
	for i := at; i < len(lines); i++ {
		if weight(normal(lines[i].Text)) >= substantial {
			return i
		}
	}
	return at
}

func neighbour(lines []change.Line, at, step int) string {
	for i := at + step; i >= 0 && i < len(lines); i += step {
		if text := normal(lines[i].Text); weight(text) >= substantial {
			return text
		}
	}
	return ""
}

func normal(line string) string { return strings.Join(strings.Fields(line), " ") }

// weight counts letters and digits.
func weight(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
