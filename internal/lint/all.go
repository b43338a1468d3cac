package lint

// All gives every rule, sorted by id.
func All() []Rule {
	return []Rule{
		annotationMissing(),
		modelNotPinned(),
		ownerMissing(),
		policyChangeLoosens(),
		policyChangeMoves(),
	}
}

// Find gives the rule with an id.
func Find(id string) (Rule, bool) {
	for _, r := range All() {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}
