package signal

// pathShapes are those that paths and changed lines show.
func pathShapes() []fileShape { return nil }
