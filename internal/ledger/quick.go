package ledger

import "strconv"

// quick reads JSON exactly as this package writes it: keys in their order, no
// space, plain ASCII. Whatever else stands there makes it off, and then the
// strict decoder reads the line from its start, so that quick never has a say
// in what is refused.
type quick struct {
	rest []byte
	off  bool
	// words keeps texts that come again in every record, such as the name of
	// the repository; nil keeps none.
	words map[string]string
}

const (
	// maxWords and maxWord bound what is kept of texts: 4096 of 64 bytes.
	maxWords = 4096
	maxWord  = 64
	// usualWords is how many texts most lists have at most.
	usualWords = 4
	// quickDigits is how many digits surely fit an int64.
	quickDigits = 18
)

// skip passes over a text that must stand here.
func (q *quick) skip(text string) {
	if !q.has(text) {
		q.off = true
	}
}

// has passes over a text where it stands here.
func (q *quick) has(text string) bool {
	if q.off || len(q.rest) < len(text) || string(q.rest[:len(text)]) != text {
		return false
	}
	q.rest = q.rest[len(text):]
	return true
}

// plain gives the bytes of a string that has no escape in it.
func (q *quick) plain() []byte {
	q.skip(`"`)
	if q.off {
		return nil
	}
	for i, b := range q.rest {
		switch {
		case b == '"':
			text := q.rest[:i]
			q.rest = q.rest[i+1:]
			return text
		case b < ' ' || b > '~' || b == '\\':
			q.off = true
			return nil
		}
	}
	q.off = true
	return nil
}

// text is the value of a key, which few records share.
func (q *quick) text(key string) string {
	q.skip(key)
	return string(q.plain())
}

// word is the value of a key, which many records share.
func (q *quick) word(key string) string {
	q.skip(key)
	return q.keep(q.plain())
}

func (q *quick) keep(text []byte) string {
	if kept, ok := q.words[string(text)]; ok {
		return kept
	}
	fresh := string(text)
	if q.words != nil && !q.off && len(fresh) <= maxWord && len(q.words) < maxWords {
		q.words[fresh] = fresh
	}
	return fresh
}

func (q *quick) amount(key string) Amount { return Amount(q.word(key)) }

// whole is a number that is not below zero.
func (q *quick) whole(key string) int64 {
	q.skip(key)
	if q.off {
		return 0
	}
	n, digits := int64(0), 0
	for digits < len(q.rest) && !notDigit(rune(q.rest[digits])) {
		if digits == quickDigits {
			q.off = true
			return 0
		}
		n = 10*n + int64(q.rest[digits]-'0')
		digits++
	}
	if digits == 0 || digits > 1 && q.rest[0] == '0' {
		q.off = true
		return 0
	}
	q.rest = q.rest[digits:]
	return n
}

func (q *quick) count(key string) int {
	n := q.whole(key)
	if strconv.IntSize < 64 && n>>31 != 0 {
		q.off = true
	}
	return int(n)
}

func (q *quick) truth(key string) bool {
	q.skip(key)
	if q.has("true") {
		return true
	}
	q.skip("false")
	return false
}

// each reads a list, and says whether it is one, not null. item reads one.
func (q *quick) each(key string, item func()) (list bool) {
	q.skip(key)
	if q.has("null") {
		return false
	}
	q.skip("[")
	if q.has("]") {
		return true
	}
	for !q.off {
		item()
		if q.has("]") {
			return true
		}
		q.skip(",")
	}
	return true
}

func (q *quick) wordList(key string) []string {
	var all []string
	one := func() {
		if all == nil {
			all = make([]string, 0, usualWords)
		}
		all = append(all, q.keep(q.plain()))
	}
	if q.each(key, one) && all == nil {
		return []string{}
	}
	return all
}

// tokens reads counts, or "unknown".
func (q *quick) tokens(key string) Tokens {
	q.skip(key)
	if q.has(`"unknown"`) {
		return Tokens{}
	}
	t := Tokens{Known: true}
	t.Input = q.whole(`{"input":`)
	t.CacheRead = q.whole(`,"cache_read":`)
	t.CacheWrite = q.whole(`,"cache_write":`)
	t.CacheWrite1h = q.whole(`,"cache_write_1h":`)
	t.Output = q.whole(`,"output":`)
	t.Reasoning = q.whole(`,"reasoning":`)
	q.skip("}")
	return t
}

// quickTokens reads counts as MarshalJSON writes them; false for everything
// else, which the strict decoder reads.
func quickTokens(data []byte) (Tokens, bool) {
	q := quick{rest: data}
	t := q.tokens("")
	return t, !q.off && len(q.rest) == 0
}

func notDigit(r rune) bool { return r < '0' || r > '9' }
