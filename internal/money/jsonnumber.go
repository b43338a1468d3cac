package money

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// tokenPlaces is decimal places of USD a token in a Pico.
const tokenPlaces = 12

// ReadNano reads dollars from a number as JSON writes it, exponent and all,
// such as 1.4e-05, and rounds half-even to nano-dollars. Others print amounts
// through floats; what is ours is written as a plain decimal and read by
// ParseNano.
func ReadNano(number string) (Nano, error) {
	n, err := readNumber(number, nanoPlaces)
	if err != nil {
		return 0, fmt.Errorf("read amount: %w", err)
	}
	return Nano(n), nil
}

// ReadPico reads a price in USD per million tokens from a number as JSON
// writes it, rounded half-even.
func ReadPico(number string) (Pico, error) { return readPrice(number, picoPlaces) }

// ReadPicoOfToken reads a price in USD a token from a number as JSON writes
// it, rounded half-even.
func ReadPicoOfToken(number string) (Pico, error) { return readPrice(number, tokenPlaces) }

func readPrice(number string, places int) (Pico, error) {
	n, err := readNumber(number, places)
	if err == nil && n < 0 {
		err = errors.New("expected a price from zero up")
	}
	if err != nil {
		return 0, fmt.Errorf("read price: %w", err)
	}
	return Pico(n), nil
}

// longestNumber is more digits than any price has; it also bounds what an
// exponent can make of one.
const longestNumber = 40

// readNumber gives a JSON number times ten to the power of places, rounded
// half-even.
func readNumber(s string, places int) (int64, error) {
	if len(s) > longestNumber {
		return 0, errors.New("the number is too long")
	}
	mantissa, exponent, err := cutExponent(s)
	if err != nil {
		return 0, err
	}
	digits, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if !allDigits(whole) || point && !allDigits(fraction) || len(whole) > 1 && whole[0] == '0' {
		return 0, errors.New("expected a JSON number")
	}
	n, err := shift(whole+fraction, exponent-len(fraction)+places)
	if negative {
		n = -n
	}
	return n, err
}

func cutExponent(s string) (mantissa string, exponent int, err error) {
	at := strings.IndexAny(s, "eE")
	if at < 0 {
		return s, 0, nil
	}
	exponent, err = strconv.Atoi(s[at+1:])
	if err != nil || exponent < -longestNumber || exponent > longestNumber {
		return "", 0, errors.New("the exponent makes no sense")
	}
	return s[:at], exponent, nil
}

// shift multiplies digits by a power of ten and rounds half-even where that
// cuts some off.
func shift(digits string, by int) (int64, error) {
	if by >= 0 {
		return digitsToInt(digits + strings.Repeat("0", by))
	}
	cut := len(digits) + by
	if cut < 0 {
		return 0, nil // less than a tenth of a unit
	}
	n, err := digitsToInt("0" + digits[:cut])
	half := "5" + strings.Repeat("0", len(digits)-cut-1)
	if rest := digits[cut:]; rest > half || rest == half && n%2 == 1 {
		n++ // digitsToInt leaves room for it
	}
	return n, err
}

func digitsToInt(digits string) (int64, error) {
	n, err := strconv.ParseInt(digits, 10, 63)
	if err != nil {
		return 0, errors.New("the number is too large")
	}
	return n, nil
}
