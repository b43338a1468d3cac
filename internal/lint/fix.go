package lint

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/task"
	"github.com/tierwise/tierwise/internal/workflow"
	"github.com/tierwise/tierwise/internal/yamltree"
)

// span is an edit by the offsets of a text.
type span struct {
	from, to int
	text     string
}

// Apply carries out edits on a text. Of edits that overlap, or that insert
// different texts at one place, the first counts and the others are left for
// another run; one that is there twice counts once. A place outside of the
// text is an error, and then nothing is changed.
func Apply(source string, edits []Edit) (string, error) {
	spans, err := spansOf(source, edits)
	if err != nil {
		return "", err
	}
	var kept []span
	for _, s := range spans {
		fresh, _ := fits(kept, []span{s})
		kept = append(kept, fresh...)
	}
	return spliced(source, kept), nil
}

// spansOf turns lines and columns into offsets. A byte order mark is no part
// of the first line.
func spansOf(source string, edits []Edit) ([]span, error) {
	const mark = "\ufeff"
	starts := []int{0}
	if strings.HasPrefix(source, mark) {
		starts[0] = len(mark)
	}
	for i := starts[0]; i < len(source); i++ {
		if source[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	var spans []span
	for _, e := range edits {
		from, okFrom := offset(source, starts, e.Start)
		to, okTo := offset(source, starts, e.End)
		if !okFrom || !okTo || to < from {
			return nil, fmt.Errorf("edit from %d:%d to %d:%d: the text has no such place", e.Start.Line, e.Start.Col, e.End.Line, e.End.Col)
		}
		spans = append(spans, span{from, to, e.Text})
	}
	return spans, nil
}

func offset(source string, starts []int, at diag.Position) (int, bool) {
	if at.Line < 1 || at.Line > len(starts) || at.Col < 1 {
		return 0, false
	}
	end := len(source)
	if at.Line < len(starts) {
		end = starts[at.Line] - 1
	}
	to := starts[at.Line-1] + at.Col - 1
	return to, to <= end
}

// fits gives those of the new spans that are not there yet, and whether all of
// them go with those that are.
func fits(kept, wanted []span) ([]span, bool) {
	var fresh []span
	for _, w := range wanted {
		all := slices.Concat(kept, fresh)
		if slices.Contains(all, w) {
			continue
		}
		if slices.ContainsFunc(all, w.touches) {
			return nil, false
		}
		fresh = append(fresh, w)
	}
	return fresh, true
}

// touches says whether two edits want the same letters, or one inserts at the
// beginning or inside of what the other replaces.
func (s span) touches(other span) bool {
	if s.from == s.to && other.from == other.to {
		return s.from == other.from
	}
	if s.from == other.from {
		return true
	}
	return s.from < other.to && other.from < s.to
}

func spliced(source string, spans []span) string {
	spans = slices.SortedFunc(slices.Values(spans), func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(source[at:s.from] + s.text)
		at = s.to
	}
	return b.String() + source[at:]
}

// maxRounds bounds how often a text is mended: an edit may make room for
// another, but not for ever.
const maxRounds = 20

// Mend carries out what the findings of a text propose, until nothing is left
// to do. The edits of one finding are done all or not at all. After each round
// the text is checked again: what was mended must be gone, and nothing else
// may have come; else it is an error, and the text stays as it is.
func Mend(source string, check func(source string) Report) (mended string, done []Finding, err error) {
	before := check(source)
	for range maxRounds {
		next, round, err := mendOnce(source, before.Findings)
		if err != nil {
			return "", nil, err
		}
		if len(round) == 0 {
			return source, done, nil
		}
		after := check(next)
		if err := proven(next, before, after, round); err != nil {
			return "", nil, err
		}
		source, before, done = next, after, append(done, round...)
	}
	return "", nil, fmt.Errorf("after %d rounds there is still something to mend", maxRounds)
}

func mendOnce(source string, findings []Finding) (string, []Finding, error) {
	var kept []span
	var done []Finding
	for _, f := range findings {
		wanted, err := spansOf(source, f.Edits)
		if err != nil {
			return "", nil, fmt.Errorf("%s: %s: %w", f.Position, f.ID, err)
		}
		if fresh, ok := fits(kept, wanted); ok && len(wanted) > 0 {
			kept, done = append(kept, fresh...), append(done, f)
		}
	}
	return spliced(source, kept), done, nil
}

// proven holds a mended text to its promise.
func proven(text string, before, after Report, done []Finding) error {
	if !readable(text) {
		return errors.New("the mended text is no YAML")
	}
	gone := map[string]int{}
	for _, f := range done {
		gone[f.ID]++
	}
	was, is := tally(before), tally(after)
	for _, f := range slices.Concat(after.Findings, done) {
		if is[f.ID] > was[f.ID]-gone[f.ID] {
			return fmt.Errorf("%s is still there, or came new, after mending %s", f.ID, strings.Join(ids(done), ", "))
		}
	}
	if len(after.NotExamined) > len(before.NotExamined) {
		return errors.New("the mended text is another kind of text")
	}
	return nil
}

func tally(r Report) map[string]int {
	counts := map[string]int{}
	for _, f := range r.Findings {
		counts[f.ID]++
	}
	return counts
}

// ids gives the rules of findings, each once, sorted.
func ids(findings []Finding) []string {
	var list []string
	for _, f := range findings {
		list = append(list, f.ID)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Diff shows what mending changed, in the form that git applies.
func Diff(name, before, after string) (string, error) {
	text, err := task.UnifiedDiff(name, before, after)
	if err != nil {
		return "", fmt.Errorf("show what changed in %s: %w", name, err)
	}
	return text, nil
}

// readable says that a text is YAML, or a workflow in Markdown.
func readable(text string) bool {
	if root, _ := yamltree.ParseAnchored("", []byte(text)); root != nil {
		return true
	}
	file, _ := workflow.Parse("", []byte(text))
	return file != nil
}
