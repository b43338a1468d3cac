package money

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

const (
	nanoPlaces = 9 // decimal places of a dollar in a Nano
	picoPlaces = 6 // decimal places of USD per million tokens in a Pico
	nanoDollar = 1_000_000_000
)

// ParseNano reads decimal dollars, such as "0.582" or "-1.5", exactly: at most
// nine decimal places, no exponent, no sign but a leading minus, no leading
// zero before another digit ("010" means eight to some readers of YAML).
func ParseNano(s string) (Nano, error) {
	digits, negative := strings.CutPrefix(s, "-")
	n, err := parseDecimal(digits, nanoPlaces)
	if err != nil {
		return 0, fmt.Errorf("read amount %q: %w", s, err)
	}
	if negative {
		n = -n
	}
	return Nano(n), nil
}

// ParsePico reads a price in decimal USD per million tokens, such as
// "0.003625", exactly: at most six decimal places and never negative.
func ParsePico(s string) (Pico, error) {
	n, err := parseDecimal(s, picoPlaces)
	if err != nil {
		return 0, fmt.Errorf("read price %q: %w", s, err)
	}
	return Pico(n), nil
}

// parseDecimal gives s times ten to the power of places.
func parseDecimal(s string, places int) (int64, error) {
	whole, fraction, point := strings.Cut(s, ".")
	switch {
	case !allDigits(whole) || point && !allDigits(fraction):
		return 0, errors.New("expected plain decimal digits, such as 0.582")
	case len(whole) > 1 && whole[0] == '0':
		return 0, errors.New("expected no leading zero")
	case len(fraction) > places:
		return 0, fmt.Errorf("expected at most %d decimal places", places)
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", places-len(fraction)), 10, 64)
	if err != nil {
		return 0, errors.New("the number is too large")
	}
	return n, nil
}

func allDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// Decimal gives the amount in dollars as the shortest plain decimal, such as
// "0.582", with no sign but a minus and no exponent. ParseNano reads it back.
func (n Nano) Decimal() string {
	sign, whole, fraction := n.parts()
	tail := strings.TrimRight(fmt.Sprintf("%09d", fraction), "0")
	if tail == "" {
		return sign + strconv.FormatUint(whole, 10)
	}
	return fmt.Sprintf("%s%d.%s", sign, whole, tail)
}

// Dollars gives the amount for people: four decimals under a dollar
// ("$0.5820"), two at or over it ("$12.30"), half-even. An amount that four
// decimals would show as zero is shown with all its digits ("$0.00000002"), so
// what is not nothing never reads as nothing. The minus stands before the
// dollar sign ("-$0.1200").
func (n Nano) Dollars() string {
	sign, whole, fraction := n.parts()
	magnitude := whole*nanoDollar + fraction
	tenThousandths := halfEven(magnitude, nanoDollar/10_000)
	switch {
	case magnitude == 0:
		return "$0.0000"
	case tenThousandths == 0:
		digits, _ := strings.CutPrefix(n.Decimal(), "-")
		return sign + "$" + digits
	case tenThousandths < 10_000:
		return fmt.Sprintf("%s$0.%04d", sign, tenThousandths)
	default:
		cents := halfEven(magnitude, nanoDollar/100)
		return fmt.Sprintf("%s$%d.%02d", sign, cents/100, cents%100)
	}
}

// Decimal gives the price in dollars per million tokens as the shortest plain
// decimal. ParsePico reads it back.
func (p Pico) Decimal() string { return (Nano(p) * (nanoDollar / 1_000_000)).Decimal() }

// PerMillion gives the price in dollars per million tokens for people, since a pico-dollar
// a token is a millionth of that. Cents have two digits or more.
func (p Pico) PerMillion() string {
	const million = 1_000_000
	cents := strings.TrimRight(fmt.Sprintf("%06d", p%million), "0")
	if cents == "" {
		return fmt.Sprintf("$%d", p/million)
	}
	return fmt.Sprintf("$%d.%s", p/million, cents+strings.Repeat("0", max(0, 2-len(cents))))
}

// parts splits the amount into a sign, whole dollars and nano-dollars.
func (n Nano) parts() (sign string, whole, fraction uint64) {
	magnitude := uint64(n)
	if n < 0 {
		// Two's complement also holds the magnitude of the least int64,
		// which has no positive counterpart.
		sign, magnitude = "-", -magnitude
	}
	return sign, magnitude / nanoDollar, magnitude % nanoDollar
}

// halfEven divides and rounds to the nearest, a tie to the even neighbour.
func halfEven(n, by uint64) uint64 {
	quotient, rest := n/by, n%by
	if rest > by-rest || rest == by-rest && quotient%2 == 1 {
		quotient++
	}
	return quotient
}

// PercentTenths gives part as tenths of a percent of whole, half-even, such as
// 331 for 33.1 %. It has no answer where whole is not positive.
func PercentTenths(part, whole Nano) (tenths int64, ok bool) {
	if whole <= 0 {
		return 0, false
	}
	sign, dollars, fraction := part.parts()
	product := wide(dollars*nanoDollar+fraction, 1000)
	quotient, fits := product.divHalfEven(uint64(whole))
	if !fits || quotient > math.MaxInt64 {
		return 0, false
	}
	if sign == "-" {
		return -int64(quotient), true
	}
	return int64(quotient), true
}
