package lint

// All gives every rule, sorted by id.
func All() []Rule {
	return []Rule{
		acceptanceMissing(),
		actionNotPinned(),
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
		fullOutputShown(),
		globUnused(),
		modelNotPinned(),
		modelRetired(),
		modelSuperseded(),
		modelUnknown(),
		modelUnpriced(),
		mustFrontierEmpty(),
		mustFrontierGap(),
		mustFrontierRepeated(),
		noConcurrency(),
		noLimit(),
		openToEveryone(),
		overrideOpen(),
		overrideWithoutReason(),
		ownerMissing(),
		policyChangeLoosens(),
		policyChangeMoves(),
		policyTestFailing(),
		priceStale(),
		privilegedCheckout(),
		promptMissing(),
		reviewDue(),
		routineOnFrontier(),
		secretsOnForkEvents(),
		sensitiveFileUncovered(),
		tableRowDead(),
		tableRowTooWide(),
		taskWithoutRow(),
		tierWithoutModel(),
		tierwiseInputs(),
		tokenAndKey(),
		unattendedTools(),
		untrustedInPrompt(),
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
