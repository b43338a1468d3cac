package dispatch

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/task"
)

// Bounds of the words that go with a change, in bytes.
const (
	maxWordBytes = 16 << 10
	maxLogBytes  = 128 << 10
)

// composer collects the blocks of a prompt, cleaned, within a bound of tokens.
type composer struct {
	scanner Scanner
	left    int64
	blocks  []block
	hidden  int // characters taken out
	shown   int // hidden characters written by their names
	rules   map[string]int
	told    []string // what else a reader should know of the prompt
}

// words adds everything but the diff.
func (c *composer) words(t task.Task, in task.Input) {
	c.add(titleLabel, c.bounded(in.Title, maxWordBytes))
	c.add(descriptionLabel, c.bounded(in.Body, maxWordBytes))
	c.add(briefLabel, c.bounded(in.Brief, maxWordBytes))
	c.add(commitsLabel, c.bounded(commitText(in.Change.Commits), 2*maxWordBytes))
	if t.NeedsLog {
		c.add("log", c.log(task.ExcerptLog(in.Log, maxLogBytes)))
	}
	switch {
	case in.Handoff == nil:
	case t.Judges():
		c.told = append(c.told, "the handoff was not sent: what judges reads the change itself")
	default:
		c.handoff(*in.Handoff)
	}
}

// handoff adds what an earlier step handed over. A task that judges is not
// given it: whoever can write the file could tell it what to find.
func (c *composer) handoff(h task.Handoff) {
	h, err := h.Sealed(maxHandoffPrompt, EstimateTokens)
	if err != nil {
		c.told = append(c.told, "the handoff was not sent: "+err.Error())
		return
	}
	for _, b := range blocksOf(h, "handoff from an earlier step", "text of models from an earlier step") {
		c.add(b.label, c.clean("", b.text))
	}
}

func (c *composer) add(label, text string) {
	if text == "" {
		return
	}
	c.left -= EstimateTokens(text)
	c.blocks = append(c.blocks, block{label, text})
}

// fit cuts text to what is left of the bound.
func (c *composer) fit(text string) string {
	return head(text, int(max(0, c.left)))
}

// bounded cleans words and then cuts them: a cut through a secret would leave a
// half that no rule knows. What is cleaned is itself bounded.
func (c *composer) bounded(text string, most int) string {
	return head(c.clean("", head(text, 4*most)), most)
}

// clean takes hidden characters and secrets out of words.
func (c *composer) clean(path, text string) string {
	text, n := sanitize.StripHidden(strings.ToValidUTF8(text, "\uFFFD"))
	c.hidden += n
	return c.redact(path, text)
}

// log keeps what looks like HTML: a log may print it, and it is its text.
func (c *composer) log(text string) string {
	text, n := sanitize.StripInvisible(strings.ToValidUTF8(text, "\uFFFD"))
	c.hidden += n
	return c.redact("", text)
}

// diff renders a file for a prompt. Comments stay: in a diff they are a part
// of what is judged. A task that judges is shown hidden characters by their
// names, since they may be the attack; for the others they are taken out.
func (c *composer) diff(f change.File, judges bool) string {
	text := strings.ToValidUTF8(f.Patch(), "\uFFFD")
	if judges {
		shown, n := sanitize.ShowInvisible(text)
		text, c.shown = shown, c.shown+n
	} else {
		clean, n := sanitize.StripInvisible(text)
		text, c.hidden = clean, c.hidden+n
	}
	name := c.redact("", sanitize.LogLine(strings.Join(f.Paths(), " from ")))
	return fmt.Sprintf("file %s, %s\n%s\n", name, f.Status, c.redact(f.Path, text))
}

func (c *composer) redact(path, text string) string {
	if c.scanner == nil || text == "" {
		return text
	}
	clean, rules := c.scanner.Redact(path, text)
	for _, r := range rules {
		c.rules[r]++
	}
	return clean
}

// notes says what was taken out.
func (c *composer) notes() []string {
	notes := c.told
	if c.hidden > 0 {
		notes = append(notes, fmt.Sprintf("%s removed from what was sent", plural(c.hidden, "hidden character")))
	}
	if c.shown > 0 {
		notes = append(notes, fmt.Sprintf("%s shown to the model by name", plural(c.shown, "hidden character")))
	}
	for _, rule := range sortedKeys(c.rules) {
		notes = append(notes, fmt.Sprintf("secret redacted before sending: %s (%d)", rule, c.rules[rule]))
	}
	return notes
}

func sortedKeys(m map[string]int) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func commitText(commits []change.Commit) string {
	var b strings.Builder
	for _, c := range commits {
		if c.Parents > 1 {
			continue
		}
		fmt.Fprintf(&b, "%.12s %s\n", c.SHA, c.Subject)
		if body := strings.TrimSpace(c.Body); body != "" {
			fmt.Fprintf(&b, "    %s\n", strings.ReplaceAll(body, "\n", "\n    "))
		}
	}
	return b.String()
}

const cutNote = "[cut here]"

// head keeps the first n bytes, on a character's border.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "\n" + cutNote
}
