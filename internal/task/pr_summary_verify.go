package task

import (
	"fmt"
	"slices"
	"strings"
)

// maxPoints bounds each list of a summary.
const maxPoints = 40

type summaryAnswer struct {
	Summary   string         `json:"summary"`
	Points    []summaryPoint `json:"points"`
	Attention []summaryPoint `json:"attention"`
}

type summaryPoint struct {
	Text    string   `json:"text"`
	Sources []string `json:"sources"`
}

// verifySummary releases an answer that names nothing outside of the change.
func verifySummary(in Input, answer []byte) (Output, []Problem) {
	var a summaryAnswer
	if problems := readAnswer(answer, []byte(summarySchema), &a); problems != nil {
		return Output{}, problems
	}
	e := gather(in)
	problems := e.checkParagraph(a.Summary)
	if len(a.Points) == 0 {
		problems = append(problems, brokenForm("there are no points")...)
	}
	problems = append(problems, e.checkPoints("point", a.Points)...)
	problems = append(problems, e.checkPoints("attention", a.Attention)...)
	problems = append(problems, e.untoldPoints(slices.Concat(a.Points, a.Attention))...)
	if len(problems) > 0 {
		return Output{}, problems
	}
	return Output{Markdown: renderSummary(a)}, nil
}

func (e *evidence) checkParagraph(text string) []Problem {
	const place = "the summary"
	switch {
	case strings.TrimSpace(text) == "":
		return brokenForm("%s is empty", place)
	case len([]rune(text)) > maxSummary:
		return brokenForm("%s has more than %d characters", place, maxSummary)
	case strings.HasPrefix(strings.TrimSpace(text), "#") || strings.Contains(text, "```"):
		return brokenForm("%s has a heading or a block of code", place)
	}
	var problems []Problem
	for _, s := range e.strangers(text) {
		problems = append(problems, problem("naming-what-is-not-there", "%s names what is not in the change: %.40q", place, s))
	}
	if len(problems) == 0 && !e.grounded(text) {
		problems = append(problems, problem("naming-what-is-not-there", "%s says what the change does not show", place))
	}
	problems = append(problems, e.verdicts("naming-what-is-not-there", place, text, e.breaks())...)
	if w := unfounded(text, e.words); w != "" {
		problems = append(problems, problem("naming-what-is-not-there", "%s claims what the change does not show: %.40q", place, w))
	}
	return append(problems, outward(e.in, place, text)...)
}

func (e *evidence) checkPoints(kind string, points []summaryPoint) []Problem {
	if len(points) > maxPoints {
		return brokenForm("there are %d of %s, more than %d", len(points), kind, maxPoints)
	}
	var problems []Problem
	for i, p := range points {
		place := fmt.Sprintf("%s %d", kind, i+1)
		if broken := oneLiner(place, p.Text, maxEntryText); broken != nil {
			problems = append(problems, broken...)
			continue
		}
		for _, found := range e.checkClaim(place, p.Text, p.Sources) {
			if kind == "attention" && found == e.ungrounded(place) && (general(p.Text) || e.lacking(p.Text)) {
				continue // it speaks of what is not there, as tests
			}
			if found.ID == "inventing" {
				found.ID = "naming-what-is-not-there"
			}
			problems = append(problems, found)
		}
	}
	return problems
}

func renderSummary(a summaryAnswer) string {
	var b strings.Builder
	b.WriteString(strings.Join(strings.Fields(a.Summary), " ") + "\n\n")
	for _, p := range a.Points {
		b.WriteString("- " + inline(p.Text, maxEntryText) + "\n")
	}
	if len(a.Attention) > 0 {
		b.WriteString("\n**To look at**\n\n")
		for _, p := range a.Attention {
			b.WriteString("- " + inline(p.Text, maxEntryText) + "\n")
		}
	}
	return b.String()
}

// general says that a text has no word that is about one change alone.
func general(text string) bool {
	for _, w := range identWord().FindAllString(text, -1) {
		for _, part := range splitIdent(w) {
			if len(part) >= 4 && !emptyWord(part) && !reviewWord(part) {
				return false
			}
		}
	}
	return true
}
