package signal

func incompleteChange() Signal {
	return Signal{
		ID:      "incomplete-change",
		Summary: "the change is known to be cut short",
		Why:     "a change cut short is not a small change",
		Fix:     "split the change; a platform lists at most 3,000 files of a pull request",
		Needs:   []Need{NeedsChange},
		Fire:    fireIncomplete,
	}
}

func fireIncomplete(in Input) []Hit {
	var hits []Hit
	for _, why := range in.Change.Incomplete {
		hits = append(hits, Hit{Signal: "incomplete-change", Text: why})
	}
	return hits
}
