package signal

import "github.com/tierwise/tierwise/internal/task"

func guardRemoved() Signal {
	return Signal{
		ID:      "guard-removed",
		Summary: "a check of who may do what, or how much, was removed or loosened",
		Why:     "it is one line, no test misses it, and from then on everybody may",
		Example: "-	if !user.IsAdmin() {\n-		return ErrForbidden\n-	}",
		Fix:     "a check that moved to another place fires as well: a reviewer has to see that it did",
		Needs:   []Need{NeedsDiff},
		Domains: []task.Domain{task.Security},
		Content: &content{reads: obeyed, block: cutOff, rules: guardRules},
	}
}

// obeyed reads all but prose and lists of names: a danger counts in tests,
// settings, vendored code and instructions for agents too.
func obeyed(c Class) bool { return c != LockFile && c != Documentation }

func guardRules() []rule {
	rules := removedGuards()
	rules = append(rules, removedAccessRules()...)
	rules = append(rules, loosenedGuards()...)
	rules = append(rules, bypasses()...)
	rules = append(rules, removedBounds()...)
	rules = append(rules, swallowedGuards()...)
	rules = append(rules, addedBypasses()...)
	return append(rules, removedBrakes()...)
}
