package signal

// fileShape is a shape that a change has where every one of its files fits.
type fileShape struct {
	shape Shape
	fits  func(in Input, i int) bool
}
