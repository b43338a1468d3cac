package signal

func guessWeights() map[string][4]int { return nil }
