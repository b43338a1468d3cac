package signal

import "testing"

func TestASieveHoldsItsWordsAndFewOthers(t *testing.T) {
	t.Parallel()
	s := scanAll()
	for word := range s.wakes {
		if !s.sieve.holds(word) {
			t.Errorf("%q is lost", word)
		}
	}
	passed := 0
	for i := range 10_000 {
		if s.sieve.holds("zq" + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676%26))) {
			passed++
		}
	}
	if passed > 6000 {
		t.Errorf("%d of 10000 words pass that are in no rule", passed)
	}
}
