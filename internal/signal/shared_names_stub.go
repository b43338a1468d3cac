package signal

// SharedNames gives the names that others may use and whose declarations the
// change removes or alters.
func SharedNames(Input) []string { return nil }
