package signal

func earlierContext() Signal {
	return Signal{
		ID:      "earlier-context",
		Summary: "the brief refers to what was said before it",
		Why:     "a model that carries a long context, or has to guess a lost one, needs to be a strong one",
		Example: `"see the thread above", "as discussed", "continue where you left off", "same as before"`,
		Fix:     "write what was decided into the brief, so that it stands alone",
		Needs:   []Need{NeedsWords},
		Fire:    askedFor("earlier-context", func(r reading) []string { return earlierTerms().found(r.said) }),
	}
}

var earlierTerms = phrases("as discussed|agreed|mentioned|decided|promised|explained|described|said|above|before|earlier", "as we|i|you discussed|agreed|said|decided|talked|mentioned",
	"see|read|per|from|in|check ..1 thread|conversation|discussion|chat|transcript", "the ..1 thread|conversation|chat above|earlier|before|history", "see|like|as|from|per above",
	"mentioned|discussed|described|listed|stated|said above|earlier|before|yesterday", "discussed|agreed|decided|talked|spoke ..3 yesterday|earlier|before|meeting|standup|call",
	"where you|we|i|it left|stopped", "left off", "pick up where", "same|like as|last before|time|above|yesterday|last", "same as ..1 time", "same|like before|above|again", "same thing again|as|for",
	"like|as last time|before", "like|as we|you did", "the|your|our|my previous|earlier|last conversation|discussion|thread|session|attempt|chat|message|answer|reply|turn|prompt", "from before", "carry on",
	"keep going", "continue|continuing with|from|the|our|your ..2 above|before|session|conversation|thread|work|yesterday|earlier|refactoring|task", "finish what you|we|i", "the other one", "what we talked|discussed|agreed|said",
	"we|i talked|spoke about", "you|we suggested|proposed ..2 earlier|before|above", "you suggested|proposed|wrote|did|said|know", "per our|the discussion|conversation|chat|call|meeting", "once more|again like|as")
