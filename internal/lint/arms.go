package lint

import (
	"slices"
	"strings"
)

// maxArms is how deep the parentheses of a condition are followed. What stands
// deeper is taken as one piece.
const maxArms = 20

// bare takes the ${{ }} off a condition that is the whole of it.
func bare(condition string) string {
	text := strings.TrimSpace(condition)
	inner, ok := strings.CutPrefix(text, "${{")
	if !ok || strings.Count(text, "${{") != 1 || !strings.HasSuffix(inner, "}}") {
		return text
	}
	return strings.TrimSpace(strings.TrimSuffix(inner, "}}"))
}

// holds judges a condition by its operands. With every, all sides of && have
// to hold and one of || is enough; without it, one side of && is enough and
// all of || have to hold.
func holds(condition string, every bool, operand func(string) bool) bool {
	return holdsAt(bare(condition), every, operand, 0)
}

func holdsAt(text string, every bool, operand func(string) bool, depth int) bool {
	text = strings.TrimSpace(text)
	deeper := func(part string) bool { return holdsAt(part, every, operand, depth+1) }
	if depth < maxArms {
		if arms := splitTop(text, "||"); len(arms) > 1 {
			return of(arms, !every, deeper)
		}
		if parts := splitTop(text, "&&"); len(parts) > 1 {
			return of(parts, every, deeper)
		}
		if inner, ok := unwrapped(text); ok {
			return deeper(inner)
		}
	}
	return operand(text)
}

// of asks all or any of some parts.
func of(parts []string, all bool, ask func(string) bool) bool {
	if all {
		return !slices.ContainsFunc(parts, func(p string) bool { return !ask(p) })
	}
	return slices.ContainsFunc(parts, ask)
}

// unwrapped takes off parentheses around the whole of a text.
func unwrapped(text string) (string, bool) {
	if !strings.HasPrefix(text, "(") || !strings.HasSuffix(text, ")") {
		return "", false
	}
	inner := text[1 : len(text)-1]
	depth := 0
	quoted := false
	for i := range len(inner) {
		switch c := inner[i]; {
		case c == '\'':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth < 0 {
				return "", false
			}
		}
	}
	return inner, depth == 0 && !quoted
}

// splitTop splits at an operator outside of quotes and parentheses.
func splitTop(text, operator string) []string {
	var parts []string
	depth, from := 0, 0
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\'':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth == 0 && strings.HasPrefix(text[i:], operator):
			parts = append(parts, text[from:i])
			i += len(operator) - 1
			from = i + 1
		}
	}
	return append(parts, text[from:])
}

// payloads gives the events whose payload holds an object. Only objects that
// other events surely lack are listed.
// https://docs.github.com/en/webhooks/webhook-events-and-payloads
func payloads(object string) []string {
	switch object {
	case "comment":
		return []string{"commit_comment", "discussion_comment", "issue_comment", "pull_request_review_comment"}
	case "review":
		return []string{"pull_request_review"}
	case "issue":
		return []string{"issues", "issue_comment"}
	case "discussion":
		return []string{"discussion", "discussion_comment"}
	case "pull_request":
		return []string{"pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment"}
	case "workflow_run":
		return []string{"workflow_run"}
	}
	return nil
}

var (
	// demandsField finds an operand that holds only where a field of the
	// payload is there: what is missing is empty, and equal to false and zero.
	demandsField = lazily(`(?i)^(?:(?:contains|startsWith|endsWith)\(\s*github\.event\.([a-z_]+)[\w.*-]*\s*,\s*'[^']+'\s*\)` +
		`|contains\(\s*fromJSON\(\s*'[^']+'\s*\)\s*,\s*github\.event\.([a-z_]+)[\w.*-]*\s*\)` +
		`|github\.event\.([a-z_]+)[\w.*-]*(?:\s*==\s*(?:'[^']*[a-z][^']*'|true))?)$`)
	oneEventTest = lazily(`^github\.event_name\s*(==|!=)\s*'([a-z_]+)'$`)
)

// mayHold says whether a condition can be true on an event, as far as it tells
// by the event's name and by what its payload holds. A called workflow runs on
// its caller's event.
func mayHold(condition, event string) bool {
	if event == "workflow_call" {
		return true
	}
	return holds(condition, true, func(operand string) bool {
		if m := oneEventTest().FindStringSubmatch(operand); m != nil {
			return (m[1] == "==") == (m[2] == event)
		}
		m := demandsField().FindStringSubmatch(operand)
		if m == nil {
			return true
		}
		have := payloads(strings.ToLower(m[1] + m[2] + m[3]))
		return have == nil || slices.Contains(have, event)
	})
}
