package task

import (
	"strings"

	"github.com/tierwise/tierwise/internal/change"
	"github.com/tierwise/tierwise/internal/sanitize"
)

// omitted names the marked breaking changes that no entry reports as such.
func (e *evidence) omitted(entries []changelogEntry) []Problem {
	var told []claim
	for _, entry := range entries {
		if entry.Breaking {
			told = append(told, claim{entry.Text + " " + trimmed(entry.Upgrade), entry.Sources})
		}
	}
	return e.untold(told)
}

// claim is a sentence with what it rests on.
type claim struct {
	text    string
	sources []string
}

// untold names the marked breaking changes that none of the claims, which are
// those made of breaking changes, is about.
func (e *evidence) untold(told []claim) []Problem {
	var problems []Problem
	for i, stands := range cancel(e.commits) {
		c := e.commits[i]
		if c.Breaking && stands && !c.Fixup && !e.toldBy(told, i) {
			problems = append(problems, problem("omitting-breaking-change", "commit %s is marked as breaking, and nothing that is told as breaking names it and speaks of it", c.short()))
		}
	}
	if titleBreaks(e.in) && !speaks(told, titleWords(e.in)) {
		problems = append(problems, problem("omitting-breaking-change", "the pull request is marked as breaking, and nothing is told as breaking that speaks of it"))
	}
	return problems
}

// toldBy says whether a claim names a commit and speaks of it: a claim that
// lists every source there is tells nothing.
func (e *evidence) toldBy(told []claim, commit int) bool {
	c := e.commits[commit]
	for _, t := range told {
		for _, s := range t.sources {
			for _, i := range e.named(s) {
				if i == commit && speaks([]claim{t}, c.Text+"\n"+c.Body) {
					return true
				}
			}
		}
	}
	return false
}

// speaks says whether one of the claims shares a word that carries meaning
// with a text, or the text has none.
func speaks(told []claim, text string) bool {
	words := map[string]bool{}
	for _, w := range meaning(text) {
		words[w] = true
	}
	for _, t := range told {
		if len(words) == 0 {
			return true
		}
		for _, w := range meaning(t.text) {
			if words[w] {
				return true
			}
		}
	}
	return false
}

func titleWords(in Input) string {
	body, _ := sanitize.StripHidden(in.Body)
	c := parseCommit(change.Commit{Subject: in.Title, Body: body})
	return c.Text + "\n" + body
}

// undone says that a claim rests on nothing but commits that were taken back.
func (e *evidence) undone(sources []string) bool {
	stands := cancel(e.commits)
	fallen := false
	for _, s := range sources {
		at := e.named(s)
		if len(at) == 0 {
			return false
		}
		for _, i := range at {
			if stands[i] {
				return false
			}
			fallen = true
		}
	}
	return fallen
}

// breakingWord marks a sentence that tells of a breaking change.
var breakingWord = lazily(`(?i)\bbreak|\bbroken\b|\bincompatib`)

// untoldPoints is omitted for a summary, whose points have no mark of their
// own: the sentence says it.
func (e *evidence) untoldPoints(points []summaryPoint) []Problem {
	var told []claim
	for _, p := range points {
		if breakingWord().MatchString(p.Text) {
			told = append(told, claim{strings.TrimSpace(p.Text), p.Sources})
		}
	}
	return e.untold(told)
}
