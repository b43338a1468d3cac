package signal

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/change"
)

var (
	needsLine       = probing(`^needs:\s*(.*)$`)
	environmentLine = probing(`^environment:`)
	triggerLine     = probing(`^(?:-\s*)?["']?(pull_request|push)["']?\s*:?\s*(?:\{\s*\}|null)?$|^["']?on["']?:.*\b(?:pull_request|push)\b`)
	everythingInto  = probing(`^(?:paths|branches|tags)-ignore:\s*\[?\s*["']?\*\*(?:/\*)?["']?\s*[,\]]?|^-\s*["']?\*\*(?:/\*)?["']?$`)
)

// lostNeeds finds a job that waits for fewer others: it can now run before,
// or without, the checks that held it.
func lostNeeds(l line, b block) string {
	was := needsLine.of(l)
	if l.class != Workflow || was == nil || jobWent(l, b) {
		return ""
	}
	for _, o := range b.beside(l) {
		if is := needsLine.of(o); is != nil {
			if is[1] != "" && len(jobNames(is[1])) < len(jobNames(was[1])) {
				return "a job waits for fewer others"
			}
			return ""
		}
	}
	return "a job waits for no other"
}

func jobNames(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(`[], "'`, r) })
}

// lostNeed reads a list of jobs that is written one a line.
func lostNeed(l line, b block) string {
	if l.class != Workflow || !strings.HasPrefix(l.code, "- ") || strings.ContainsAny(l.code, ":$") || len(b.added) > 0 {
		return ""
	}
	if slices.ContainsFunc(b.removed, needsLine.in) || listAbove(b) != "needs:" {
		return ""
	}
	return "a job waits for fewer others"
}

// listAbove gives the key of the list in which the block stands, "" for none.
func listAbove(b block) string {
	for _, above := range slices.Backward(b.over.lines) {
		if code := strings.TrimSpace(above.Text); above.Op != change.Add && !strings.HasPrefix(code, "- ") {
			return code
		}
	}
	return ""
}

func lostEnvironment(l line, b block) string {
	if l.class != Workflow || !environmentLine.in(l) || jobWent(l, b) || slices.ContainsFunc(b.beside(l), environmentLine.in) {
		return ""
	}
	return "a job no longer waits for the rules of an environment"
}

// jobWent says that the head of the job was removed with the line.
func jobWent(l line, b block) bool {
	at := placeIn(b.removed, l)
	for i := at - 1; i >= max(0, at-maxAbove); i-- {
		if o := b.removed[i]; indent(o) < indent(l) && strings.HasSuffix(o.code, ":") {
			return true
		}
	}
	return false
}

// lostTrigger finds a trigger whose word the block no longer has.
func lostTrigger(l line, b block) string {
	if l.class != Workflow || !triggerLine.in(l) {
		return ""
	}
	for _, name := range []string{"pull_request", "push"} {
		if hasTrigger(l, name) && !slices.ContainsFunc(b.beside(l), func(o line) bool { return hasTrigger(o, name) }) {
			return "a workflow no longer starts on " + name
		}
	}
	return ""
}

func hasTrigger(l line, name string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(l.code, func(r rune) bool { return strings.ContainsRune(`[]{}, "':`, r) }), func(w string) bool { return w == name })
}

// ignoresAll finds a filter that leaves nothing to start on.
func ignoresAll(l line, b block) string {
	if l.class != Workflow || !strings.Contains(l.code, "**") || !everythingInto.in(l) {
		return ""
	}
	if !strings.HasPrefix(l.code, "-") || strings.HasSuffix(keyBefore(l, b), "-ignore:") {
		return "a workflow ignores every change"
	}
	return ""
}

// keyBefore gives the key of the list that an added item belongs to.
func keyBefore(l line, b block) string {
	at := indexOf(l, b.added)
	for _, above := range slices.Backward(b.added[max(0, at-12):at]) {
		if !strings.HasPrefix(above.code, "- ") {
			return above.code
		}
	}
	return listAbove(b)
}
