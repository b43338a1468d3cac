package glob

import "strings"

// wildPattern is one pattern of .gitattributes, by the rules of
// https://git-scm.com/docs/gitignore ("PATTERN FORMAT"). It is not a Pattern:
// git counts bytes and not letters, has no alternatives, and its ** at the
// end wants at least one more name.
type wildPattern struct {
	segments []wildSegment
	// anywhere says that the pattern has no slash and so is held against
	// the last name of a path.
	anywhere bool
	// never says that nothing matches: a folder, or a broken class.
	never bool
}

// wildSegment is what stands between two slashes.
type wildSegment struct {
	folders bool // **
	atoms   []wildAtom
}

// wildAtom matches one byte, or any run of bytes where star is set.
type wildAtom struct {
	star  bool
	bytes [4]uint64 // a bit for every byte that fits
}

func (a *wildAtom) allow(c byte)     { a.bytes[c>>6] |= 1 << (c & 63) }
func (a *wildAtom) fits(c byte) bool { return a.bytes[c>>6]&(1<<(c&63)) != 0 }
func (a *wildAtom) invert() {
	for i := range a.bytes {
		a.bytes[i] = ^a.bytes[i]
	}
}

func parseWild(text string) wildPattern {
	if strings.HasSuffix(text, "/") {
		return wildPattern{never: true}
	}
	p := wildPattern{anywhere: !strings.Contains(text, "/")}
	text = strings.TrimPrefix(text, "/")
	for {
		segment, rest, more, ok := parseSegment(text)
		if !ok {
			return wildPattern{never: true}
		}
		p.segments = append(p.segments, segment)
		if !more {
			return p
		}
		text = rest
	}
}

// parseSegment reads up to the next slash outside a class.
func parseSegment(s string) (segment wildSegment, rest string, more, ok bool) {
	start := s
	for s != "" && s[0] != '/' {
		var atom wildAtom
		if atom, s, ok = parseAtom(s); !ok {
			return segment, "", false, false
		}
		segment.atoms = append(segment.atoms, atom)
	}
	word := start[:len(start)-len(s)]
	segment.folders = len(word) > 1 && strings.Trim(word, "*") == ""
	rest, more = strings.CutPrefix(s, "/")
	return segment, rest, more, true
}

func parseAtom(s string) (atom wildAtom, rest string, ok bool) {
	switch s[0] {
	case '*':
		return wildAtom{star: true}, s[1:], true
	case '?':
		atom.invert()
		return atom, s[1:], true
	case '[':
		return parseClass(s[1:])
	case '\\':
		if s = s[1:]; s == "" {
			return atom, "", false
		}
	}
	atom.allow(s[0])
	return atom, s[1:], true
}

// match holds the pattern against a whole path.
func (p wildPattern) match(path string) bool {
	switch {
	case p.never:
		return false
	case p.anywhere:
		return matchSegments(p.segments, []string{path[strings.LastIndexByte(path, '/')+1:]})
	}
	return matchSegments(p.segments, strings.Split(path, "/"))
}

// matchSegments needs to remember only the last **: what an earlier one would
// take more of, the last one can take as well.
func matchSegments(segments []wildSegment, names []string) bool {
	at, retry, from := 0, -1, 0
	for i := 0; i < len(names); {
		switch {
		case at < len(segments) && segments[at].folders:
			if at == len(segments)-1 {
				return true
			}
			retry, from = at+1, i
			at++
		case at < len(segments) && segments[at].match(names[i]):
			at, i = at+1, i+1
		case retry >= 0:
			from++
			at, i = retry, from
		default:
			return false
		}
	}
	return at == len(segments)
}

// match works as matchSegments does, one byte at a time.
func (s wildSegment) match(name string) bool {
	at, retry, from := 0, -1, 0
	for i := 0; i < len(name); {
		switch {
		case at < len(s.atoms) && s.atoms[at].star:
			at++
			retry, from = at, i
		case at < len(s.atoms) && s.atoms[at].fits(name[i]):
			at, i = at+1, i+1
		case retry >= 0:
			from++
			at, i = retry, from
		default:
			return false
		}
	}
	for at < len(s.atoms) && s.atoms[at].star {
		at++
	}
	return at == len(s.atoms)
}
