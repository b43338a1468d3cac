package signal

// sieve tells most words that are not in a set from those that may be, at a
// part of what it costs to look them up.
type sieve [sieveBits / 64]uint64

const sieveBits = 4096

func (s *sieve) add(word string) {
	at := sieveBit(word)
	s[at/64] |= 1 << (at % 64)
}

// holds says that the word may be in the set; it is true of every word that is.
func (s *sieve) holds(word string) bool {
	at := sieveBit(word)
	return s[at/64]>>(at%64)&1 != 0
}

func sieveBit(word string) uint {
	if word == "" {
		return 0
	}
	last := len(word) - 1
	return (uint(word[0])*31 ^ uint(word[len(word)/2])*257 ^ uint(word[last])*1031 ^ uint(len(word))*8) % sieveBits
}
