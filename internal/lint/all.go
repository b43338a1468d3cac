package lint

// All gives every rule, sorted by id.
func All() []Rule {
	return []Rule{
		annotationMissing(),
		modelNotPinned(),
		ownerMissing(),
	}
}

// Find gives the rule with an id.
func Find(id string) (Rule, bool) {
	for _, r := range rules() {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}
