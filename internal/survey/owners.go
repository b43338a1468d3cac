package survey

import (
	"slices"
	"strings"

	"github.com/tierwise/tierwise/internal/workflow"
)

// owners gives who answers for the repository: who was named, else the last
// line of CODEOWNERS that reaches everything, else the account that holds the
// repository.
func owners(r Repository) []string {
	if len(r.Owners) > 0 {
		return r.Owners
	}
	var found []string
	for line := range strings.Lines(r.CodeOwners) {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) > 1 && (fields[0] == "*" || fields[0] == "/" || fields[0] == "/**" || fields[0] == "**") {
			found = accounts(fields[1:])
		}
	}
	if owner, _, ok := strings.Cut(r.Name, "/"); len(found) == 0 && ok && IsAccount("@"+owner) {
		found = []string{"@" + owner}
	}
	return found
}

// accounts leaves out mail addresses, which a policy does not take.
func accounts(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !IsAccount(name) })
}

// IsAccount says that a name is written as the platform writes a person or a
// team: @name or @organisation/team.
func IsAccount(name string) bool {
	rest, ok := strings.CutPrefix(name, "@")
	return ok && rest != "" && strings.Trim(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == ""
}

// providers gives whose models the calls use.
func providers(calls []workflow.Call) []string {
	var found []string
	for _, c := range calls {
		if c.Agent.Provider != "" {
			found = append(found, c.Agent.Provider)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
