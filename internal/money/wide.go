package money

import "math/bits"

// uint128 is an exact sum of products. Two 64-bit factors need 128 bits, and
// one rounding at the end needs all of them.
type uint128 struct{ hi, lo uint64 }

// wide multiplies without loss.
func wide(a, b uint64) uint128 {
	hi, lo := bits.Mul64(a, b)
	return uint128{hi, lo}
}

// add adds; fits stays true while every sum so far fits.
func (x uint128) add(y uint128, fits bool) (sum uint128, still bool) {
	lo, carry := bits.Add64(x.lo, y.lo, 0)
	hi, carry := bits.Add64(x.hi, y.hi, carry)
	return uint128{hi, lo}, fits && carry == 0
}

// times multiplies; fits stays true while every product so far fits.
func (x uint128) times(by uint64, fits bool) (product uint128, still bool) {
	over, high := bits.Mul64(x.hi, by)
	low := wide(x.lo, by)
	hi, carry := bits.Add64(low.hi, high, 0)
	return uint128{hi, low.lo}, fits && over == 0 && carry == 0
}

// divHalfEven divides and rounds to the nearest, a tie to the even neighbour;
// ok is false where the quotient does not fit in 64 bits.
func (x uint128) divHalfEven(by uint64) (quotient uint64, ok bool) {
	if x.hi >= by {
		return 0, false
	}
	quotient, rest := bits.Div64(x.hi, x.lo, by)
	if rest > by-rest || rest == by-rest && quotient%2 == 1 {
		quotient++
		return quotient, quotient != 0
	}
	return quotient, true
}
