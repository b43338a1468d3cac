package signal

func coupledModules() Signal {
	return Signal{
		ID:      "coupled-modules",
		Summary: "files of two modules change together and hang on each other, with no interface between them",
		Why:     "without a seam that both sides agree on, a change of one side is right only if the other was understood too",
		Example: "services/pay adds the field order_total, and services/mail reads order_total in the same change",
		Fix:     "put what both sides share into an interface file or package (proto, openapi, api/, contract/, types/)",
		Needs:   []Need{NeedsDiff},
		Fire:    fireCoupled,
	}
}

func fireCoupled(in Input) []Hit {
	var hits []Hit
	told := map[string]bool{} // a platform may list one path on two rows
	for _, c := range in.coupled() {
		if !c.seam && !told[c.file] {
			told[c.file] = true
			hits = append(hits, Hit{Signal: "coupled-modules", File: c.file, Line: c.line, Text: c.text})
		}
	}
	return hits
}
