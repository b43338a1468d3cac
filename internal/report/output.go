package report

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// maxSource bounds what is defused of one text: sanitize.Markdown cuts a
// longer one by itself, in the middle of a line.
const maxSource = 128 << 10

const cutNote = "\n*Cut here: the rest does not fit.*\n\n"

// outputs are the tasks' own outputs, last on the page, each in its share of
// what is left. A short one leaves its rest to those after it.
func (s Session) outputs(limit int) string {
	var speaking []dispatch.Result
	for _, r := range s.Results {
		if r.Output.Markdown != "" || r.Output.Patch != "" || len(r.Output.Findings) > 0 || r.Output.Dropped > 0 {
			speaking = append(speaking, r)
		}
	}
	var text strings.Builder
	for i, r := range speaking {
		share := (limit - text.Len()) / (len(speaking) - i)
		text.WriteString(s.output(r, share))
	}
	return text.String()
}

// output is one task's own output: whose words it is, then the words.
func (s Session) output(r dispatch.Result, limit int) string {
	head := fmt.Sprintf("### %s\n\n%s\n\n", name(r.Task.ID), s.author(r))
	tail := ""
	if r.Output.Dropped > 0 {
		tail = droppedText(r.Output) + ".\n\n"
	}
	left := limit - len(head) - len(tail) - len(cutNote)
	if left <= 0 {
		return ""
	}
	text, cut := s.words(r, left)
	left -= len(text)
	untold := 0
	for i, f := range bySeverity(r.Output.Findings) {
		piece, cutPiece := findingText(f, s.Links, left)
		if len(piece) > left {
			cut, untold = true, len(r.Output.Findings)-i
			break
		}
		cut = cut || cutPiece
		text += piece
		left -= len(piece)
	}
	switch {
	case untold > 0:
		text += fmt.Sprintf("\n*Cut here: %s more.*\n\n", count(untold, "finding"))
	case cut:
		text += cutNote
		left = 0
	}
	return head + text + patchText(r.Output.Patch, s.Links, left) + tail
}

// words gives a task's markdown. A local form has escaped what strangers wrote
// where it stands and is shown as it is, ready to be copied; what a model
// wrote is defused.
func (s Session) words(r dispatch.Result, limit int) (text string, cut bool) {
	if whole := closed(r.Output.Markdown); r.Output.Escaped && len(whole) <= limit {
		return whole, false
	}
	return fit(r.Output.Markdown, s.Links, limit)
}

// author says whose words follow: a reader must not take a model's for ours.
func (s Session) author(r dispatch.Result) string {
	if r.Reused != nil {
		return fmt.Sprintf("*An earlier run's answer, as the %s has it, verified again. Links and mentions are defused.*", placeWord(r.Reused.From))
	}
	if r.Tier == policy.Local || len(r.Attempts) == 0 {
		return "*Computed by tierwise, without a model.*"
	}
	last, ok := released(r)
	if !ok {
		last = r.Attempts[len(r.Attempts)-1]
	}
	who := last.Model.Model
	if other := served(last); other != "" {
		who = other
	}
	if r.Built != "" {
		return fmt.Sprintf("*Written by %s in part: the rest stands from an earlier run's answer, as the %s has it, and the whole was verified again. Links and mentions are defused.*",
			name(who), placeWord(r.Built))
	}
	return fmt.Sprintf("*Written by %s. Links and mentions are defused.*", name(who))
}

// fit defuses model text and keeps as much of it as fits, by whole lines of
// the source, so that what is cut cannot leave half a construct behind.
func fit(markdown string, allow sanitize.Links, limit int) (text string, cut bool) {
	keep := min(len(markdown), limit, maxSource)
	for keep > 0 {
		text = closed(sanitize.Markdown(wholeLines(markdown, keep), allow))
		if len(text) <= limit {
			return text, keep < len(markdown)
		}
		// Defusing made it longer: keep less, in proportion, and a little
		// less than that, so that the loop ends.
		keep = min(keep-1, int(int64(keep)*int64(limit)/int64(len(text))*9/10))
	}
	return "", markdown != ""
}

// wholeLines gives the first lines of a text that fit. A first line that is
// itself too long is cut between characters.
func wholeLines(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	if at := strings.LastIndexByte(s[:limit], '\n'); at > 0 {
		return s[:at+1]
	}
	return strings.ToValidUTF8(s[:limit], "")
}

// closed ends a block of text with an empty line. Defused markdown leaves no
// construct open, so that is enough to part it from what follows.
func closed(text string) string {
	text = strings.TrimRight(text, "\n")
	if text == "" {
		return ""
	}
	return text + "\n\n"
}
