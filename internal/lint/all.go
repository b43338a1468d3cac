package lint

// All gives every rule, sorted by id.
func All() []Rule {
	return []Rule{
		actionNotPinned(),
		annotationMissing(),
		fullOutputShown(),
		modelNotPinned(),
		noConcurrency(),
		openToEveryone(),
		ownerMissing(),
		privilegedCheckout(),
		secretsOnForkEvents(),
		tokenAndKey(),
		unattendedTools(),
		untrustedInPrompt(),
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
