package glob

import "strings"

// parseClass reads a [class] behind its bracket, as git does: ! or ^ inverts,
// the first letter is never the end, a backslash makes the next letter plain,
// and [:alpha:] names a set. A class that never ends is not ok.
func parseClass(s string) (atom wildAtom, rest string, ok bool) {
	inverted := s != "" && (s[0] == '!' || s[0] == '^')
	if inverted {
		s = s[1:]
	}
	low := -1 // the letter that a range may begin with
	for first := true; s != "" && (first || s[0] != ']'); first = false {
		switch {
		case strings.HasPrefix(s, "[:") && namedEnd(s) > 0:
			end := namedEnd(s)
			if !atom.allowNamed(s[2 : end-2]) {
				return atom, "", false
			}
			low, s = -1, s[end:]
		case s[0] == '-' && low >= 0 && len(s) > 1 && s[1] != ']':
			var high byte
			if high, s, ok = classLetter(s[1:]); !ok {
				return atom, "", false
			}
			for c := low; c <= int(high); c++ {
				atom.allow(byte(c))
			}
			low = -1
		default:
			var c byte
			if c, s, ok = classLetter(s); !ok {
				return atom, "", false
			}
			atom.allow(c)
			low = int(c)
		}
	}
	if s == "" {
		return atom, "", false
	}
	if inverted {
		atom.invert()
	}
	return atom, s[1:], true
}

func classLetter(s string) (c byte, rest string, ok bool) {
	if s[0] == '\\' {
		s = s[1:]
	}
	if s == "" {
		return 0, "", false
	}
	return s[0], s[1:], true
}

// namedEnd gives where "[:name:]" ends, or 0 where the bracket is a letter.
func namedEnd(s string) int {
	end := strings.IndexByte(s[2:], ']')
	if end < 1 || s[2+end-1] != ':' {
		return 0
	}
	return 2 + end + 1
}

// allowNamed adds a set of POSIX, over ASCII as git has it.
func (a *wildAtom) allowNamed(name string) bool {
	in, ok := namedSets()[name]
	if !ok {
		return false
	}
	for c := range byte(128) {
		if in(c) {
			a.allow(c)
		}
	}
	return true
}

func namedSets() map[string]func(byte) bool {
	between := func(low, high byte) func(byte) bool {
		return func(c byte) bool { return c >= low && c <= high }
	}
	either := func(sets ...func(byte) bool) func(byte) bool {
		return func(c byte) bool {
			for _, in := range sets {
				if in(c) {
					return true
				}
			}
			return false
		}
	}
	one := func(letters string) func(byte) bool {
		return func(c byte) bool { return strings.IndexByte(letters, c) >= 0 }
	}
	digit, lower, upper := between('0', '9'), between('a', 'z'), between('A', 'Z')
	alnum := either(digit, lower, upper)
	graph := between('!', '~')
	return map[string]func(byte) bool{
		"alnum": alnum, "alpha": either(lower, upper), "digit": digit, "lower": lower, "upper": upper,
		"blank": one(" \t"), "space": one(" \t\n\v\f\r"), "cntrl": either(between(0, 31), between(127, 127)),
		"graph": graph, "print": either(graph, one(" ")),
		"punct":  func(c byte) bool { return graph(c) && !alnum(c) },
		"xdigit": either(digit, between('a', 'f'), between('A', 'F')),
	}
}
