package signal

func reachCases() map[string]examples { return map[string]examples{} }
