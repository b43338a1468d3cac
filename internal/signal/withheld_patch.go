package signal

func withheldPatch() Signal {
	return Signal{
		ID:      "withheld-patch",
		Summary: "lines of a file changed and its patch is not shown",
		Why:     "what cannot be read cannot be called harmless: such a file hits every rule on content",
		Example: "a file with 20,000 changed lines, whose patch the platform leaves out",
		Fix:     "split the change, so that the platform shows every patch; images and fonts do not count",
		Needs:   []Need{NeedsDiff},
		Fire:    fireWithheld,
	}
}

func fireWithheld(in Input) []Hit {
	var hits []Hit
	for _, f := range in.Change.Files {
		if in.unread(f) {
			hits = append(hits, Hit{Signal: "withheld-patch", File: f.Path, Text: "no patch is shown"})
		}
	}
	return hits
}
