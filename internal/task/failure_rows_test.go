package task

import (
	"strings"
	"testing"
)

func twoFailures() Failures {
	return Failures{Format: "go test", Failed: []FailedTest{
		{Name: "TestTotal", Suite: "shop", File: "cart_test.go", Line: 17, Error: "Total = 300, want 270"},
		{Name: "TestOpen", Suite: "shop", File: "open_test.go", Line: 5, Error: "open orders: no such file"},
		{Name: "TestBlind", Suite: "shop"},
	}, Counts: Counts{Failed: known(3), Passed: known(40), Skipped: known(2)}}
}

// An error or a place of another test is none of this one, and a scrap of the
// log is no error.
func TestARowIsHeldToItsOwnTest(t *testing.T) {
	t.Parallel()
	found := twoFailures()
	for name, test := range map[string]struct {
		row     failureRow
		refused bool
	}{
		"its own error and place":         {failureRow{Name: "TestTotal", Location: text("cart_test.go:17"), FirstError: "Total = 300, want 270"}, false},
		"a part of its error":             {failureRow{Name: "TestTotal", FirstError: "Total = 300"}, false},
		"its error with something before": {failureRow{Name: "TestTotal", FirstError: "cart_test.go:17: Total = 300, want 270"}, false},
		"its error with a gap":            {failureRow{Name: "TestTotal", FirstError: "Total … want 270"}, false},
		"the error of another":            {failureRow{Name: "TestTotal", FirstError: "open orders: no such file"}, true},
		"the place of another":            {failureRow{Name: "TestTotal", Location: text("open_test.go:5"), FirstError: "Total = 300, want 270"}, true},
		"a scrap":                         {failureRow{Name: "TestTotal", FirstError: "= 300"}, true},
		"scraps with gaps":                {failureRow{Name: "TestTotal", FirstError: "T…o…t…a…3"}, true},
		"a secret that was taken out":     {failureRow{Name: "TestTotal", FirstError: "[redacted]"}, false},
		"a test whose error is not known, by the error of another": {failureRow{Name: "TestBlind", FirstError: "open orders: no such file"}, false},
		"a test whose place is not known, by the place of another": {failureRow{Name: "TestBlind", Location: text("open_test.go:5"), FirstError: "something else there"}, false},
		"two lines, whose form is refused elsewhere":               {failureRow{Name: "TestTotal", FirstError: "a\nb"}, false},
	} {
		problems := checkRow(found, aliasesOf(found.Failed), "it", test.row)
		if (len(problems) > 0) != test.refused {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

// Letters in order stand in any long line: a quotation with gaps has parts.
func TestAQuotationWithGapsHasParts(t *testing.T) {
	t.Parallel()
	log := newLogText([]byte("the quick brown fox jumps over the lazy dog, and waits ... 3 ... 2 ... 1\n"), Failures{})
	for quotation, want := range map[string]bool{
		"the quick … lazy dog": true, "quick brown … over … lazy dog": true, "waits ... 3 ... 2 ... 1": true, "3 ... 2": true, "dog": true,
		"t…e…c…k…p…o": false, "th…qu…mp…zy": false, "lazy dog … quick": false, "…": false, "": false,
	} {
		if log.has(quotation) != want {
			t.Errorf("%q: %v", quotation, !want)
		}
	}
}

func TestAPlaceIsTheSameByTheEndOfItsPath(t *testing.T) {
	t.Parallel()
	own := FailedTest{File: "shop/cart_test.go", Line: 17}
	for place, want := range map[string]bool{
		"shop/cart_test.go:17": true, "./shop/cart_test.go:17": true, "cart_test.go:17:3": true, "/w/shop/cart_test.go:17": true,
		"cart_test.go:170": false, "cart_test.go:1": false, "open_test.go:17": false, ":17": false, "": false,
	} {
		if samePlace(place, own) != want {
			t.Errorf("%q: %v", place, !want)
		}
	}
}

func TestAPlaceStandsInTheLogAsAWhole(t *testing.T) {
	t.Parallel()
	log := newLogText([]byte("    cart_test.go:170: got\nx/open_test.go:5: no\n"), Failures{})
	for place, want := range map[string]bool{
		"cart_test.go:170": true, "open_test.go:5": true, "x/open_test.go:5": true,
		"cart_test.go:17": false, "art_test.go:170": false, "test.go:5": false, "…": false, "(": false,
	} {
		if log.hasWhole(place) != want {
			t.Errorf("%q: %v", place, !want)
		}
	}
}

// A count over all tests of the log, and a cause that the log has no word of,
// are invented. Where the rules found nothing, nothing can be held to them.
func TestCountsAndClaimsOfAnOverview(t *testing.T) {
	t.Parallel()
	log := newLogText([]byte("compression was asked for\n"), twoFailures())
	for overview, refused := range map[string]bool{
		"3 tests failed.": false, "45 tests ran.": false, "46 tests ran.": true, "900 failures.": true,
		"The compression is at fault.": false, "The database is at fault.": true, "The machine ran out of memory.": true,
	} {
		if got := checkCounts(twoFailures(), log, overview); (len(got) > 0) != refused {
			t.Errorf("%q: %v", overview, got)
		}
		if got := checkCounts(Failures{}, log, overview); len(got) > 0 {
			t.Errorf("%q without a known form: %v", overview, got)
		}
	}
}

func TestANumberEndsWhereItsDigitsEnd(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]bool{"line 17": true, "line 17, in x": true, "line 170": false, "line 170 and line 17": true, "": false} {
		if endsNumber(line, "line 17") != want {
			t.Errorf("%q: %v", line, !want)
		}
	}
	if endsNumber(strings.Repeat("line 171 ", 1000), "line 17") {
		t.Error("a longer number is this one")
	}
}
