package signal

func dangerCases() map[string]examples { return map[string]examples{} }
