package signal

import "slices"

func vagueSignal() Signal {
	return Signal{
		ID:      "vague-words",
		Summary: "title or brief leaves open what is to be done",
		Why: "a model that has to guess what is wanted guesses better the stronger it is. A commit's subject is one step on the way " +
			"and raises to medium at most, also where it is the only one and there is no title; backtest reads a past commit's subject as its title",
		Example: `"WIP: various things", "tidy the importer up a bit", "fix the login bug", "login"`,
		Fix:     "say in the title or the brief what is wrong, where, and what should be there instead; in a checkout --title gives the title",
		Needs:   []Need{NeedsWords},
		Fire: func(in Input) []Hit {
			return wordHits("vague-words", in.read(), func(r reading) []string { return r.vague() })
		},
	}
}

var (
	// vagueTerms say that the author does not know either.
	vagueTerms = phrases("wip|somehow|something|stuff|whatever|misc|miscellaneous|tbd|unsure|dunno|idk", "work in progress", "not sure|certain", "no idea", "don't know",
		"figure out", "figure it out", "make it|this|that|them work|better|nice|nicer|good", "do your thing", "you know what",
		"some things", "the whole|entire thing", "or so", "and whatnot")
	// looseTerms leave a part open, and stand in many clear titles; two
	// different ones are vague.
	looseTerms = phrases("clean|cleans|cleaned|cleaning up", "cleanup|cleanups|tidy|tidies|tidied|tidying|various|things|nicer|polish|polishes|polished|polishing|tweak|tweaks|tweaked"+
		"|tweaking|maybe|perhaps|probably|possibly|modernize|modernise|modernized|modernised|modernizing|modernising", "tidy up", "a bit|little|few",
		"improve|improves|improved|improving|improvement|improvements", "kind|sort of", "as needed|appropriate", "and so on",
		"fix|fixes|fixed|fixing|solve|resolve|repair the|a|an|some|this|that|another ..3 bug|bugs|issue|issues|problem|problems|error|errors|failure|failures")
	// slackTerms name a direction and no end. They are asked of briefs alone:
	// of a change that is there, they say what it reached.
	slackTerms = phrases("speed|speeds up", "optimise|optimize|faster|better|smarter|robust|performance|scalability|nice|proper|properly|refactor",
		"if possible|needed", "where needed|possible|appropriate", "should probably", "might need|want", "some kind|sort|way", "look|looks into", "more readable|efficient|modern", "best practices")
)

// vague gives the words of a statement that leave something open.
func (r reading) vague() []string {
	if r.kind == told {
		return nil
	}
	found := append(vagueTerms().found(r.said), looseTerms().found(r.said)...)
	if r.kind == titled || r.kind == noted {
		return found
	}
	found = append(found, slackTerms().found(r.said)...)
	if r.says("???") {
		found = append(found, "???")
	}
	if !r.caused() {
		found = append(found, causelessTerms().found(r.said)...)
	}
	if r.short() && len(r.said) > 0 {
		found = append(found, tokensText(r.said))
	}
	return dropRepeated(found)
}

func dropRepeated(words []string) []string {
	var once []string
	for _, w := range words {
		if !slices.Contains(once, w) {
			once = append(once, w)
		}
	}
	return once
}
