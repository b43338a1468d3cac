package signal

import "github.com/tierwise/tierwise/internal/needle"

// probe is an expression behind a cheap test: nearly all lines hold no word
// out of which every match holds one, and to match costs a hundred times as
// much.
type probe struct{ compiled func() needle.Expression }

// probing compiles when a line first asks.
func probing(expr string) probe { return probe{expression(expr)} }

// in says that the line matches.
func (p probe) in(l line) bool {
	e := p.compiled()
	return e.Possible(l.folded) && e.MatchString(l.code)
}

// of gives the groups that the line matches, nil where it does not.
func (p probe) of(l line) []string {
	e := p.compiled()
	if !e.Possible(l.folded) {
		return nil
	}
	return e.FindStringSubmatch(l.code)
}
