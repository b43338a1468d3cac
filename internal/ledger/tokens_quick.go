package ledger

import (
	"bytes"
	"strconv"
)

// quickTokens reads counts as MarshalJSON writes them, which is most of what a
// ledger holds; false for everything else, which the strict decoder reads.
func quickTokens(data []byte) (Tokens, bool) {
	t := Tokens{Known: true}
	fields := [...]*int64{&t.Input, &t.CacheRead, &t.CacheWrite, &t.CacheWrite1h, &t.Output, &t.Reasoning}
	keys := [...]string{`{"input":`, `,"cache_read":`, `,"cache_write":`, `,"cache_write_1h":`, `,"output":`, `,"reasoning":`}
	for i, key := range keys {
		rest, ok := bytes.CutPrefix(data, []byte(key))
		if !ok {
			return Tokens{}, false
		}
		end := bytes.IndexAny(rest, ",}")
		if end < 1 || end > 1 && rest[0] == '0' || bytes.ContainsFunc(rest[:end], notDigit) {
			return Tokens{}, false
		}
		n, err := strconv.ParseInt(string(rest[:end]), 10, 64)
		if err != nil {
			return Tokens{}, false
		}
		*fields[i], data = n, rest[end:]
	}
	return t, string(data) == "}"
}

func notDigit(r rune) bool { return r < '0' || r > '9' }
