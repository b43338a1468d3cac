package signal

// briefShapes are those that a trusted brief shows.
func briefShapes(Input) []Shape { return nil }
