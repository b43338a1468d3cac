package policy

import (
	"strconv"
	"strings"

	"github.com/tierwise/tierwise/internal/yamltree"
)

// budget reads ceilings. Where on_exceeded says nothing, the critical path
// fails and the rest is skipped: the choice that lets nothing through.
func (r *reader) budget(n *yamltree.Node) Budget {
	s := r.section(n, "budget", "run_usd", "pull_request_usd", "day_usd", "actor_day_usd", "critical_reserve", "on_exceeded")
	exceeded := r.section(s.get("on_exceeded"), "on_exceeded", "critical", "auxiliary")
	b := Budget{
		Run:             r.dollars(s.get("run_usd"), "run_usd"),
		PullRequest:     r.dollars(s.get("pull_request_usd"), "pull_request_usd"),
		Day:             r.dollars(s.get("day_usd"), "day_usd"),
		ActorDay:        r.dollars(s.get("actor_day_usd"), "actor_day_usd"),
		CriticalReserve: r.thousandths(s.get("critical_reserve"), "critical_reserve"),
		OnCritical:      r.word(exceeded.get("critical"), "on_exceeded.critical", idUnknownValue, onCriticalWords()),
		OnAuxiliary:     r.word(exceeded.get("auxiliary"), "on_exceeded.auxiliary", idUnknownValue, onAuxiliaryWords()),
		Pos:             s.pos,
	}
	if b.OnCritical == "" {
		b.OnCritical = "fail"
	}
	if b.OnAuxiliary == "" {
		b.OnAuxiliary = "skip"
	}
	return b
}

// thousandths reads a share from 0 to 1 with up to three decimal places.
func (r *reader) thousandths(n *yamltree.Node, what string) int64 {
	text, ok := r.number(n, what)
	if !ok {
		return 0
	}
	whole, fraction, _ := strings.Cut(text, ".")
	value, err := strconv.ParseUint(whole+fraction+strings.Repeat("0", max(0, 3-len(fraction))), 10, 16)
	if err != nil || len(whole) != 1 || len(fraction) > 3 || value > 1000 || strings.HasSuffix(text, ".") {
		r.report(n.Pos, idOutOfRange, "%s is %s, expected a share from 0 to 1 with at most three decimal places, such as 0.5", what, quoted(text))
		return 0
	}
	return int64(value)
}

const (
	leastHandoffTokens   = 100
	mostHandoffTokens    = 100_000
	defaultHandoffTokens = 2_000
	defaultAttempts      = 3
)

// handoff reads the bound of what one tier passes on, in tokens.
func (r *reader) handoff(n *yamltree.Node) Handoff {
	s := r.section(n, "handoff", "+max_tokens")
	return Handoff{MaxTokens: r.integer(s.get("max_tokens"), "max_tokens", leastHandoffTokens, mostHandoffTokens, defaultHandoffTokens)}
}

// escalation reads the bound of attempts. Three attempts of three tries each
// are the most that one task may call.
func (r *reader) escalation(n *yamltree.Node) Escalation {
	s := r.section(n, "escalation", "+max_attempts")
	return Escalation{MaxAttempts: int(r.integer(s.get("max_attempts"), "max_attempts", 1, defaultAttempts, defaultAttempts))}
}

// skip reads when auxiliary tasks do not run at all.
func (r *reader) skip(n *yamltree.Node) Skip {
	s := r.section(n, "skip", "drafts", "only", "actors")
	return Skip{
		Drafts: r.flag(s.get("drafts"), "drafts", false),
		Only:   r.words(r.optionalList(s.get("only"), "skip.only"), "skip.only", idUnknownValue, skipWords()),
		Actors: r.logins(s.get("actors"), "actors"),
		Pos:    s.pos,
	}
}
