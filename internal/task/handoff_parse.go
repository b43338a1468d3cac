package task

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tierwise/tierwise/internal/sanitize"
)

// Bounds of a handoff. Texts are counted in characters, lists in items. They
// hold for what is written too, so that whatever is written can be read.
const (
	maxHandoffBytes = 1 << 20
	maxHandoffName  = 100
	maxHandoffPath  = 300
	maxHandoffText  = 300
	maxHandoffItems = 300
	maxHandoffModel = 4000
)

// ParseHandoff reads a document strictly: canonical form, schema, bounds and
// own digest must all hold. What it gives is still untrusted: a digest is no
// signature.
func ParseHandoff(data []byte) (Handoff, error) {
	h, err := parseHandoff(data)
	if err != nil {
		return Handoff{}, fmt.Errorf("read handoff: %w", err)
	}
	return h, nil
}

func parseHandoff(data []byte) (Handoff, error) {
	if len(data) > maxHandoffBytes {
		return Handoff{}, fmt.Errorf("it has %d bytes, more than the %d that are read", len(data), maxHandoffBytes)
	}
	var h Handoff
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&h); err != nil {
		return Handoff{}, fmt.Errorf("it is not JSON of the schema: %w", err)
	}
	if h.Schema != HandoffSchema {
		return Handoff{}, fmt.Errorf("schema %.40q, expected %q", h.Schema, HandoffSchema)
	}
	// One comparison refuses keys that stand twice, in another case or not at
	// all, null for a list, and anything behind the document.
	canonical, err := h.JSON()
	if err != nil {
		return Handoff{}, err
	}
	if !bytes.Equal(bytes.TrimSpace(data), bytes.TrimSpace(canonical)) {
		return Handoff{}, errors.New("it is not in its canonical form")
	}
	if err := h.check(); err != nil {
		return Handoff{}, err
	}
	digest, err := h.digest()
	if err != nil {
		return Handoff{}, err
	}
	if digest != h.Digest {
		return Handoff{}, errors.New("its digest is not that of its content: it was changed after it was written")
	}
	return h, nil
}

// check holds every field to its bound.
func (h Handoff) check() error {
	c := handoffCheck{}
	c.name(h.Repository, h.Base, h.Head, h.ChangeDigest, h.PolicyDigest, h.Task, h.Tier, h.Model, h.Digest)
	c.count(h.PullRequest)
	c.items(len(h.Facts.Domains), len(h.Facts.Signals), len(h.Decisions), len(h.Questions), len(h.Files), len(h.Refused), len(h.Results), len(h.Cut))
	c.items(len(h.GivenFacts.Domains), len(h.GivenFacts.Signals), len(h.GivenQuestions))
	c.facts(h.Facts)
	c.facts(h.GivenFacts)
	for _, d := range h.Decisions {
		c.name(d.Task, d.Rule, d.Tier)
		c.text(maxHandoffText, d.Text)
	}
	c.text(maxHandoffText, slices.Concat(h.Questions, h.GivenQuestions)...)
	c.text(maxHandoffPath, h.Files...)
	for _, r := range h.Refused {
		c.refusal(r)
	}
	for _, r := range h.Results {
		c.name(r.Task, r.Status, r.Tier, r.Model)
		c.model(r.ModelText)
	}
	for _, cut := range h.Cut {
		c.name(cut.Part)
		c.count(cut.Items)
	}
	return c.err
}

// handoffCheck keeps the first thing that is out of bounds.
type handoffCheck struct{ err error }

func (c *handoffCheck) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

func (c *handoffCheck) facts(f HandoffFacts) {
	known := map[Domain]bool{}
	for _, d := range Domains() {
		known[d] = true
	}
	for i, d := range f.Domains {
		if !known[d] || i > 0 && f.Domains[i-1] >= d {
			c.fail("domains are unknown, unsorted or twice: %.40q", d)
		}
	}
	for _, s := range f.Signals {
		c.name(s.ID)
		c.text(maxHandoffPath, s.File)
		c.count(s.Line)
	}
}

func (c *handoffCheck) refusal(r HandoffRefusal) {
	c.name(r.Task, r.Tier, r.Model)
	c.items(len(r.Problems))
	for _, p := range r.Problems {
		c.name(p.ID)
		c.text(maxHandoffText, p.Text)
	}
	c.model(r.ModelText)
}

func (c *handoffCheck) count(n int) {
	if n < 0 {
		c.fail("%d, expected no negative number", n)
	}
}

func (c *handoffCheck) items(lengths ...int) {
	for _, n := range lengths {
		if n > maxHandoffItems {
			c.fail("a list of %d items, more than %d", n, maxHandoffItems)
		}
	}
}

func (c *handoffCheck) name(texts ...string) { c.text(maxHandoffName, texts...) }

// text takes one line in which everything can be seen.
func (c *handoffCheck) text(most int, texts ...string) {
	for _, s := range texts {
		if s != handoffLine(s, most) {
			c.fail("a text over %d characters, of several lines or with characters that nobody sees: %.60q", most, s)
		}
	}
}

func (c *handoffCheck) model(s string) {
	if s != handoffModel(s, maxHandoffModel) {
		c.fail("a model's text over %d characters or with characters that nobody sees: %.60q", maxHandoffModel, s)
	}
}

// handoffLine makes one visible line of a text, at most so many characters.
func handoffLine(s string, most int) string { return settled(s, most, sanitize.LogLine) }

// handoffModel keeps the lines of a model's text, and what can be seen.
func handoffModel(s string, most int) string { return settled(s, most, visibleLines) }

func visibleLines(s string) string {
	s, _ = sanitize.StripInvisible(strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || !unicode.IsControl(r) {
			return r
		}
		return -1
	}, s)
}

// settled cleans and cuts a text until neither changes it: a cut may part what
// could be seen only together. What is read back is held to be settled.
func settled(s string, most int, clean func(string) string) string {
	for range 4 {
		next := clipped(clean(s), most)
		if next == s {
			break
		}
		s = next
	}
	return s
}

// clipped keeps at most so many characters, the last of them then "…".
func clipped(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return clip(s, most-1)
}
