package signal

func vagueSignal() Signal {
	return Signal{
		ID:      "vague-words",
		Summary: "title or brief leaves open what is to be done",
		Why:     "a model that has to guess what is wanted guesses better the stronger it is",
		Fix:     "say in the title or the brief what is wrong, where, and what should be there instead",
		Needs:   []Need{NeedsWords},
		Fire:    fireVague,
	}
}

func fireVague(in Input) []Hit {
	return wordHits("vague-words", in.statements(), vagueTerms, looseTerms)
}
