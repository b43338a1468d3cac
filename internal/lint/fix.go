package lint

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
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
	spans, err := spansOf(source, lineStarts(source), edits)
	if err != nil {
		return "", err
	}
	var kept spanSet
	for _, s := range spans {
		fresh, _ := kept.fits([]span{s})
		kept.add(fresh)
	}
	return kept.spliced(source), nil
}

// lineStarts gives the offset of each line. A byte order mark is no part of the
// first one.
func lineStarts(source string) []int {
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
	return starts
}

// spansOf turns lines and columns into offsets.
func spansOf(source string, starts []int, edits []Edit) ([]span, error) {
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

// spanSet is edits that go together, by where they begin; no two of them touch.
type spanSet []span

// at gives the first edit that does not begin before an offset.
func (k spanSet) at(offset int) int {
	i, _ := slices.BinarySearchFunc(k, offset, func(s span, offset int) int { return cmp.Compare(s.from, offset) })
	return i
}

func (k spanSet) has(s span) bool {
	i := k.at(s.from)
	return i < len(k) && k[i] == s
}

// touched says whether an edit touches one of the set, which is then one of
// its neighbours.
func (k spanSet) touched(s span) bool {
	i := k.at(s.from)
	return i > 0 && s.touches(k[i-1]) || i < len(k) && s.touches(k[i])
}

// fits gives those of the new edits that are not there yet, and whether all of
// them go with those that are.
func (k spanSet) fits(wanted []span) ([]span, bool) {
	var fresh []span
	for _, w := range wanted {
		if k.has(w) || slices.Contains(fresh, w) {
			continue
		}
		if k.touched(w) || slices.ContainsFunc(fresh, w.touches) {
			return nil, false
		}
		fresh = append(fresh, w)
	}
	return fresh, true
}

func (k *spanSet) add(fresh []span) {
	for _, s := range fresh {
		*k = slices.Insert(*k, k.at(s.from), s)
	}
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

func (k spanSet) spliced(source string) string {
	var b strings.Builder
	at := 0
	for _, s := range k {
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
// may have come. Where that fails the rules of the round are tried one by one,
// and those that fail alone are held back; where nothing else is left to do
// that is an error, and the text stays as it is.
func Mend(source string, check func(source string) Report) (mended string, done []Finding, err error) {
	m := mending{source: source, report: check(source), check: check, held: map[string]error{}}
	for range maxRounds {
		more, err := m.round()
		switch {
		case err != nil:
			return "", nil, err
		case more:
		case len(m.done) == 0 && len(m.held) > 0:
			return "", nil, m.refused()
		default:
			return m.source, m.done, nil
		}
	}
	return "", nil, fmt.Errorf("after %d rounds there is still something to mend", maxRounds)
}

// mending is a text on its way.
type mending struct {
	source string
	report Report // on source
	check  func(source string) Report
	done   []Finding
	held   map[string]error // rules that are not to be mended here, and why
}

// round does everything at once, or where that does not hold, rule by rule. It
// says whether there was something to do.
func (m *mending) round() (more bool, err error) {
	open := slices.DeleteFunc(slices.Clone(m.report.Findings), func(f Finding) bool { return len(f.Edits) == 0 || m.held[f.ID] != nil })
	if len(open) == 0 {
		return false, nil
	}
	if refused, err := m.step(""); err != nil || refused == nil {
		return true, err
	}
	for _, id := range ids(open) {
		refused, err := m.step(id)
		if err != nil {
			return false, err
		}
		if refused != nil {
			m.held[id] = refused
		}
	}
	return true, nil
}

// step mends the findings of one rule, or of all with "", that are not held
// back. Refused says why the text stays as it is.
func (m *mending) step(id string) (refused, err error) {
	open := slices.DeleteFunc(slices.Clone(m.report.Findings), func(f Finding) bool { return m.held[f.ID] != nil || id != "" && f.ID != id })
	next, round, err := mendOnce(m.source, open)
	if err != nil || len(round) == 0 {
		return nil, err
	}
	after := m.check(next)
	if err := proven(next, m.report, after, round); err != nil {
		return err, nil
	}
	m.source, m.report, m.done = next, after, append(m.done, round...)
	return nil, nil
}

func (m *mending) refused() error {
	var list []error
	for _, id := range slices.Sorted(maps.Keys(m.held)) {
		list = append(list, m.held[id])
	}
	return errors.Join(list...)
}

func mendOnce(source string, findings []Finding) (string, []Finding, error) {
	var kept spanSet
	var done []Finding
	starts := lineStarts(source)
	for _, f := range findings {
		wanted, err := spansOf(source, starts, f.Edits)
		if err != nil {
			return "", nil, fmt.Errorf("%s: %s: %w", f.Position, f.ID, err)
		}
		if fresh, ok := kept.fits(wanted); ok && len(wanted) > 0 {
			kept.add(fresh)
			done = append(done, f)
		}
	}
	return kept.spliced(source), done, nil
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
