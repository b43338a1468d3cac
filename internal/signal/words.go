package signal

import (
	"fmt"
	"strings"
)

// kind says what a text is for.
type kind int

const (
	asked  kind = iota // it says what is to be done: the brief, or a title before there is a change
	titled             // it names a change that is there: a title, or a trusted brief beside a change
	noted              // it names one step on the way to a change: a commit's subject
	told               // it tells about a change, at any length
)

// text is one piece of words, with the name by which it is shown.
type text struct {
	source  string
	words   string
	trusted bool
	kind    kind
}

// texts gives every piece of words that came with the work, in a fixed order:
// the brief, the title, the body, the subjects and the bodies of commits.
func (in Input) texts() []text {
	brief, title := asked, asked
	if in.HasChange {
		title = titled
	}
	if in.HasChange && in.Brief.Trusted {
		brief = titled // whoever vouches for both says what the change is
	}
	all := []text{
		{"brief", in.Brief.Text, in.Brief.Trusted, brief},
		{"title", in.Brief.Title, false, title},
		{"body", in.Brief.Body, false, told},
	}
	for _, c := range in.Change.Commits {
		all = append(all, text{"commit message", c.Subject, false, noted}, text{"commit message", c.Body, false, told})
	}
	return all
}

// read reads every text that says something, in their order.
func (in Input) read() []reading {
	if in.readings != nil {
		return in.readings
	}
	readings := []reading{}
	for _, t := range in.texts() {
		if strings.TrimSpace(t.words) != "" {
			readings = append(readings, read(t))
		}
	}
	return readings
}

// maxJoined bounds how much of what was seen one hit tells.
const maxJoined = 3

// said is a phrase that fits, and the text in which it first stands.
type said struct{ source, words string }

// wordHits gives one hit that tells the first phrases that fit; none where
// nothing fits. Words have no place, so a second hit would say nothing new.
func wordHits(id string, readings []reading, find func(reading) []string) []Hit {
	var all []said
	seen := map[string]bool{}
	for _, r := range readings {
		for _, words := range find(r) {
			if !seen[words] {
				seen[words] = true
				all = append(all, said{r.source, words})
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	return []Hit{{Signal: id, Text: quoteSaid(all)}}
}

// askedFor makes the Fire of a signal about what an author asks for: a brief,
// or a title while there is no change yet. A change that is there shows by
// itself how far it reaches and what its cause was.
func askedFor(id string, find func(reading) []string) func(Input) []Hit {
	return func(in Input) []Hit {
		return wordHits(id, in.read(), func(r reading) []string {
			if r.kind != asked {
				return nil
			}
			return find(r)
		})
	}
}

// quoteSaid writes `title says "auth", "token"; body says "login"`.
func quoteSaid(found []said) string {
	var b strings.Builder
	for i, s := range found[:min(len(found), maxJoined)] {
		switch {
		case i > 0 && s.source == found[i-1].source:
			fmt.Fprintf(&b, ", %q", s.words)
			continue
		case i > 0:
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "%s says %q", s.source, s.words)
	}
	if len(found) > maxJoined {
		b.WriteString(" and more")
	}
	return b.String()
}
