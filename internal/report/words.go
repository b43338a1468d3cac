package report

import (
	"fmt"
	"strings"

	"github.com/tierwise/tierwise/internal/dispatch"
	"github.com/tierwise/tierwise/internal/money"
	"github.com/tierwise/tierwise/internal/policy"
	"github.com/tierwise/tierwise/internal/route"
	"github.com/tierwise/tierwise/internal/sanitize"
	"github.com/tierwise/tierwise/internal/task"
)

// Bounds of single pieces of text, in characters before escaping.
const (
	maxName   = 80
	maxPath   = 160
	maxPhrase = 300
)

func name(s string) string   { return sanitize.Cell(s, maxName) }
func phrase(s string) string { return sanitize.Cell(s, maxPhrase) }

// quoted shows an identifier as code, or a dash where there is none: an empty
// pair of backticks would not be code.
func quoted(s string, bound int) string {
	if strings.TrimSpace(s) == "" {
		return "–"
	}
	return sanitize.Code(s, bound)
}

// decisive are the reasons at the final tier, in words.
func decisive(d route.Decision) []string {
	var words []string
	for _, r := range d.Reasons {
		if r.Decisive {
			words = append(words, r.Text)
		}
	}
	return words
}

// why is one line on the tier: at most three reasons, then what would notice
// a bad output.
func (s Session) why(r dispatch.Result) string {
	const most = 3
	words := decisive(r.Decision)
	more := len(words) - most
	shown := make([]string, 0, most)
	for _, w := range words[:min(len(words), most)] {
		shown = append(shown, phrase(w))
	}
	if more > 0 {
		shown = append(shown, fmt.Sprintf("%d more", more))
	}
	if r.Decision.LocalForWantOfKey && ran(r) == policy.Local {
		shown = append(shown, "local for want of a key")
	}
	if by := s.caughtBy(r.Decision.Catch); by != "" {
		shown = append(shown, "caught by "+by)
	}
	if len(shown) == 0 {
		return "–"
	}
	return strings.Join(shown, "; ")
}

// caughtBy names who would notice, where the question was asked and answered
// with yes.
func (s Session) caughtBy(c route.Catch) string {
	if !c.Asked || !c.Caught {
		return ""
	}
	var who []string
	seen := map[task.Catcher]bool{}
	for _, res := range c.Results {
		if res.Catcher == "" || seen[res.Catcher] {
			continue
		}
		seen[res.Catcher] = true
		who = append(who, s.catcherWords(res))
	}
	return strings.Join(who, " and ")
}

func (s Session) catcherWords(res route.CatchResult) string {
	words := string(res.Catcher)
	switch res.Catcher {
	case task.CatcherVerifier:
		return "its verifier"
	case task.CatcherRequiredReview:
		words = "review"
	case task.CatcherRequiredChecks:
		words = "required checks"
	case task.CatcherAdvisory:
		return "its readers (advisory)"
	}
	if s.Branch != "" {
		words += " on " + quoted(s.Branch, maxName)
	}
	if res.Proof == route.Attested || res.Proof == route.Assumed {
		words += " (" + string(res.Proof) + ")"
	}
	return words
}

// tierWords is the tier that ran, what routing would have chosen where it
// only observes, and a lock where no label lowers it.
func tierWords(r dispatch.Result) string {
	words := "none"
	switch tier := ran(r); {
	case tier == policy.Frontier:
		words = "**frontier**"
	case tier != 0:
		words = tier.String()
	case r.Decision.Observed:
		words = "baseline"
	}
	if r.Decision.Locked {
		words += " 🔒"
	}
	if r.Decision.Observed && r.Decision.Would != 0 {
		words += fmt.Sprintf(" (routing: %s)", r.Decision.Would)
	}
	return words
}

// ran is the tier that did the work, or the one decided where none did. It is
// 0 where the baseline did it and stands in no tier of the pool.
func ran(r dispatch.Result) policy.Tier {
	switch {
	case r.Decision.Observed && r.Model.Model != "":
		return r.Model.Tier
	case r.Tier != 0:
		return r.Tier
	default:
		return r.Decision.Tier
	}
}

// model is the pool entry that did the work, or the one decided where none
// did; false where no model has a part in it.
func model(r dispatch.Result) (policy.Model, bool) {
	switch {
	case r.Model.Model != "":
		return r.Model, true
	case len(r.Attempts) > 0:
		return r.Attempts[len(r.Attempts)-1].Model, true
	case r.Tier != policy.Local && r.Decision.Model != nil:
		return *r.Decision.Model, true
	default:
		return policy.Model{}, false
	}
}

// served is what answered in place of the model that was asked, "" where it
// is the same or not known.
func served(a dispatch.Attempt) string {
	if a.ServedModel == "" || money.SameModel(a.Model.Model, a.ServedModel) {
		return ""
	}
	return a.ServedModel
}

func modelWords(r dispatch.Result) string {
	m, ok := model(r)
	if !ok {
		return "no model"
	}
	words := name(m.Model)
	if len(r.Attempts) > 0 {
		if other := served(r.Attempts[len(r.Attempts)-1]); other != "" {
			words += ", served by " + name(other)
		}
	}
	return words
}

func statusWords(r dispatch.Result) string {
	words := string(r.Status)
	switch r.Status {
	case "":
		words = "decided"
	case dispatch.Findings:
		words = count(len(r.Output.Findings), "finding")
	case dispatch.Partial:
		words = fmt.Sprintf("**partial**, %s", filesRead(r))
		if n := len(r.Output.Findings); n > 0 {
			words += ", " + count(n, "finding")
		}
	case dispatch.CouldNotRun:
		words = "**could not run**"
	}
	if n := len(r.Attempts); n > 1 {
		words += fmt.Sprintf(", %d attempts", n)
	}
	return words
}

func filesRead(r dispatch.Result) string {
	return fmt.Sprintf("%s of %s read", thousands(int64(r.FilesRead)), count(r.FilesTotal, "file"))
}

// escalated says that the output came from a higher tier than the first
// attempt's.
func escalated(r dispatch.Result) bool {
	return len(r.Attempts) > 1 && r.Attempts[len(r.Attempts)-1].Model.Tier > r.Attempts[0].Model.Tier
}
