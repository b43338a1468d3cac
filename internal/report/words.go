package report

import (
	"fmt"
	"strings"
	"unicode"

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

func name(s string) string   { return sanitize.Cell(wholeWords(s, maxName), maxName) }
func phrase(s string) string { return sanitize.Cell(wholeWords(s, maxPhrase), maxPhrase) }

// wholeWords cuts a long text after a word. One endless word is left to be
// cut by whoever bounds it.
func wholeWords(s string, most int) string {
	runes := []rune(strings.ToValidUTF8(s, "\uFFFD"))
	if len(runes) <= most {
		return s
	}
	for at := most - 2; at > most/2; at-- {
		if unicode.IsSpace(runes[at]) {
			return strings.TrimRightFunc(string(runes[:at]), unicode.IsSpace) + " …"
		}
	}
	return s
}

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
	var locks, others []string
	for _, r := range d.Reasons {
		switch {
		case r.Decisive && r.Lock:
			locks = append(locks, r.Text)
		case r.Decisive:
			others = append(others, r.Text)
		}
	}
	return append(locks, others...)
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
	if by := s.caughtBy(r.Decision.Catch); by != "" && !doneLocally(r) && r.Recorded == nil {
		shown = append(shown, "caught by "+by)
	}
	if len(shown) == 0 {
		return "–"
	}
	return strings.Join(shown, "; ")
}

// doneLocally says that code of ours did the task: the catch test was about a
// model's output, and there is none.
func doneLocally(r dispatch.Result) bool {
	return r.Status == dispatch.Clean && r.Tier == policy.Local && len(r.Attempts) == 0
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
	case r.Recorded != nil && tier == 0:
		words = "in no tier"
	case r.Reused != nil && r.Decision.Tier != 0:
		words = "decided: " + r.Decision.Tier.String()
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
	if r.Recorded != nil {
		words += fmt.Sprintf(" (routing: %s)", decidedTier(r.Decision))
	} else if r.Decision.Observed && r.Decision.Would != 0 {
		words += fmt.Sprintf(" (routing: %s)", r.Decision.Would)
	}
	return words
}

// carrier is what did the work, or what was decided where nothing did: one
// tier, and the model that goes with it (empty where no model has a part in
// it, or where an earlier run's answer stands). Both come from the same place,
// so that they never contradict.
func carrier(r dispatch.Result) (policy.Tier, policy.Model) {
	d := r.Decision
	switch {
	case r.Recorded != nil:
		return r.Model.Tier, r.Model
	case r.Reused != nil:
		return 0, policy.Model{} // who gave it is not known
	case r.Model.Model != "" && (d.Observed || len(r.Attempts) > 0):
		return r.Model.Tier, r.Model
	case r.Model.Model != "":
		return r.Tier, r.Model // decided and not run
	case r.Tier == policy.Local && len(r.Attempts) == 0:
		return policy.Local, policy.Model{}
	case d.Model == nil:
		return d.Tier, policy.Model{}
	case d.Observed:
		return d.Model.Tier, *d.Model
	default:
		return d.Tier, *d.Model
	}
}

// ran is the tier of the carrier. It is 0 where the baseline did the work and
// stands in no tier of the pool.
func ran(r dispatch.Result) policy.Tier {
	tier, _ := carrier(r)
	return tier
}

// model is the carrier's pool entry; false where no model has a part in it.
func model(r dispatch.Result) (policy.Model, bool) {
	_, m := carrier(r)
	return m, m.Model != ""
}

// released is the attempt whose answer was taken.
func released(r dispatch.Result) (dispatch.Attempt, bool) {
	for _, a := range r.Attempts {
		if a.Released {
			return a, true
		}
	}
	return dispatch.Attempt{}, false
}

// served is what answered in place of the model that was asked, "" where it
// is the same or not known.
func served(a dispatch.Attempt) string {
	if a.ServedModel == "" || money.SameModel(a.Model.Model, a.ServedModel) {
		return ""
	}
	return a.ServedModel
}

// earlierRun stands where a model would: what gave a reused answer is not known.
const earlierRun = "earlier run"

func modelWords(r dispatch.Result) string {
	if r.Reused != nil {
		return earlierRun
	}
	m, ok := model(r)
	switch {
	case !ok && r.Recorded != nil:
		return "not known"
	case !ok:
		return "no model"
	}
	words := name(m.Model)
	if a, ok := released(r); ok {
		if other := served(a); other != "" {
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
	case dispatch.RecordedOnly:
		return "recorded only, not verified"
	}
	if r.Decision.Refused != "" {
		words = "**did not run**"
	}
	if n := r.Output.Dropped; n > 0 {
		words += fmt.Sprintf(", %d left out", n)
	}
	return words + attemptWords(r)
}

// attemptWords counts the attempts where it is not one that succeeded.
func attemptWords(r dispatch.Result) string {
	_, ok := released(r)
	switch n := len(r.Attempts); {
	case n > 0 && !ok:
		return ", " + count(n, "attempt") + ", none released"
	case n > 1:
		return fmt.Sprintf(", %d attempts", n)
	default:
		return ""
	}
}

func filesRead(r dispatch.Result) string {
	return fmt.Sprintf("%s of %s read", thousands(int64(r.FilesRead)), count(r.FilesTotal, "file"))
}

// escalated says that the output came from a higher tier than the first
// attempt's.
func escalated(r dispatch.Result) bool {
	return r.Recorded == nil && len(r.Attempts) > 1 && r.Attempts[len(r.Attempts)-1].Model.Tier > r.Attempts[0].Model.Tier
}
