package signal

import (
	"fmt"
	"slices"
	"strings"
)

func implicitContract() Signal {
	return Signal{
		ID:      "implicit-contract",
		Summary: "a declaration is removed or altered that other files of the repository use",
		Why:     "its callers count on what it was; whether they still may is not to be seen in the diff",
		Example: "-func Charge(cents int) error in pay/charge.go, which mail/receipt.go calls",
		Fix:     "leave the old declaration in place beside the new one, and take it away when nobody uses it",
		Needs:   []Need{NeedsDiff, NeedsTree},
		Fire:    fireImplicitContract,
	}
}

// fireImplicitContract counts users inside the change as well: that a caller
// was touched too does not say that it is right now, and touching it must not
// silence the signal.
func fireImplicitContract(in Input) []Hit {
	if in.Users == nil {
		return nil
	}
	hits := in.unseenContracts()
	changed := in.changedPaths()
	for i, a := range in.altered() {
		if i == maxSharedNames {
			text := fmt.Sprintf("more than %d names are altered; who uses %s was not looked up", maxSharedNames, a.name)
			return append(hits, Hit{Signal: "implicit-contract", File: a.files[0], Line: a.line, Text: text})
		}
		if users := in.usersOf(a); len(users) > 0 {
			hits = append(hits, Hit{Signal: "implicit-contract", File: a.files[0], Line: a.line, Text: usersText(a.name, users, changed)})
		}
	}
	return hits
}

// unseenContracts fires on code whose lines are not shown: they may declare
// what others use.
func (in Input) unseenContracts() []Hit {
	var hits []Hit
	for i, f := range in.Change.Files {
		if in.unread(f) && slices.Contains(in.classesOf(i), Code) {
			hits = append(hits, Hit{Signal: "implicit-contract", File: f.Path, Text: "its lines are not shown"})
		}
	}
	return hits
}

// usersOf gives the files that use a name, without the one that declared it.
// Where several did, each of them may be a user of another.
func (in Input) usersOf(a alteration) []string {
	users := slices.Clone(in.Users[a.name])
	if len(a.files) == 1 {
		users = slices.DeleteFunc(users, func(path string) bool { return path == a.files[0] })
	}
	slices.Sort(users)
	return slices.Compact(users)
}

func (in Input) changedPaths() map[string]bool {
	changed := map[string]bool{}
	for _, f := range in.Change.Files {
		for _, path := range f.Paths() {
			changed[path] = true
		}
	}
	return changed
}

// usersText names those outside the change, if there are any.
func usersText(name string, users []string, changed map[string]bool) string {
	where := "outside the change"
	outside := slices.DeleteFunc(slices.Clone(users), func(path string) bool { return changed[path] })
	if len(outside) == 0 {
		where, outside = "of the change", users
	}
	count := fmt.Sprintf("%d files %s use", len(outside), where)
	if len(outside) == 1 {
		count = "1 file " + where + " uses"
	}
	more := ""
	if len(outside) > maxJoined {
		outside, more = outside[:maxJoined], ", …"
	}
	return fmt.Sprintf("%s %s: %s%s", count, name, strings.Join(outside, ", "), more)
}
