package signal

func securityCases() map[string]examples { return map[string]examples{} }
