package policy

import "fmt"

// Tier is a place on the ladder local < efficient < mid < frontier. Local is
// code in this program: no model, no cost. The zero value is no tier.
type Tier int

// The tiers, lowest first.
const (
	Local Tier = iota + 1
	Efficient
	Mid
	Frontier
)

// Tiers lists them, lowest first.
func Tiers() []Tier { return []Tier{Local, Efficient, Mid, Frontier} }

// String gives the policy's word for the tier.
func (t Tier) String() string {
	switch t {
	case Local:
		return "local"
	case Efficient:
		return "efficient"
	case Mid:
		return "mid"
	case Frontier:
		return "frontier"
	default:
		return fmt.Sprintf("tier(%d)", int(t))
	}
}

// MarshalText writes the policy's word, or nothing for no tier.
func (t Tier) MarshalText() ([]byte, error) {
	if t == 0 {
		return nil, nil
	}
	return []byte(t.String()), nil
}

// UnmarshalText reads the policy's word.
func (t *Tier) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*t = 0
		return nil
	}
	for _, tier := range Tiers() {
		if tier.String() == string(text) {
			*t = tier
			return nil
		}
	}
	return fmt.Errorf("unknown tier %q, expected one of local, efficient, mid, frontier", text)
}
