package lint

// All gives every rule, sorted by id.
func All() []Rule {
	return []Rule{
		acceptanceMissing(),
		annotationContradicted(),
		annotationMalformed(),
		annotationMissing(),
		baselineNotInPool(),
		botLogin(),
		briefSecret(),
		briefTooLarge(),
		briefVague(),
		budgetBelowMedian(),
		budgetMissing(),
		catcherUnconfirmed(),
		ceilingWithoutLedger(),
		criticalOnCheap(),
		criticalPathCheap(),
		efficientNotCheaper(),
		failureUncovered(),
		globUnused(),
		modelNotPinned(),
		modelRetired(),
		modelSuperseded(),
		modelUnknown(),
		modelUnpriced(),
		mustFrontierEmpty(),
		mustFrontierGap(),
		mustFrontierRepeated(),
		noLimit(),
		overrideOpen(),
		overrideWithoutReason(),
		ownerMissing(),
		policyTestFailing(),
		priceStale(),
		promptMissing(),
		reviewDue(),
		routineOnFrontier(),
		sensitiveFileUncovered(),
		tableRowDead(),
		taskWithoutRow(),
		tierWithoutModel(),
		tierwiseInputs(),
		workflowModelRetired(),
		workflowModelUnknown(),
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
