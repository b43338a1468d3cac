package lint

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/diag"
	"github.com/tierwise/tierwise/internal/task"
)

// idBriefVague is named where a dispatcher asks its question.
const idBriefVague = "brief-vague"

func briefVague() Rule {
	return Rule{
		ID:       idBriefVague,
		Severity: diag.Warning,
		Summary:  "the brief is too vague to route",
		Why: "A model that has to guess what is wanted guesses better the dearer it is, so vague work stays frontier. " +
			"A question that is answered before the work is sent costs nothing.",
		Fix:   "Answer the question in the brief. Work that is open for good is declared so: [ambiguity: high].",
		Bad:   Example{Text: "Make the importer better somehow.\n"},
		Good:  Example{Text: "Skip empty lines in internal/importer/csv.go: a file with one should import as if the line were not there.\n"},
		Brief: vagueHits,
	}
}

func vagueHits(b Brief, _ World) []Hit {
	o := b.outline()
	pos, end := b.whole()
	switch {
	case b.declared().Ambiguity == task.High:
		return nil // its author says so, and it is routed as such
	case strings.TrimSpace(b.Text) == "":
		return []Hit{{Pos: pos, Message: "the brief is empty: what is to be done, where, and how does one see that it is done?"}}
	case o.Ambiguity != task.High:
		return nil
	}
	var hits []Hit
	seen := map[string]bool{}
	for _, p := range o.Open {
		if !seen[p.Signal] {
			seen[p.Signal] = true
			at, stop := b.stretch(p.Start, p.End)
			hits = append(hits, Hit{Pos: at, End: stop, Message: fmt.Sprintf("%.60q leaves open %s Once the brief says so, add %s", p.Words, question(p.Signal), suggestion(o))})
		}
	}
	if len(hits) == 0 {
		hits = []Hit{{Pos: pos, End: end, Message: fmt.Sprintf("this is too short to place: what is to be done, where, and how does one see that it is done? Then add %s", suggestion(o))}}
	}
	return hits
}

// question is what a person has to answer, by the signal that a phrase fires.
func question(id string) string {
	return map[string]string{
		"vague-words":     "what is to be done. What is different when it is done, and where?",
		"open-question":   "a decision. Which way was chosen, and why?",
		"earlier-context": "what was said before. What was decided there?",
		"no-stated-cause": "what is wrong. What happens, where, and what should happen instead?",
	}[id]
}
