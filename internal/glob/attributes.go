package glob

import (
	"slices"
	"strings"
)

// maxAttributesLine is the length, in bytes, from which git ignores a line:
// ATTR_MAX_LINE_LENGTH in https://github.com/git/git/blob/v2.39.5/attr.h.
const maxAttributesLine = 2048

// Attributes are the rules of the .gitattributes file at a repository's root,
// in the order of the file. Rules that git ignores are not in it.
type Attributes struct {
	rules  []attributeRule
	macros map[string][]assignment
}

type attributeRule struct {
	pattern     wildPattern
	assignments []assignment
}

// ParseAttributes reads the text of a .gitattributes file as described in
// https://git-scm.com/docs/gitattributes. Lines that git ignores with a
// warning (a negated pattern, a name it does not allow, an overlong line) are
// ignored here too, so that both read the same.
func ParseAttributes(text string) Attributes {
	a := Attributes{macros: map[string][]assignment{
		// git's one built-in macro.
		"binary": {{"diff", "false", switchedOff}, {"merge", "false", switchedOff}, {"text", "false", switchedOff}},
	}}
	text = strings.TrimPrefix(text, "\ufeff")
	for line := range strings.SplitSeq(text, "\n") {
		if len(line) < maxAttributesLine {
			a.add(line)
		}
	}
	return a
}

func (a *Attributes) add(line string) {
	// git's strings end at a NUL.
	line, _, _ = strings.Cut(line, "\x00")
	line = strings.TrimLeft(line, attributeBlanks)
	if line == "" || line[0] == '#' {
		return
	}
	pattern, rest := cutPattern(line)
	assignments, ok := parseAssignments(rest)
	if !ok {
		return
	}
	name, macro := strings.CutPrefix(pattern, "[attr]")
	switch {
	case macro && name != "":
		name, _ = cutWord(strings.TrimLeft(name, attributeBlanks))
		if isAttributeName(name) {
			a.macros[name] = assignments
		}
	case !strings.HasPrefix(pattern, "!"):
		a.rules = append(a.rules, attributeRule{parseWild(pattern), assignments})
	}
}

// Value gives an attribute of a file by its path. "attr" is "true", "-attr" is
// "false", "attr=value" is the value. set is false where nothing says
// anything, or where the last word is "!attr".
func (a Attributes) Value(path, attribute string) (value string, set bool) {
	found := map[string]assignment{}
	for i := len(a.rules) - 1; i >= 0; i-- {
		if rule := a.rules[i]; a.speaksOf(rule, attribute) && rule.pattern.match(path) {
			a.fill(found, rule.assignments)
		}
		if got, ok := found[attribute]; ok {
			return got.value, got.state != takenBack
		}
	}
	return "", false
}

// speaksOf says that a rule names the attribute, or a macro, behind which it
// may stand. It spares holding a path against the patterns of the rest.
func (a Attributes) speaksOf(rule attributeRule, attribute string) bool {
	return slices.ContainsFunc(rule.assignments, func(next assignment) bool {
		return next.name == attribute || a.macros[next.name] != nil
	})
}

// fill keeps the first word on each attribute, since it comes from the end of
// the file. A macro that is set speaks for the attributes behind it.
func (a Attributes) fill(found map[string]assignment, assignments []assignment) {
	for i := len(assignments) - 1; i >= 0; i-- {
		next := assignments[i]
		if _, ok := found[next.name]; ok {
			continue
		}
		found[next.name] = next
		if next.state == switchedOn {
			a.fill(found, a.macros[next.name])
		}
	}
}
